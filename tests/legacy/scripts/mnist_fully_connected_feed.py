"""Inference, loss, training and evaluation as functions, fed from a DataSet; argparse and tf.app.run."""
from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import argparse
import gzip
import math
import os
import struct
import sys
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.examples.tutorials.mnist import input_data

FLAGS = None


def make_files(directory):
  rng = np.random.RandomState(3)
  for prefix, count in (('train', 400), ('t10k', 120)):
    labels = rng.randint(0, 10, count).astype('uint8')
    images = (rng.rand(count, 28, 28) * 90).astype('uint8')
    for image, label in zip(images, labels):
      image[2 * label:2 * label + 5, 4:24] += 120
    with gzip.open(os.path.join(directory, '%s-images-idx3-ubyte.gz' % prefix), 'wb') as f:
      f.write(struct.pack('>4I', 2051, count, 28, 28) + images.tobytes())
    with gzip.open(os.path.join(directory, '%s-labels-idx1-ubyte.gz' % prefix), 'wb') as f:
      f.write(struct.pack('>2I', 2049, count) + labels.tobytes())


def dense(inputs, size_in, size_out, name, act=None):
  with tf.name_scope(name):
    weights = tf.Variable(
        tf.truncated_normal([size_in, size_out], stddev=1.0 / math.sqrt(float(size_in))), name='weights')
    biases = tf.Variable(tf.zeros([size_out]), name='biases')
    out = tf.matmul(inputs, weights) + biases
    return act(out) if act else out


def precision(sess, hits, images_pl, labels_pl, data_set):
  found = seen = 0
  while seen + FLAGS.batch_size <= data_set.num_examples:
    batch = data_set.next_batch(FLAGS.batch_size, shuffle=False)
    found += sess.run(hits, feed_dict=dict(zip((images_pl, labels_pl), batch)))
    seen += FLAGS.batch_size
  print('%d of %d right (%.4f)' % (found, seen, found / seen))


def main(_):
  os.chdir(tempfile.mkdtemp())
  make_files('.')
  data_sets = input_data.read_data_sets('.', validation_size=80, seed=FLAGS.seed)
  with tf.Graph().as_default():
    tf.set_random_seed(FLAGS.seed)
    images_pl = tf.placeholder(tf.float32, shape=(FLAGS.batch_size, 784))
    labels_pl = tf.placeholder(tf.int32, shape=(FLAGS.batch_size))
    hidden = dense(images_pl, 784, FLAGS.hidden1, 'hidden1', tf.nn.relu)
    logits = dense(hidden, FLAGS.hidden1, 10, 'softmax_linear')
    loss = tf.losses.sparse_softmax_cross_entropy(labels=labels_pl, logits=logits)
    global_step = tf.Variable(0, name='global_step', trainable=False)
    train_op = tf.train.GradientDescentOptimizer(FLAGS.learning_rate).minimize(loss, global_step=global_step)
    eval_correct = tf.reduce_sum(tf.cast(tf.nn.in_top_k(logits, labels_pl, 1), tf.int32))
    with tf.Session() as sess:
      sess.run(tf.global_variables_initializer())
      for step in range(FLAGS.max_steps):
        images, labels = data_sets.train.next_batch(FLAGS.batch_size)
        _, loss_value = sess.run([train_op, loss], feed_dict={images_pl: images, labels_pl: labels})
        if step % 10 == 0:
          print('Step %d: loss = %.6f' % (step, loss_value))
      precision(sess, eval_correct, images_pl, labels_pl, data_sets.train)
      precision(sess, eval_correct, images_pl, labels_pl, data_sets.validation)
      precision(sess, eval_correct, images_pl, labels_pl, data_sets.test)
      print('global step:', sess.run(global_step))


if __name__ == '__main__':
  parser = argparse.ArgumentParser()
  parser.add_argument('--learning_rate', type=float, default=0.05)
  parser.add_argument('--max_steps', type=int, default=40)
  parser.add_argument('--hidden1', type=int, default=24)
  parser.add_argument('--batch_size', type=int, default=40)
  parser.add_argument('--seed', type=int, default=66478)
  FLAGS, unparsed = parser.parse_known_args()
  tf.app.run(main=main, argv=[sys.argv[0]] + unparsed)
