"""Predicts with the last checkpoint that tf2.py saved: the same Model, and no training."""

import argparse
from pathlib import Path

import tf2
from tf1graphs import datasets, tutorial
import tensorflow as tf


def main(arguments=None):
    options = argparse.ArgumentParser(description=__doc__)
    logs = Path(__file__).resolve().parents[2] / "logs" / "06_checkpoints" / "tf2"
    options.add_argument("--logdir", type=Path, default=logs, metavar="DIR", help="that of tf2.py")
    tutorial.add_data(options, "a table with the columns fur, wings, other, mammal, bird")
    args = options.parse_args(arguments)
    x_data, y_data = datasets.animals(args.data)
    model = tf2.Model()

    restored = tf2.restore(tf.train.Checkpoint(model=model), args.logdir / "model")
    if not restored:
        tutorial.fail(f"there is no checkpoint in {args.logdir / 'model'}: run tf2.py first")
    print("Restored:", restored)
    tf2.predict(model, x_data, y_data)


if __name__ == "__main__":
    tutorial.run(main)
