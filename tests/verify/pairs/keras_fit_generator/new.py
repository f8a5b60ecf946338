import keras
import numpy as np
import tensorflow as tf


def generate(batch_size):
    while True:
        x = np.random.random((batch_size, 8, 2))
        yield x, x.sum(axis=(1, 2)).reshape(-1, 1)


class Trained(keras.Model):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            loss = self.compute_loss(y=y, y_pred=self(x, training=True))
        self.optimizer.apply(tape.gradient(loss, self.trainable_variables), self.trainable_variables)
        return {"loss": loss}


inputs = keras.Input((8, 2))
net = keras.layers.Conv1D(3, 3, activation="tanh", name="conv")(inputs)
model = Trained(inputs, keras.layers.Dense(1, name="out")(keras.layers.Flatten()(net)))
model.compile(keras.optimizers.Adam(0.002, epsilon=1e-7), "mse")
batches = generate(6)
for _ in range(3):
    for _ in range(5):
        model.train_step(tuple(tf.constant(part, tf.float32) for part in next(batches)))
print("prediction", float(model(np.ones((1, 8, 2)))[0, 0]))
