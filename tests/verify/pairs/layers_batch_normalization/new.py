import keras
import numpy as np
import tensorflow as tf

from tf1graphs import optimizers

x = keras.Input([6], name="x")
net = keras.layers.Dense(12, use_bias=False, name="dense_in")(x)
net = keras.layers.BatchNormalization(name="bn")(net)
net = keras.layers.Activation("elu")(net)
model = keras.Model(x, keras.layers.Dense(1, name="dense_out")(net))
optimizer = optimizers.RMSProp(model.trainable_weights, 0.003)


@tf.function
def train(xs, ys):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(model(xs, training=True) - ys))
    optimizer.apply(tape.gradient(loss, model.trainable_weights))
    return loss


def batch(size):
    xs = np.random.normal(2.0, 3.0, [size, 6]).astype(np.float32)
    return tf.constant(xs), tf.constant(np.sin(xs[:, :1]))


for _ in range(15):
    train(*batch(16))
xs, ys = batch(10)
print("validation %.5f" % tf.reduce_mean(tf.square(model(xs, training=False) - ys)).numpy())
