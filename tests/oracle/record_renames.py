"""Records what the expressions of ``tests/migrate/renames_cases.py`` give on TensorFlow 1.15.

``python tests/oracle/record_renames.py`` with a Python 3.7 that has tensorflow==1.15.5 and numpy. It writes
``migrate_renames.json.gz`` into ``tests/fixtures/tf115/``: by expression, its value and the gradients of its sum.
"""

import gzip
import json
import sys
from pathlib import Path

import tensorflow as tf

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "tests" / "migrate"))

import renames_cases as cases


def answer(expression):
    with tf.Graph().as_default(), tf.Session() as session:
        names = cases.names(tf)
        value = eval(expression, names)
        floats = [each for each in cases.flat(value) if isinstance(each, tf.Tensor) and each.dtype == tf.float32]
        inputs = [names["x"], names["y"], names["images"]]
        gradients = tf.gradients(floats, inputs) if floats else [None] * len(inputs)
        zeros = [tf.zeros_like(each) if gradient is None else gradient for each, gradient in zip(inputs, gradients)]
        session.run(tf.global_variables_initializer())
        tensors = (tf.Tensor, tf.SparseTensor)
        found = [session.run(each) if isinstance(each, tensors) else each for each in cases.flat(value)]
        return cases.kept(found), cases.kept(session.run([tf.convert_to_tensor(each) for each in zeros]))


def distribution(expression):
    with tf.Graph().as_default(), tf.Session() as session:
        tf.set_random_seed(1)
        return cases.moments(session.run(eval(expression, cases.names(tf))))


def main():
    tf.logging.set_verbosity(tf.logging.ERROR)
    found = {expression: answer(expression) for expression in cases.EXPRESSIONS + cases.KERAS}
    found.update((expression, distribution(expression)) for expression in cases.DISTRIBUTIONS)
    # The time of writing is left out: the same answers are the same file.
    file = REPOSITORY / "tests" / "fixtures" / "tf115" / "migrate_renames.json.gz"
    with open(str(file), "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write(json.dumps(found).encode())
    print("%d expressions" % len(found))


if __name__ == "__main__":
    main()
