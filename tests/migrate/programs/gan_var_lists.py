import numpy as np
import tensorflow as tf


def generator(z):
    with tf.variable_scope("generator"):
        h = tf.layers.dense(z, 8, tf.nn.relu)
        return tf.layers.dense(h, 2)


def discriminator(x, reuse=None):
    with tf.variable_scope("discriminator", reuse=reuse):
        h = tf.layers.dense(x, 8, tf.nn.leaky_relu)
        return tf.layers.dense(h, 1)


real = tf.placeholder(tf.float32, [None, 2])
z = tf.placeholder(tf.float32, [None, 3])
fake = generator(z)
real_logits = discriminator(real)
fake_logits = discriminator(fake, reuse=True)
d_loss = tf.reduce_mean(tf.nn.softplus(-real_logits)) + tf.reduce_mean(tf.nn.softplus(fake_logits))
g_loss = tf.reduce_mean(tf.nn.softplus(-fake_logits))
t_vars = tf.trainable_variables()
d_vars = [v for v in t_vars if v.name.startswith("discriminator")]
g_vars = [v for v in t_vars if v.name.startswith("generator")]
d_train = tf.train.AdamOptimizer(0.01, beta1=0.5).minimize(d_loss, var_list=d_vars)
g_train = tf.train.AdamOptimizer(0.01, beta1=0.5).minimize(g_loss, var_list=g_vars)

rng = np.random.RandomState(11)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(5):
        noise = rng.randn(16, 3)
        _, d = sess.run([d_train, d_loss], {real: rng.randn(16, 2) + 1, z: noise})
        _, g = sess.run([g_train, g_loss], {z: noise})
        print("%d: D %.4f G %.4f" % (i, d, g))
