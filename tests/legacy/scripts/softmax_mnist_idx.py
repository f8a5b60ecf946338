"""Softmax regression on MNIST-shaped files read by input_data, the files made here."""
from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import gzip
import os
import shutil
import struct
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.examples.tutorials.mnist import input_data


def write_idx(directory, prefix, count, rng):
    """Digits are bright squares whose place depends on the label, over noise."""
    labels = rng.randint(0, 10, size=count).astype(np.uint8)
    images = rng.randint(0, 64, size=(count, 28, 28)).astype(np.uint8)
    for image, label in zip(images, labels):
        row, col = divmod(int(label), 4)
        image[row * 9:row * 9 + 7, col * 7:col * 7 + 6] += 150
    with gzip.open(os.path.join(directory, prefix + '-images-idx3-ubyte.gz'), 'wb') as f:
        f.write(struct.pack('>IIII', 2051, count, 28, 28) + images.tobytes())
    with gzip.open(os.path.join(directory, prefix + '-labels-idx1-ubyte.gz'), 'wb') as f:
        f.write(struct.pack('>II', 2049, count) + labels.tobytes())


directory = tempfile.mkdtemp()
os.chdir(directory)
data_dir = 'MNIST_data'
os.mkdir(data_dir)
rng = np.random.RandomState(5)
write_idx(data_dir, 'train', 600, rng)
write_idx(data_dir, 't10k', 200, rng)

np.random.seed(1)
tf.set_random_seed(1)
mnist = input_data.read_data_sets(data_dir, one_hot=True, validation_size=100)
print(mnist.train.num_examples, mnist.validation.num_examples, mnist.test.images.shape)

x = tf.placeholder(tf.float32, [None, 784])
W = tf.Variable(tf.zeros([784, 10]))
b = tf.Variable(tf.zeros([10]))
y = tf.matmul(x, W) + b
y_ = tf.placeholder(tf.float32, [None, 10])

cross_entropy = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y_, logits=y))
train_step = tf.train.GradientDescentOptimizer(0.1).minimize(cross_entropy)
correct_prediction = tf.equal(tf.argmax(y, 1), tf.argmax(y_, 1))
accuracy = tf.reduce_mean(tf.cast(correct_prediction, tf.float32))

sess = tf.InteractiveSession()
tf.global_variables_initializer().run()
for i in range(60):
    batch_xs, batch_ys = mnist.train.next_batch(50)
    _, loss = sess.run([train_step, cross_entropy], feed_dict={x: batch_xs, y_: batch_ys})
    if i % 15 == 0:
        print('step %d, loss %.6f' % (i, loss), batch_ys.argmax(1)[:8])
print('epochs completed:', mnist.train.epochs_completed)
print('test accuracy', sess.run(accuracy, feed_dict={x: mnist.test.images, y_: mnist.test.labels}))
shutil.rmtree(directory)
