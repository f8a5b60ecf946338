import keras
import numpy as np
import tensorflow as tf

model = keras.Sequential(
    [
        keras.Input([4]),
        keras.layers.Dense(6, "tanh", kernel_initializer="orthogonal"),
        keras.layers.Dense(1, kernel_initializer=keras.initializers.VarianceScaling()),
    ]
)
squares = [tf.Variable(tf.ones(weight.shape), trainable=False) for weight in model.trainable_weights]


@tf.function
def train(obs, targets, rate):
    with tf.GradientTape() as tape:
        value_loss = tf.nn.l2_loss(model(obs) - targets)
    slopes, norm = tf.clip_by_global_norm(tape.gradient(value_loss, model.trainable_weights), 0.5)
    for weight, square, slope in zip(model.trainable_weights, squares, slopes):
        square.assign(0.99 * square + 0.01 * slope**2)
        weight.assign_sub(rate * slope / tf.sqrt(square + 1e-5))
    return value_loss, norm


for update in range(15):
    obs = np.random.randn(7, 4).astype(np.float32)
    value_loss, norm = train(tf.constant(obs), tf.abs(obs[:, :1]), tf.constant(0.01 * (1 - update / 15.0)))
    print("nupdates", update, "value_loss", float(value_loss), "norm", float(norm))
