import numpy as np
import tensorflow as tf


def weight_variable(shape):
    return tf.Variable(tf.truncated_normal(shape, stddev=0.1))


def bias_variable(shape):
    return tf.Variable(tf.constant(0.1, shape=shape))


sess = tf.InteractiveSession()
x = tf.placeholder(tf.float32, shape=[None, 10])
y_ = tf.placeholder(tf.float32, shape=[None, 3])
W_fc1 = weight_variable([10, 16])
b_fc1 = bias_variable([16])
h_fc1 = tf.nn.relu(tf.matmul(x, W_fc1) + b_fc1)
W_fc2 = weight_variable([16, 3])
b_fc2 = bias_variable([3])
y_conv = tf.matmul(h_fc1, W_fc2) + b_fc2
cross_entropy = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y_, logits=y_conv))
train_step = tf.train.AdamOptimizer(1e-2).minimize(cross_entropy)
correct_prediction = tf.equal(tf.argmax(y_conv, 1), tf.argmax(y_, 1))
accuracy = tf.reduce_mean(tf.cast(correct_prediction, tf.float32))
tf.global_variables_initializer().run()

images = np.random.normal(size=[200, 10])
labels = np.eye(3)[np.argmax(images[:, :3], axis=1)]
for i in range(20):
    batch = np.random.choice(200, 32)
    if i % 5 == 0:
        train_accuracy = accuracy.eval(feed_dict={x: images[batch], y_: labels[batch]})
        print("step %d, training accuracy %g" % (i, train_accuracy))
    train_step.run(feed_dict={x: images[batch], y_: labels[batch]})
print("test accuracy %g" % accuracy.eval(feed_dict={x: images, y_: labels}))
