"""Makes gradient functions build as many ops as in 1.15, and where it is simple the very same.

Source: the gradients of these ops in 1.15.5; ``tests/v1/test_op_parity.py`` compares counts with its recorded ones.
"""

from __future__ import annotations

import functools
import weakref
from collections.abc import Callable, Sequence
from typing import Any

from tensorflow.python.eager import context
from tensorflow.python.framework import dtypes, ops, registry, tensor_util
from tensorflow.python.ops import (
    array_grad,
    array_ops,
    control_flow_util,
    gen_array_ops,
    gen_data_flow_ops,
    math_grad,
    math_ops,
)

from tf1graphs.v1._parity import NOTHING_NEW, Function, counted, in_graphs, over

_MASKS = ("begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask")
# What filling zeros by a shape took more than the one op of today.
_ZEROS_OF_SHAPE = 2
# The cast of a gathered tensor's shape from int64, which 1.15 made and older versions of TensorFlow 2 make still.
_CAST_OF_SHAPE = int("cast" not in array_grad._GatherV2Grad.__code__.co_names)
_broadcast_axes: weakref.WeakKeyDictionary[Any, dict[Any, Any]] = weakref.WeakKeyDictionary()


def gradients_in_graphs(*op_types: str) -> Callable[[Callable[[Function], Function]], None]:
    """Replaces the gradients of these ops by what the decorated function makes of them, for calls that build graphs."""

    def replace(make: Callable[[Function], Function]) -> None:
        for op_type in op_types:
            entry = ops.gradient_registry._registry[op_type]
            entry[registry._TYPE_TAG] = _in_graphs(entry[registry._TYPE_TAG], make)

    return replace


def _in_graphs(original: Function, make: Callable[[Function], Function]) -> Function:
    in_graph = make(original)

    @functools.wraps(original)
    def gradient(*arguments: Any) -> Any:
        return (original if context.executing_eagerly() else in_graph)(*arguments)

    return gradient


def _summed(gradients: Sequence[Any], shapes: Sequence[Any], axes: Sequence[Any]) -> tuple[Any, ...]:
    """Sums gradients over the axes along which their arguments were broadcast."""
    return tuple(
        None if gradient is None else array_ops.reshape(math_ops.reduce_sum(gradient, axis), shape)
        for gradient, shape, axis in zip(gradients, shapes, axes, strict=True)
    )


def _reduced_at_run_time(x: Any, y: Any, *gradients: Any) -> tuple[Any, ...]:
    """What most binary ops did: the graph finds the axes, whatever is known of the shapes."""
    shapes = array_ops.shape(x), array_ops.shape(y)
    return _summed(gradients, shapes, gen_array_ops.broadcast_gradient_args(*shapes))


def _known_axes(*shapes: tuple[int, ...]) -> Any:
    """Returns the axes of broadcasting for known shapes, which 1.15 computed with ops once in a graph."""
    known = _broadcast_axes.setdefault(ops.get_default_graph(), {})
    if shapes not in known:
        axes = array_ops.broadcast_gradient_args(*shapes)
        known[shapes] = [tuple(tensor_util.try_evaluate_constant(each)) for each in axes]
    return known[shapes]


def _reduce_gradients(original: Function) -> Function:
    def reduce_gradients(x: Any, y: Any, *gradients: Any) -> tuple[Any, ...]:
        """What ``Add``, ``Sub``, ``Mul``, ``Pow`` and ``SquaredDifference`` did: no ops where shapes are equal."""
        shapes = x._shape_tuple(), y._shape_tuple()
        if any(shape is None or None in shape for shape in shapes):
            sizes = [array_ops.shape_internal(each, optimize=False) for each in (x, y)]
            return _summed(gradients, sizes, gen_array_ops.broadcast_gradient_args(*sizes))
        reduced = _known_axes(*shapes)
        return tuple(
            gradient
            if gradient is None or gradient._shape_tuple() == shape
            else _summed([gradient], [shape], [axes])[0]
            for gradient, shape, axes in zip(gradients, shapes, reduced, strict=True)
        )

    return reduce_gradients


def _reduced_shape(original: Function) -> Function:
    def reduced_shape(input_shape: Any, axes: Any) -> Any:
        """The shape with ones at ``axes``, computed by the graph even where all of it is known."""
        shape = math_ops.cast(input_shape, dtypes.int32)
        axes = math_ops.cast(axes, dtypes.int32)
        rank = array_ops.size(shape)
        axes = (axes + rank) % rank
        ones = array_ops.fill(array_ops.shape(axes), 1)
        return gen_data_flow_ops.dynamic_stitch([math_ops.range(rank), axes], [shape, ones])

    return reduced_shape


def _reduces_known_shape(op: Any) -> bool:
    shape, axes = op.inputs[0]._shape_tuple(), tensor_util.constant_value(op.inputs[1])
    return shape is not None and axes is not None and (None not in shape or list(axes.flat) == list(range(len(shape))))


def _sum(original: Function) -> Function:
    def sum_gradient(op: Any, gradient: Any) -> list[Any]:
        """Tiles the gradient; today it is broadcast, and not reshaped before where the sum kept its dimensions."""
        if _reduces_known_shape(op):
            return list(original(op, gradient))
        shape = array_ops.shape(op.inputs[0])
        with ops.colocate_with(shape):
            kept = math_ops.reduced_shape(shape, op.inputs[1])
            repeats = math_grad._SafeShapeDiv(shape, kept)
        return [array_ops.tile(array_ops.reshape(gradient, kept), repeats), None]

    return sum_gradient


def _mean(original: Function) -> Function:
    def mean_gradient(op: Any, gradient: Any) -> Any:
        """Divides the sum's gradient by the ratio of sizes; today the sizes of the reduced axes are multiplied."""
        shapes = op.inputs[0]._shape_tuple(), op.outputs[0]._shape_tuple()
        if not any(shape is None or None in shape for shape in shapes):
            return original(op, gradient)
        total = math_grad._SumGrad(op, gradient)[0]
        before, after = (math_ops.reduce_prod(array_ops.shape(each)) for each in (op.inputs[0], op.outputs[0]))
        return math_ops.truediv(total, math_ops.cast(math_grad._SafeShapeDiv(before, after), total.dtype)), None

    return mean_gradient


class _WithoutKeptDimensions:
    """An op as its gradient sees it, that seems to have dropped the dimensions which it reduced."""

    def __init__(self, op: Any) -> None:
        self.inputs, self.outputs = op.inputs, op.outputs

    def get_attr(self, name: str) -> bool:
        """Returns the only attribute that these gradients ask for."""
        return {"keep_dims": False}[name]


def _reshaping(original: Function) -> Function:
    def reduction_gradient(op: Any, gradient: Any) -> Any:
        """Reshapes the gradient to the kept dimensions even where the reduction had kept them."""
        return original(_WithoutKeptDimensions(op), gradient)

    return reduction_gradient


def _selection(compare: Function) -> Callable[[Function], Function]:
    def make(original: Function) -> Function:
        def gradient(op: Any, grad: Any) -> tuple[Any, ...]:
            """Gives the gradient to the argument that was selected, with zeros filled in by shape."""
            x, y = op.inputs
            shapes = array_ops.shape(x), array_ops.shape(y)
            zeros = array_ops.zeros(array_ops.shape(grad), grad.dtype)
            first = compare(x, y)
            parts = array_ops.where(first, grad, zeros), array_ops.where(first, zeros, grad)
            return _summed(parts, shapes, gen_array_ops.broadcast_gradient_args(*shapes))

        return gradient

    return make


def _strided_slice(original: Function) -> Function:
    def strided_slice_gradient(op: Any, gradient: Any) -> tuple[Any, ...]:
        """Takes begin, end and strides from the op; today new constants are made of them."""
        begin, end, strides = op.inputs[1:]
        shape = array_ops.shape(op.inputs[0], out_type=begin.dtype)
        masks = {name: op.get_attr(name) for name in _MASKS}
        return array_ops.strided_slice_grad(shape, begin, end, strides, gradient, **masks), None, None, None

    return strided_slice_gradient


def _of_gather(op: Any, gradient: Any) -> int:
    """1.15 knew the axis while it took shapes apart."""
    axis = tensor_util.constant_value(op.inputs[2])
    return _CAST_OF_SHAPE - (0 if axis is None or axis == 0 else 4)


def _of_dropped_negatives(params: Any, ids: Any, clipped: Any = None, is_positive: Any = None) -> int:
    """1.15 expanded the mask by one axis after the other where today it is reshaped at once."""
    if is_positive is not None:
        return 0
    return int(2 * (params.shape.rank - ids.shape.rank) - 12)


def _of_barrier(op: Any, flow: Any) -> int:
    """1.15 did not wait for the write; in a loop its flow is kept on a stack for that."""
    is_in_loop = control_flow_util.GetContainingWhileContext(op._get_control_flow_context())
    return -len(("flow_out", "write_barrier")) - (6 if is_in_loop else 0)


in_graphs(math_ops, "reduced_shape")(_reduced_shape)
in_graphs(math_grad, "_ReduceGradientArgs")(_reduce_gradients)
in_graphs(math_grad, "_GatherDropNegatives")(counted(_of_dropped_negatives))
in_graphs(math_grad, "_SumGrad")(_sum)
gradients_in_graphs("Sum")(lambda original: math_grad._SumGrad)
gradients_in_graphs("Mean")(_mean)
gradients_in_graphs("Max", "Min")(_reshaping)
gradients_in_graphs("Maximum")(_selection(math_ops.greater_equal))
gradients_in_graphs("Minimum")(_selection(math_ops.less_equal))
gradients_in_graphs("RealDiv", "Div", "FloorMod", "DivNoNan", "MulNoNan", "Complex")(
    over(_ReduceGradientArgs=_reduced_at_run_time)
)
gradients_in_graphs("StridedSlice")(_strided_slice)
gradients_in_graphs("Gather")(counted(1))
gradients_in_graphs("GatherV2")(counted(_of_gather))
gradients_in_graphs("SparseSegmentSum")(over(compat=NOTHING_NEW))
gradients_in_graphs("Prod")(_reshaping)
gradients_in_graphs("Prod")(counted(3))
gradients_in_graphs("SparseTensorDenseMatMul")(counted(-3))
gradients_in_graphs("Conv3D")(counted(1))
gradients_in_graphs("Sign", "ReluGrad", "Relu6Grad", "LeakyReluGrad")(counted(_ZEROS_OF_SHAPE))
gradients_in_graphs("MaxPoolGrad", "MaxPoolGradGrad", "MaxPool3DGrad", "MaxPool3DGradGrad")(
    counted(2 * _ZEROS_OF_SHAPE)
)
gradients_in_graphs("SparseSoftmaxCrossEntropyWithLogits")(counted(1))
gradients_in_graphs("TensorArrayWriteV3", "TensorArrayScatterV3", "TensorArraySplitV3")(counted(_of_barrier))
