import numpy as np
import tensorflow as tf

X = tf.placeholder(tf.float32, [None, 4], name="X")
Z = tf.placeholder(tf.float32, [None, 2], name="Z")
with tf.variable_scope("gen"):
    w_g = tf.get_variable("w", [2, 4], initializer=tf.random_normal_initializer(0, 0.1))
    sample = tf.nn.tanh(tf.matmul(Z, w_g))
with tf.variable_scope("disc") as scope:
    w_d = tf.get_variable("w", [4, 1], initializer=tf.random_normal_initializer(0, 0.1))
    p_real = tf.sigmoid(tf.matmul(X, w_d))
    p_fake = tf.sigmoid(tf.matmul(sample, w_d))
D_loss = -tf.reduce_mean(tf.log(p_real) + tf.log(1.0 - p_fake))
G_loss = -tf.reduce_mean(tf.log(p_fake))
D_solver = tf.train.AdamOptimizer().minimize(
    D_loss, var_list=tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope="disc")
)
G_solver = tf.train.AdamOptimizer().minimize(
    G_loss, var_list=tf.get_collection(tf.GraphKeys.TRAINABLE_VARIABLES, scope="gen")
)

rng = np.random.RandomState(12)
sess = tf.Session()
sess.run(tf.global_variables_initializer())
for it in range(5):
    x, z = rng.rand(8, 4), rng.uniform(-1, 1, (8, 2))
    _, d = sess.run([D_solver, D_loss], feed_dict={X: x, Z: z})
    _, g = sess.run([G_solver, G_loss], feed_dict={Z: z})
    print(it, d, g)
