"""tf.keras Sequential: compile, fit with callbacks (verbose=0), evaluate, predict, save and load weights."""
from __future__ import print_function

import os
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense, Dropout, BatchNormalization
from tensorflow.keras.models import Sequential

np.random.seed(123)
tf.set_random_seed(123)

x_train = np.random.random((120, 6)).astype('float32')
y_train = (x_train.sum(axis=1) > 3).astype('float32')


class LossHistory(tf.keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.losses = []

    def on_batch_end(self, batch, logs=None):
        self.losses.append(float(logs.get('loss')))


def build_model():
    model = Sequential()
    model.add(Dense(12, input_dim=6, activation='relu'))
    model.add(BatchNormalization())
    model.add(Dropout(0.2))
    model.add(Dense(1, activation='sigmoid'))
    model.compile(loss='binary_crossentropy', optimizer=tf.keras.optimizers.RMSprop(lr=0.01), metrics=['accuracy'])
    return model


model = build_model()
print([layer.__class__.__name__ for layer in model.layers], model.count_params())

directory = tempfile.mkdtemp()
weights_file = os.path.join(directory, 'best.h5')
history = LossHistory()
callbacks = [
    history,
    tf.keras.callbacks.ModelCheckpoint(weights_file, monitor='loss', save_best_only=True, save_weights_only=True),
    tf.keras.callbacks.LearningRateScheduler(lambda epoch: 0.01 * 0.5 ** epoch),
    tf.keras.callbacks.EarlyStopping(monitor='loss', patience=3),
]
result = model.fit(x_train, y_train, epochs=4, batch_size=40, callbacks=callbacks, verbose=0, shuffle=False,
                   validation_split=0.25)
print('batches', len(history.losses), '%.6f' % history.losses[0])
for key in sorted(result.history):
    print(key, [round(float(v), 6) for v in result.history[key]])

loss, accuracy = model.evaluate(x_train, y_train, verbose=0)
print('loss %.6f accuracy %.6f' % (loss, accuracy))

clone = build_model()
clone.load_weights(weights_file)
print('same predictions:', np.allclose(model.predict(x_train[:5]), clone.predict(x_train[:5]), atol=1e-6))
print(model.predict(x_train[:3]).ravel().tolist())
print(os.listdir(directory))
