"""``tf.contrib.kernel_methods``: linear models of features that approximate a kernel."""

from __future__ import annotations

import importlib
from typing import Any

from tf1graphs.v1.contrib.kernel_methods._losses import sparse_multiclass_hinge_loss
from tf1graphs.v1.contrib.kernel_methods._mappers import (
    DenseKernelMapper,
    InvalidShapeError,
    RandomFourierFeatureMapper,
)

__all__ = ["DenseKernelMapper", "InvalidShapeError", "RandomFourierFeatureMapper", "sparse_multiclass_hinge_loss"]


def __getattr__(name: str) -> Any:
    if name != "KernelLinearClassifier":
        raise AttributeError(f"module 'tensorflow.contrib.kernel_methods' has no attribute {name!r}")
    # Estimators take long to import, and mappers and loss do not need them.
    return importlib.import_module(f"{__name__}._classifier").KernelLinearClassifier
