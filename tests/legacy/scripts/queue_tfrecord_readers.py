"""TFRecord files written with tf.train.Example, read by TFRecordReader, filename queues and a Coordinator."""
from __future__ import print_function

import os
import tempfile

import numpy as np
import tensorflow as tf


def as_example(picture, label):
    feature = {
        'rows': tf.train.Feature(int64_list=tf.train.Int64List(value=[picture.shape[0]])),
        'label': tf.train.Feature(int64_list=tf.train.Int64List(value=[label])),
        'pixels': tf.train.Feature(bytes_list=tf.train.BytesList(value=[picture.tobytes()])),
    }
    return tf.train.Example(features=tf.train.Features(feature=feature))


def write_shard(path, pictures, labels):
    with tf.python_io.TFRecordWriter(path) as writer:
        for picture, label in zip(pictures, labels):
            writer.write(as_example(picture, int(label)).SerializeToString())


def next_example(names):
    _, serialized = tf.TFRecordReader().read(names)
    parsed = tf.parse_single_example(serialized, {'pixels': tf.FixedLenFeature((), tf.string),
                                                  'label': tf.FixedLenFeature((), tf.int64)})
    pixels = tf.reshape(tf.decode_raw(parsed['pixels'], tf.uint8), [16])
    return tf.to_float(pixels) / 255 - 0.5, tf.to_int32(parsed['label'])


directory = tempfile.mkdtemp()
rng = np.random.RandomState(2)
names = []
for shard in range(2):
    names.append(os.path.join(directory, 'train-%d.tfrecords' % shard))
    write_shard(names[-1], rng.randint(0, 256, (6, 4, 4)).astype(np.uint8), np.arange(6) + 10 * shard)

record = next(tf.python_io.tf_record_iterator(names[0]))
print(sorted(tf.train.Example.FromString(record).features.feature))

filename_queue = tf.train.string_input_producer(names, num_epochs=2, shuffle=False)
image, label = next_example(filename_queue)
images, labels = tf.train.batch([image, label], batch_size=5, num_threads=1, capacity=20)
print(images, labels.dtype.name)

init_op = tf.group(tf.global_variables_initializer(), tf.local_variables_initializer())
sess = tf.Session()
sess.run(init_op)
coord = tf.train.Coordinator()
threads = tf.train.start_queue_runners(sess=sess, coord=coord)
try:
    step = 0
    while not coord.should_stop():
        x, y = sess.run([images, labels])
        print('step %d' % step, y.tolist(), '%.6f' % x.mean(), x[0, :3].tolist())
        step += 1
except tf.errors.OutOfRangeError:
    print('no more records after %d batches' % step)
finally:
    coord.request_stop()
coord.join(threads)
sess.close()
