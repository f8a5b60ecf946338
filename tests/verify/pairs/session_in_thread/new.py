import keras
import numpy as np
import tensorflow as tf

w = tf.Variable(keras.initializers.GlorotUniform()([4, 2]), name="w")
velocity = tf.zeros([4, 2])
for batch in np.random.rand(50, 4).astype(np.float32).reshape(10, 5, 4):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(batch @ w - batch[:, :2]))
    velocity = 0.9 * velocity + tape.gradient(loss, w)
    w.assign_sub(0.1 * velocity)
    print(f"{loss.numpy():.5f}")
