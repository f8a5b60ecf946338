import numpy as np
import tensorflow as tf

mb_size, Z_dim = 12, 4
X = tf.placeholder(tf.float32, shape=[None, 5], name="X")
Z = tf.placeholder(tf.float32, shape=[None, Z_dim], name="Z")


def xavier_init(size):
    return tf.random_normal(shape=size, stddev=1.0 / tf.sqrt(size[0] / 2.0))


D_W1 = tf.Variable(xavier_init([5, 7]), name="D_W1")
D_b1 = tf.Variable(tf.zeros(shape=[7]), name="D_b1")
D_W2 = tf.Variable(xavier_init([7, 1]), name="D_W2")
D_b2 = tf.Variable(tf.zeros(shape=[1]), name="D_b2")
G_W1 = tf.Variable(xavier_init([Z_dim, 7]), name="G_W1")
G_b1 = tf.Variable(tf.zeros(shape=[7]), name="G_b1")
G_W2 = tf.Variable(xavier_init([7, 5]), name="G_W2")
G_b2 = tf.Variable(tf.zeros(shape=[5]), name="G_b2")


def sample_Z(m, n):
    return np.random.uniform(-1.0, 1.0, size=[m, n])


def discriminator(x):
    return tf.nn.sigmoid(tf.matmul(tf.nn.relu(tf.matmul(x, D_W1) + D_b1), D_W2) + D_b2)


G_sample = tf.nn.sigmoid(tf.matmul(tf.nn.relu(tf.matmul(Z, G_W1) + G_b1), G_W2) + G_b2)
D_loss = -tf.reduce_mean(tf.log(discriminator(X)) + tf.log(1.0 - discriminator(G_sample)))
G_loss = -tf.reduce_mean(tf.log(discriminator(G_sample)))
D_solver = tf.train.AdamOptimizer().minimize(D_loss, var_list=[D_W1, D_W2, D_b1, D_b2])
G_solver = tf.train.AdamOptimizer().minimize(G_loss, var_list=[G_W1, G_W2, G_b1, G_b2])

sess = tf.Session()
sess.run(tf.global_variables_initializer())
for it in range(8):
    X_mb = np.random.beta(2.0, 5.0, size=[mb_size, 5])
    _, D_loss_curr = sess.run([D_solver, D_loss], feed_dict={X: X_mb, Z: sample_Z(mb_size, Z_dim)})
    _, G_loss_curr = sess.run([G_solver, G_loss], feed_dict={Z: sample_Z(mb_size, Z_dim)})
    print("Iter: {}".format(it))
    print("D loss: {:.4}".format(D_loss_curr))
    print("G_loss: {:.4}".format(G_loss_curr))
    if it % 4 == 0:
        print(sess.run(G_sample, feed_dict={Z: sample_Z(2, Z_dim)})[0])
