"""``tf.contrib.saved_model``: what a SavedModel on disk contains, and SavedModels of Keras models."""

# ruff: noqa: I001 (_tf_keras comes first: it prepares tf-keras)
from tf1graphs.v1 import _tf_keras  # noqa: F401
from tf1graphs.v1._restored_saved_model import export_saved_model as save_keras_model
from tf1graphs.v1._restored_saved_model import load_from_saved_model as load_keras_model

__all__ = ["load_keras_model", "save_keras_model"]
