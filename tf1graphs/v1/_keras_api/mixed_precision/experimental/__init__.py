"""``tf.keras.mixed_precision.experimental``: policies of layers and scaled losses as 1.15 had them, on tf-keras."""

from tf1graphs.v1._keras_api.mixed_precision.experimental._loss_scale_optimizer import LossScaleOptimizer
from tf1graphs.v1._keras_api.mixed_precision.experimental._policy import Policy, global_policy, set_policy

__all__ = ["LossScaleOptimizer", "Policy", "global_policy", "set_policy"]
