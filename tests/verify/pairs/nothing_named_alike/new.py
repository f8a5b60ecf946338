import numpy as np
import tensorflow as tf


class Chain(tf.Module):
    def __init__(self, size):
        super().__init__("chain")
        self.links = [tf.Variable(tf.random.normal([size, size]), name=f"link{k}") for k in "abc"]
        self.sums = [tf.Variable(tf.zeros([2, size, size]), trainable=False) for _ in self.links]

    @tf.function
    def learn(self, given):
        with tf.GradientTape() as tape:
            signal = tf.sigmoid(given @ self.links[0])
            signal = tf.sigmoid(signal @ self.links[1]) @ self.links[2]
            mistake = tf.reduce_mean(tf.abs(given[:, ::-1] - signal))
        for link, sums, slope in zip(self.links, self.sums, tape.gradient(mistake, self.links)):
            square = 0.95 * sums[0] + 0.05 * slope**2
            change = tf.sqrt(sums[1] + 1e-8) / tf.sqrt(square + 1e-8) * slope
            sums.assign(tf.stack([square, 0.95 * sums[1] + 0.05 * change**2]))
            link.assign_sub(change)


chain = Chain(4)
for _ in range(14):
    chain.learn(tf.constant(np.random.exponential(size=[5, 4]), tf.float32))
