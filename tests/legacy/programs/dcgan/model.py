from __future__ import division, print_function

import os

import numpy as np
import tensorflow as tf

from ops import batch_norm, conv2d, conv_cond_concat, deconv2d, image_summary, linear, lrelu
from utils import image_manifold_size, save_images, shapes


class DCGAN(object):
    def __init__(self, sess, size=16, batch_size=16, sample_num=16, y_dim=2, z_dim=8, gf_dim=6, df_dim=6,
                 checkpoint_dir=None, sample_dir=None):
        self.sess = sess
        self.size, self.batch_size, self.sample_num = size, batch_size, sample_num
        self.y_dim, self.z_dim, self.gf_dim, self.df_dim = y_dim, z_dim, gf_dim, df_dim
        self.d_bn1 = batch_norm(name='d_bn1')
        self.g_bn0, self.g_bn1 = batch_norm(name='g_bn0'), batch_norm(name='g_bn1')
        self.checkpoint_dir, self.sample_dir = checkpoint_dir, sample_dir
        self.build_model()

    def build_model(self):
        self.y = tf.placeholder(tf.float32, [self.batch_size, self.y_dim], name='y')
        self.inputs = tf.placeholder(tf.float32, [self.batch_size, self.size, self.size, 1], name='real_images')
        self.z = tf.placeholder(tf.float32, [None, self.z_dim], name='z')
        self.z_sum = tf.summary.histogram('z', self.z)

        self.G = self.generator(self.z, self.y)
        self.D, self.D_logits = self.discriminator(self.inputs, self.y, reuse=False)
        self.sampler = self.sampler(self.z, self.y)
        self.D_, self.D_logits_ = self.discriminator(self.G, self.y, reuse=True)
        self.d_sum = tf.summary.histogram('d', self.D)
        self.d__sum = tf.summary.histogram('d_', self.D_)
        self.G_sum = image_summary('G', self.G)

        def cross_entropy(logits, targets):
            return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(logits=logits, labels=targets))

        self.d_loss_real = cross_entropy(self.D_logits, tf.ones_like(self.D))
        self.d_loss_fake = cross_entropy(self.D_logits_, tf.zeros_like(self.D_))
        self.g_loss = cross_entropy(self.D_logits_, tf.ones_like(self.D_))
        self.d_loss = self.d_loss_real + self.d_loss_fake
        self.g_loss_sum = tf.summary.scalar('g_loss', self.g_loss)
        self.d_loss_sum = tf.summary.scalar('d_loss', self.d_loss)

        t_vars = tf.trainable_variables()
        self.d_vars = [var for var in t_vars if 'd_' in var.name]
        self.g_vars = [var for var in t_vars if 'g_' in var.name]
        self.saver = tf.train.Saver(max_to_keep=1)

    def discriminator(self, image, y, reuse=False):
        with tf.variable_scope('discriminator', reuse=reuse):
            yb = tf.reshape(y, [self.batch_size, 1, 1, self.y_dim])
            x = conv_cond_concat(image, yb)
            h0 = lrelu(conv2d(x, self.df_dim, name='d_h0_conv'))
            h1 = lrelu(self.d_bn1(conv2d(conv_cond_concat(h0, yb), self.df_dim * 2, name='d_h1_conv')))
            h1 = tf.concat([tf.reshape(h1, [self.batch_size, -1]), y], 1)
            h2 = lrelu(linear(h1, self.df_dim * 4, 'd_h2_lin'))
            h3 = linear(tf.concat([h2, y], 1), 1, 'd_h3_lin')
            return tf.nn.sigmoid(h3), h3

    def generator_net(self, z, y, train):
        quarter, half = self.size // 4, self.size // 2
        yb = tf.reshape(y, [self.batch_size, 1, 1, self.y_dim])
        z_ = linear(tf.concat([z, y], 1), self.gf_dim * 2 * quarter * quarter, 'g_h0_lin')
        h0 = tf.nn.relu(self.g_bn0(tf.reshape(z_, [self.batch_size, quarter, quarter, self.gf_dim * 2]), train=train))
        h1 = deconv2d(conv_cond_concat(h0, yb), [self.batch_size, half, half, self.gf_dim], name='g_h1')
        h1 = tf.nn.relu(self.g_bn1(h1, train=train))
        h2 = deconv2d(conv_cond_concat(h1, yb), [self.batch_size, self.size, self.size, 1], name='g_h2')
        return tf.nn.tanh(h2)

    def generator(self, z, y):
        with tf.variable_scope('generator'):
            return self.generator_net(z, y, train=True)

    def sampler(self, z, y):
        with tf.variable_scope('generator') as scope:
            scope.reuse_variables()
            return self.generator_net(z, y, train=False)

    def train(self, config):
        # The moving statistics of both networks, each with its own step.
        update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
        updates = {key: [op for op in update_ops if op.name.startswith(key)] for key in ('generator', 'discriminator')}
        print('%d update ops: %d of the generator' % (len(update_ops), len(updates['generator'])))
        with tf.control_dependencies(updates['discriminator']):
            d_optim = tf.train.AdamOptimizer(config.learning_rate, config.beta1, epsilon=1e-4).minimize(
                self.d_loss, var_list=self.d_vars)
        with tf.control_dependencies(updates['generator']):
            g_optim = tf.train.AdamOptimizer(config.learning_rate, config.beta1, epsilon=1e-4).minimize(
                self.g_loss, var_list=self.g_vars)
        tf.global_variables_initializer().run()

        self.g_sum = tf.summary.merge([self.z_sum, self.d__sum, self.G_sum, self.g_loss_sum])
        self.d_sum = tf.summary.merge([self.z_sum, self.d_sum, self.d_loss_sum])
        self.writer = tf.summary.FileWriter(os.path.join(self.checkpoint_dir, 'logs'), self.sess.graph)
        rng = np.random.RandomState(config.seed)
        data_X, data_y = shapes(config.images, self.size, rng)
        sample_z = rng.uniform(-1, 1, size=(self.sample_num, self.z_dim))
        sample_feed = {self.z: sample_z, self.inputs: data_X[:self.sample_num], self.y: data_y[:self.sample_num]}
        print(' [*] Load', self.load(self.checkpoint_dir))
        counter = 1
        for epoch in range(config.epoch):
            for idx in range(len(data_X) // config.batch_size):
                part = slice(idx * config.batch_size, (idx + 1) * config.batch_size)
                batch_z = rng.uniform(-1, 1, [config.batch_size, self.z_dim]).astype(np.float32)
                feed = {self.inputs: data_X[part], self.y: data_y[part], self.z: batch_z}
                _, summary_str = self.sess.run([d_optim, self.d_sum], feed_dict=feed)
                self.writer.add_summary(summary_str, counter)
                _, summary_str = self.sess.run([g_optim, self.g_sum], feed_dict=feed)
                self.writer.add_summary(summary_str, counter)
                err_d, err_g = self.sess.run([self.d_loss, self.g_loss], feed)
                if counter % 6 == 0:
                    print('Epoch: [%2d] [%4d], d_loss: %.3f, g_loss: %.3f' % (epoch, idx, err_d, err_g))
                counter += 1
            samples, d_loss, g_loss = self.sess.run([self.sampler, self.d_loss, self.g_loss], feed_dict=sample_feed)
            path = os.path.join(self.sample_dir, 'train_%02d.png' % epoch)
            save_images(self.sess, samples, image_manifold_size(samples.shape[0]), path)
            print('[Sample] d_loss: %.3f, g_loss: %.3f, centre %.3f, border %.3f'
                  % (d_loss, g_loss, samples[:, 4:12, 4:12].mean(), samples[:, [0, -1]].mean()))
            self.save(self.checkpoint_dir, counter)
        self.writer.close()
        print(' [*] Load', self.load(self.checkpoint_dir))
        print(np.array_equal(self.sess.run(self.sampler, feed_dict=sample_feed), samples))

    def save(self, checkpoint_dir, step):
        self.saver.save(self.sess, os.path.join(checkpoint_dir, 'DCGAN.model'), global_step=step)

    def load(self, checkpoint_dir):
        ckpt = tf.train.get_checkpoint_state(checkpoint_dir)
        if ckpt and ckpt.model_checkpoint_path:
            ckpt_name = os.path.basename(ckpt.model_checkpoint_path)
            self.saver.restore(self.sess, os.path.join(checkpoint_dir, ckpt_name))
            return True, int(ckpt_name.split('-')[-1])
        return False, 0
