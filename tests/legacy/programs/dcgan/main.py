"""A convolutional GAN, conditioned on the kind of shape, with batch normalization in both networks."""
from __future__ import print_function

import os
import tempfile

import tensorflow as tf

from model import DCGAN

flags = tf.app.flags
flags.DEFINE_integer('epoch', 6, 'Epoch to train [6]')
flags.DEFINE_float('learning_rate', 0.003, 'Learning rate for adam [0.003]')
flags.DEFINE_float('beta1', 0.5, 'Momentum term of adam [0.5]')
flags.DEFINE_integer('images', 96, 'The number of training images [96]')
flags.DEFINE_integer('batch_size', 16, 'The size of batch images [16]')
flags.DEFINE_integer('seed', 1701, 'For weights, noise and images [1701]')
FLAGS = flags.FLAGS


def show_all_variables():
    model_vars = tf.trainable_variables()
    tf.contrib.slim.model_analyzer.analyze_vars(model_vars, print_info=True)


def main(_):
    folder = tempfile.mkdtemp()
    sample_dir, checkpoint_dir = [os.path.join(folder, name) for name in ('samples', 'checkpoint')]
    for each in (sample_dir, checkpoint_dir):
        os.makedirs(each)
    run_config = tf.ConfigProto()
    run_config.gpu_options.allow_growth = True
    tf.set_random_seed(FLAGS.seed)
    with tf.Session(config=run_config) as sess:
        dcgan = DCGAN(sess, batch_size=FLAGS.batch_size, checkpoint_dir=checkpoint_dir, sample_dir=sample_dir)
        show_all_variables()
        dcgan.train(FLAGS)
        for name in sorted(os.listdir(sample_dir)):
            with tf.gfile.Open(os.path.join(sample_dir, name), 'rb') as f:
                grid = sess.run(tf.image.decode_png(f.read()))
            print(name, grid.shape, '%.1f' % grid.mean())


if __name__ == '__main__':
    tf.app.run()
