import keras
import numpy as np
import tensorflow as tf


class Encoder(tf.Module):
    def __init__(self, units, inputs):
        super().__init__()
        self.gates = tf.Variable(keras.initializers.GlorotUniform()([inputs + units, 2 * units]), name="gates_kernel")
        self.gates_bias = tf.Variable(tf.ones([2 * units]), name="gates_bias")
        self.kernel = tf.Variable(keras.initializers.GlorotUniform()([inputs + units, units]), name="candidate_kernel")
        self.bias = tf.Variable(tf.zeros([units]), name="candidate_bias")
        self.dense = tf.Variable(keras.initializers.GlorotUniform()([units, 1]), name="dense")
        self.dense_bias = tf.Variable(tf.zeros([1]), name="dense_bias")
        self.order = [self.gates, self.gates_bias, self.kernel, self.bias, self.dense, self.dense_bias]

    def __call__(self, x, lengths):
        h = tf.zeros([tf.shape(x)[0], self.kernel.shape[1]])
        for t in range(x.shape[1]):
            r, u = tf.split(tf.sigmoid(tf.concat([x[:, t], h], 1) @ self.gates + self.gates_bias), 2, 1)
            candidate = tf.tanh(tf.concat([x[:, t], r * h], 1) @ self.kernel + self.bias)
            h = tf.where((t < lengths)[:, None], u * h + (1 - u) * candidate, h)
        return h @ self.dense + self.dense_bias


encoder = Encoder(5, 2)
sums = [tf.Variable(tf.fill(v.shape, 0.1), trainable=False) for v in encoder.order]


@tf.function
def train(x, lengths, targets):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(encoder(x, lengths) - targets))
    for variable, total, slope in zip(encoder.order, sums, tape.gradient(loss, encoder.order)):
        slope = tf.clip_by_value(slope, -0.05, 0.05)
        total.assign_add(slope**2)
        variable.assign_sub(0.2 * slope / tf.sqrt(total))
    return loss


for _ in range(12):
    length = np.random.randint(1, 7, size=6)
    batch = np.random.rand(6, 6, 2)
    answer = np.array([[sequence[:n, 0].sum()] for sequence, n in zip(batch, length)])
    current = train(tf.constant(batch, tf.float32), tf.constant(length, tf.int32), tf.constant(answer, tf.float32))
    print("loss = %g" % current.numpy())
