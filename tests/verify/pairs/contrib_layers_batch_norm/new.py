import keras
import numpy as np
import tensorflow as tf


class Classifier(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = keras.layers.Dense(10, use_bias=False, name="hidden")
        self.norm = keras.layers.BatchNormalization(momentum=0.9, epsilon=0.001)
        self.outputs = keras.layers.Dense(3, name="outputs")

    def call(self, inputs, training=False):
        return self.outputs(tf.nn.relu(self.norm(self.hidden(inputs), training=training)))


model = Classifier()
model.build((None, 7))
optimizer = keras.optimizers.SGD(0.05, momentum=0.9, nesterov=True)


def loss_of(inputs, labels, training):
    logits = model(inputs, training=training)
    return tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))


@tf.function
def train(inputs, labels):
    with tf.GradientTape() as tape:
        value = loss_of(inputs, labels, True)
    optimizer.apply(tape.gradient(value, model.trainable_variables), model.trainable_variables)


for epoch in range(12):
    inputs = tf.constant(np.random.standard_normal((12, 7)), tf.float32)
    labels = tf.constant(np.random.randint(0, 3, 12))
    train(inputs, labels)
    print(epoch, "Test loss:", loss_of(inputs, labels, False).numpy())
