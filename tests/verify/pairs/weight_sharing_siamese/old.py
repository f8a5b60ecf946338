import numpy as np
import tensorflow as tf


class Siamese:
    def __init__(self):
        self.x1 = tf.placeholder(tf.float32, [None, 6])
        self.x2 = tf.placeholder(tf.float32, [None, 6])
        with tf.variable_scope("siamese") as scope:
            self.o1 = self.network(self.x1)
            scope.reuse_variables()
            self.o2 = self.network(self.x2)
        self.y_ = tf.placeholder(tf.float32, [None])
        self.loss = self.loss_with_spring()

    def network(self, x):
        fc1 = self.fc_layer(x, 8, "fc1")
        return self.fc_layer(tf.nn.relu(fc1), 2, "fc2")

    def fc_layer(self, bottom, n_weight, name):
        n_prev_weight = bottom.get_shape()[1]
        initer = tf.truncated_normal_initializer(stddev=0.3)
        W = tf.get_variable(name + "W", dtype=tf.float32, shape=[n_prev_weight, n_weight], initializer=initer)
        b = tf.get_variable(name + "b", dtype=tf.float32, initializer=tf.constant(0.01, shape=[n_weight]))
        return tf.nn.bias_add(tf.matmul(bottom, W), b)

    def loss_with_spring(self):
        margin = 2.0
        eucd2 = tf.reduce_sum(tf.pow(tf.subtract(self.o1, self.o2), 2), 1)
        eucd = tf.sqrt(eucd2 + 1e-6, name="eucd")
        losses = self.y_ * eucd2 + (1 - self.y_) * tf.pow(tf.maximum(margin - eucd, 0), 2)
        return tf.reduce_mean(losses, name="loss")


siamese = Siamese()
train_step = tf.train.GradientDescentOptimizer(0.02).minimize(siamese.loss)
sess = tf.InteractiveSession()
tf.global_variables_initializer().run()
for step in range(15):
    batch_x1 = np.random.permutation(60).reshape(10, 6) / 60.0
    batch_x2 = np.random.permutation(60).reshape(10, 6)[::-1] / 60.0
    batch_y = (np.random.rand(10) > 0.5).astype("float")
    _, loss_v = sess.run([train_step, siamese.loss],
                         feed_dict={siamese.x1: batch_x1, siamese.x2: batch_x2, siamese.y_: batch_y})
    if step % 3 == 0:
        print("step %d: loss %.3f" % (step, loss_v))
