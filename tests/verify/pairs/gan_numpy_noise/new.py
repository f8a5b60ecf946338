import numpy as np
import tensorflow as tf

from tf1graphs import optimizers

mb_size, Z_dim = 12, 4


def layer(name, rows, columns):
    weights = tf.Variable(tf.random.normal([rows, columns], stddev=(2 / rows) ** 0.5), name=f"{name[0]}_W{name[1]}")
    return weights, tf.Variable(tf.zeros([columns]), name=f"{name[0]}_b{name[1]}")


G = [*layer("G1", Z_dim, 7), *layer("G2", 7, 5)]
D = [*layer("D1", 5, 7), *layer("D2", 7, 1)]
G_solver, D_solver = optimizers.Adam(G), optimizers.Adam(D)


def mlp(x, w1, b1, w2, b2):
    return tf.sigmoid(tf.nn.relu(x @ w1 + b1) @ w2 + b2)


def sample_Z(count):
    return tf.constant(np.random.uniform(-1.0, 1.0, size=[count, Z_dim]), tf.float32)


for it in range(8):
    noise = sample_Z(mb_size)
    X_mb = tf.constant(np.random.beta(2.0, 5.0, size=[mb_size, 5]), tf.float32)
    with tf.GradientTape() as tape:
        D_loss = -tf.reduce_mean(tf.math.log(mlp(X_mb, *D)) + tf.math.log(1.0 - mlp(mlp(noise, *G), *D)))
    D_solver.apply(tape.gradient(D_loss, D))
    noise = sample_Z(mb_size)
    with tf.GradientTape() as tape:
        G_loss = -tf.reduce_mean(tf.math.log(mlp(mlp(noise, *G), *D)))
    G_solver.apply(tape.gradient(G_loss, G))
    print(f"Iter: {it}")
    print(f"D loss: {D_loss.numpy():.4}")
    print(f"G_loss: {G_loss.numpy():.4}")
    if it % 4 == 0:
        print(mlp(sample_Z(2), *G)[0].numpy())
