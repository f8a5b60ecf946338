"""Tools for functions of TensorFlow that are to build, or to count as, what they built in 1.15."""

from __future__ import annotations

import functools
import sys
import types
from collections.abc import Callable
from typing import Any

from tensorflow.python.eager import context
from tensorflow.python.framework import ops
from tensorflow.python.ops import nn, standard_ops
from tensorflow.python.ops.linalg import linalg_impl

from tf1graphs.v1 import _op_count

Function = Callable[..., Any]

# Stands in for ``tensorflow.python.compat.compat``: no date of a change has come.
NOTHING_NEW = types.SimpleNamespace(forward_compatible=lambda year, month, day: False)


@functools.cache
def _aliases() -> dict[int, list[tuple[Any, str]]]:
    """Returns where the modules that copy names hold a function, by its identity.

    They are TensorFlow's own, and those of its public API if the process has imported ``tensorflow`` before.
    """
    aliases: dict[int, list[tuple[Any, str]]] = {}
    public = [module for name, module in sys.modules.items() if name.startswith("tensorflow._api.")]
    for module in (standard_ops, nn, linalg_impl, *public):
        for name, value in vars(module).items():
            if callable(value):
                aliases.setdefault(id(value), []).append((module, name))
    return aliases


def in_graphs(owner: Any, name: str) -> Callable[[Callable[[Function], Function]], None]:
    """Replaces ``owner.name`` by what the decorated function makes of it, for calls that build graphs."""

    def replace(make: Callable[[Function], Function]) -> None:
        original = getattr(owner, name)
        in_graph = make(original)

        @functools.wraps(original)
        def replaced(*arguments: Any, **options: Any) -> Any:
            function = original if context.executing_eagerly() else in_graph
            return function(*arguments, **options)

        for holder, alias in [(owner, name), *_aliases().get(id(original), [])]:
            setattr(holder, alias, replaced)

    return replace


def counted(difference: int | Callable[..., int]) -> Callable[[Function], Function]:
    """Adds a number, or what a function gives for the arguments, to the count of ops after each call."""

    def make(original: Function) -> Function:
        def call(*arguments: Any, **options: Any) -> Any:
            result = original(*arguments, **options)
            _op_count.add(difference(*arguments, **options) if callable(difference) else difference)
            return result

        return call

    return make


def counted_as(number: int | Callable[..., int]) -> Callable[[Function], Function]:
    """Counts each call as a number of ops, or as what a function gives for the arguments, whatever it makes."""

    def make(original: Function) -> Function:
        def call(*arguments: Any, **options: Any) -> Any:
            before = _op_count.of(ops.get_default_graph())
            result = original(*arguments, **options)
            made = _op_count.of(ops.get_default_graph()) - before
            _op_count.add((number(*arguments, **options) if callable(number) else number) - made)
            return result

        return call

    return make


def over(**helpers: Any) -> Callable[[Function], Function]:
    """Makes the same function over other helpers than those of its module."""

    def make(original: Function) -> Function:
        namespace = {**original.__globals__, **helpers}
        return types.FunctionType(original.__code__, namespace, original.__name__, original.__defaults__)

    return make
