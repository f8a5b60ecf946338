import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 3])
y_ = tf.placeholder(tf.float32, [None, 2])
weights = tf.get_variable("weights", [3, 2], initializer=tf.truncated_normal_initializer(stddev=0.1))
biases = tf.get_variable("biases", [2], initializer=tf.constant_initializer(0.0))
y = tf.matmul(x, weights) + biases
global_step = tf.Variable(0, trainable=False)
variable_averages = tf.train.ExponentialMovingAverage(0.9, global_step)
variables_averages_op = variable_averages.apply(tf.trainable_variables())
average_y = tf.matmul(x, variable_averages.average(weights)) + variable_averages.average(biases)
loss = tf.reduce_mean(tf.square(y - y_))
learning_rate = tf.train.exponential_decay(0.4, global_step, 5, 0.8, staircase=True)
train_step = tf.train.GradientDescentOptimizer(learning_rate).minimize(loss, global_step=global_step)
with tf.control_dependencies([train_step, variables_averages_op]):
    train_op = tf.no_op(name="train")

with tf.Session() as sess:
    tf.global_variables_initializer().run()
    for i in range(20):
        xs = np.random.rand(10, 3)
        sess.run(train_step, feed_dict={x: xs, y_: xs[:, :2]})
        sess.run(variables_averages_op)
        if i % 4 == 0:
            print("After %d training steps, learning rate is %f" % (i, sess.run(learning_rate)))
            print("average model:", sess.run(average_y, {x: [[1, 1, 1]]}))
