"""``tf.config``: 1.15's list of devices; everything else comes from TensorFlow."""

from __future__ import annotations

from typing import Any

from tensorflow.python.eager import context


def experimental_list_devices() -> Any:
    """Returns the names of the devices that ops can run on."""
    context.ensure_initialized()
    return context.context().devices()
