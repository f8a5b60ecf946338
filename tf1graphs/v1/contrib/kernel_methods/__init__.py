"""``tf.contrib.kernel_methods``: linear models of features that approximate a kernel."""

from __future__ import annotations

from tf1graphs.v1 import _later
from tf1graphs.v1.contrib.kernel_methods._losses import sparse_multiclass_hinge_loss
from tf1graphs.v1.contrib.kernel_methods._mappers import (
    DenseKernelMapper,
    InvalidShapeError,
    RandomFourierFeatureMapper,
)

__all__ = ["DenseKernelMapper", "InvalidShapeError", "RandomFourierFeatureMapper", "sparse_multiclass_hinge_loss"]

# Estimators take long to import, and mappers and loss do not need them.
__getattr__ = _later.from_modules(__name__, {"_classifier": "KernelLinearClassifier"})
