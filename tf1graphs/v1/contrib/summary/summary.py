"""The module of 1.15 that had the names of ``tf.contrib.summary``."""

from tf1graphs.v1.contrib.summary import *  # noqa: F403
