"""Floating point operations, counted as TensorFlow 1.15's profiler counts them.

``tf.profiler.profile(graph, options=ProfileOptionBuilder.float_operation())`` has a formula for 45 ops and no number
for the others, nor for the body of a function. Each op counts once, in loops too. The formulas are those of
``tensorflow/python/profiler/internal/flops_registry.py`` and of ``RegisterStatistics`` in ``nn_ops.py`` and
``math_ops.py`` of 1.15: a multiplication and an addition are two operations, and what they call the inputs of an op are
its data inputs and its control inputs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tf1graphs.inspect.graphs import attributes
from tf1graphs.inspect.graphs.nodes import Graph, Node, Tensor
from tf1graphs.inspect.graphs.shapes.inference import Shapes
from tf1graphs.inspect.graphs.shapes.operation import Unknown, product
from tf1graphs.inspect.reading.tensors import complete


@dataclass(frozen=True)
class Floats:
    """Floating point operations of a graph.

    Attributes:
        by_node: for each node that has some, how many.
        uncounted: the nodes that have some, but sizes that are not known.
    """

    by_node: dict[str, int]
    uncounted: tuple[str, ...]


def _elements(sizes: tuple[int, ...]) -> int:
    """Their product. Raises ``Unknown`` if it is more than TensorFlow can count."""
    count = product(sizes)
    if count is None:
        raise Unknown
    return count


@dataclass(frozen=True)
class _Sizes:
    """The known sizes of a node's tensors. All methods raise ``Unknown`` if one is not known."""

    node: Node
    shapes: Shapes

    def _known(self, tensor: Tensor) -> tuple[int, ...]:
        shape = complete(self.shapes[tensor])
        if shape is None:
            raise Unknown
        return shape

    def shape(self, index: int) -> tuple[int, ...]:
        """The shape of an input."""
        return self._known(self.node.inputs[index])

    def input(self, index: int) -> int:
        """The number of elements of an input."""
        return _elements(self.shape(index))

    @property
    def output_shape(self) -> tuple[int, ...]:
        """The shape of the first output."""
        return self._known(Tensor(self.node.name, 0))

    @property
    def output(self) -> int:
        """The number of elements of the first output."""
        return _elements(self.output_shape)

    @property
    def window(self) -> int:
        """The number of elements of a pool's window. Raises ``Unknown`` where the profiler does, for NCHW."""
        self.refuse_other_formats()
        return _elements(attributes.integers(self.node.proto, "ksize"))

    def refuse_other_formats(self) -> None:
        """Raises ``Unknown`` for NCHW, of which the profiler counts nothing for some ops."""
        if attributes.text(self.node.proto, "data_format", "NHWC") != "NHWC":
            raise Unknown


Formula = Callable[[_Sizes], int]


def _each_of_input(operations: int = 1) -> Formula:
    return lambda sizes: sizes.input(0) * operations


def _each_of_output(operations: int = 1) -> Formula:
    return lambda sizes: sizes.output * operations


def _reduction(sizes: _Sizes) -> int:
    return sizes.input(0) - sizes.output


def _mean(sizes: _Sizes) -> int:
    # The sums are divided once for each output.
    return _reduction(sizes) + sizes.output


def _matmul(sizes: _Sizes) -> int:
    shape = sizes.shape(0)
    inner = shape[-2] if attributes.flag(sizes.node.proto, "transpose_a") else shape[-1]
    return 2 * inner * sizes.output


def _convolution(dimensions: int) -> Formula:
    def count(sizes: _Sizes) -> int:
        sizes.shape(0)
        return 2 * sizes.output * _elements(sizes.shape(1)[:dimensions])

    return count


def _convolution_gradient(sizes: _Sizes, source: tuple[int, ...], kernel: tuple[int, ...]) -> int:
    sizes.refuse_other_formats()
    strides = attributes.integers(sizes.node.proto, "strides")
    spread = source[-1] * strides[1] * strides[2]
    return int(2 * _elements(source) * _elements(kernel) / spread)


def _input_gradient(sizes: _Sizes) -> int:
    return _convolution_gradient(sizes, sizes.output_shape, sizes.shape(1))


def _kernel_gradient(sizes: _Sizes) -> int:
    return _convolution_gradient(sizes, sizes.shape(0), sizes.output_shape)


def _add_n(sizes: _Sizes) -> int:
    return sizes.input(0) * (len(sizes.node.inputs) + len(sizes.node.controls) - 1)


FORMULAS: dict[str, Formula] = {
    **dict.fromkeys(("Reciprocal", "Square", "Log", "Neg", "AssignSub", "AssignAdd", "BiasAdd"), _each_of_input()),
    "Rsqrt": _each_of_input(2),
    "Softmax": _each_of_input(5),
    "L2Loss": lambda sizes: 3 * sizes.input(0) - 1,
    **dict.fromkeys(("Add", "Sub", "Mul", "RealDiv", "Maximum", "Minimum", "Pow", "GreaterEqual"), _each_of_output()),
    **dict.fromkeys(("Greater", "LessEqual", "Less", "Equal", "NotEqual"), _each_of_output()),
    "SquaredDifference": _each_of_output(2),
    "RsqrtGrad": _each_of_output(4),
    "Mean": _mean,
    **dict.fromkeys(("Sum", "ArgMax", "ArgMin", "BiasAddGrad"), _reduction),
    "MatMul": _matmul,
    "BatchMatMul": _matmul,
    "Conv2D": _convolution(3),
    "Conv3D": _convolution(4),
    "DepthwiseConv2dNative": _convolution(2),
    "Dilation2D": _convolution(2),
    "Conv2DBackpropInput": _input_gradient,
    "Conv2DBackpropFilter": _kernel_gradient,
    **dict.fromkeys(("AvgPool", "MaxPool"), lambda sizes: sizes.window * sizes.output),
    "AvgPoolGrad": lambda sizes: 2 * sizes.window * sizes.input(1),
    "MaxPoolGrad": lambda sizes: (sizes.window + 1) * sizes.input(1),
    "AddN": _add_n,
}
# What a formula reads of a node that TensorFlow would have refused.
_MALFORMED = (ArithmeticError, LookupError, ValueError)


def count_floats(graph: Graph, shapes: Shapes) -> Floats:
    """The floating point operations of each node."""
    by_node, uncounted = {}, []
    for name, node in graph.nodes.items():
        if node.op not in FORMULAS:
            continue
        try:
            count = FORMULAS[node.op](_Sizes(node, shapes))
        except _MALFORMED:
            uncounted.append(name)
            continue
        if count > 0:
            by_node[name] = count
    return Floats(by_node, tuple(uncounted))
