"""Placeholders."""

from __future__ import annotations

from typing import Any

from tf1graphs.convert.keras.graphs.building import Building, refuse
from tf1graphs.inspect.reading import dtypes, tensors

_COMPUTES_IN = "float32"


def _placeholder(building: Building, node: Any, _: int) -> Any:
    import keras

    shape = tensors.shape_of(node.attr["shape"].shape)
    dtype = dtypes.name_of(node.attr["dtype"].type)
    if not shape:
        raise refuse(node, "its shape is not known" if shape is None else "it has no batch")
    if dtypes.numpy_dtype(dtype) is None or ("float" in dtype and dtype != _COMPUTES_IN):
        raise refuse(node, f"the layers that are built here compute in {_COMPUTES_IN}, not {dtype}")
    if shape[0] is not None:
        building.batches.add(shape[0])
    made = keras.Input(shape[1:], dtype=dtype, name=building.name(node.name))
    building.inputs[node.name] = made
    return made


OPS = {"Placeholder": _placeholder, "PlaceholderWithDefault": _placeholder}
