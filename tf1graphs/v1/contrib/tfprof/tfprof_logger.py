"""``tf.contrib.tfprof.tfprof_logger``."""

from tensorflow.python.profiler.tfprof_logger import write_op_log

__all__ = ["write_op_log"]
