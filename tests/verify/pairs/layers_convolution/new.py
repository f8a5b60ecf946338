import keras
import numpy as np
import tensorflow as tf


class CNN(keras.Model):
    def __init__(self):
        super().__init__()
        self.conv1 = keras.layers.Conv2D(6, 3, padding="same", activation="relu", name="conv1")
        self.pool = keras.layers.MaxPooling2D(2, 2)
        self.conv2 = keras.layers.Conv2D(8, 3, strides=2, activation="relu", name="conv2")
        self.flatten = keras.layers.Flatten()
        self.fc1 = keras.layers.Dense(16, activation="relu", name="fc1")
        self.dropout = keras.layers.Dropout(0.4)
        self.fc2 = keras.layers.Dense(3, name="fc2")

    def call(self, x, training=False):
        net = self.conv2(self.pool(self.conv1(x)))
        return self.fc2(self.dropout(self.fc1(self.flatten(net)), training=training))


model = CNN()
model.build([None, 12, 12, 1])
optimizer = keras.optimizers.Adam(0.005, epsilon=1e-8)
criterion = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
for _ in range(12):
    targets = np.random.randint(0, 3, 8)
    images = np.random.random([8, 12, 12, 1])
    with tf.GradientTape() as tape:
        loss = criterion(targets, model(images, training=True))
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_weights), model.trainable_weights))
    print("batch loss", loss.numpy())
hits = np.argmax(model(images, training=False), axis=1) == targets
print("accuracy", hits.mean(dtype=np.float32))
