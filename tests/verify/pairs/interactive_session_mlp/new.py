import keras
import numpy as np
import tensorflow as tf


class Network(tf.Module):
    def __init__(self):
        super().__init__()
        self.w1 = tf.Variable(tf.random.truncated_normal([10, 16], stddev=0.1))
        self.b1 = tf.Variable(tf.fill([16], 0.1))
        self.w2 = tf.Variable(tf.random.truncated_normal([16, 3], stddev=0.1))
        self.b2 = tf.Variable(tf.fill([3], 0.1))

    def __call__(self, x):
        return tf.nn.relu(x @ self.w1 + self.b1) @ self.w2 + self.b2


network = Network()
optimizer = keras.optimizers.Adam(1e-2, epsilon=1e-8)


@tf.function
def train(x, labels):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels, network(x)))
    variables = [network.w1, network.b1, network.w2, network.b2]
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss


def accuracy_of(x, labels):
    return tf.reduce_mean(tf.cast(tf.argmax(network(x), 1) == tf.argmax(labels, 1), tf.float32)).numpy()


images = np.random.normal(size=[200, 10])
labels = np.eye(3)[np.argmax(images[:, :3], axis=1)]
images, labels = images.astype(np.float32), labels.astype(np.float32)
for i in range(20):
    chosen = np.random.choice(200, 32)
    if i % 5 == 0:
        print("step %d, training accuracy %g" % (i, accuracy_of(images[chosen], labels[chosen])))
    train(tf.constant(images[chosen]), tf.constant(labels[chosen]))
print("test accuracy %g" % accuracy_of(images, labels))
