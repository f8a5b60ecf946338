"""``tf.contrib.model_pruning``: sets the smallest weights to zero while a model trains.

Source: Zhu and Gupta, "To prune, or not to prune: exploring the efficacy of pruning for model compression",
https://arxiv.org/abs/1710.01878.
"""

from tf1graphs.v1.contrib.model_pruning.layers.layers import masked_conv2d, masked_convolution, masked_fully_connected
from tf1graphs.v1.contrib.model_pruning.layers.rnn_cells import MaskedBasicLSTMCell, MaskedLSTMCell
from tf1graphs.v1.contrib.model_pruning.learning import train
from tf1graphs.v1.contrib.model_pruning.pruning import (
    Pruning,
    apply_mask,
    get_masked_weights,
    get_masks,
    get_pruning_hparams,
    get_thresholds,
    get_weight_sparsity,
    get_weights,
)
from tf1graphs.v1.contrib.model_pruning.strip_pruning_vars_lib import graph_def_from_checkpoint, strip_pruning_vars_fn

__all__ = [
    "MaskedBasicLSTMCell",
    "MaskedLSTMCell",
    "Pruning",
    "apply_mask",
    "get_masked_weights",
    "get_masks",
    "get_pruning_hparams",
    "get_thresholds",
    "get_weight_sparsity",
    "get_weights",
    "graph_def_from_checkpoint",
    "masked_conv2d",
    "masked_convolution",
    "masked_fully_connected",
    "strip_pruning_vars_fn",
    "train",
]
