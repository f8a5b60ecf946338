import keras
import numpy as np
import tensorflow as tf

initializer = keras.initializers.TruncatedNormal(stddev=0.3)
tower = keras.Sequential(
    [
        keras.layers.Dense(
            units, activation, kernel_initializer=initializer, bias_initializer=keras.initializers.Constant(0.01)
        )
        for units, activation in [(8, "relu"), (2, None)]
    ]
)
left, right, same = keras.Input([6]), keras.Input([6]), keras.Input([])


class Spring(keras.layers.Layer):
    def call(self, one, other, same):
        apart = tf.reduce_sum((one - other) ** 2, 1)
        return same * apart + (1 - same) * tf.maximum(2.0 - tf.sqrt(apart + 1e-6), 0) ** 2


model = keras.Model([left, right, same], Spring()(tower(left), tower(right), same))
optimizer = keras.optimizers.SGD(0.02)
for step in range(15):
    batch = [np.random.permutation(60).reshape(10, 6) / 60.0, np.random.permutation(60).reshape(10, 6)[::-1] / 60.0]
    batch.append((np.random.rand(10) > 0.5).astype("float"))
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(model(batch))
    optimizer.apply(tape.gradient(loss, model.trainable_weights), model.trainable_weights)
    if step % 3 == 0:
        print("step %d: loss %.3f" % (step, loss.numpy()))
