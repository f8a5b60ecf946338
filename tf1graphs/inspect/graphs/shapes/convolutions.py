"""Shapes of convolutions, pooling, batch normalization and images."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tf1graphs.inspect.graphs.attributes import Shape
from tf1graphs.inspect.graphs.shapes.operation import Operation, ShapeRule, Unknown, merged, product

Sizes = tuple[int | None, ...]


@dataclass(frozen=True)
class _Layout:
    """Where the batch, the channels and the sizes of space stand in a tensor."""

    channels: int
    space: tuple[int, ...]

    @classmethod
    def of(cls, operation: Operation, dimensions: int) -> _Layout:
        """The layout that ``data_format`` says, of that many dimensions of space."""
        text = operation.text("data_format", "NHWC" if dimensions == 2 else "NDHWC")
        if text in ("NHWC", "NDHWC"):
            return cls(dimensions + 1, tuple(range(1, dimensions + 1)))
        if text in ("NCHW", "NCDHW"):
            return cls(1, tuple(range(2, dimensions + 2)))
        raise Unknown

    def shape(self, batch: int | None, space: Sequence[int | None], channels: int | None) -> Shape:
        """The shape in this layout."""
        return (batch, channels, *space) if self.channels == 1 else (batch, *space, channels)


def _window_steps(operation: Operation, name: str, layout: _Layout) -> list[int]:
    """The attribute ``name``, such as ``strides``, in the dimensions of space; 1 each if it is not stated."""
    numbers = operation.integers(name)
    steps = [numbers[axis] for axis in layout.space] if numbers else [1] * len(layout.space)
    if any(step < 1 for step in steps):
        raise Unknown
    return steps


def _steps(size: int | None, window: int | None, stride: int, padding: str) -> int | None:
    """How many windows fit: https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2."""
    if size is None:
        return None
    if padding == "SAME":
        return -(-size // stride)
    if padding != "VALID" or window is None or window > size:
        return None
    return (size - window) // stride + 1


def _slide(operation: Operation, source: Sizes, window: Sequence[int | None], layout: _Layout) -> list[int | None]:
    strides = _window_steps(operation, "strides", layout)
    dilations = _window_steps(operation, "dilations", layout)
    padding = operation.text("padding")
    sizes: list[int | None] = [source[axis] for axis in layout.space]
    explicit = operation.integers("explicit_paddings")
    if padding == "EXPLICIT":
        around = [explicit[2 * axis] + explicit[2 * axis + 1] for axis in layout.space]
        sizes = [None if size is None else size + more for size, more in zip(sizes, around, strict=True)]
        padding = "VALID"
    spread = [
        None if size is None else (size - 1) * dilation + 1 for size, dilation in zip(window, dilations, strict=True)
    ]
    return [_steps(size, extent, stride, padding) for size, extent, stride in zip(sizes, spread, strides, strict=True)]


def _convolution(dimensions: int, is_depthwise: bool = False) -> ShapeRule:
    def rule(operation: Operation) -> list[Shape]:
        layout = _Layout.of(operation, dimensions)
        source, kernel = operation.ranked(0, dimensions + 2), operation.ranked(1, dimensions + 2)
        channels = product(kernel[-2:]) if is_depthwise else kernel[-1]
        space = _slide(operation, source, kernel[:dimensions], layout)
        return [layout.shape(source[0], space, channels)]

    return rule


def _pooling(dimensions: int) -> ShapeRule:
    def rule(operation: Operation) -> list[Shape]:
        layout = _Layout.of(operation, dimensions)
        source = operation.ranked(0, dimensions + 2)
        window = operation.integers("ksize")
        strides = operation.integers("strides")
        # TensorFlow pools over channels too, and then over nothing else.
        if len(window) != len(source) or len(strides) != len(source) or window[layout.channels] != 1:
            raise Unknown
        space = _slide(operation, source, [window[axis] for axis in layout.space], layout)
        return [layout.shape(source[0], space, source[layout.channels])] * 2

    return rule


def _input_gradient(dimensions: int) -> ShapeRule:
    """Of the gradient for the input of a convolution, which is also the transposed convolution."""

    def rule(operation: Operation) -> list[Shape]:
        layout = _Layout.of(operation, dimensions)
        if operation.inputs[0].value is not None:
            return [operation.sizes(0)]
        kernel, gradient = operation.ranked(1, dimensions + 2), operation.ranked(2, dimensions + 2)
        return [layout.shape(gradient[0], [None] * dimensions, kernel[dimensions])]

    return rule


def _as_second_input_says(operation: Operation) -> list[Shape]:
    return [operation.sizes(1)]


def _as_first_input_says(operation: Operation) -> list[Shape]:
    return [operation.sizes(0)]


def _as_first_input(operation: Operation) -> list[Shape]:
    return [operation.shape(0)]


def _as_second_input(operation: Operation) -> list[Shape]:
    return [operation.shape(1)]


def _bias_gradient(operation: Operation) -> list[Shape]:
    shape = operation.shape(0)
    return [(None if shape is None else shape[1 if operation.text("data_format") == "NCHW" else -1],)]


def _batch_norm(operation: Operation) -> list[Shape]:
    source = operation.ranked(0, 4)
    channels = merged((source[_Layout.of(operation, 2).channels],), operation.shape(1))
    return [source, *[channels] * 4]


def _batch_norm_gradient(operation: Operation) -> list[Shape]:
    source = merged(operation.ranked(0, 4), operation.shape(1))
    # The last two are empty: they only have the places of the forward op's fourth and fifth input.
    return [source, operation.shape(2), operation.shape(2), *([(0,), (0,)] if operation.flag("is_training") else [])]


def _resized(operation: Operation) -> list[Shape]:
    batch, _, _, channels = operation.ranked(0, 4)
    height, width = operation.vector(1)
    return [(batch, height, width, channels)]


def _to_depth(operation: Operation) -> list[Shape]:
    size = operation.integer("block_size")
    if operation.text("data_format", "NHWC") != "NHWC" or size < 1:
        raise Unknown
    batch, height, width, channels = operation.ranked(0, 4)
    blocks = [None if length is None else length // size for length in (height, width)]
    return [(batch, *blocks, None if channels is None else channels * size * size)]


def _to_space(operation: Operation) -> list[Shape]:
    size = operation.integer("block_size")
    if operation.text("data_format", "NHWC") != "NHWC" or size < 1:
        raise Unknown
    batch, height, width, channels = operation.ranked(0, 4)
    blocks = [None if length is None else length * size for length in (height, width)]
    return [(batch, *blocks, None if channels is None else channels // (size * size))]


def _dilation(operation: Operation) -> list[Shape]:
    source, kernel = operation.ranked(0, 4), operation.ranked(1, 3)
    rates, strides = operation.integers("rates")[1:3], operation.integers("strides")[1:3]
    spread = [None if size is None else (size - 1) * rate + 1 for size, rate in zip(kernel[:2], rates, strict=True)]
    padding = operation.text("padding")
    space = [_steps(*sizes, padding) for sizes in zip(source[1:3], spread, strides, strict=True)]
    return [(source[0], *space, source[3])]


def _patches(operation: Operation) -> list[Shape]:
    batch, height, width, channels = operation.ranked(0, 4)
    window, strides, rates = (operation.integers(name)[1:3] for name in ("ksizes", "strides", "rates"))
    spread = [(size - 1) * rate + 1 for size, rate in zip(window, rates, strict=True)]
    padding = operation.text("padding")
    space = [_steps(*sizes, padding) for sizes in zip((height, width), spread, strides, strict=True)]
    return [(batch, *space, product((channels, *window)))]


RULES: dict[str, ShapeRule] = {
    "Conv2D": _convolution(2),
    "Conv3D": _convolution(3),
    "DepthwiseConv2dNative": _convolution(2, is_depthwise=True),
    "Dilation2D": _dilation,
    "ExtractImagePatches": _patches,
    "MaxPool": _pooling(2),
    "AvgPool": _pooling(2),
    "MaxPoolWithArgmax": _pooling(2),
    "MaxPool3D": _pooling(3),
    "AvgPool3D": _pooling(3),
    "Conv2DBackpropInput": _input_gradient(2),
    "Conv3DBackpropInputV2": _input_gradient(3),
    "DepthwiseConv2dNativeBackpropInput": _as_first_input_says,
    "AvgPoolGrad": _as_first_input_says,
    "AvgPool3DGrad": _as_first_input_says,
    "Conv2DBackpropFilter": _as_second_input_says,
    "Conv3DBackpropFilterV2": _as_second_input_says,
    "DepthwiseConv2dNativeBackpropFilter": _as_second_input_says,
    "MaxPoolGrad": _as_first_input,
    "MaxPool3DGrad": _as_first_input,
    "MaxPoolGradWithArgmax": _as_first_input,
    "LRNGrad": _as_first_input,
    "Dilation2DBackpropInput": _as_first_input,
    "Dilation2DBackpropFilter": _as_second_input,
    "MaxPoolGradGrad": _as_second_input,
    "BiasAddGrad": _bias_gradient,
    **dict.fromkeys(("FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"), _batch_norm),
    **dict.fromkeys(("FusedBatchNormGrad", "FusedBatchNormGradV2", "FusedBatchNormGradV3"), _batch_norm_gradient),
    **dict.fromkeys(("ResizeBilinear", "ResizeNearestNeighbor", "ResizeBicubic", "ResizeArea"), _resized),
    "ResizeBilinearGrad": _as_second_input,
    "ResizeBicubicGrad": _as_second_input,
    "SpaceToDepth": _to_depth,
    "DepthToSpace": _to_space,
}
