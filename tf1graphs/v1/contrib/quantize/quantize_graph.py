"""``tf.contrib.quantize.python.quantize_graph``: the rewriting as a whole."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import ops

from tf1graphs.v1.contrib.quantize import fold_batch_norms, quantize

__all__ = [
    "create_eval_graph",
    "create_training_graph",
    "experimental_create_eval_graph",
    "experimental_create_training_graph",
]

# The optimizers whose ops say that gradients are in the graph already, by the prefix of the op.
_TRAINING_OPS = {
    "Apply": """Adagrad AdagradDA Adam AddSign CenteredRMSProp Ftrl FtrlV2 GradientDescent Momentum PowerSign
        ProximalAdagrad ProximalGradientDescent RMSProp""",
    "ResourceApply": """Adadelta Adagrad AdagradDA Adam AddSign CenteredRMSProp Ftrl FtrlV2 GradientDescent Momentum
        PowerSign ProximalAdagrad ProximalGradientDescent RMSProp""",
    "ResourceSparseApply": """Adadelta Adagrad AdagradDA CenteredRMSProp Ftrl FtrlV2 Momentum ProximalAdagrad
        ProximalGradientDescent RMSProp""",
    "SparseApply": """Adadelta Adagrad AdagradDA CenteredRMSProp Ftrl FtrlV2 Momentum ProximalAdagrad
        ProximalGradientDescent RMSProp""",
}
_TRAINING = {prefix + name for prefix, names in _TRAINING_OPS.items() for name in names.split()}


def create_training_graph(input_graph: Any = None, quant_delay: int = 0) -> None:
    """Rewrites a graph in place for training with simulated quantization; gradients must come after it.

    Args:
        input_graph: The graph, the default graph without it.
        quant_delay: After how many steps quantization begins; 0 suits a model that is trained already.

    Raises:
        ValueError: The graph has training ops.
    """
    experimental_create_training_graph(input_graph, quant_delay=quant_delay)


def create_eval_graph(input_graph: Any = None) -> None:
    """Rewrites a graph in place for evaluation with simulated quantization.

    Args:
        input_graph: The graph, the default graph without it.

    Raises:
        ValueError: The graph has training ops.
    """
    experimental_create_eval_graph(input_graph)


def experimental_create_training_graph(
    input_graph: Any = None,
    weight_bits: int = 8,
    activation_bits: int = 8,
    symmetric: bool = False,
    quant_delay: int | None = 0,
    freeze_bn_delay: int | None = None,
    scope: str | None = None,
) -> None:
    """Rewrites a graph in place for training with simulated quantization; gradients must come after it.

    Args:
        input_graph: The graph, the default graph without it.
        weight_bits: The bits of a weight.
        activation_bits: The bits of an activation.
        symmetric: Whether ranges are symmetric about 0.
        quant_delay: After how many steps quantization begins.
        freeze_bn_delay: After how many steps the moving mean and variance stay as they are and are used in place of
            the batch's; never without it.
        scope: The name scope to quantize; without it all.

    Raises:
        ValueError: The graph has training ops.
    """
    _create_graph(
        input_graph,
        True,
        freeze_bn_delay,
        weight_bits=weight_bits,
        activation_bits=activation_bits,
        symmetric=symmetric,
        quant_delay=quant_delay,
        scope=scope,
    )


def experimental_create_eval_graph(
    input_graph: Any = None,
    weight_bits: int = 8,
    activation_bits: int = 8,
    symmetric: bool = False,
    quant_delay: int | None = None,
    scope: str | None = None,
) -> None:
    """Rewrites a graph in place for evaluation with simulated quantization.

    The arguments are those of ``experimental_create_training_graph``.

    Raises:
        ValueError: The graph has training ops.
    """
    _create_graph(
        input_graph,
        False,
        None,
        weight_bits=weight_bits,
        activation_bits=activation_bits,
        symmetric=symmetric,
        quant_delay=quant_delay,
        scope=scope,
    )


def _create_graph(input_graph: Any, is_training: bool, freeze_bn_delay: int | None, **options: Any) -> None:
    graph = ops.get_default_graph() if input_graph is None else input_graph
    training = {op.type for op in graph.get_operations()} & _TRAINING
    if training:
        raise ValueError(f"Training op found in graph, exiting {training}")
    with graph.as_default():
        fold_batch_norms.FoldBatchNorms(graph, is_training, freeze_batch_norm_delay=freeze_bn_delay)
        quantize.Quantize(graph, is_training, **options)
