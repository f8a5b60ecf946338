"""Makes products and diagonals of matrices build the very ops of 1.15, and so their gradients.

Source: the functions of these names in 1.15.5; ``tests/v1/test_op_parity.py`` compares counts with its recorded ones.
"""

from __future__ import annotations

import inspect
import numbers
from collections.abc import Callable
from typing import Any

import numpy as np
from tensorflow.python.framework import dtypes, ops
from tensorflow.python.framework import tensor as tensor_lib
from tensorflow.python.ops import array_ops, array_ops_stack, gen_array_ops, math_ops, special_math_ops

from tf1graphs.v1._parity import Function, in_graphs


def _tensordot(original: Function) -> Function:
    def tensordot(a: Any, b: Any, axes: Any, name: Any = None) -> Any:
        """Transposes and reshapes both to matrices, even where that changes nothing."""
        a, b = (ops.convert_to_tensor(each, name=name) for each, name in ((a, "a"), (b, "b")))
        if None in (a.shape.rank, b.shape.rank) or isinstance(axes, (tensor_lib.Tensor, np.ndarray)):
            return original(a, b, axes, name)
        pairs = [range(a.shape.rank - axes, a.shape.rank), range(axes)] if isinstance(axes, int) else axes
        with ops.name_scope(name, "Tensordot", [a, b]) as scope:
            left, *free_of_a = _as_matrix(a, pairs[0], contracted_first=False)
            right, *free_of_b = _as_matrix(b, pairs[1], contracted_first=True)
            sizes = [free_of_a[0], free_of_b[0]]
            if all(isinstance(each, list) for each in sizes):
                return array_ops.reshape(math_ops.matmul(left, right), sizes[0] + sizes[1], name=scope)
            product = math_ops.matmul(left, right)
            sizes = [ops.convert_to_tensor(each, dtypes.int32) for each in sizes]
            result = array_ops.reshape(product, array_ops.concat(sizes, 0), name=scope)
            result.set_shape(free_of_a[1] + free_of_b[1])
            return result

    return tensordot


def _as_matrix(tensor: Any, axes: Any, contracted_first: bool) -> tuple[Any, Any, list[Any]]:
    """Returns the tensor with its free and its contracted axes as one each, and the free sizes and known sizes."""
    shape = tensor.shape.as_list()
    axes = [axis % len(shape) for axis in ([axes] if isinstance(axes, numbers.Integral) else axes)]
    free = [axis for axis in range(len(shape)) if axis not in axes]
    known: list[Any] = [shape[axis] for axis in free]
    if None not in shape:
        sizes: Any = known
        products = [int(np.prod(known)), int(np.prod([shape[axis] for axis in axes]))]
        order: Any = [*axes, *free] if contracted_first else [*free, *axes]
        matrix = products[::-1] if contracted_first else products
    else:
        contracted = ops.convert_to_tensor(axes, dtypes.int32, name="axes")
        kept = ops.convert_to_tensor(free, dtypes.int32, name="free")
        all_sizes = array_ops.shape(tensor)
        sizes = array_ops.gather(all_sizes, kept)
        groups = [sizes, array_ops.gather(all_sizes, contracted)]
        products = [math_ops.reduce_prod(group) for group in groups]
        order = array_ops.concat([contracted, kept] if contracted_first else [kept, contracted], 0)
        matrix = array_ops_stack.stack(products[::-1] if contracted_first else products)
    return array_ops.reshape(array_ops.transpose(tensor, order), matrix), sizes, known


def _plain_matrix_op(kernel: Function) -> Callable[[Function], Function]:
    tensor_names = inspect.signature(kernel).parameters.keys() - {"name"}

    def make(original: Function) -> Function:
        def matrix_op(*tensors: Any, **options: Any) -> Any:
            """Uses the op for the main diagonal, where today's for any diagonal takes constants in addition."""
            named = options.keys() - {"name"}
            if named <= tensor_names and len(tensors) + len(named) == len(tensor_names):
                return kernel(*tensors, **options)
            return original(*tensors, **options)

        return matrix_op

    return make


in_graphs(special_math_ops, "einsum")(lambda original: special_math_ops._einsum_v1)
in_graphs(math_ops, "tensordot")(_tensordot)
in_graphs(array_ops, "matrix_diag")(_plain_matrix_op(gen_array_ops.matrix_diag))
in_graphs(array_ops, "matrix_diag_part")(_plain_matrix_op(gen_array_ops.matrix_diag_part))
in_graphs(array_ops, "matrix_set_diag")(_plain_matrix_op(gen_array_ops.matrix_set_diag))
