"""``contrib.specs.specs_lib``: functions that are composed by operators."""

from __future__ import annotations

import importlib
import operator
import re
from collections.abc import Callable as _Function
from typing import Any

__all__ = [
    "KEYWORDS",
    "QUOTED",
    "Callable",
    "Composable",
    "Composition",
    "External",
    "Function",
    "Import",
    "Operator",
    "check_keywords",
    "debug",
    "debug_",
    "get_positional",
]

QUOTED = re.compile(r""""([^"\\]|\\.)*" | '([^'\\]|\\.)*'""", re.VERBOSE)
KEYWORDS = re.compile(r"\b(import|while|def|exec)\b")
debug_ = False


def check_keywords(spec: str) -> None:
    """Raises ``ValueError`` if an expression has a keyword, outside of strings, that makes it a program."""
    found = KEYWORDS.search(QUOTED.sub("", spec))
    if found:
        raise ValueError(f"keyword '{found[1]}' found in spec")


def get_positional(args: Any, kw: dict[str, Any], kw_overrides: bool = False) -> tuple[Any, dict[str, Any]]:
    """Returns arguments in which keywords such as ``_1`` have become the positional ones of these numbers.

    Args:
        args: The positional arguments.
        kw: The arguments by keyword.
        kw_overrides: Whether a keyword takes the place of a positional argument that is not None.
    """
    numbered = {key: value for key, value in kw.items() if key[0] == "_"}
    if not numbered:
        return args, kw
    positional = list(args)
    for key, value in numbered.items():
        index = int(key[1:])
        positional += [None] * (index + 1 - len(positional))
        if kw_overrides or positional[index] is None:
            positional[index] = value
    return positional, {key: value for key, value in kw.items() if key not in numbered}


class Composable:
    """A function of one tensor: ``f | g`` is g after f, ``f + g`` and ``f * g`` combine results, ``f ** n`` repeats."""

    def funcall(self, x: Any) -> Any:
        """Returns the result for a tensor."""
        raise NotImplementedError

    def __or__(self, f: Any) -> Composition:
        return Composition(self, f)

    def __add__(self, g: Any) -> Operator:
        return Operator(operator.add, self, g)

    def __mul__(self, g: Any) -> Operator:
        return Operator(operator.mul, self, g)

    def __pow__(self, n: int) -> Any:
        assert n >= 0
        if n == 0:
            return Function(lambda x, *args, **kw: x)
        result: Composable = self
        for _ in range(n - 1):
            result = Composition(result, self)
        return result


class Callable(Composable):
    """A function as it is, with no arguments."""

    def __init__(self, f: _Function[[Any], Any]) -> None:
        self.f = f

    def funcall(self, x: Any) -> Any:
        """Returns the result for a tensor."""
        return self.f(x)


class Operator(Composable):
    """An operator on the results of functions."""

    def __init__(self, op: _Function[..., Any], *args: Any) -> None:
        self.op = op
        self.funs = args

    def funcall(self, x: Any) -> Any:
        """Returns the result for a tensor."""
        return self.op(*[f.funcall(x) for f in self.funs])


class Function(Composable):
    """A function with some of its arguments; calling it gives one with more of them.

    Raises:
        ValueError: ``f`` cannot be called.
    """

    def __init__(self, f: _Function[..., Any], *args: Any, **kw: Any) -> None:
        if not callable(f):
            raise ValueError(f"{f}: is not callable")
        self.f = f
        self.args = list(args)
        self.kw = kw

    def __call__(self, *args: Any, **kw: Any) -> Function:
        """Returns the function with more arguments; positional ones come before those it has."""
        return Function(self.f, *args, *self.args, **{**self.kw, **kw})

    def funcall(self, x: Any) -> Any:
        """Returns the result for a tensor."""
        args, kw = get_positional(self.args, self.kw)
        if debug_:
            print("DEBUG:", self.f, x, args, kw)
        return self.f(x, *args, **kw)


class Composition(Composable):
    """One function after another."""

    def __init__(self, f: Any, g: Any) -> None:
        self.f = f
        self.g = g

    def funcall(self, x: Any) -> Any:
        """Returns the result for a tensor."""
        return self.g.funcall(self.f.funcall(x))


def External(module_name: str, function_name: str) -> Function:  # noqa: N802
    """Returns a function of a module; raises ``KeyError`` if it has none of the name."""
    return Function(vars(importlib.import_module(module_name))[function_name])


def Import(statements: str) -> Function:  # noqa: N802
    """Returns the function ``f`` that statements define; raises ``ValueError`` if they do not."""
    environment: dict[str, Any] = {}
    exec(statements, environment)
    if "f" not in environment:
        raise ValueError('failed to define "f": %s', statements)
    return Function(environment["f"])


def debug(mode: bool = True) -> None:
    """Lets functions print what they are called with, or no longer."""
    global debug_
    debug_ = mode
