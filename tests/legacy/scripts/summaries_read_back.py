"""FileWriter with scalars, histograms, images and text; merge_all, hand-made summaries, summary_iterator."""
from __future__ import print_function

import glob
import os
import tempfile

import numpy as np
import tensorflow as tf

log_dir = tempfile.mkdtemp()
tf.set_random_seed(28)


def describe(var):
    with tf.name_scope('about'):
        mean, variance = tf.nn.moments(tf.reshape(var, [-1]), [0])
        for name, value in (('mean', mean), ('deviation', tf.sqrt(variance)), ('largest', tf.reduce_max(var))):
            tf.summary.scalar(name, value)
        tf.summary.histogram('values', var)


with tf.name_scope('input'):
    x = tf.placeholder(tf.float32, [None, 4], name='x')
    image_summary = tf.summary.image('picture', tf.reshape(x, [-1, 2, 2, 1]), max_outputs=2)
with tf.name_scope('layer1'):
    with tf.name_scope('weights'):
        w = tf.Variable(tf.truncated_normal([4, 3], stddev=0.1))
        describe(w)
    activations = tf.nn.relu(tf.matmul(x, w), name='activation')
    tf.summary.histogram('activations', activations, collections=['rare'])
    tf.summary.scalar('sparsity', tf.nn.zero_fraction(activations))
with tf.name_scope('train'):
    loss = tf.reduce_mean(tf.square(activations - 1.0))
    tf.summary.scalar('loss', loss)
    train_step = tf.train.AdamOptimizer(0.05).minimize(loss)

merged = tf.summary.merge_all()
rare = tf.summary.merge([tf.summary.text('note', tf.constant('hello')), image_summary] + tf.get_collection('rare'))
data = np.random.RandomState(28).rand(6, 4)
with tf.Session() as sess:
    train_writer = tf.summary.FileWriter(log_dir + '/train', sess.graph, filename_suffix='.train')
    test_writer = tf.summary.FileWriter(os.path.join(log_dir, 'test'))
    sess.run(tf.global_variables_initializer())
    for i in range(6):
        if i % 3 == 0:
            train_writer.add_summary(sess.run(rare, {x: data}), i)
        train_writer.add_summary(sess.run(merged, feed_dict={x: data}), i)
        sess.run(train_step, feed_dict={x: data})
        test_writer.add_summary(tf.Summary(value=[tf.Summary.Value(tag='by_hand', simple_value=i * 0.25)]), global_step=i)
    train_writer.close()
    test_writer.flush()

for run in ('train', 'test'):
    path, = glob.glob(os.path.join(log_dir, run, 'events.out.tfevents.*'))
    scalars, kinds = {}, {}
    for event in tf.train.summary_iterator(path):
        kind = event.WhichOneof('what')
        kinds[kind] = kinds.get(kind, 0) + 1
        for value in event.summary.value:
            if value.HasField('simple_value'):
                scalars.setdefault(value.tag, []).append(value.simple_value)
            elif event.step == 0:
                print('  ', value.tag, value.WhichOneof('value') or value.metadata.plugin_data.plugin_name)
    print(run, sorted(kinds.items()))
    for tag in sorted(scalars):
        print('  %s: %s' % (tag, ' '.join('%.6f' % v for v in scalars[tag])))
