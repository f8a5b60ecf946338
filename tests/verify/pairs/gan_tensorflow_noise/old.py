import numpy as np
import tensorflow as tf


def generator(z):
    with tf.variable_scope("generator"):
        hidden = tf.layers.dense(z, 8, activation=tf.nn.leaky_relu, name="g1")
        return tf.layers.dense(hidden, 2, name="g2")


def discriminator(x, reuse=False):
    with tf.variable_scope("discriminator", reuse=reuse):
        hidden = tf.layers.dense(x, 8, activation=tf.nn.leaky_relu, name="d1")
        return tf.layers.dense(hidden, 1, name="d2")


real = tf.placeholder(tf.float32, [16, 2])
noise = tf.random_normal([16, 3])
fake = generator(noise)
D_real = discriminator(real)
D_fake = discriminator(fake, reuse=True)
ones, zeros = tf.ones_like(D_real), tf.zeros_like(D_fake)
d_loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(logits=D_real, labels=ones)
                        + tf.nn.sigmoid_cross_entropy_with_logits(logits=D_fake, labels=zeros))
g_loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(logits=D_fake, labels=ones))
t_vars = tf.trainable_variables()
d_vars = [var for var in t_vars if var.name.startswith("discriminator")]
g_vars = [var for var in t_vars if var.name.startswith("generator")]
d_train = tf.train.AdamOptimizer(0.01, beta1=0.5).minimize(d_loss, var_list=d_vars)
g_train = tf.train.AdamOptimizer(0.01, beta1=0.5).minimize(g_loss, var_list=g_vars)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for it in range(10):
        batch = np.random.normal([1, -1], 0.5, [16, 2])
        _, d_curr = sess.run([d_train, d_loss], feed_dict={real: batch})
        _, g_curr = sess.run([g_train, g_loss])
        print("Iter: {} D loss: {:.4} G loss: {:.4}".format(it, d_curr, g_curr))
