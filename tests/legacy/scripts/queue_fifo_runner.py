"""FIFOQueue, PaddingFIFOQueue and PriorityQueue by hand; a QueueRunner and a Python thread that enqueue."""
from __future__ import print_function

import threading

import numpy as np
import tensorflow as tf

waiting = tf.FIFOQueue(4, tf.float32, shapes=[[]], name='waiting')
arrive = waiting.enqueue_many([[1., 2., 4.]])
served = waiting.dequeue()
again = waiting.enqueue(served * 10)
with tf.Session() as sess:
    arrive.run()
    for _ in range(2):
        again.run()
    print('size', waiting.size().eval(), [float(served.eval()) for _ in range(3)])
    sess.run(waiting.close())
    try:
        sess.run(served)
    except tf.errors.OutOfRangeError as e:
        print(type(e).__name__, 'is closed and has insufficient elements' in e.message)

tf.reset_default_graph()
padding = tf.PaddingFIFOQueue(10, dtypes=[tf.int32], shapes=[[None]])
priority = tf.PriorityQueue(10, types=[tf.string], shapes=[()])
fill = [padding.enqueue([tf.range(n)]) for n in (1, 3, 2)]
rank = priority.enqueue_many([np.array([30, 10, 20], np.int64), ['low', 'high', 'mid']])
with tf.Session() as sess:
    for op in fill:
        sess.run(op)
    sess.run(rank)
    print(sess.run(padding.dequeue_many(3)).tolist())
    print([(int(p), s.decode()) for p, s in [sess.run(priority.dequeue()) for _ in range(3)]])

tf.reset_default_graph()
counter = tf.Variable(0, dtype=tf.int64, use_resource=True)
queue = tf.FIFOQueue(capacity=5, dtypes=[tf.int64], shapes=[[]])
runner = tf.train.QueueRunner(queue, [queue.enqueue(counter.assign_add(1))])
fed = tf.placeholder(tf.float32, [2])
feed_queue = tf.RandomShuffleQueue(capacity=20, min_after_dequeue=0, dtypes=[tf.float32], shapes=[[2]], seed=1)
feed_op = feed_queue.enqueue(fed)


def feed_data(sess):
    for i in range(8):
        sess.run(feed_op, feed_dict={fed: [i, i * i]})


numbers = queue.dequeue_many(4)
pairs = feed_queue.dequeue_many(8)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    coord = tf.train.Coordinator()
    threads = runner.create_threads(sess, coord=coord, start=True)
    threads.append(threading.Thread(target=feed_data, args=(sess,)))
    threads[-1].start()
    print(sess.run(numbers).tolist(), sess.run(numbers).tolist())
    print(sorted(sess.run(pairs)[:, 1].astype(np.int).tolist()))
    coord.request_stop()
    sess.run(queue.close(cancel_pending_enqueues=True))
    coord.join(threads)
print('joined', len(threads), 'threads')
