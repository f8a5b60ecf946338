"""The 1.15 name of what a file imports from TensorFlow."""

from __future__ import annotations

# Modules that give TensorFlow 1.x's API under another name.
_ROOTS = ("tensorflow.compat.v1", "tf1graphs.v1", "tensorflow")

# Where 1.15's public API has what programs took from inside TensorFlow.
_INNER = {
    "tf.compat.v1": "tf",
    "tf.python.framework.ops": "tf",
    "tf.python.framework.dtypes": "tf.dtypes",
    "tf.python.framework.constant_op": "tf",
    "tf.python.framework.tensor_shape": "tf",
    "tf.python.ops.array_ops": "tf",
    "tf.python.ops.control_flow_ops": "tf",
    "tf.python.ops.init_ops": "tf",
    "tf.python.ops.math_ops": "tf",
    "tf.python.ops.nn_ops": "tf.nn",
    "tf.python.ops.nn": "tf.nn",
    "tf.python.ops.random_ops": "tf",
    "tf.python.ops.rnn": "tf.nn",
    "tf.python.ops.rnn_cell": "tf.nn.rnn_cell",
    "tf.python.ops.rnn_cell_impl": "tf.nn.rnn_cell",
    "tf.python.ops.variable_scope": "tf",
    "tf.python.ops.variables": "tf",
    "tf.python.platform.gfile": "tf.gfile",
    "tf.python.platform.flags": "tf.app.flags",
    "tf.python.platform.app": "tf.app",
    "tf.python.keras": "tf.keras",
    "tf.contrib.slim.python.slim": "tf.contrib.slim",
    "tf.contrib.rnn.python.ops.rnn_cell": "tf.contrib.rnn",
    "tf.contrib.learn.python.learn.datasets.mnist": "tf.contrib.learn.datasets.mnist",
}


def symbol(module: str) -> str | None:
    """Returns a module's name by the ``tf`` of 1.15, such as ``tf.contrib.rnn``, or None if it is not TensorFlow's."""
    for root in _ROOTS:
        if module == root or module.startswith(root + "."):
            return public("tf" + module[len(root) :])
    return None


def public(name: str) -> str:
    """Returns the public name of a symbol or module of TensorFlow."""
    parts = name.split(".")
    for length in range(len(parts), 2, -1):
        head = ".".join(parts[:length])
        if head in _INNER:
            return ".".join([_INNER[head], *parts[length:]])
    return name
