import numpy as np
import tensorflow as tf

n_in, n_z = 8, 2


def linear(x, size, scope):
    with tf.variable_scope(scope):
        w = tf.get_variable("w", [x.get_shape()[1], size], initializer=tf.contrib.layers.xavier_initializer())
        return tf.matmul(x, w) + tf.get_variable("b", [size], initializer=tf.constant_initializer(0.0))


x = tf.placeholder(tf.float32, [None, n_in])
h = tf.nn.softplus(linear(x, 6, "enc_h"))
mu, log_sigma_sq = linear(h, n_z, "enc_mu"), linear(h, n_z, "enc_log_sigma")
eps = tf.random_normal(tf.shape(mu), 0, 1, dtype=tf.float32)
z = mu + tf.sqrt(tf.exp(log_sigma_sq)) * eps
logits = linear(tf.nn.softplus(linear(z, 6, "dec_h")), n_in, "dec_out")
reconstr_loss = tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(labels=x, logits=logits), 1)
latent_loss = -0.5 * tf.reduce_sum(1 + log_sigma_sq - tf.square(mu) - tf.exp(log_sigma_sq), 1)
cost = tf.reduce_mean(reconstr_loss + latent_loss)
optimizer = tf.train.AdamOptimizer(learning_rate=0.01).minimize(cost)
sess = tf.InteractiveSession()
sess.run(tf.global_variables_initializer())
for epoch in range(12):
    images = (np.random.random((10, n_in)) > 0.5).astype(np.float32)
    opt, cost_value = sess.run((optimizer, cost), feed_dict={x: images})
    print("Epoch:", "%04d" % (epoch + 1), "cost=", "{:.6f}".format(cost_value))
