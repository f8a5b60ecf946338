"""tf.data.TFRecordDataset with parse_single_example feeds a training loop from initializable iterators."""
from __future__ import print_function

import os
import shutil
import tempfile

import numpy as np
import tensorflow as tf


class Config(object):
    batch_size = 16
    num_features = 4
    epochs = 3
    lr = 0.1


def write_records(path, count, seed):
    rng = np.random.RandomState(seed)
    with tf.python_io.TFRecordWriter(path, tf.python_io.TFRecordOptions(
            tf.python_io.TFRecordCompressionType.GZIP)) as writer:
        for _ in range(count):
            x = rng.randn(Config.num_features)
            feature = {
                'x': tf.train.Feature(float_list=tf.train.FloatList(value=x)),
                'y': tf.train.Feature(float_list=tf.train.FloatList(value=[x[0] - 2 * x[1] + .5])),
                'tags': tf.train.Feature(int64_list=tf.train.Int64List(value=np.flatnonzero(x > 0))),
            }
            writer.write(tf.train.Example(features=tf.train.Features(feature=feature)).SerializeToString())


def parse(serialized):
    example = tf.parse_single_example(serialized, {
        'x': tf.FixedLenFeature([Config.num_features], tf.float32),
        'y': tf.FixedLenFeature([], tf.float32),
        'tags': tf.VarLenFeature(tf.int64)})
    return example['x'], example['y'], tf.size(example['tags'].values)


tmp = tempfile.mkdtemp()
train_file, test_file = os.path.join(tmp, 'train.tfrecord.gz'), os.path.join(tmp, 'test.tfrecord.gz')
write_records(train_file, 64, seed=1)
write_records(test_file, 16, seed=2)

tf.set_random_seed(6)
filenames = tf.placeholder(tf.string, [None])
dataset = tf.data.TFRecordDataset(filenames, compression_type='GZIP').map(parse).shuffle(64, seed=8)
iterator = dataset.batch(Config.batch_size).prefetch(1).make_initializable_iterator()
x, y, tags = iterator.get_next()

w = tf.Variable(tf.random_normal([Config.num_features, 1], stddev=0.5), name='w')
b = tf.Variable(0.0, name='b')
loss = tf.reduce_mean((tf.squeeze(tf.matmul(x, w), 1) + b - y) ** 2)
step = tf.train.AdagradOptimizer(Config.lr * 5).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for epoch in range(Config.epochs):
        sess.run(iterator.initializer, {filenames: [train_file]})
        losses, tag_count = [], 0
        while True:
            try:
                _, value, n = sess.run([step, loss, tags])
                losses.append(value)
                tag_count += n.sum()
            except tf.errors.OutOfRangeError:
                break
        print('epoch {}: {} batches, {} tags, loss {:.6f}'.format(epoch, len(losses), tag_count, np.mean(losses)))
    sess.run(iterator.initializer, {filenames: [test_file]})
    print('test loss %.6f' % sess.run(loss))
    print('w', sess.run(w).ravel().tolist(), 'b', float(sess.run(b)))
shutil.rmtree(tmp)
