import keras
import numpy as np
import tensorflow as tf


def network(name, inputs, outputs):
    first, second = (f"{name}1", f"{name}2")
    activation = keras.layers.LeakyReLU(negative_slope=0.2)
    return keras.Sequential(
        [keras.Input([inputs]), keras.layers.Dense(8, activation, name=first), keras.layers.Dense(outputs, name=second)]
    )


generator, discriminator = network("g", 3, 2), network("d", 2, 1)
g_optimizer = keras.optimizers.Adam(0.01, beta_1=0.5, epsilon=1e-8)
d_optimizer = keras.optimizers.Adam(0.01, beta_1=0.5, epsilon=1e-8)
entropy = keras.losses.BinaryCrossentropy(from_logits=True)


@tf.function
def train_discriminator(real):
    fake = generator(tf.random.normal([16, 3]))
    with tf.GradientTape() as tape:
        on_real, on_fake = discriminator(real), discriminator(fake)
        loss = entropy(tf.ones_like(on_real), on_real) + entropy(tf.zeros_like(on_fake), on_fake)
    weights = discriminator.trainable_variables
    d_optimizer.apply(tape.gradient(loss, weights), weights)
    return loss


@tf.function
def train_generator():
    with tf.GradientTape() as tape:
        judged = discriminator(generator(tf.random.normal([16, 3])))
        loss = entropy(tf.ones_like(judged), judged)
    weights = generator.trainable_variables
    g_optimizer.apply(tape.gradient(loss, weights), weights)
    return loss


for it in range(10):
    d_curr = train_discriminator(tf.constant(np.random.normal([1, -1], 0.5, [16, 2]), tf.float32))
    g_curr = train_generator()
    print(f"Iter: {it} D loss: {d_curr.numpy():.4} G loss: {g_curr.numpy():.4}")
