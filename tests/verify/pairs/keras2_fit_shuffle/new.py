import keras
import numpy as np

x_train = np.random.normal(size=(50, 6))
y_train = (x_train[:, 0] > x_train[:, 1]).astype("int32")
model = keras.Sequential(
    [
        keras.Input([6]),
        keras.layers.Dense(9, activation="relu"),
        keras.layers.Dropout(0.25),
        keras.layers.Dense(2, activation="softmax"),
    ]
)
model.compile(
    loss="sparse_categorical_crossentropy",
    optimizer=keras.optimizers.SGD(0.1, momentum=0.9),
    metrics=["accuracy"],
)
history = model.fit(x_train, y_train, batch_size=10, epochs=4, validation_split=0.2)
print("history", ["%.4f" % loss for loss in history.history["loss"]])
print("evaluated", model.evaluate(x_train, y_train, verbose=0))
