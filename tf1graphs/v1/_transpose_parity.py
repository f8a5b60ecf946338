"""Makes transposed convolutions as large as they are told to be: the static shape of 1.15 is that of the given sizes.

Today the binary takes the batch from the tensor that comes in, which is mostly unknown, so that programs which reshape
to the shape of what came out fail. Source: the shape function of ``Conv2DBackpropInput`` in ``nn_ops.cc`` of 1.15.5.
"""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import tensor_util
from tensorflow.python.ops import gen_nn_ops

from tf1graphs.v1._parity import Function, in_graphs


def _as_told(original: Function) -> Function:
    def conv2d_backprop_input(*arguments: Any, **options: Any) -> Any:
        made = original(*arguments, **options)
        sizes = tensor_util.constant_value_as_shape(made.op.inputs[0])
        if sizes.rank == made.shape.rank:
            made.set_shape(sizes)
        return made

    return conv2d_backprop_input


in_graphs(gen_nn_ops, "conv2d_backprop_input")(_as_told)
