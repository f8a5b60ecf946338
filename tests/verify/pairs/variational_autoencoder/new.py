import keras
import numpy as np
import tensorflow as tf

n_in, n_z = 8, 2


class Autoencoder(keras.Model):
    def __init__(self):
        super().__init__()
        self.enc_h = keras.layers.Dense(6, "softplus")
        self.enc_mu, self.enc_log_sigma = keras.layers.Dense(n_z), keras.layers.Dense(n_z)
        self.dec_h = keras.layers.Dense(6, "softplus")
        self.dec_out = keras.layers.Dense(n_in)

    def call(self, x):
        hidden = self.enc_h(x)
        mu, log_sigma_sq = self.enc_mu(hidden), self.enc_log_sigma(hidden)
        z = mu + tf.exp(log_sigma_sq / 2) * tf.random.normal(tf.shape(mu))
        return self.dec_out(self.dec_h(z)), mu, log_sigma_sq


model = Autoencoder()
optimizer = keras.optimizers.Adam(0.01, epsilon=1e-8)


@tf.function
def train(x):
    with tf.GradientTape() as tape:
        logits, mu, log_sigma_sq = model(x)
        reconstruction = tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(x, logits), 1)
        latent = -0.5 * tf.reduce_sum(1 + log_sigma_sq - mu**2 - tf.exp(log_sigma_sq), 1)
        cost = tf.reduce_mean(reconstruction + latent)
    optimizer.apply(tape.gradient(cost, model.trainable_weights), model.trainable_weights)
    return cost


for epoch in range(12):
    images = (np.random.random((10, n_in)) > 0.5).astype(np.float32)
    cost = train(tf.constant(images))
    print("Epoch:", f"{epoch + 1:04d}", "cost=", f"{cost.numpy():.6f}")
