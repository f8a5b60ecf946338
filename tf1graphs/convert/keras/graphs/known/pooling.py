"""Pooling, over windows and over whole axes, and where the extremes are."""

from __future__ import annotations

from typing import Any

from tf1graphs.convert.keras.graphs.building import Building, refuse
from tf1graphs.convert.keras.graphs.known._images import inner, padding_of
from tf1graphs.inspect.reading.dtypes import name_of
from tf1graphs.inspect.reading.protos import DataType

_WINDOWS = {
    "MaxPool": "MaxPooling2D",
    "AvgPool": "AveragePooling2D",
    "MaxPool3D": "MaxPooling3D",
    "AvgPool3D": "AveragePooling3D",
}
_WHOLE = {"Mean": "Average", "Max": "Max"}
_REDUCED = {"Mean": "mean", "Max": "max", "Min": "min", "Sum": "sum", "Prod": "prod"}


def _pool(building: Building, node: Any, _: int) -> Any:
    window = inner(node, "ksize")
    return building.layer(
        _WINDOWS[node.op],
        node.name,
        building.input_of(node),
        pool_size=window,
        strides=inner(node, "strides"),
        padding=padding_of(node),
    )


def _reduce(building: Building, node: Any, _: int) -> Any:
    """Over all axes between batch and channels it is a pooling layer, over others an operation of Keras."""
    import keras

    inputs = building.input_of(node)
    rank = len(inputs.shape)
    axes = sorted(int(axis) % rank for axis in building.constant_of(node, 1).reshape(-1))
    keeps = node.attr["keep_dims"].b
    if 0 in axes:
        raise refuse(node, "it computes one number of a whole batch")
    if node.op in _WHOLE and axes == list(range(1, rank - 1)) and 3 <= rank <= 5:
        kind = f"Global{_WHOLE[node.op]}Pooling{rank - 2}D"
        return building.layer(kind, node.name, inputs, keepdims=keeps)
    return getattr(keras.ops, _REDUCED[node.op])(inputs, axis=tuple(axes), keepdims=keeps)


def _place(building: Building, node: Any, _: int) -> Any:
    """Where the largest or smallest value of an axis is."""
    import keras

    inputs = building.input_of(node)
    axis = int(building.constant_of(node, 1)) % len(inputs.shape)
    if axis == 0:
        raise refuse(node, "it compares the examples of a batch")
    places = getattr(keras.ops, node.op.lower())(inputs, axis=axis)
    return keras.ops.cast(places, name_of(node.attr["output_type"].type or DataType.DT_INT64))


OPS = {
    **dict.fromkeys(_WINDOWS, _pool),
    **dict.fromkeys(_REDUCED, _reduce),
    **dict.fromkeys(("ArgMax", "ArgMin"), _place),
}
