"""``tf.keras.wrappers``, which tf-keras has dropped."""

from . import scikit_learn

__all__ = ["scikit_learn"]
