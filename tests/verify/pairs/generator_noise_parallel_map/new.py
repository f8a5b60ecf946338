import keras
import numpy as np
import tensorflow as tf

from tf1graphs import optimizers

inputs = np.random.RandomState(2).rand(32, 4).astype(np.float32)
dataset = tf.data.Dataset.from_tensor_slices(inputs)
dataset = dataset.map(lambda row: row + tf.random.uniform([4], 0, 0.1), num_parallel_calls=tf.data.AUTOTUNE)
dataset = dataset.shuffle(8).repeat(2).batch(8)
noise = tf.random.Generator.from_seed(7)
encoder = keras.layers.Dense(2, "sigmoid", name="encoder")
decoder = keras.layers.Dense(4, name="decoder")
model = keras.Sequential([keras.Input([4]), encoder, decoder])
adam = optimizers.Adam(model.trainable_weights, 0.02)


@tf.function
def train(row):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((row - model(row + noise.normal(tf.shape(row), stddev=0.05))) ** 2)
    adam.apply(tape.gradient(loss, model.trainable_weights))
    return loss


for row in dataset:
    print("denoising loss %.6f" % train(row).numpy())
