"""Makes tf-keras's layers count as many ops as 1.15's built.

Source: the layers of these names in 1.15.5; ``tests/v1/test_op_parity.py`` compares counts with its recorded ones.
"""

from __future__ import annotations

import re
from typing import Any

from tensorflow.python.framework import smart_cond, tensor
from tensorflow.python.ops import resource_variable_ops, weights_broadcast_ops
from tf_keras.api._v2.keras.__internal__ import losses as _losses_of_estimators
from tf_keras.src import backend
from tf_keras.src.layers.convolutional import base_conv, conv2d_transpose
from tf_keras.src.layers.normalization import batch_normalization, layer_normalization
from tf_keras.src.layers.reshaping import flatten
from tf_keras.src.layers.rnn import base_conv_lstm, dropout_rnn_cell_mixin, time_distributed
from tf_keras.src.optimizers.legacy import optimizer_v2
from tf_keras.src.utils import generic_utils, losses_utils, metrics_utils

from tf1graphs.v1._parity import Function, counted, in_graphs, over


def _of_convolution(layer: Any, input_shape: Any) -> int:
    """1.15 made a constant of the dilation rate even where it was 1."""
    return int(all(rate == 1 for rate in layer.dilation_rate))


def _of_transpose(layer: Any, inputs: Any) -> int:
    """1.15 computed the output's height and width as tensors even where they were known."""
    if None in (inputs.shape[1].value, inputs.shape[2].value):
        return 0
    return 14 if layer.padding == "valid" else 10


def _of_flatten(layer: Any, inputs: Any) -> int:
    return 0 if inputs.shape.is_fully_defined() else 6


def _of_batch_norm(layer: Any, inputs: Any, mask: Any = None, training: Any = None) -> int:
    """In training 1.15 fed empty means and variances where today's layer reads the moving ones."""
    known = smart_cond.smart_constant_value(training)
    if known is not None and not known:
        return 1
    reads = 2 if resource_variable_ops.is_resource_variable(layer.moving_mean) else 0
    return 2 * (known is not None) - reads


def _of_resized_images(x: Any, height_factor: Any, width_factor: Any, data_format: str, *rest: Any, **more: Any) -> int:
    """1.15 computed the output's height and width as tensors even where they were known."""
    known = x.shape[2:4] if data_format == "channels_first" else x.shape[1:3]
    return 4 if known.is_fully_defined() else 0


def _broadcast_weights(original: Function) -> Function:
    def squeeze_or_expand(losses: Any, labels: Any, weights: Any) -> tuple[Any, Any, Any]:
        """Broadcasts the weights, even a single 1, before the losses are multiplied by them."""
        losses, labels, weights = losses_utils.squeeze_or_expand_dimensions(losses, labels, weights)
        if isinstance(losses, tensor.Tensor) and isinstance(weights, tensor.Tensor):
            weights = weights_broadcast_ops.broadcast_weights(weights, losses)
        return losses, labels, weights

    return over(squeeze_or_expand_dimensions=squeeze_or_expand)(original)


def _of_matches(y_true: Any, y_pred: Any) -> int:
    """1.15 did not bring the result to the shape of the labels."""
    return -2 if y_true.shape.rank is not None and y_true.shape.rank == y_pred.shape.rank else -1


def _of_mask(layer: Any, inputs: Any, mask: Any = None) -> int:
    """Where there is no mask 1.15 made nothing; today the inputs are reshaped for the inner layer's."""
    batch_is_known = inputs.shape[0].value and not layer._always_use_reshape
    return 0 if batch_is_known or mask is not None else -2


def _of_aggregation(optimizer: Any, grads_and_vars: Any) -> int:
    """1.15 did not aggregate gradients over replicas where there is one."""
    return -1 - len(grads_and_vars)


def _of_known_steps(layer: Any, inputs: Any, *options: Any, **more: Any) -> int:
    """1.15 counted the iterations of the loop a second time, against the known number of time steps."""
    return 13 if inputs.shape[1].value else 0


def _of_batch_dot(x: Any, y: Any, axes: Any = None) -> int:
    """1.15 summed the product of vectors, and let the multiplication of matrices transpose them."""
    rank: int = x.shape.rank
    if rank == y.shape.rank == 2:
        return -2
    axes = [rank - 1, 1] if axes is None else [axes, axes] if isinstance(axes, int) else axes
    transposed = int(axes[0] % rank != rank - 1) + int(axes[1] % y.shape.rank != 1)
    return -1 - 2 * transposed


def _to_snake_case(name: str) -> str:
    """Returns the name of a layer of this class: digits belong to the word before them (``conv_lst_m2d``)."""
    words = re.sub(r"(.)([A-Z][a-z0-9]+)", r"\1_\2", name)
    words = re.sub(r"([a-z])([A-Z])", r"\1_\2", words).lower()
    return f"private{words}" if words.startswith("_") else words


generic_utils.to_snake_case = _to_snake_case
in_graphs(base_conv.Conv, "build")(counted(_of_convolution))
in_graphs(conv2d_transpose.Conv2DTranspose, "call")(counted(_of_transpose))
in_graphs(flatten.Flatten, "call")(counted(_of_flatten))
in_graphs(batch_normalization.BatchNormalizationBase, "_fused_batch_norm")(counted(_of_batch_norm))
in_graphs(backend, "resize_images")(counted(_of_resized_images))
in_graphs(losses_utils, "compute_weighted_loss")(_broadcast_weights)
_losses_of_estimators.compute_weighted_loss = losses_utils.compute_weighted_loss
in_graphs(metrics_utils, "sparse_categorical_matches")(counted(_of_matches))
in_graphs(time_distributed.TimeDistributed, "compute_mask")(counted(_of_mask))
in_graphs(optimizer_v2.OptimizerV2, "_aggregate_gradients")(counted(_of_aggregation))
in_graphs(dropout_rnn_cell_mixin.DropoutRNNCellMixin, "_create_dropout_mask")(counted(2))
in_graphs(dropout_rnn_cell_mixin.DropoutRNNCellMixin, "_create_recurrent_dropout_mask")(counted(2))
in_graphs(base_conv_lstm.ConvLSTM, "call")(counted(_of_known_steps))
in_graphs(backend, "batch_dot")(counted(_of_batch_dot))
in_graphs(layer_normalization.LayerNormalization, "call")(counted(-19))
