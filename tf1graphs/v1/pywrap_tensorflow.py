"""``tf.pywrap_tensorflow``: what programs took from TensorFlow's C++ binding, which has been split up since."""

from tensorflow.python.training.py_checkpoint_reader import NewCheckpointReader

__all__ = ["NewCheckpointReader"]
