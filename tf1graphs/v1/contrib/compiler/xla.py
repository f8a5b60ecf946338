"""``tf.contrib.compiler.xla``."""

from tensorflow.python.compiler.xla.xla import check_function_argument_count, compile

__all__ = ["check_function_argument_count", "compile"]
