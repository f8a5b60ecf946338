"""Attributes of a ``NodeDef``, with what stands for a missing one. Reading one never adds it to the message."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from tf1graphs.inspect.reading import dtypes
from tf1graphs.inspect.reading.tensors import shape_of

Shape = tuple[int | None, ...] | None
# A graph names a few dtypes many times.
_dtype_name = lru_cache(1024)(dtypes.name_of)


def integer(node: Any, name: str, default: int = 0) -> int:
    """The integer ``name``."""
    attribute = node.attr.get(name)
    return default if attribute is None else int(attribute.i)


def integers(node: Any, name: str) -> tuple[int, ...]:
    """The list of integers ``name``; empty if there is none."""
    attribute = node.attr.get(name)
    return () if attribute is None else tuple(attribute.list.i)


def flag(node: Any, name: str) -> bool:
    """The boolean ``name``; False if there is none."""
    attribute = node.attr.get(name)
    return attribute is not None and bool(attribute.b)


def text(node: Any, name: str, default: str = "") -> str:
    """The string ``name``."""
    attribute = node.attr.get(name)
    return default if attribute is None else str(attribute.s.decode(errors="replace"))


def texts(node: Any, name: str) -> tuple[str, ...]:
    """The list of strings ``name``; empty if there is none."""
    attribute = node.attr.get(name)
    return () if attribute is None else tuple(one.decode(errors="replace") for one in attribute.list.s)


def dtype(node: Any, *names: str) -> str:
    """The first dtype that the node states under one of ``names``; ``"unknown"`` if it states none."""
    for name in names:
        attribute = node.attr.get(name)
        if attribute is not None and attribute.type:
            return _dtype_name(attribute.type)
    return "unknown"


def dtype_list(node: Any, name: str) -> tuple[str, ...]:
    """The list of dtypes ``name``; empty if there is none."""
    attribute = node.attr.get(name)
    return () if attribute is None else tuple(_dtype_name(number) for number in attribute.list.type)


def shape(node: Any, name: str) -> Shape:
    """The shape ``name``, with None for unknown sizes; None if there is none or its rank is unknown."""
    attribute = node.attr.get(name)
    if attribute is None or not attribute.HasField("shape"):
        return None
    return shape_of(attribute.shape)


def shapes(node: Any, name: str) -> tuple[Shape, ...]:
    """The list of shapes ``name``; empty if there is none."""
    attribute = node.attr.get(name)
    return () if attribute is None else tuple(shape_of(one) for one in attribute.list.shape)
