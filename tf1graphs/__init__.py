"""Legacy TensorFlow 1.x code on today's TensorFlow.

Importing this package imports no TensorFlow; ``import tf1graphs.v1 as tf`` is the TensorFlow 1.15 API.
"""

__version__ = "0.1.0"
