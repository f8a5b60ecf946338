import threading

import numpy as np
import tensorflow as tf

queue = tf.FIFOQueue(10, [tf.float32], [[4]])
example = tf.placeholder(tf.float32, [4])
enqueue = queue.enqueue([example])
batch = queue.dequeue_many(5)
w = tf.get_variable("w", [4, 2])
loss = tf.reduce_mean(tf.square(tf.matmul(batch, w) - batch[:, :2]))
train = tf.train.MomentumOptimizer(0.1, 0.9).minimize(loss)
data = np.random.rand(50, 4)
sess = tf.Session()
sess.run(tf.global_variables_initializer())


def feed_forever(coord):
    for row in data:
        if coord.should_stop():
            break
        sess.run(enqueue, feed_dict={example: row})


coord = tf.train.Coordinator()
thread = threading.Thread(target=feed_forever, args=(coord,))
thread.start()
for _ in range(10):
    print("%.5f" % sess.run([loss, train])[0])
coord.request_stop()
coord.join([thread])
