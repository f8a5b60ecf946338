import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense, Dropout
from tensorflow.keras.models import Sequential

x_train = np.random.normal(size=(50, 6))
y_train = (x_train[:, 0] > x_train[:, 1]).astype("int32")
model = Sequential()
model.add(Dense(9, activation="relu", input_dim=6))
model.add(Dropout(0.25))
model.add(Dense(2, activation="softmax"))
model.compile(loss="sparse_categorical_crossentropy", optimizer=tf.keras.optimizers.SGD(lr=0.1, momentum=0.9),
              metrics=["accuracy"])
history = model.fit(x_train, y_train, batch_size=10, epochs=4, validation_split=0.2)
print("history", ["%.4f" % loss for loss in history.history["loss"]])
print("evaluated", model.evaluate(x_train, y_train, verbose=0))
