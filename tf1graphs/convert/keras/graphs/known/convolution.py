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
    building: Building, node: Any, inputs: Any, end: Any, padding: str | None = None, dilation: tuple[int, ...] = ()
) -> Any:
    kernel = building.variable_of(node, 1)
    *window, _, filters = building.shape(kernel)
    return weighted(
        building,
        f"Conv{len(window)}D",
        scope_of(kernel, node),
        end,
        inputs,
        [Part((kernel,), ("kernel",))],
        filters,
        filters=filters,
        kernel_size=tuple(window),
        strides=inner(node, "strides"),
        padding=padding or padding_of(node),
        dilation_rate=dilation or _dilation(node, len(window)),
    )


def _convolution(building: Building, node: Any, _: int) -> Any:
    before = building.network.node(building.network.inputs(node)[0])
    if before.op == "DepthwiseConv2dNative":
        separable = _separable(building, node, before)
        if separable is not None:
            return separable
    return _convolve(building, node, building.input_of(node), node)


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
    shape = building.constant_of(node, 0).tolist()
    if any(size not in (-1, other) for size, other in zip(shape[1:], made.shape[1:], strict=True)):
        raise refuse(node, f"its result has the shape {shape}, Keras's {list(made.shape)}")
    return made


def of_one_dimension(building: Building, node: Any) -> Any | None:
    """What ``tf.nn.conv1d`` makes: Squeeze(Conv2D(ExpandDims(inputs), ExpandDims(kernel))); None if it is not that."""
    pattern = ("Squeeze", ("Conv2D", ("ExpandDims", "?inputs", 1.0), ("ExpandDims", "?kernel", 0.0)))
    found = building.find(pattern, Ref(node.name))
    kernel = building.values.variable(found["?kernel"]) if found else None
    if not found or kernel is None:
        return None
    conv = building.network.node(building.network.inputs(node)[0])
    width, _, filters = building.shape(kernel)
    return weighted(
        building,
        "Conv1D",
        scope_of(kernel, node),
        node,
        building.tensor(found["?inputs"]),
        [Part((kernel,), ("kernel",))],
        filters,
        filters=filters,
        kernel_size=width,
        strides=inner(conv, "strides")[1],
        padding=padding_of(conv),
        dilation_rate=_dilation(conv, 2)[1],
    )


def _dilated(building: Building, node: Any, _: int) -> Any:
    """A dilated convolution as 1.15 makes it: BatchToSpaceND(Conv2D(SpaceToBatchND(inputs), kernel)).

    Zeros for "same" padding are added by SpaceToBatchND; with "valid" padding it adds what BatchToSpaceND crops.
    """
    network = building.network
    conv = network.node(network.inputs(node)[0])
    spread = network.node(network.inputs(conv)[0]) if conv.op in ("Conv2D", "Conv3D") else None
    if spread is None or spread.op != "SpaceToBatchND":
        raise refuse(node, "it is not the end of a dilated convolution")
    dilation = tuple(int(size) for size in building.constant_of(spread, 1))
    paddings, crops = building.constant_of(spread, 2), building.constant_of(node, 2)
    window = building.shape(building.variable_of(conv, 1))[: len(dilation)]
    inputs = building.input_of(spread)
    added = [(size - 1) * rate for size, rate in zip(window, dilation, strict=True)]
    left = paddings - crops
    if left.tolist() == [[total // 2, total - total // 2] for total in added]:
        padding = "same"
    elif not left.any() or all(before == 0 for before in paddings[:, 0]):
        padding = "valid"
    else:
        raise refuse(node, f"its paddings are {paddings.tolist()}")
    if padding_of(conv) != "valid" or tuple(building.constant_of(node, 1)) != dilation:
        raise refuse(node, "it is not the end of a dilated convolution")
    return _convolve(building, conv, inputs, node, padding, dilation)


OPS = {
    "Conv2D": _convolution,
    "Conv3D": _convolution,
    "DepthwiseConv2dNative": _depthwise,
    "Conv2DBackpropInput": _transposed,
    "Conv3DBackpropInputV2": _transposed,
    "BatchToSpaceND": _dilated,
}
