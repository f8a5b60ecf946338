"""What each call of TensorFlow 1.x becomes: one file per group of symbols, found by its place in this folder."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from tf1graphs.migrate.calls import Call, Outcome

Function = TypeVar("Function", bound=Callable[[Call], Outcome])


@dataclass(frozen=True)
class Rule:
    """What the calls of one symbol become.

    Attributes:
        name: the symbol, such as ``tf.layers.dense``.
        parameters: the names of its parameters in 1.15, in order.
        becomes: one line for SUPPORT.md.
        apply: the function that says what a call becomes.
    """

    name: str
    parameters: tuple[str, ...]
    becomes: str
    apply: Callable[[Call], Outcome]


_rules: dict[str, Rule] = {}


def rule(*names: str, signature: str, becomes: str) -> Callable[[Function], Function]:
    """Registers a function as the rule for calls of symbols.

    Args:
        *names: the symbols, each by every name that 1.15 has for it, such as ``tf.nn.rnn_cell.GRUCell``.
        signature: the parameters in 1.15, such as ``"inputs, units, activation=None"``.
        becomes: what the calls become, one line in Markdown for SUPPORT.md.
    """
    parsed = ast.parse(f"def call({signature}): ...").body[0]
    assert isinstance(parsed, ast.FunctionDef)
    parameters = tuple(argument.arg for argument in [*parsed.args.args, *parsed.args.kwonlyargs])

    def register(function: Function) -> Function:
        for name in names:
            _rules[name] = Rule(name, parameters, becomes, function)
        return function

    return register


@cache
def all_rules() -> dict[str, Rule]:
    """Returns every rule by the name of its symbol."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return _rules
