"""Puts methods into types that are written in C, operators included."""

from __future__ import annotations

import ctypes
import gc
from collections.abc import Callable, Mapping
from typing import Any

_POINTER = ctypes.sizeof(ctypes.c_void_p)
# Counted in pointers from the end of a type's head, see PyTypeObject in Include/cpython/object.h of CPython.
_NUMBER_METHODS = 10
_COMPARISON = 23
_LENGTH_OF_NUMBER_METHODS = 36
_COMPARISONS = ("__lt__", "__le__", "__eq__", "__ne__", "__gt__", "__ge__")


def _cell(address: int, place: int) -> ctypes.c_void_p:
    return ctypes.c_void_p.from_address(address + place * _POINTER)


def _field(kind: type, place: int) -> ctypes.c_void_p:
    return _cell(id(kind) + object.__basicsize__, place)


def _bind_operator(kind: type, name: str) -> None:
    """Makes an operator of ``kind`` look for the method ``name``, as it does in a class written in Python."""
    example = type("Example", (), {name: None})
    if name in _COMPARISONS:
        _field(kind, _COMPARISON).value = _field(example, _COMPARISON).value
        return
    source, target = (_field(type_, _NUMBER_METHODS).value for type_ in (example, kind))
    if not source or not target:
        return
    for place in range(_LENGTH_OF_NUMBER_METHODS):
        function = _cell(source, place).value
        if function:
            _cell(target, place).value = function


def put(kind: type, methods: Mapping[str, Callable[..., Any]]) -> None:
    """Gives ``kind``, and the types below it that have no method of the name, new methods for this process."""
    # Only the garbage collector gives out the dictionary of a type that is written in C.
    gc.get_referents(kind.__dict__)[0].update(methods)
    ctypes.pythonapi.PyType_Modified(ctypes.py_object(kind))
    for name in methods:
        if name.startswith("__"):
            _bind_operator(kind, name)
