import numpy as np
import tensorflow as tf


class Net(tf.Module):
    def __init__(self):
        super().__init__("net")
        with self.name_scope:
            self.w1 = tf.Variable(tf.random.normal([1, 12]), name="w1")
            self.b1 = tf.Variable(tf.zeros([12]), name="b1")
            self.w2 = tf.Variable(tf.random.normal([12, 1], stddev=0.3), name="w2")

    def __call__(self, x):
        return tf.nn.sigmoid(x @ self.w1 + self.b1) @ self.w2


data = np.linspace(-1, 1, 40).reshape([40, 1]).astype(np.float32)
dataset = tf.data.Dataset.from_tensor_slices((data, data**2)).shuffle(16).batch(8).repeat(3)
net = Net()
for features, labels in dataset:
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((net(features) - labels) ** 2)
    for variable, slope in zip(net.trainable_variables, tape.gradient(loss, net.trainable_variables)):
        variable.assign_sub(0.3 * slope)
    print(f"loss: {loss.numpy():.6f}")
print("done")
