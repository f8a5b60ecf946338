"""A GAN whose networks are trained by one Adam in turns: it counts the steps of both."""

import numpy as np
import tensorflow as tf

tf.set_random_seed(1)
real = tf.placeholder(tf.float32, [None, 4])
noise = tf.placeholder(tf.float32, [None, 2])


def generator(z):
    with tf.variable_scope("generator"):
        hidden = tf.layers.dense(z, 8, tf.nn.relu)
        return tf.layers.dense(hidden, 4)


def discriminator(x, reuse=None):
    with tf.variable_scope("discriminator", reuse=reuse):
        hidden = tf.layers.dense(x, 8, tf.nn.relu, name="hidden")
        return tf.layers.dense(hidden, 1, name="logit")


fake = generator(noise)
real_logit = discriminator(real)
fake_logit = discriminator(fake, True)
d_loss = -tf.reduce_mean(real_logit) + tf.reduce_mean(tf.square(fake_logit))
g_loss = -tf.reduce_mean(fake_logit)

trained = tf.trainable_variables()
d_vars = [v for v in trained if v.name.startswith("discriminator")]
g_vars = [v for v in trained if v.name.startswith("generator")]
optimizer = tf.train.AdamOptimizer(0.01, beta1=0.5)
d_train = optimizer.minimize(d_loss, var_list=d_vars)
g_train = optimizer.minimize(g_loss, var_list=g_vars)

random = np.random.RandomState(0)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(8):
        _, d = sess.run([d_train, d_loss], {real: random.rand(3, 4), noise: random.rand(3, 2)})
        _, g = sess.run([g_train, g_loss], {noise: random.rand(3, 2)})
        print(i, "%.4f %.4f" % (d, g))
