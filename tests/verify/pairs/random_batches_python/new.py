import random

import keras
import numpy as np
import tensorflow as tf

tf.random.set_seed(4)
model = keras.Sequential(
    [
        keras.layers.Dense(
            units, activation, use_bias=False, kernel_initializer=keras.initializers.RandomNormal(0, 0.3)
        )
        for units, activation in [(5, "tanh"), (1, None)]
    ]
)
squares = []
np.random.seed(4)
random.seed(4)
memory = [(random.random(), random.gauss(0, 1)) for _ in range(40)]
for _ in range(12):
    noise = np.random.normal(0, 0.1, 8)
    minibatch = random.sample(memory, 8)
    answers = tf.constant([a * b for a, b in minibatch] + noise, tf.float32)
    with tf.GradientTape() as tape:
        cost = tf.reduce_mean(tf.square(answers - tf.reshape(model(tf.constant(minibatch)), [-1])))
    slopes = tape.gradient(cost, model.trainable_variables)
    squares = squares or [(tf.ones_like(slope), tf.zeros_like(slope)) for slope in slopes]
    squares = [
        (0.9 * s + 0.1 * g**2, 0.5 * m + 0.01 * g / tf.sqrt(0.9 * s + 0.1 * g**2 + 1e-10))
        for (s, m), g in zip(squares, slopes)
    ]
    for variable, (_, moment) in zip(model.trainable_variables, squares):
        variable.assign_sub(moment)
    print(f"{cost.numpy():.6f}")
    if random.random() < 0.5:
        print("explore", random.randint(0, 9))
