"""Records what real TensorFlow 1.15 computes with its probability distributions.

Run with a Python 3.7 that has tensorflow==1.15.5 and numpy: ``python tests/oracle/record_migrate_distributions.py``.
It writes ``tests/fixtures/tf115/migrate_distributions.json``.
"""

import json
import sys
from pathlib import Path

import tensorflow as tf

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / "migrate" / "rules"))
import distribution_calls  # noqa: E402


def answer(source):
    """Returns the value of an expression."""
    tf.reset_default_graph()
    with tf.Session() as sess:
        return sess.run(eval(source)).tolist()


if __name__ == "__main__":
    calls = [f"{each}.{call}" for each, asked in distribution_calls.ASKED.items() for call in asked]
    calls += ["tf.distributions.kl_divergence({}, {})".format(*pair) for pair in distribution_calls.DIVERGENCES]
    path = TESTS / "fixtures" / "tf115" / "migrate_distributions.json"
    path.write_text(json.dumps({call: answer(call) for call in calls}, indent=1) + "\n")
