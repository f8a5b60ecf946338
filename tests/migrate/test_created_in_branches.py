"""Variables that a branch of Python creates: only where it is taken, as when it built the graph."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

_HEAD = "import sys\nimport tensorflow as tf\npath = sys.argv[1]\nx = tf.placeholder(tf.float32, [2])\n"
_RUN = "sess = tf.Session()\nsess.run(tf.global_variables_initializer())\nprint(sess.run(y, {x: [1.0, 2.0]}))\n"
_FUNCTION = """\
def scaled(x):
    if path:
        w = tf.Variable(np.load(path))
        x = x * w
    return x + tf.Variable(1.0)
y = scaled(x)
"""

# What computes y -> lines of the migrated program.
WRITTEN = {
    "y = x\nif path:\n    y = x * tf.Variable(np.load(path))\n": [
        "variable = tf.Variable(np.load(path)) if path else None"
    ],
    "if path == 'a':\n    y = x * tf.Variable(1.0)\nelse:\n    y = x * tf.Variable(2.0)\n": [
        "variable = tf.Variable(1.0) if path == 'a' else None",
        "variable_1 = tf.Variable(2.0, name=\"Variable_1\") if not (path == 'a') else None",
    ],
    "if path:\n    if path != 'b':\n        y = x * tf.Variable(1.0)\n    else:\n        y = x\nelse:\n    y = -x\n": [
        "variable = tf.Variable(1.0) if path and path != 'b' else None",
    ],
    "y = x * (tf.Variable(1.0) if path else 1.0)\n": ["variable = tf.Variable(1.0) if path else None"],
    _FUNCTION: [
        "        self.variable = tf.Variable(np.load(path)) if path else None",
        '        self.variable_1 = tf.Variable(1.0, name="Variable_1")',
    ],
    # What it is called with may be computed in the branch.
    "y = tf.reshape(x, [1, 2])\nif path:\n    y = tf.layers.batch_normalization(y)\n": [
        'batch_normalization = BatchNormalization(name="batch_normalization") if path else None',
    ],
    # No-ops: the branch is known, always the same or not Python's, or what is created has no variables yet.
    "y = x\nif True:\n    y = x * tf.Variable(2.0)\n": ["variable = tf.Variable(2.0)"],
    "y = x\nfor i in range(2):\n    y = y * 2\nif path:\n    w = 1.0\ny = y * tf.Variable(2.0)\n": [
        "variable = tf.Variable(2.0)"
    ],
    "y = tf.reshape(x, [1, 2])\nif path:\n    y = tf.layers.dense(y, 1)\n": [
        'dense = tf.keras.layers.Dense(1, name="dense")'
    ],
}
REFUSED = [
    "y = x\nif path:\n    w = np.load(path)\n    y = x * tf.Variable(w)\n",
    "n = 1.0\ny = x\nif path:\n    n = 2.0\n    y = x * tf.Variable(n)\n",
]


@pytest.mark.parametrize("source", WRITTEN)
def test_what_is_created(source: str) -> None:
    lines = native.migrate(_HEAD + source + _RUN).splitlines()
    assert [line for line in WRITTEN[source] if line not in lines] == [], "\n".join(lines)


@pytest.mark.parametrize("source", REFUSED)
def test_what_is_refused(source: str) -> None:
    with pytest.raises(Refused) as refused:
        native.migrate(_HEAD + source + _RUN)
    assert ("tf.Variable", "what it is created from is computed in a branch") in [
        (each.construct, each.reason) for each in refused.value.refusals
    ]
