"""Predicts with the last checkpoint that tf1.py saved: the same build(), and no training."""

import argparse
from pathlib import Path

import tf1
from tf1graphs import datasets, tutorial
import tf1graphs.v1 as tf


def main(arguments=None):
    options = argparse.ArgumentParser(description=__doc__)
    logs = Path(__file__).resolve().parents[2] / "logs" / "06_checkpoints" / "tf1"
    options.add_argument("--logdir", type=Path, default=logs, metavar="DIR", help="that of tf1.py")
    tutorial.add_data(options, "a table with the columns fur, wings, other, mammal, bird")
    args = options.parse_args(arguments)
    x_data, y_data = datasets.animals(args.data)
    graph = tf1.build()

    with tf.Session() as sess:
        restored = tf1.restore(tf.train.Saver(), sess, args.logdir / "model")
        if not restored:
            tutorial.fail(f"there is no checkpoint in {args.logdir / 'model'}: run tf1.py first")
        print("Restored:", restored)
        tf1.predict(sess, graph, x_data, y_data)


if __name__ == "__main__":
    tutorial.run(main)
