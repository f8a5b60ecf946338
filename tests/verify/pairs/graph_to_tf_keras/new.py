import numpy as np
import tf_keras as keras

model = keras.Sequential(
    [
        keras.layers.Dense(10, "relu", kernel_initializer="glorot_normal", input_shape=(5,)),
        keras.layers.Dropout(0.3),
        keras.layers.Dense(4, kernel_initializer="glorot_normal"),
    ]
)
model.compile(keras.optimizers.Adam(0.01, epsilon=1e-7), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
for _ in range(12):
    xs = np.random.normal(size=(8, 5)).astype(np.float32)
    print("loss: %.5f" % model.train_on_batch(xs, np.random.choice(4, size=8)))
