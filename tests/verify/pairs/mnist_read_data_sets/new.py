import gzip
import os
from collections import namedtuple

import numpy as np
import tensorflow as tf

Datasets = namedtuple("Datasets", ["train", "validation", "test"])


class DataSet:
    """Images with their labels, and batches of them, shuffled by NumPy's global generator."""

    def __init__(self, images, labels):
        self.images = images
        self.labels = labels
        self._epochs_completed = 0
        self._index_in_epoch = 0

    @property
    def num_examples(self):
        return len(self.images)

    @property
    def epochs_completed(self):
        return self._epochs_completed

    def next_batch(self, batch_size, fake_data=False, shuffle=True):
        """Returns the next images and labels: the rest of an epoch together with the first of the next one."""
        shuffle = shuffle and not fake_data
        start = self._index_in_epoch
        if shuffle and self._epochs_completed == 0 and start == 0:
            self._shuffle()
        end = self._index_in_epoch = start + batch_size
        images, labels = self.images[start:end], self.labels[start:end]
        if end <= self.num_examples:
            return images, labels
        self._epochs_completed += 1
        end = self._index_in_epoch = end - self.num_examples
        if shuffle:
            self._shuffle()
        return np.concatenate([images, self.images[:end]]), np.concatenate([labels, self.labels[:end]])

    def _shuffle(self):
        order = np.arange(self.num_examples)
        np.random.shuffle(order)
        self.images, self.labels = self.images[order], self.labels[order]


def read_data_sets(
    train_dir, fake_data=False, one_hot=False, dtype=tf.float32, reshape=True, validation_size=5000, seed=None
):
    """Reads MNIST from the four files in a directory, or else from Keras, and seeds NumPy's global generator."""

    def dataset(images, labels):
        count, rows, columns = images.shape
        images = images.reshape([count, rows * columns] if reshape else [count, rows, columns, 1])
        if dtype == tf.float32:
            images = images.astype(np.float32) * np.float32(1 / 255)
        return DataSet(images, np.eye(10)[labels] if one_hot else labels)

    np.random.seed(seed)
    if fake_data:
        images, labels = np.ones([10000, 784], int), np.zeros(10000, int)
        return Datasets(*(DataSet(images, np.eye(10)[labels] if one_hot else labels) for _ in range(3)))
    (images, labels), test = load_mnist(train_dir)
    size = validation_size if validation_size < len(images) else len(images) // 12
    return Datasets(dataset(images[size:], labels[size:]), dataset(images[:size], labels[:size]), dataset(*test))


def load_mnist(directory):
    """Returns images [n, 28, 28] and labels [n] to train on and to test with."""
    names = ["train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"]
    paths = [os.path.join(directory, f"{name}-ubyte.gz") for name in names]
    if not all(os.path.exists(path) for path in paths):
        return tf.keras.datasets.mnist.load_data()
    arrays = [read_idx(path) for path in paths]
    return arrays[:2], arrays[2:]


def read_idx(path):
    """Reads an IDX file: its fourth byte is the number of dimensions, which follow, and then the elements."""
    print("Extracting", path)
    with gzip.open(path) as file:
        content = file.read()
    start = 4 + 4 * content[3]
    return np.frombuffer(content, np.uint8, offset=start).reshape(np.frombuffer(content[4:start], ">i4"))


tf.random.set_seed(777)
mnist = read_data_sets("MNIST_data/", one_hot=True, seed=777)

W = tf.Variable(tf.random.normal([784, 10]), name="W")
b = tf.Variable(tf.zeros([10]), name="b")
optimizer = tf.keras.optimizers.SGD(0.1)


def network(images):
    return images @ W + b


@tf.function
def train(images, labels):
    with tf.GradientTape() as tape:
        cost = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=labels, logits=network(images)))
    optimizer.apply_gradients(zip(tape.gradient(cost, [W, b]), [W, b]))
    return cost


@tf.function
def accuracy(images, labels):
    is_right = tf.equal(tf.argmax(network(images), 1), tf.argmax(labels, 1))
    return tf.reduce_mean(tf.cast(is_right, tf.float32))


for step in range(20):
    batch_xs, batch_ys = mnist.train.next_batch(100)
    c = train(batch_xs, batch_ys.astype("float32"))
    print("step", step, "cost", c.numpy())
print("accuracy", accuracy(mnist.test.images, mnist.test.labels).numpy())
