"""Records the batches of TensorFlow 1.15's MNIST reader, for the rule that migrates it.

Run with a Python 3.7 that has tensorflow==1.15.5: ``python tests/oracle/record_migrate_mnist.py``.
It writes ``tests/fixtures/tf115/migrate_mnist.json``: for each call what the sets and their batches are.
"""

import gzip
import hashlib
import importlib
import json
import os
import struct
import tempfile
from pathlib import Path

import numpy as np

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "tf115" / "migrate_mnist.json"
MODULES = {
    "tf.examples.tutorials.mnist.input_data": "tensorflow.examples.tutorials.mnist.input_data",
    "tf.contrib.learn.datasets.mnist": "tensorflow.contrib.learn.python.learn.datasets.mnist",
}

# A call, and the seed of the graph.
CALLS = [
    ("tf.examples.tutorials.mnist.input_data.read_data_sets('data', validation_size=20)", None),
    ("tf.examples.tutorials.mnist.input_data.read_data_sets('data', one_hot=True, validation_size=20)", 777),
    ("tf.examples.tutorials.mnist.input_data.read_data_sets('data', False, True, validation_size=0)", 0),
    ("tf.examples.tutorials.mnist.input_data.read_data_sets('data', validation_size=30, seed=5)", 777),
    ("tf.examples.tutorials.mnist.input_data.read_data_sets('data', validation_size=30, seed=0)", None),
    ("tf.examples.tutorials.mnist.input_data.read_data_sets('data', dtype=tf.uint8, validation_size=20)", 1),
    ("tf.contrib.learn.datasets.mnist.read_data_sets('data', reshape=False, validation_size=20, seed=3)", None),
]
# Sizes of batches, and whether they are shuffled.
BATCHES = [(7, True), (30, True), (64, True), (5, False), (200, True), (3, True), (50, False)]


def write_files(directory):
    """Writes four files in the form of MNIST's."""
    random = np.random.RandomState(3)
    for prefix, count in (("train", 100), ("t10k", 40)):
        images, labels = random.randint(0, 256, [count, 28, 28]), random.randint(0, 10, count)
        parts = {
            "images-idx3": struct.pack(">4I", 2051, count, 28, 28) + images.astype(np.uint8).tobytes(),
            "labels-idx1": struct.pack(">2I", 2049, count) + labels.astype(np.uint8).tobytes(),
        }
        for name, content in parts.items():
            with gzip.open(os.path.join(directory, "%s-%s-ubyte.gz" % (prefix, name)), "wb") as file:
                file.write(content)


def described(arrays):
    """Returns what two arrays are, short."""
    content = b"".join(np.ascontiguousarray(each).tobytes() for each in arrays)
    return [[str(each.dtype) + str(list(each.shape)) for each in arrays], hashlib.sha256(content).hexdigest()]


def used(sets, is_seeded):
    """Returns what the sets are, and what comes out when batches are taken from them."""
    if not is_seeded:
        np.random.seed(9)
    found = [[name, each.num_examples, described([each.images, each.labels])] for name, each in sets._asdict().items()]
    for one in (sets.train, sets.test):
        found += [[described(one.next_batch(size, False, each)), one.epochs_completed] for size, each in BATCHES]
    return [*found, list(np.random.rand(2))]


def main():
    import tensorflow as tf

    os.chdir(tempfile.mkdtemp())
    os.mkdir("data")
    write_files("data")
    found = []
    for source, seed in CALLS:
        with tf.Graph().as_default():
            if seed is not None:
                tf.set_random_seed(seed)
            head = source.partition(".read_data_sets")[0]
            call = source.replace(head, "module")
            sets = eval(call, {"tf": tf, "module": importlib.import_module(MODULES[head])})
        found.append({"source": source, "graph_seed": seed, "used": used(sets, seed is not None or "seed=" in source)})
    FIXTURE.write_text("[\n" + ",\n".join(map(json.dumps, found)) + "\n]\n")


if __name__ == "__main__":
    main()
