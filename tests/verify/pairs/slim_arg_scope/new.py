import numpy as np
import tensorflow as tf


def weights(shape, name):
    return tf.Variable(tf.random.truncated_normal(shape, stddev=0.1), name=name)


variables = {
    "conv_w": weights([3, 3, 2, 4], "conv1/weights"),
    "conv_b": tf.Variable(tf.zeros([4]), name="conv1/biases"),
    "out_w": weights([4 * 4 * 4, 3], "logits/weights"),
    "out_b": tf.Variable(tf.zeros([3]), name="logits/biases"),
}


def network(images):
    net = tf.nn.relu(tf.nn.conv2d(images, variables["conv_w"], 1, "SAME") + variables["conv_b"])
    net = tf.nn.max_pool2d(net, 2, 2, "VALID")
    net = tf.nn.dropout(tf.reshape(net, [-1, 64]), rate=0.2)
    return net @ variables["out_w"] + variables["out_b"]


@tf.function
def train_step(images, labels):
    with tf.GradientTape() as tape:
        entropy = tf.nn.sparse_softmax_cross_entropy_with_logits(labels, network(images))
        penalty = 0.01 * (tf.nn.l2_loss(variables["conv_w"]) + tf.nn.l2_loss(variables["out_w"]))
        total_loss = tf.reduce_mean(entropy) + penalty
    for name, slope in tape.gradient(total_loss, variables).items():
        variables[name].assign_sub(0.1 * slope)
    return total_loss


for _ in range(10):
    batch = np.random.uniform(size=(6, 8, 8, 2)).astype(np.float32)
    print("total loss: %.6f" % train_step(tf.constant(batch), tf.constant(np.random.randint(3, size=6))).numpy())
