"""Applies the rules to an expression in which calls of TensorFlow 1 stand within each other."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from tf1graphs.migrate.calls import Argument, Call, Definition, Normalizer, Outcome, Refuse, Split
from tf1graphs.migrate.rules import all_rules


@dataclass
class Migrated:
    """What an expression becomes.

    Attributes:
        text: the expression, with ``layer_0`` and so on for the objects it uses.
        splits: the objects, in order.
        definitions: what the texts need.
    """

    text: str = ""
    splits: list[Split] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)


def outcome(source: str, graph_name: str | None = None, later: tuple[str, ...] = ("x", "training")) -> Outcome:
    """Returns what the rule makes of a call, whose arguments are taken as they are."""
    return _apply(ast.parse(source, mode="eval").body, graph_name, later)


def migrated(source: str, graph_name: str | None = None) -> Migrated:
    """Returns what the rules make of all calls in an expression; the graph name goes to each of them."""
    result = Migrated()

    class Calls(ast.NodeTransformer):
        def visit_Call(self, node: ast.Call) -> ast.expr:
            self.generic_visit(node)
            if ast.unparse(node.func) not in all_rules():
                return node
            found = _apply(node, graph_name, ("x", "training"))
            if isinstance(found, Refuse):
                raise ValueError(found.reason)
            result.definitions += found.needs
            text = (
                found.text if not isinstance(found, Split) else found.use.format(object=f"layer_{len(result.splits)}")
            )
            if isinstance(found, Split):
                result.splits.append(found)
            return ast.parse(text, mode="eval").body

    result.text = ast.unparse(Calls().visit(ast.parse(source, mode="eval").body))
    return result


def _apply(node: ast.expr, graph_name: str | None, later: tuple[str, ...]) -> Outcome:
    assert isinstance(node, ast.Call)
    rule = all_rules()[ast.unparse(node.func)]
    given = [*zip(rule.parameters, node.args), *((each.arg, each.value) for each in node.keywords)]
    arguments = {name: _argument(value, later) for name, value in given}
    assert arguments.keys() <= {*rule.parameters}, arguments
    normalizer = _normalizer(dict(given), later)
    ordered = {name: arguments[name] for name in rule.parameters if name in arguments and "normalizer" not in name}
    return rule.apply(Call(rule.name, ordered, node, graph_name, normalizer=normalizer))


def _normalizer(given: dict[str | None, ast.expr], later: tuple[str, ...]) -> Normalizer | None:
    """Returns the normalizer of a layer as the engine gives it to the rule; its variables have a scope ``norm``."""
    function = ast.unparse(given.get("normalizer_fn", ast.Constant(None)))
    read = given.get("normalizer_params")
    pairs = zip(read.keys, read.values, strict=True) if isinstance(read, ast.Dict) else ()
    arguments = {ast.literal_eval(key): _argument(each, later) for key, each in pairs if key is not None}
    return None if function == "None" else Normalizer(function, arguments, "norm")


def _argument(node: ast.expr, later: tuple[str, ...]) -> Argument:
    try:
        value = ast.literal_eval(node)
    except ValueError:
        value = ...
    names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return Argument(ast.unparse(node), value, not names.isdisjoint(later))
