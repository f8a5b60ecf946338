"""slice_input_producer and shuffle_batch feed a small classifier; the order is random, so only sizes are printed."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(0)
data = rng.randn(100, 3).astype(np.float32)
classes = (data.sum(1) > 0).astype(np.int64)

with tf.name_scope('input'):
    images, labels = tf.constant(data, name='images'), tf.constant(classes, name='labels')
    image, label = tf.train.slice_input_producer([images, labels], num_epochs=3)
    image_batch, label_batch = tf.train.shuffle_batch(
        [image, label], batch_size=20, capacity=60, min_after_dequeue=20, num_threads=2, allow_smaller_final_batch=True)
    print(image_batch.name, image_batch.shape, label_batch.shape)

w = tf.get_variable('w', [3, 2])
logits = tf.matmul(image_batch, w)
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=label_batch, logits=logits))
train_op = tf.train.GradientDescentOptimizer(0.5).minimize(loss)
all_logits = tf.matmul(images, w)
accuracy = tf.reduce_mean(tf.to_float(tf.equal(tf.argmax(all_logits, 1), labels)))

with tf.Session(config=tf.ConfigProto(intra_op_parallelism_threads=1)) as sess:
    sess.run([tf.global_variables_initializer(), tf.local_variables_initializer()])
    coord = tf.train.Coordinator()
    threads = tf.train.start_queue_runners(sess, coord)
    seen = steps = 0
    try:
        while not coord.should_stop():
            _, batch = sess.run([train_op, label_batch])
            seen += len(batch)
            steps += 1
    except tf.errors.OutOfRangeError:
        print('examples seen: %d in %d steps' % (seen, steps))
    finally:
        coord.request_stop()
        coord.join(threads)
    print('accuracy above 0.9:', bool(sess.run(accuracy) > 0.9))
print('runners', [qr.name for qr in tf.get_collection(tf.GraphKeys.QUEUE_RUNNERS)])
print('local', [v.name for v in tf.local_variables()])
