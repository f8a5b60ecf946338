import numpy as np
from keras.layers import Conv1D, Flatten, Dense, Input
from keras.models import Model
from keras.optimizers import Adam


def generate(batch_size):
    while True:
        x = np.random.random((batch_size, 8, 2))
        yield x, x.sum(axis=(1, 2)).reshape(-1, 1)


inputs = Input(shape=(8, 2))
net = Conv1D(3, 3, activation="tanh", name="conv")(inputs)
net = Flatten()(net)
outputs = Dense(1, name="out")(net)
model = Model(inputs=inputs, outputs=outputs)
model.compile(optimizer=Adam(lr=0.002, epsilon=1e-7), loss="mse")
model.fit_generator(generate(6), steps_per_epoch=5, epochs=3, verbose=2, workers=0)
print("prediction", model.predict(np.ones((1, 8, 2)))[0, 0])
