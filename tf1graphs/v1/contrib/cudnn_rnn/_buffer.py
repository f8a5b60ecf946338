"""The opaque parameters of a network, as other ops than cuDNN's read and write them.

cuDNN says nothing of the layout, but has one: all matrices row by row, then all biases, in its canonical order.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from tensorflow.python.framework import constant_op, ops
from tensorflow.python.ops import array_ops

from tf1graphs.v1._parity import counted_as
from tf1graphs.v1.contrib.cudnn_rnn._network import Network

# A kernel that knows the layout has three constants: the numbers of layers and units, and the size of the inputs.
_OPS_OF_KERNEL = 4


@counted_as(_OPS_OF_KERNEL)
def size(network: Network, name: str | None = None) -> Any:
    """Returns how many numbers the opaque parameters have, int32, shape [1]."""
    total = sum(map(math.prod, [*network.weight_shapes, *network.bias_shapes]))
    return constant_op.constant([total], name=name or "CudnnRNNParamsSize")


@counted_as(_OPS_OF_KERNEL)
def to_canonical(network: Network, params: Any, name: str | None = None) -> tuple[list[Any], list[Any]]:
    """Returns the matrices and the biases in ``params``, shape [size]."""
    shapes: list[tuple[int, ...]] = [*network.weight_shapes, *network.bias_shapes]
    with ops.name_scope(name, "CudnnRNNParamsToCanonical", [params]):
        parts = array_ops.split(params, [math.prod(shape) for shape in shapes])
        arrays = [array_ops.reshape(part, shape) for part, shape in zip(parts, shapes, strict=True)]
    return arrays[: len(network.weight_shapes)], arrays[len(network.weight_shapes) :]


@counted_as(_OPS_OF_KERNEL)
def from_canonical(network: Network, weights: Sequence[Any], biases: Sequence[Any], name: str | None = None) -> Any:
    """Returns the opaque parameters, shape [size], with these matrices (of any shape, such as flat) and biases.

    Raises:
        ValueError: a matrix or bias has another size than that of the network, or there are not as many.
    """
    shapes: list[tuple[int, ...]] = [*network.weight_shapes, *network.bias_shapes]
    arrays = [ops.convert_to_tensor(array) for array in (*weights, *biases)]
    if len(arrays) != len(shapes):
        raise ValueError(f"Number of params mismatch. Expected {len(shapes)}, got {len(arrays)}")
    for array, shape in zip(arrays, shapes, strict=True):
        if array.shape.num_elements() not in (None, math.prod(shape)):
            expected, given = math.prod(shape), array.shape.num_elements()
            raise ValueError(f"Params size mismatch. Expected {expected}, got {given}")
    with ops.name_scope(name, "CudnnRNNCanonicalToParams", arrays):
        return array_ops.concat([array_ops.reshape(array, [-1]) for array in arrays], 0)
