"""Calls whose ops are counted, on TensorFlow 1.15 (Python 3.7) and on tf1graphs: ``CALLS``, code -> function of tf.

``op_counts.txt`` has them, one a line. Each runs in a graph of its own that has the placeholders and variables of
``names``.
"""

from pathlib import Path

from answers import ops_in


def names(tf):
    """Returns what the calls use beside ``tf``."""
    return {
        "x": tf.placeholder(tf.float32, [None, 8, 8, 3], name="x"),
        "v": tf.placeholder(tf.float32, [4, 3], name="v"),
        "d": tf.placeholder(tf.float32, [None, 3]),
        "s": tf.placeholder(tf.float32, [None, 5, 3]),
        "n": tf.placeholder(tf.int32, []),
        "kp": tf.placeholder(tf.float32),
        "W": tf.Variable(tf.zeros([3, 4]), name="W"),
        "b": tf.Variable(tf.zeros([4])),
        "tf": tf,
    }


def call_of(code):
    """Returns a function of tf that runs the code in a graph of its own and gives the number of ops it made."""

    def count(tf):
        with tf.Graph().as_default() as graph:
            known = names(tf)
            before = ops_in(graph)
            exec(code, known)
            return ops_in(graph) - before

    return count


LINES = (Path(__file__).parent / "op_counts.txt").read_text(encoding="utf-8").splitlines()
CALLS = {line: call_of(line) for line in LINES if not line.startswith("#")}
