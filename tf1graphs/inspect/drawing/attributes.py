"""Attributes, shapes and values of a node as short text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.reading import dtypes, tensors

_LONGEST = 120
_MOST_VALUES = 6


def shape_text(shape: Sequence[int | None] | None) -> str:
    """A shape as TensorBoard writes it, such as ``?×784``; ``""`` where the rank is not known."""
    if shape is None:
        return ""
    return "scalar" if not shape else "×".join("?" if size is None else str(size) for size in shape)


def value_text(tensor: Any) -> str:
    """The values of a ``TensorProto`` if they are few; ``""`` if not."""
    shape = tensors.complete(tensors.shape_of(tensor.tensor_shape))
    if shape is None or math.prod(shape) > _MOST_VALUES:
        return ""
    try:
        values = tensors.to_array(tensor, "").tolist()
    except InvalidFile:
        return ""
    return _short(f"{values:.6g}" if isinstance(values, float) else str(values))


def _tensor_text(tensor: Any) -> str:
    shape = shape_text(tensors.shape_of(tensor.tensor_shape))
    return " ".join(text for text in (_dtype_text(tensor.dtype), shape, value_text(tensor)) if text)


def _dtype_text(number: int) -> str:
    return dtypes.name_of(number)


def _list_text(values: Any) -> str:
    texts = [_FORMATS[name](value) for name in ("s", "i", "f", "b", "type", "shape") for value in getattr(values, name)]
    return "[" + ", ".join(texts + [function.name for function in values.func]) + "]"


_FORMATS: dict[str, Any] = {
    "s": lambda value: value.decode("utf-8", "backslashreplace"),
    "i": str,
    "f": "{:.6g}".format,
    "b": str,
    "type": _dtype_text,
    "shape": lambda shape: shape_text(tensors.shape_of(shape)) or "unknown shape",
    "tensor": _tensor_text,
    "list": _list_text,
    "func": lambda function: function.name,
    "placeholder": str,
}


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def details_of(node: Any) -> tuple[tuple[str, str], ...]:
    """Names and values of the attributes of a ``NodeDef`` and where it runs; shapes of outputs are shown elsewhere."""
    found = []
    for name in sorted(node.attr):
        kind = node.attr[name].WhichOneof("value")
        if kind and name != "_output_shapes":
            found.append((name, _short(_FORMATS[kind](getattr(node.attr[name], kind)))))
    return (*found, ("device", node.device)) if node.device else tuple(found)
