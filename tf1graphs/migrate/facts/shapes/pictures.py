"""The static shape of what layers compute, and functions whose windows move over pictures.

Source: ``compute_output_shape`` of 1.15's layers, ``tensorflow/core/framework/common_shape_fns.cc``.
"""

from __future__ import annotations

from functools import partial

from tf1graphs.migrate.facts.shapes import sizes
from tf1graphs.migrate.facts.shapes.sizes import Shape, Size
from tf1graphs.migrate.facts.shapes.table import Given, rule


def _is_last(given: Given) -> bool:
    form = given.literal("data_format")
    return form is None or (isinstance(form, str) and form.lower() in ("nhwc", "nwc", "ndhwc", "channels_last"))


@rule("nn.conv2d", "input, filter, strides, padding")
def _conv2d(given: Given) -> Shape:
    shape, kernel = given.shape("input"), given.shape("filter", "filters")
    strides = given.literal("strides")
    if shape is None or kernel is None or len(shape) != 4 or len(kernel) != 4 or not _is_last(given):
        return None
    if not isinstance(strides, (list, tuple)) or len(strides) != 4 or given.has("dilations"):
        return (..., ..., ..., kernel[3])
    padding = given.literal("padding")
    inner = (sizes.windows(shape[axis], kernel[axis - 1], strides[axis], padding) for axis in (1, 2))
    return (shape[0], *inner, kernel[3])


@rule("nn.max_pool nn.avg_pool", "value, ksize, strides, padding")
def _pool(given: Given) -> Shape:
    shape, window, strides = given.shape("value", "input"), given.literal("ksize"), given.literal("strides")
    listed = all(isinstance(each, (list, tuple)) and len(each) == 4 for each in (window, strides))
    if shape is None or len(shape) != 4 or not listed or not _is_last(given):
        return None
    padding = given.literal("padding")
    return tuple(map(sizes.windows, shape, window, strides, [padding] * 4))  # type: ignore[call-overload]


def _window_rule(given: Given, window: object, stride: object, padding: object, last: Size, count: int) -> Shape:
    """Returns the shape of what a layer makes whose windows move over the inner axes."""
    shape = given.shape("inputs")
    if shape is None or len(shape) != count + 2 or not _is_last(given):
        return None
    gaps = sizes.each_axis(given.literal("dilation_rate", "rate", default=1), count)
    if None in shape[1:-1] and any(gap != 1 for gap in gaps):
        # 1.15 moves the gaps into the batch, which it does not follow if one of the axes is not known.
        return (shape[0], *(...,) * count, last)
    widths, steps = sizes.each_axis(window, count), sizes.each_axis(stride, count)
    parts = zip(shape[1:-1], widths, steps, gaps, strict=True)
    inner = (sizes.windows(size, _size(width), step, padding, gap) for size, width, step, gap in parts)
    return (shape[0], *inner, last)


def _size(value: object) -> Size:
    return value if type(value) is int else ...


def _layer(given: Given, count: int) -> Shape:
    padding, stride = given.literal("padding", default="valid"), given.literal("strides", default=1)
    last = _size(given.literal("filters"))
    return _window_rule(given, given.literal("kernel_size"), stride, padding, last, count)


def _pooling(given: Given, count: int) -> Shape:
    shape = given.shape("inputs")
    padding = given.literal("padding", default="valid")
    last = shape[-1] if shape else None
    return _window_rule(given, given.literal("pool_size"), given.literal("strides"), padding, last, count)


for _count in (1, 2, 3):
    rule(f"layers.conv{_count}d", "inputs, filters, kernel_size, strides, padding, data_format, dilation_rate")(
        partial(_layer, count=_count)
    )
    rule(
        f"layers.max_pooling{_count}d layers.average_pooling{_count}d",
        "inputs, pool_size, strides, padding, data_format",
    )(partial(_pooling, count=_count))
for _module in ("contrib.layers", "contrib.slim"):
    rule(
        f"{_module}.conv2d {_module}.convolution2d",
        "inputs, num_outputs, kernel_size, stride, padding, data_format, rate",
    )(
        lambda given: _window_rule(
            given,
            given.literal("kernel_size"),
            given.literal("stride", default=1),
            given.literal("padding", default="SAME"),
            _size(given.literal("num_outputs")),
            2,
        )
    )
    rule(f"{_module}.max_pool2d {_module}.avg_pool2d", "inputs, kernel_size, stride, padding, data_format")(
        lambda given: _window_rule(
            given,
            given.literal("kernel_size"),
            given.literal("stride", default=2),
            given.literal("padding", default="VALID"),
            (given.shape("inputs") or (None,))[-1],
            2,
        )
    )
    rule(f"{_module}.fully_connected {_module}.linear {_module}.relu {_module}.relu6", "inputs, num_outputs")(
        lambda given: _dense(given, "num_outputs")
    )
    rule(f"{_module}.flatten", "inputs")(lambda given: _flat(given))
rule("layers.dense", "inputs, units")(lambda given: _dense(given, "units"))
rule("layers.flatten", "inputs")(lambda given: _flat(given))


def _dense(given: Given, units: str) -> Shape:
    shape = given.shape("inputs")
    return None if not shape else (*shape[:-1], _size(given.literal(units)))


def _flat(given: Given) -> Shape:
    shape = given.shape("inputs")
    return None if not shape else (shape[0], sizes.total(shape[1:]))


@rule("layers.conv2d_transpose", "inputs, filters, kernel_size, strides, padding, data_format")
def _transposed(given: Given) -> Shape:
    shape = given.shape("inputs")
    if shape is None or len(shape) != 4 or not _is_last(given):
        return None
    window = sizes.each_axis(given.literal("kernel_size"), 2)
    stride = sizes.each_axis(given.literal("strides", default=1), 2)
    padding = given.literal("padding", default="valid")
    inner = (sizes.spread(shape[axis + 1], _size(window[axis]), stride[axis], padding) for axis in (0, 1))
    return (shape[0], *inner, _size(given.literal("filters")))


@rule("nn.conv2d_transpose", "value, filter, output_shape, strides, padding")
def _conv2d_transpose(given: Given) -> Shape:
    return sizes.of_sizes(given.literal("output_shape"))


@rule("image.resize_images image.resize_bilinear image.resize_nearest_neighbor image.resize_bicubic", "images, size")
def _resized(given: Given) -> Shape:
    shape, size = given.shape("images"), given.literal("size")
    if shape is None or len(shape) != 4 or not isinstance(size, (list, tuple)) or len(size) != 2:
        return None
    return (shape[0], _size(size[0]), _size(size[1]), shape[3])
