import keras
import numpy as np
import tensorflow as tf

features = np.random.RandomState(3).randn(60, 5).astype(np.float32)
targets = (features[:, :1] * 2 - features[:, 1:2]).astype(np.float32)
dataset = tf.data.Dataset.from_tensor_slices((features, targets)).shuffle(60).repeat().batch(10)

hidden = keras.layers.Dense(8, activation="tanh", name="hidden")
model = keras.Sequential([keras.Input([5]), hidden, keras.layers.Dense(1, name="output")])
optimizer = keras.optimizers.Adagrad(0.1, initial_accumulator_value=0.1, epsilon=0.0)
model.compile(optimizer, "mse")
model.fit(dataset, steps_per_epoch=12, epochs=1, verbose=0)
print("kernel norm %.5f" % np.linalg.norm(hidden.kernel.numpy()))
