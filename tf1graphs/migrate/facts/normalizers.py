"""The normalizers that layers of ``tf.contrib.layers`` call on their results, and what these are given."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tf1graphs.migrate import rules
from tf1graphs.migrate.facts import defaults, syntax
from tf1graphs.migrate.facts.names import LAYERS
from tf1graphs.migrate.facts.program import Normalizing
from tf1graphs.migrate.facts.values import Entries, Host, Symbol, Value

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.expressions import Expressions

_FUNCTION, _ARGUMENTS = "normalizer_fn", "normalizer_params"
PARAMETERS = frozenset({_FUNCTION, _ARGUMENTS})
_REMEDY = "call it on the result: biases_initializer=None, activation_fn=None, then the normalizer, then the activation"


def set_apart(self: Expressions, name: str, node: ast.Call) -> None:
    """Notes which arguments of a call only say what its normalizer is: the new program does not read them."""
    given = [_given(name, node, parameter) for parameter in PARAMETERS]
    self.facts.unread |= {each for each in given if each is not None}


def note(self: Expressions, name: str, node: ast.Call) -> list[Value]:
    """Notes the normalizer of a layer, and returns what stand for the arguments that it gets."""
    if not _has_normalizer(name):
        return []
    function = _value(self, name, node, _FUNCTION)
    if function is None or (isinstance(function, Host) and function.literal is None):
        return []
    if not isinstance(function, Symbol):
        self.refuse(node, name, "its normalizer_fn is no function of TensorFlow", _REMEDY)
        return []
    arguments = _arguments(self, name, node)
    arguments = {**defaults.expressions(self, function.name, node, arguments), **arguments}
    values = [self.evaluate(each) for each in arguments.values()]
    scope = self.facts.values[arguments.pop("scope")] if "scope" in arguments else Host(literal=None)
    is_named = isinstance(scope, Host) and isinstance(scope.literal, str)
    made = Normalizing(function.name, arguments, scope.literal if is_named else LAYERS.get(function.name, ""))  # type: ignore[attr-defined]
    known = self.facts.normalizers.setdefault(node, made)
    if known.name != made.name or not syntax.is_alike(known.arguments, arguments):
        self.refuse(node, name, "it has another normalizer from call to call", _REMEDY)
    return values


def _has_normalizer(name: str) -> bool:
    return name in LAYERS and name in rules.all_rules() and _FUNCTION in rules.all_rules()[name].parameters


def _given(name: str, node: ast.Call, parameter: str) -> ast.expr | None:
    """Returns the expression of an argument of a layer that has a normalizer."""
    if not _has_normalizer(name):
        return None
    return syntax.argument(node, rules.all_rules()[name].parameters.index(parameter), parameter)


def _value(self: Expressions, name: str, node: ast.Call, parameter: str) -> Value | None:
    """Returns what an argument stands for that a call has, or a scope gives to it."""
    given = _given(name, node, parameter)
    if given is not None:
        return self.facts.values[given]
    default = defaults.of(self, name).get(parameter)
    return default.value if default else None


def _arguments(self: Expressions, name: str, node: ast.Call) -> dict[str, ast.expr]:
    """Returns the arguments that a dict gives to a normalizer."""
    value = _value(self, name, node, _ARGUMENTS)
    if value is None or (isinstance(value, Host) and value.literal in (None, {})):
        return {}
    found: dict[str, ast.expr] = {}
    pairs = _pairs(value.node) if isinstance(value, Entries) else {}
    if isinstance(value, Entries) and pairs.keys() == value.entries.keys():
        for key, expression in pairs.items():
            here = _here(self, expression, value.entries[key])
            if here is not None:
                found[key] = here
        if len(found) == len(pairs):
            return found
    self.refuse(node, name, "what normalizer_params holds is not known here", "write the dict into the call")
    return {}


def _pairs(node: ast.expr | None) -> dict[str, ast.expr]:
    """Returns the keys and values of an expression that makes a dict."""
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return {key.value: each for key, each in pairs if isinstance(key, ast.Constant) and isinstance(key.value, str)}
    return {each.arg: each.value for each in node.keywords if each.arg} if isinstance(node, ast.Call) else {}


def _here(self: Expressions, node: ast.expr, value: Value) -> ast.expr | None:
    """Returns an expression that stands at a call for what one did in a dict; None if there is none."""
    if isinstance(node, ast.Constant) and isinstance(value, Host) and value.literal is node.value:
        return node
    is_last = self.facts.values.get(node) is value
    names = [each for each in ast.walk(node) if isinstance(each, ast.Name)]
    is_same = is_last and all(_is_same(self, each) for each in names)
    return node if is_same else defaults.spelled(self, value, node)


def _is_same(self: Expressions, node: ast.Name) -> bool:
    """Says whether a name still stands for what it did."""
    found = self.scope.find(node.id)
    return found is not None and found[0].value is self.facts.values.get(node)
