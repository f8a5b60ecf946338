"""Checks of the arguments of labeled tensors' functions, which 1.15 made at run time."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar, cast

_Check = Callable[[Any], bool]
_Function = TypeVar("_Function", bound=Callable[..., Any])


class Error(TypeError):
    """An argument is of none of the types that a function accepts."""


def anything(value: Any) -> bool:
    """Accepts all values."""
    return True


def instance(*types: type) -> _Check:
    """Returns the check of types."""
    return lambda value: isinstance(value, types)


def union(*checks: _Check) -> _Check:
    """Returns the check that one of several accepts."""
    return lambda value: any(check(value) for check in checks)


def optional(check: _Check) -> _Check:
    """Returns the check that accepts None too."""
    return lambda value: value is None or check(value)


def collection(check: _Check) -> _Check:
    """Returns the check of all elements of what can be counted and gone through."""

    def accepts_all(value: Any) -> bool:
        is_collection = all(hasattr(value, name) for name in ("__iter__", "__len__", "__contains__"))
        return is_collection and all(check(each) for each in value)

    return accepts_all


def pair(first: _Check, second: _Check) -> _Check:
    """Returns the check of a tuple of two."""
    return lambda value: isinstance(value, tuple) and len(value) == 2 and first(value[0]) and second(value[1])


def mapping(check: _Check) -> _Check:
    """Returns the check of all values of a mapping whose keys are strings."""
    return lambda value: (
        hasattr(value, "keys")
        and all(isinstance(key, str) for key in value)
        and all(check(value[key]) for key in value)
    )


def accepts(*checks: _Check) -> Callable[[_Function], _Function]:
    """Makes a function raise ``Error`` if a positional argument does not pass its check."""

    def decorate(function: _Function) -> _Function:
        @functools.wraps(function)
        def checked(*arguments: Any, **options: Any) -> Any:
            for value, check in zip(arguments, checks, strict=False):
                if not check(value):
                    raise Error(f"{value!r} of type {type(value)!r} is not of an allowed type for {function!r}")
            return function(*arguments, **options)

        return cast(_Function, checked)

    return decorate
