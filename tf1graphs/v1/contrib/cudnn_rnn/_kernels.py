"""Whether cuDNN's own kernels do the work: they need a GPU."""

from __future__ import annotations

import functools

from tensorflow.python.framework import config


@functools.cache
def are_there() -> bool:
    """Whether the process has a GPU."""
    return bool(config.list_physical_devices("GPU"))
