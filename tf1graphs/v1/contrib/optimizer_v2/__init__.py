"""``tf.contrib.optimizer_v2``: optimizers whose hyperparameters are scalars, tensors, or functions called each step."""

from tf1graphs.v1.contrib.optimizer_v2.adadelta import AdadeltaOptimizer
from tf1graphs.v1.contrib.optimizer_v2.adagrad import AdagradOptimizer
from tf1graphs.v1.contrib.optimizer_v2.adam import AdamOptimizer
from tf1graphs.v1.contrib.optimizer_v2.gradient_descent import GradientDescentOptimizer
from tf1graphs.v1.contrib.optimizer_v2.momentum import MomentumOptimizer
from tf1graphs.v1.contrib.optimizer_v2.optimizer_v2 import OptimizerV2
from tf1graphs.v1.contrib.optimizer_v2.rmsprop import RMSPropOptimizer

__all__ = [
    "AdadeltaOptimizer",
    "AdagradOptimizer",
    "AdamOptimizer",
    "GradientDescentOptimizer",
    "MomentumOptimizer",
    "OptimizerV2",
    "RMSPropOptimizer",
]
