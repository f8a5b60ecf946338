"""Shapes of outputs of common layers, from their configuration and the shapes of their inputs.

They are those that ``compute_output_shape`` of Keras gives. A size that is not known is None, as in Keras.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from tf1graphs.inspect.keras.models import Shape, shape_of

Config = dict[str, Any]
Rule = Callable[[Config, Sequence[Shape]], list[Shape]]
_SAME = {
    *(
        "Activation",
        "ActivityRegularization",
        "AlphaDropout",
        "BatchNormalization",
        "Dropout",
        "ELU",
        "GaussianDropout",
    ),
    *("GaussianNoise", "GroupNormalization", "Identity", "LayerNormalization", "LeakyReLU", "Masking", "Normalization"),
    *("PReLU", "ReLU", "Rescaling", "RMSNormalization", "Softmax", "SpatialDropout1D", "SpatialDropout2D"),
    *("SpatialDropout3D", "SyncBatchNormalization", "ThresholdedReLU", "UnitNormalization"),
    *("RandomBrightness", "RandomContrast", "RandomFlip", "RandomRotation", "RandomTranslation", "RandomZoom"),
}
_MERGING = {"Add", "Average", "Maximum", "Minimum", "Multiply", "Subtract"}
_STATES = {"SimpleRNN": 1, "GRU": 1, "CuDNNGRU": 1, "LSTM": 2, "CuDNNLSTM": 2}


def _many(value: Any, count: int) -> list[Any]:
    return [value] * count if isinstance(value, int) else list(value)


def _split(config: Config, shape: Shape) -> tuple[list[int | None], int | None]:
    """The spatial sizes and the channels of a shape."""
    if config.get("data_format") == "channels_first":
        return list(shape[2:]), shape[1]
    return list(shape[1:-1]), shape[-1]


def _joined(config: Config, batch: int | None, sizes: Sequence[int | None], channels: int | None) -> list[Shape]:
    if config.get("data_format") == "channels_first":
        return [(batch, channels, *sizes)]
    return [(batch, *sizes, channels)]


def _window(size: int | None, width: int, stride: int, padding: str, dilation: int = 1) -> int | None:
    """How often a window fits into a size."""
    if size is None:
        return None
    return -(-size // stride) if padding != "valid" else (size - (width - 1) * dilation - 1) // stride + 1


def _product(sizes: Sequence[int | None]) -> int | None:
    known = [size for size in sizes if size is not None]
    return math.prod(known) if len(known) == len(sizes) else None


def _convolution(config: Config, inputs: Sequence[Shape]) -> list[Shape]:
    sizes, channels = _split(config, inputs[0])
    widths, strides = _many(config["kernel_size"], len(sizes)), _many(config["strides"], len(sizes))
    dilations = _many(config.get("dilation_rate", 1), len(sizes))
    filters = config.get("filters")
    if filters is None and channels is not None:
        filters = channels * config["depth_multiplier"]
    windows = zip(sizes, widths, strides, dilations, strict=True)
    found = [_window(size, width, stride, config["padding"], dilation) for size, width, stride, dilation in windows]
    return _joined(config, inputs[0][0], found, filters)


def _transposed(config: Config, inputs: Sequence[Shape]) -> list[Shape]:
    sizes, _ = _split(config, inputs[0])
    count = len(sizes)
    widths, strides = _many(config["kernel_size"], count), _many(config["strides"], count)
    dilations = _many(config.get("dilation_rate", 1), count)
    more = [None] * count if config.get("output_padding") is None else _many(config["output_padding"], count)
    windows = zip(sizes, widths, strides, dilations, more, strict=True)
    found = [_spread(*window, config["padding"]) for window in windows]
    return _joined(config, inputs[0][0], found, config["filters"])


def _spread(size: int | None, width: int, stride: int, dilation: int, more: int | None, padding: str) -> int | None:
    """What a window that fits ``size`` times covers; Keras calls ``more`` the padding of the output."""
    if size is None:
        return None
    width = (width - 1) * dilation + 1
    if more is not None:
        return (size - 1) * stride + width - (2 * (width // 2) if padding == "same" else 0) + more
    return size * stride + (max(width - stride, 0) if padding == "valid" else 0)


def _pooling(config: Config, inputs: Sequence[Shape]) -> list[Shape]:
    sizes, channels = _split(config, inputs[0])
    widths = _many(config["pool_size"], len(sizes))
    strides = widths if config.get("strides") is None else _many(config["strides"], len(sizes))
    windows = zip(sizes, widths, strides, strict=True)
    found = [_window(size, width, stride, config["padding"]) for size, width, stride in windows]
    return _joined(config, inputs[0][0], found, channels)


def _global_pooling(config: Config, inputs: Sequence[Shape]) -> list[Shape]:
    sizes, channels = _split(config, inputs[0])
    if config.get("keepdims"):
        return _joined(config, inputs[0][0], [1] * len(sizes), channels)
    return [(inputs[0][0], channels)]


def _sides(value: Any, count: int) -> list[tuple[int, int]]:
    """What is added or cut before and behind each spatial size; of one size the pair stands alone."""
    parts = [value] if count == 1 else _many(value, count)
    return [(part, part) if isinstance(part, int) else (part[0], part[1]) for part in parts]


def _at_sides(field: str, sign: int) -> Rule:
    def rule(config: Config, inputs: Sequence[Shape]) -> list[Shape]:
        sizes, channels = _split(config, inputs[0])
        pairs = zip(sizes, _sides(config[field], len(sizes)), strict=True)
        found = [None if size is None else size + sign * (before + behind) for size, (before, behind) in pairs]
        return _joined(config, inputs[0][0], found, channels)

    return rule


def _upsampling(config: Config, inputs: Sequence[Shape]) -> list[Shape]:
    sizes, channels = _split(config, inputs[0])
    factors = zip(sizes, _many(config["size"], len(sizes)), strict=True)
    return _joined(config, inputs[0][0], [None if size is None else size * by for size, by in factors], channels)


def _flatten(config: Config, inputs: Sequence[Shape]) -> list[Shape]:
    return [(inputs[0][0], _product(inputs[0][1:]))]


def _reshape(config: Config, inputs: Sequence[Shape]) -> list[Shape]:
    target = list(config["target_shape"])
    if -1 in target:
        whole, known = _product(inputs[0][1:]), math.prod(size for size in target if size != -1)
        target[target.index(-1)] = None if whole is None else whole // known
    return [(inputs[0][0], *target)]


def _merging(config: Config, inputs: Sequence[Shape]) -> list[Shape]:
    """Shapes are broadcast; a size that an input does not know is not known."""
    rank = max(map(len, inputs))
    padded = [(1,) * (rank - len(shape)) + shape for shape in inputs]
    columns = [[size for size in column if size != 1] for column in zip(*padded, strict=True)]
    return [tuple(1 if not column else None if None in column else column[0] for column in columns)]


def _concatenation(config: Config, inputs: Sequence[Shape]) -> list[Shape]:
    first = inputs[0]
    axis = config["axis"] % len(first)
    sizes = [shape[axis] for shape in inputs if shape[axis] is not None]
    whole = sum(size for size in sizes if size is not None) if len(sizes) == len(inputs) else None
    return [(*first[:axis], whole, *first[axis + 1 :])]


def _recurrent(states: int) -> Rule:
    def rule(config: Config, inputs: Sequence[Shape]) -> list[Shape]:
        batch, steps, _ = inputs[0]
        units = config["units"]
        output = (batch, steps, units) if config["return_sequences"] else (batch, units)
        return [output, *[(batch, units)] * (states if config["return_state"] else 0)]

    return rule


def _inner(config: Config, inputs: Sequence[Shape]) -> list[Shape]:
    """What the layer that another one wraps returns."""
    return output_shapes(config["layer"]["class_name"], config["layer"]["config"], inputs) or []


def _bidirectional(config: Config, inputs: Sequence[Shape]) -> list[Shape]:
    output, *states = _inner(config, inputs)
    if config["merge_mode"] is None:
        return [output, output, *states, *states]
    width = output[-1]
    doubled = width * 2 if config["merge_mode"] == "concat" and width is not None else width
    return [(*output[:-1], doubled), *states, *states]


def _time_distributed(config: Config, inputs: Sequence[Shape]) -> list[Shape]:
    batch, steps, *rest = inputs[0]
    return [(batch, steps, *shape[1:]) for shape in _inner(config, [(batch, *rest)])]


def _input(config: Config, inputs: Sequence[Shape]) -> list[Shape]:
    shape = shape_of(config.get("batch_shape") or config.get("batch_input_shape"))
    return [] if shape is None else [shape]


_RULES: dict[str, Rule] = {
    **{name: lambda config, inputs: [inputs[0]] for name in _SAME},
    **dict.fromkeys(_MERGING, _merging),
    **{name: _recurrent(states) for name, states in _STATES.items()},
    **{f"{kind}Pooling{rank}D": _pooling for kind in ("Max", "Average") for rank in (1, 2, 3)},
    **{f"Global{kind}Pooling{rank}D": _global_pooling for kind in ("Max", "Average") for rank in (1, 2, 3)},
    **{f"Conv{rank}D": _convolution for rank in (1, 2, 3)},
    **{f"{kind}Conv{rank}D": _convolution for kind in ("Separable", "Depthwise") for rank in (1, 2)},
    **{f"Conv{rank}DTranspose": _transposed for rank in (1, 2, 3)},
    **{f"ZeroPadding{rank}D": _at_sides("padding", 1) for rank in (1, 2, 3)},
    **{f"Cropping{rank}D": _at_sides("cropping", -1) for rank in (1, 2, 3)},
    **{f"UpSampling{rank}D": _upsampling for rank in (1, 2, 3)},
    "InputLayer": _input,
    "Dense": lambda config, inputs: [(*inputs[0][:-1], config["units"])],
    "Embedding": lambda config, inputs: [(*inputs[0], config["output_dim"])],
    "Flatten": _flatten,
    "Reshape": _reshape,
    "Permute": lambda config, inputs: [(inputs[0][0], *(inputs[0][place] for place in config["dims"]))],
    "RepeatVector": lambda config, inputs: [(inputs[0][0], config["n"], inputs[0][1])],
    "Concatenate": _concatenation,
    "Bidirectional": _bidirectional,
    "TimeDistributed": _time_distributed,
}
_NOT_FITTING = (TypeError, ValueError, KeyError, IndexError, ZeroDivisionError, AttributeError, OverflowError)


def output_shapes(class_name: str, config: Config, inputs: Sequence[Shape]) -> list[Shape] | None:
    """The shapes of what a layer returns; None for a layer without a rule, or whose configuration does not fit."""
    rule = _RULES.get(class_name)
    if rule is None:
        return None
    try:
        return rule(config, inputs) or None
    except _NOT_FITTING:
        return None
