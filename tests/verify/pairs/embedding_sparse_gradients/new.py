import keras
import numpy as np
import tensorflow as tf


class SkipGram(keras.Model):
    def __init__(self, vocabulary, size):
        super().__init__()
        self.embedding = keras.layers.Embedding(vocabulary, size, keras.initializers.RandomUniform(-1.0, 1.0))
        initializer = keras.initializers.TruncatedNormal(stddev=0.5)
        self.softmax = self.add_weight(shape=[vocabulary, size], initializer=initializer, name="softmax")
        self.biases = self.add_weight(shape=[vocabulary], initializer="zeros", name="biases")

    def call(self, words):
        return tf.matmul(self.embedding(words), self.softmax, transpose_b=True) + self.biases


model = SkipGram(12, 4)
model.compile(
    keras.optimizers.SGD(1.0),
    keras.losses.SparseCategoricalCrossentropy(from_logits=True),
)
average_loss = 0.0
for step in range(20):
    words = np.random.randint(12, size=8)
    average_loss += model.train_on_batch(words, (words + 1) % 12)
    model.reset_metrics()
    if step % 5 == 4:
        print("Average loss at step ", step, ": ", float(average_loss) / 5)
        average_loss = 0.0
table = tf.math.l2_normalize(model.embedding.embeddings, 1)
print("similarity of 0 and 1: %.4f" % float(tf.reduce_sum(table[0] * table[1])))
