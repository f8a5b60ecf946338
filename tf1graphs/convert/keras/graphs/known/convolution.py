"""Convolutions: ``Conv1D``, ``Conv2D``, ``Conv3D``, ``DepthwiseConv2D``, ``SeparableConv2D`` and transposed ones."""

from __future__ import annotations

from typing import Any

from tf1graphs.convert.keras.graphs.building import Building, Part, refuse, scope_of
from tf1graphs.convert.keras.graphs.known._images import inner, padding_of
from tf1graphs.convert.keras.graphs.known._weighted import weighted
from tf1graphs.convert.keras.graphs.network import Ref


def _dilation(node: Any, rank: int) -> tuple[int, ...]:
    return inner(node, "dilations") or (1,) * rank


def _convolve(
    building: Building, conv: Any, kernel: str, inputs: Any, end: Any, padding: str, dilation: tuple[int, ...] = ()
) -> Any:
    """A convolution over as many axes as ``kernel`` has; that over one is made of a Conv2D, whose last axis it is."""
    *window, _, filters = building.shape(kernel)
    rank = len(window)
    return weighted(
        building,
        f"Conv{rank}D",
        scope_of(kernel, conv),
        end,
        inputs,
        [Part((kernel,), ("kernel",))],
        filters,
        filters=filters,
        kernel_size=tuple(window),
        strides=inner(conv, "strides")[-rank:],
        padding=padding,
        dilation_rate=dilation or _dilation(conv, rank)[-rank:],
    )


def _convolution(building: Building, node: Any, _: int) -> Any:
    before = building.network.node(building.network.inputs(node)[0])
    if before.op == "DepthwiseConv2dNative":
        separable = _separable(building, node, before)
        if separable is not None:
            return separable
    return _convolve(building, node, building.variable_of(node, 1), building.input_of(node), node, padding_of(node))


def _separable(building: Building, pointwise: Any, depthwise: Any) -> Any | None:
    """A depthwise convolution whose result is mixed by a kernel of one pixel, of the same layer."""
    names = building.variable_of(depthwise, 1), building.variable_of(pointwise, 1)
    shapes = [building.shape(name) for name in names]
    strides, dilation = inner(depthwise, "strides"), _dilation(depthwise, 2)
    mixes = shapes[1][:2] == (1, 1) and set(inner(pointwise, "strides")) == {1}
    is_one_layer = names[0].rpartition("/")[0] == names[1].rpartition("/")[0] != ""
    if not (mixes and is_one_layer) or building.network.only_consumer(Ref(depthwise.name)) is None:
        return None
    return weighted(
        building,
        "SeparableConv2D",
        scope_of(names[0], pointwise),
        pointwise,
        building.input_of(depthwise),
        [Part(names, ("depthwise_kernel", "pointwise_kernel"))],
        shapes[1][3],
        filters=shapes[1][3],
        kernel_size=shapes[0][:2],
        strides=strides,
        padding=padding_of(depthwise),
        depth_multiplier=shapes[0][3],
        dilation_rate=dilation,
    )


def _depthwise(building: Building, node: Any, _: int) -> Any:
    kernel = building.variable_of(node, 1)
    *window, channels, multiplier = building.shape(kernel)
    return weighted(
        building,
        "DepthwiseConv2D",
        scope_of(kernel, node),
        node,
        building.input_of(node),
        [Part((kernel,), ("kernel",))],
        channels * multiplier,
        kernel_size=tuple(window),
        strides=inner(node, "strides"),
        padding=padding_of(node),
        depth_multiplier=multiplier,
        dilation_rate=_dilation(node, 2),
    )


def _transposed(building: Building, node: Any, _: int) -> Any:
    """Its input 0 is the shape that comes out, which Keras computes itself."""
    kernel = building.variable_of(node, 1)
    *window, filters, _ = building.shape(kernel)
    if set(_dilation(node, len(window))) != {1}:
        raise refuse(node, "it is dilated")
    inputs = building.input_of(node, 2)
    made = weighted(
        building,
        f"Conv{len(window)}DTranspose",
        scope_of(kernel, node),
        node,
        inputs,
        [Part((kernel,), ("kernel",))],
        filters,
        filters=filters,
        kernel_size=tuple(window),
        strides=inner(node, "strides"),
        padding=padding_of(node),
    )
    shape = building.sizes_of(node, 0)
    if any(size not in (-1, other) for size, other in zip(shape[1:], made.shape[1:], strict=True)):
        raise refuse(node, f"its result has the shape {shape}, Keras's {list(made.shape)}")
    return made


def _one_dimension(building: Building, node: Any) -> tuple[Any, str, Ref] | None:
    """The Conv2D, the kernel and the inputs of a convolution over one axis, of which ``node`` is the end.

    ``tf.nn.conv1d`` makes Squeeze(Conv2D(ExpandDims(inputs), ExpandDims(kernel))).
    """
    pattern = ("Squeeze", ("Conv2D", ("ExpandDims", "?inputs", 1.0), ("ExpandDims", "?kernel", 0.0)))
    found = building.find(pattern, Ref(node.name))
    kernel = building.values.variable(found["?kernel"]) if found else None
    if not found or kernel is None:
        return None
    return building.network.node(building.network.inputs(node)[0]), kernel, found["?inputs"]


def of_one_dimension(building: Building, node: Any) -> Any | None:
    """A ``Conv1D`` that ends with the Squeeze ``node``; None if none does."""
    found = _one_dimension(building, node)
    if found is None:
        return None
    conv, kernel, inputs = found
    return _convolve(building, conv, kernel, building.tensor(inputs), node, padding_of(conv))


def _dilated(building: Building, node: Any, _: int) -> Any:
    """A dilated convolution as 1.15 makes it: BatchToSpaceND(convolution(SpaceToBatchND(inputs), kernel)).

    SpaceToBatchND adds the zeros of "same" padding, and some at the end, which BatchToSpaceND crops again.
    """
    network = building.network
    other = refuse(node, "it is not the end of a dilated convolution")
    inner_end = network.node(network.inputs(node)[0])
    if inner_end.op in ("Conv2D", "Conv3D"):
        conv, kernel, read = inner_end, building.variable_of(inner_end, 1), network.inputs(inner_end)[0]
    elif found := _one_dimension(building, inner_end):
        conv, kernel, read = found
    else:
        raise other
    spread = network.node(read)
    if spread.op != "SpaceToBatchND" or padding_of(conv) != "valid":
        raise other
    dilation = tuple(int(size) for size in building.constant_of(spread, 1))
    if tuple(building.constant_of(node, 1)) != dilation:
        raise other
    added = building.constant_of(spread, 2) - building.constant_of(node, 2)
    totals = [(size - 1) * rate for size, rate in zip(building.shape(kernel), dilation, strict=False)]
    paddings = {"valid": [[0, 0] for _ in totals], "same": [[total // 2, total - total // 2] for total in totals]}
    padding = next((name for name, expected in paddings.items() if added.tolist() == expected), None)
    if padding is None:
        raise refuse(node, f"it adds {added.tolist()} around its inputs")
    return _convolve(building, conv, kernel, building.input_of(spread), node, padding, dilation)


OPS = {
    "Conv2D": _convolution,
    "Conv3D": _convolution,
    "DepthwiseConv2dNative": _depthwise,
    "Conv2DBackpropInput": _transposed,
    "Conv3DBackpropInputV2": _transposed,
    "BatchToSpaceND": _dilated,
}
