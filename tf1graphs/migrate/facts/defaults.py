"""Arguments that a scope gives to the calls inside: ``arg_scope``, and ``variable_scope`` with an initializer."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tf1graphs.migrate import rules
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.values import Bound, Elements, Host, Scoping, Symbol, Value

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.expressions import Expressions

ARG_SCOPES = ("contrib.slim.arg_scope", "contrib.framework.arg_scope")
# Partial applications of ``fully_connected`` with an activation of their own.
_PARTIAL = frozenset({"relu", "relu6", "elu", "linear"})
_SAME = {"convolution1d": "conv1d", "convolution2d": "conv2d", "convolution3d": "conv3d"}
_KERNEL = ("dense", "conv1d", "conv2d", "conv3d", "conv2d_transpose", "conv3d_transpose")
# The parameter that takes the initializer of a variable scope where it is not given.
_INITIALIZER = {
    "tf.get_variable": ("initializer",),
    **{f"tf.layers.{name}": ("kernel_initializer",) for name in _KERNEL},
    **{f"tf.layers.separable_conv{rank}d": ("depthwise_initializer", "pointwise_initializer") for rank in (1, 2)},
}
_REMEDY = "write its arguments into each call"
_PLAIN = frozenset(
    {"name_or_scope", "default_name", "values", "reuse", "scope", "auxiliary_name_scope", "use_resource"}
)

Default = tuple[ast.expr, Mapping[str, Bound | None]]


def arguments(self: Expressions, node: ast.Call) -> Scoping:
    """Returns what a call of ``arg_scope`` stands for."""
    listed = syntax.argument(node, 0, "list_ops_or_scope")
    value = self.facts.values.get(listed) if listed is not None else None
    symbols = value.elements if isinstance(value, Elements) else ()
    if not symbols or not all(isinstance(each, Symbol) for each in symbols):
        self.refuse(node, "arg_scope", "the functions to which it gives arguments are not known by reading", _REMEDY)
    defaults = {each.arg: _default(self, each.value) for each in node.keywords if each.arg and each.value is not listed}
    return Scoping(defaults={_key(each.name): defaults for each in symbols if isinstance(each, Symbol)})


def of_variables(self: Expressions, node: ast.Call) -> dict[str, dict[str, Default]]:
    """Returns the arguments that a variable scope gives to the calls inside."""
    for keyword in node.keywords:
        if keyword.arg not in _PLAIN | {"initializer"} and not _is_none(self, keyword.value):
            self.refuse(node, "tf.variable_scope", f"its {keyword.arg} is not followed", "give it to each variable")
    if len(node.args) > 4:
        self.refuse(node, "tf.variable_scope", "its regularizer is not followed", "give it to each variable")
    given = syntax.argument(node, 3, "initializer")
    if given is None:
        return {}
    default = _default(self, given)
    return {name: dict.fromkeys(parameters, default) for name, parameters in _INITIALIZER.items()}


def _default(self: Expressions, node: ast.expr) -> Default:
    """Returns an argument with what the names in it stand for."""
    return node, {name: _bound(self, name) for name in syntax.read(node)}


def _bound(self: Expressions, name: str) -> Bound | None:
    found = self.scope.find(name)
    return found[0] if found else None


def _key(name: str) -> str:
    """Returns the name by which a function is known, whatever the program calls it."""
    module, _, last = name.replace("tf.contrib.slim.", "tf.contrib.layers.").rpartition(".")
    return f"{module}.{_SAME.get(last, 'fully_connected' if last in _PARTIAL else last)}"


@contextmanager
def entered(self: Expressions, scoping: Scoping) -> Iterator[None]:
    """Opens a scope."""
    before = self.defaults
    self.defaults = {
        name: {**before.get(name, {}), **scoping.defaults.get(name, {})} for name in {**before, **scoping.defaults}
    }
    with self.names.entered(scoping):
        yield
    self.defaults = before


def given(self: Expressions, name: str, node: ast.Call) -> list[Value]:
    """Notes the arguments that scopes give to a call, and returns what they stand for."""
    if "tf.get_variable" in self.defaults and _creates_unseen(name):
        self.refuse(node, name, "the initializer of its variables is that of a variable scope", _REMEDY)
    found = self.defaults.get(_key(name), {})
    rule = rules.all_rules().get(name)
    own = {*(rule.parameters[: len(node.args)] if rule else ()), *(each.arg for each in node.keywords)}
    if name.rpartition(".")[2] in _PARTIAL:
        own.add("activation_fn")
    # For a variable, to be given no initializer is to be given that of the scope.
    own -= {each.arg for each in node.keywords if each.arg in _INITIALIZER.get(name, ()) and _is_none(self, each.value)}
    added = {parameter: default for parameter, default in found.items() if parameter not in own}
    for parameter, (_, bound) in added.items():
        if any(_bound(self, each) is not before for each, before in bound.items()):
            self.refuse(node, name, f"its {parameter}, which a scope gives it, has no name here", _REMEDY)
    expressions = {parameter: expression for parameter, (expression, _) in added.items()}
    if self.facts.given.setdefault(node, expressions) != expressions:
        self.refuse(node, name, "a scope gives it other arguments from call to call", _REMEDY)
    return [self.evaluate(each) for each in expressions.values()]


def _is_none(self: Expressions, node: ast.expr) -> bool:
    value = self.facts.values.get(node)
    return isinstance(value, Host) and value.literal is None


def _creates_unseen(name: str) -> bool:
    """Says whether a function creates variables that take the initializer of a scope without a parameter for it."""
    last = name.rpartition(".")[2]
    return last.endswith(("_rnn", "Cell")) or last in ("embed_sequence", "linear_model") or "seq2seq" in name
