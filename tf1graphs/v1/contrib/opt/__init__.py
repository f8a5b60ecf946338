"""``tf.contrib.opt``: optimizers, and wrappers around optimizers."""

from tf1graphs.v1.contrib.opt._adam import AdamGSOptimizer, LazyAdamGSOptimizer, LazyAdamOptimizer, NadamOptimizer
from tf1graphs.v1.contrib.opt._adamax import AdaMaxOptimizer
from tf1graphs.v1.contrib.opt._elastic_average import ElasticAverageCustomGetter, ElasticAverageOptimizer
from tf1graphs.v1.contrib.opt._external import ExternalOptimizerInterface, ScipyOptimizerInterface
from tf1graphs.v1.contrib.opt._ggt import GGTOptimizer
from tf1graphs.v1.contrib.opt._gradient_normalization import AGNCustomGetter, AGNOptimizer
from tf1graphs.v1.contrib.opt._lars import LARSOptimizer
from tf1graphs.v1.contrib.opt._matrix_functions import matrix_inverse_pth_root, matrix_square_root
from tf1graphs.v1.contrib.opt._model_average import ModelAverageCustomGetter, ModelAverageOptimizer
from tf1graphs.v1.contrib.opt._moving_average import MovingAverageOptimizer
from tf1graphs.v1.contrib.opt._multitask import MultitaskOptimizerWrapper, clip_gradients_by_global_norm
from tf1graphs.v1.contrib.opt._reg_adagrad import RegAdagradOptimizer
from tf1graphs.v1.contrib.opt._shampoo import ShampooOptimizer
from tf1graphs.v1.contrib.opt._sign import AddSignOptimizer, PowerSignOptimizer
from tf1graphs.v1.contrib.opt._sign_decay import get_cosine_decay_fn, get_linear_decay_fn, get_restart_decay_fn
from tf1graphs.v1.contrib.opt._stale_gradients import DropStaleGradientOptimizer
from tf1graphs.v1.contrib.opt._variable_clipping import VariableClippingOptimizer
from tf1graphs.v1.contrib.opt._weight_decay import (
    AdamWOptimizer,
    DecoupledWeightDecayExtension,
    MomentumWOptimizer,
    extend_with_decoupled_weight_decay,
)

__all__ = [
    "AGNCustomGetter",
    "AGNOptimizer",
    "AdaMaxOptimizer",
    "AdamGSOptimizer",
    "AdamWOptimizer",
    "AddSignOptimizer",
    "DecoupledWeightDecayExtension",
    "DropStaleGradientOptimizer",
    "ElasticAverageCustomGetter",
    "ElasticAverageOptimizer",
    "ExternalOptimizerInterface",
    "GGTOptimizer",
    "LARSOptimizer",
    "LazyAdamGSOptimizer",
    "LazyAdamOptimizer",
    "ModelAverageCustomGetter",
    "ModelAverageOptimizer",
    "MomentumWOptimizer",
    "MovingAverageOptimizer",
    "MultitaskOptimizerWrapper",
    "NadamOptimizer",
    "PowerSignOptimizer",
    "RegAdagradOptimizer",
    "ScipyOptimizerInterface",
    "ShampooOptimizer",
    "VariableClippingOptimizer",
    "clip_gradients_by_global_norm",
    "extend_with_decoupled_weight_decay",
    # Programs import these from the modules below python/training, which are this one here.
    "get_cosine_decay_fn",
    "get_linear_decay_fn",
    "get_restart_decay_fn",
    "matrix_inverse_pth_root",
    "matrix_square_root",
]
