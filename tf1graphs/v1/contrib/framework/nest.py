"""``tf.contrib.framework.nest``: the functions on nested structures, under the names of 1.15 too."""

# ruff: noqa: F401, F403 (the names of the API)

from tensorflow.python.util.nest import *
from tensorflow.python.util.nest import is_nested as is_sequence
