import keras
import numpy as np
import tensorflow as tf

train_x = np.random.RandomState(0).uniform(-1, 1, [48, 2]).astype(np.float32)
train_y = (train_x[:, 0] * train_x[:, 1] > 0).astype(np.int32)
dataset = tf.data.Dataset.from_tensor_slices((train_x, train_y)).shuffle(1000).batch(16)

model = keras.Sequential([keras.Input([2]), keras.layers.Dense(10, "relu"), keras.layers.Dense(2)])
criterion = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = keras.optimizers.Adam(0.01, epsilon=1e-8)


@tf.function
def train(x, y):
    with tf.GradientTape() as tape:
        loss = criterion(y, model(x, training=True))
    optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    return loss


for epoch in range(6):
    losses = [train(x, y).numpy() for x, y in dataset]
    print("Epoch", epoch, "loss", float(np.mean(losses, dtype=np.float64)))
