"""What is a tensor without a name of its own: parts of sparse tensors, what a ``tf.TensorArray`` gives."""

from __future__ import annotations

import pytest

from tf1graphs.migrate import native

_HEAD = "import tensorflow as tf\nx = tf.placeholder(tf.float32, [])\nsess = tf.InteractiveSession()\n"
_SPARSE = "sp = tf.SparseTensor([[0, 0], [1, 2]], [1.0, 2.0], [2, 3])\n"
_ARRAY = "ta = tf.TensorArray(tf.float32, size=2)\nfor i in range(2):\n    ta = ta.write(i, x * i)\n"

# A program -> lines of the new one.
WRITTEN = {
    f"{_SPARSE}print(sess.run(sp.values), sp.indices.eval())\n": ["print(sp.values.numpy(), sp.indices.numpy())"],
    f"{_SPARSE}sk = sp * x\nprint(sess.run(sk.values, {{x: 3.0}}))\n": ["    sk = sp * x", "    return sk.values"],
    f"{_ARRAY}print(sess.run(ta.stack(), {{x: 3.0}}))\n": [
        "    ta = tf.TensorArray(tf.float32, size=2)",
        "        ta = ta.write(i, x * i)",
        "    return ta.stack()",
    ],
    f"{_ARRAY}y = ta.read(1) * 2.0\nprint(y.eval({{x: 3.0}}))\n": ["    return ta.read(1) * 2.0"],
    "with open(name) as file:\n    text = file.read()\nprint(sess.run(x * 2.0, {x: 3.0}))\n": [
        "    text = file.read()"
    ],
}


@pytest.mark.parametrize("program", WRITTEN)
def test_what_is_written(program: str) -> None:
    lines = native.migrate(_HEAD + program).splitlines()
    assert [line for line in WRITTEN[program] if line not in lines] == [], "\n".join(lines)
