"""Arguments that a scope gives to the calls inside: ``arg_scope``, and ``variable_scope`` with an initializer."""

from __future__ import annotations

import ast
import copy
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tf1graphs.migrate import rules
from tf1graphs.migrate.facts import normalizers, syntax
from tf1graphs.migrate.facts.values import Bound, Default, Elements, Host, Scoping, Symbol, Tensor, Value, Variable

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


def arguments(self: Expressions, node: ast.Call) -> Scoping:
    """Returns what a call of ``arg_scope`` stands for."""
    listed = syntax.argument(node, 0, "list_ops_or_scope")
    value = self.facts.values.get(listed) if listed is not None else None
    if isinstance(value, Scoping) and len(node.args) + len(node.keywords) == 1:
        return Scoping(defaults=value.whole, is_only=True)
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
    """Returns an argument with what it and the names in it stand for."""
    return Default(node, self.facts.values[node], {name: _bound(self, name) for name in syntax.read(node)})


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
    outer = {} if scoping.is_only else before
    self.defaults = {
        name: {**outer.get(name, {}), **scoping.defaults.get(name, {})} for name in {**outer, **scoping.defaults}
    }
    scoping.whole = self.defaults
    with self.names.entered(scoping):
        yield
    self.defaults = before


def given(self: Expressions, name: str, node: ast.Call) -> list[Value]:
    """Notes the arguments that scopes give to a call, and returns what they stand for."""
    if "tf.get_variable" in self.defaults and _creates_unseen(name):
        self.refuse(node, name, "the initializer of its variables is that of a variable scope", _REMEDY)
    rule = rules.all_rules().get(name)
    own = {*(rule.parameters[: len(node.args)] if rule else ()), *(each.arg for each in node.keywords)}
    if name.rpartition(".")[2] in _PARTIAL:
        own.add("activation_fn")
    # For a variable, to be given no initializer is to be given that of the scope.
    own -= {each.arg for each in node.keywords if each.arg in _INITIALIZER.get(name, ()) and _is_none(self, each.value)}
    apart = normalizers.note(self, name, node)
    added = expressions(self, name, node, own | normalizers.PARAMETERS)
    if not syntax.is_alike(self.facts.given.setdefault(node, added), added):
        self.refuse(node, name, "a scope gives it other arguments from call to call", _REMEDY)
    return [*apart, *(self.evaluate(each) for each in self.facts.given[node].values())]


def of(self: Expressions, name: str) -> Mapping[str, Default]:
    """Returns the arguments that the open scopes give to a function."""
    return self.defaults.get(_key(name), {})


def expressions(self: Expressions, name: str, node: ast.Call, own: Collection[str | None]) -> dict[str, ast.expr]:
    """Returns the arguments that scopes give to a function at a call, without those that it has of its own."""
    return {
        parameter: _here(self, node, f"{name}'s {parameter}", default)
        for parameter, default in of(self, name).items()
        if parameter not in own
    }


def _here(self: Expressions, node: ast.Call, what: str, default: Default) -> ast.expr:
    """Returns an argument with other expressions in place of the names that do not stand at a call for what they do."""
    hidden = {name: bound for name, bound in default.names.items() if _bound(self, name) is not bound}
    if not hidden:
        return default.node
    found: ast.expr = _Spelled(self, hidden).visit(copy.deepcopy(default.node))
    names = [each for each in ast.walk(found) if isinstance(each, ast.Name) and each not in self.facts.spelled]
    if any(each.id in hidden for each in names):
        self.refuse(node, what, "the scope that gives it reads names which are not known here", _REMEDY)
        return default.node
    return found


class _Spelled(ast.NodeTransformer):
    """Writes other expressions in the place of names."""

    def __init__(self, of: Expressions, hidden: Mapping[str, Bound | None]) -> None:
        self.of = of
        self.hidden = hidden

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Returns what takes the place of a name."""
        bound = self.hidden.get(node.id)
        return (spelled(self.of, bound.value, node) if bound else None) or node


def spelled(self: Expressions, value: Value, node: ast.expr) -> ast.expr | None:
    """Returns what stands here for an expression of another place: a literal, or a name; None if nothing does."""
    made: ast.expr | None = None
    if isinstance(value, Host) and isinstance(value.literal, bool | int | float | str | None):
        made = ast.Constant(value.literal)
    elif isinstance(value, (Tensor, Variable)) and (name := self.scope.name_of(value)):
        made = ast.Name(name, ast.Load())
    if made is not None:
        self.facts.spelled[made] = ast.unparse(made)
        ast.copy_location(made, node)
    return made


def _is_none(self: Expressions, node: ast.expr) -> bool:
    value = self.facts.values.get(node)
    return isinstance(value, Host) and value.literal is None


def _creates_unseen(name: str) -> bool:
    """Says whether a function creates variables that take the initializer of a scope without a parameter for it."""
    last = name.rpartition(".")[2]
    return last.endswith(("_rnn", "Cell")) or last in ("embed_sequence", "linear_model") or "seq2seq" in name
