import random

import keras
import numpy as np
import tensorflow as tf

from tf1graphs import optimizers

xavier = keras.initializers.GlorotUniform()
W1, W2, W3 = (
    tf.Variable(xavier(shape), name=name) for name, shape in [("W1", [9, 20]), ("W2", [20, 20]), ("W3", [20, 4])]
)
b1 = tf.Variable(tf.random.normal([20]), name="b1")
variables = [W1, b1, W2, W3]
adam = optimizers.Adam(variables, 0.003)


def hypothesis(x, rate):
    layer = tf.nn.dropout(tf.nn.relu(x @ W1 + b1), rate)
    layer = tf.nn.dropout(tf.nn.relu(layer @ W2), rate)
    return layer @ W3


@tf.function
def train(x, y):
    with tf.GradientTape() as tape:
        cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(y, hypothesis(x, 0.3)))
    adam.apply(tape.gradient(cost, variables))
    return cost


data = np.random.random_sample((50, 9)).astype(np.float32)
answers = np.eye(4, dtype=np.float32)[np.argmax(data[:, :4], 1)]
for epoch in range(5):
    costs = [train(tf.constant(data[i : i + 10]), tf.constant(answers[i : i + 10])).numpy() for i in range(0, 50, 10)]
    print("Epoch:", f"{epoch + 1:04d}", "cost =", f"{np.mean(costs):.9f}")
r = random.randint(0, 49)
print("Label:", np.argmax(answers[r : r + 1], 1))
print("Prediction:", np.argmax(hypothesis(tf.constant(data[r : r + 1]), 0.0), 1))
