"""``tf.contrib.mixed_precision``: losses that are scaled so that their gradients are not too small for float16."""

from tf1graphs.v1.contrib.mixed_precision._managers import (
    ExponentialUpdateLossScaleManager,
    FixedLossScaleManager,
    LossScaleManager,
)
from tf1graphs.v1.contrib.mixed_precision._optimizer import LossScaleOptimizer

__all__ = ["ExponentialUpdateLossScaleManager", "FixedLossScaleManager", "LossScaleManager", "LossScaleOptimizer"]
