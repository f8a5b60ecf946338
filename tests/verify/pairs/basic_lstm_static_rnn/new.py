import numpy as np
import tensorflow as tf

from tf1graphs import optimizers

n_hidden = 6


class Recurrent(tf.Module):
    def __init__(self):
        super().__init__()
        self.out = tf.Variable(tf.random.normal([n_hidden, 2]), name="out_weights")
        self.out_bias = tf.Variable(tf.random.normal([2]), name="out_bias")
        bound = (6 / (3 + n_hidden + 4 * n_hidden)) ** 0.5
        self.kernel = tf.Variable(tf.random.uniform([3 + n_hidden, 4 * n_hidden], -bound, bound), name="kernel")
        self.bias = tf.Variable(tf.zeros([4 * n_hidden]), name="bias")
        self.updated = [self.out, self.out_bias, self.kernel, self.bias]

    def __call__(self, x):
        h = c = tf.zeros([x.shape[0], n_hidden])
        for step in range(x.shape[1]):
            i, j, f, o = tf.split(tf.concat([x[:, step], h], 1) @ self.kernel + self.bias, 4, axis=1)
            c = c * tf.sigmoid(f + 1.0) + tf.sigmoid(i) * tf.tanh(j)
            h = tf.tanh(c) * tf.sigmoid(o)
        return h @ self.out + self.out_bias


network = Recurrent()
optimizer = optimizers.Adam(network.updated, 0.01)


@tf.function
def cost_of(x, y):
    return tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(y, network(x)))


for step in range(10):
    batch_x = np.random.randn(8, 5, 3)
    batch_y = np.eye(2)[(batch_x.sum((1, 2)) > 0).astype(int)]
    x, y = tf.constant(batch_x, tf.float32), tf.constant(batch_y, tf.float32)
    with tf.GradientTape() as tape:
        cost = cost_of(x, y)
    optimizer.apply(tape.gradient(cost, network.updated))
    print(f"Iter {step}, Minibatch Loss= {cost_of(x, y).numpy():.6f}")
