"""What a loop goes over, told by reading: the expression that stands for each element."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Elements, Host, Symbol, Value, is_graph

# The expression for each name that a loop gives, in one of its rounds.
Round = dict[str, str]
_LIMIT = 32


@dataclass(frozen=True)
class Each:
    """An element of what a loop goes over.

    Attributes:
        text: an expression that stands for it.
        parts: its own elements, if it is known to be a tuple or list.
    """

    text: str
    parts: tuple[Each, ...] | None = None

    def matched(self, target: ast.expr) -> Round | None:
        """Returns what a target's names stand for; None if that cannot be told."""
        if isinstance(target, ast.Name):
            return {target.id: self.text}
        if not isinstance(target, (ast.Tuple, ast.List)) or self.parts is None or len(target.elts) != len(self.parts):
            return None
        found: Round = {}
        for part, each in zip(self.parts, target.elts, strict=True):
            matched = part.matched(each)
            if matched is None:
                return None
            found |= matched
        return found


def _literal(value: object) -> Each:
    return Each(repr(value))


def _tuple(parts: Sequence[Each]) -> Each:
    return Each(f"({', '.join(each.text for each in parts)})", tuple(parts))


class Rounds:
    """Tells what a loop goes over; ``inside`` are the nodes of its body.

    Attributes:
        gone: the statements that made the lists which are written out in the rounds, and which nothing else reads.
    """

    def __init__(self, facts: Facts, inside: Iterable[ast.AST]) -> None:
        self.facts = facts
        self.source = facts.source
        inside = list(inside)
        self.gone: list[ast.stmt] = []
        self.stored = {each.id for each in inside if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}

    def of(self, node: ast.expr) -> list[Each] | None:
        """Returns the elements of what an expression stands for; None if these are not known, or too many."""
        found = self._of(node)
        return found if found is not None and len(found) <= _LIMIT else None

    def _of(self, node: ast.expr) -> list[Each] | None:
        if isinstance(node, (ast.List, ast.Tuple)):
            return self._written(node.elts)
        if isinstance(node, ast.Call) and not node.keywords:
            function = node.func
            if isinstance(function, ast.Name) and function.id in _BUILTINS and node.args:
                given = [self._of(each) for each in node.args]
                return None if None in given else _BUILTINS[function.id]([each for each in given if each is not None])
            if isinstance(function, ast.Attribute) and not node.args and function.attr in ("items", "values", "keys"):
                return self._of_dict(function.value, function.attr)
        return self._named(node) if isinstance(node, ast.Name) else self._known(node)

    def _known(self, node: ast.expr) -> list[Each] | None:
        """Returns elements that are values of Python."""
        value = self.facts.values.get(node)
        if not isinstance(value, Elements):
            return None
        literals = [each.literal if isinstance(each, Host) else ... for each in value.elements]
        return [_literal(each) for each in literals] if all(_is_plain(each) for each in literals) else None

    def _named(self, node: ast.Name) -> list[Each] | None:
        given = self._given(node)
        if isinstance(given, ast.Dict):
            return self._of_dict(node, "keys")
        if not isinstance(given, (ast.List, ast.Tuple)):
            value = self.facts.values.get(node)
            return self._indexed(node, value) if isinstance(value, Elements) and node.id not in self.stored else None
        found = self._moved(node, given.elts)
        return found if found is not None else self._indexed(node, self.facts.values.get(node))

    def _moved(self, node: ast.Name, given: Sequence[ast.expr]) -> list[Each] | None:
        """Returns elements as they are written out where their list has its name."""
        is_only = sum(isinstance(each, ast.Name) and each.id == node.id for each in self.source.nodes) == 2
        is_lasting = all(map(self._is_lasting, given))
        is_movable = is_only and all(self._is_lasting(each) for name in given for each in _names(name))
        found = self._written(given) if is_lasting or is_movable else None
        if found is not None and is_only:
            self.gone += [item.node for item in self.facts.bound_by[node]]
        return found

    def _indexed(self, node: ast.Name, value: Value | None) -> list[Each] | None:
        """Returns the elements of a list that has a name, by their places."""
        return self._parts(node.id, value) if isinstance(value, Elements) else None

    def _parts(self, text: str, value: Elements) -> list[Each]:
        return [self._part(f"{text}[{place}]", each) for place, each in enumerate(value.elements)]

    def _part(self, text: str, value: Value) -> Each:
        if isinstance(value, Host) and _is_plain(value.literal):
            return _literal(value.literal)
        return Each(text, tuple(self._parts(text, value)) if isinstance(value, Elements) else None)

    def _of_dict(self, node: ast.expr, what: str) -> list[Each] | None:
        """Returns the keys, values or both of a dict."""
        given = self._given(node) if isinstance(node, ast.Name) else node
        if not isinstance(given, ast.Dict):
            return None
        keys = [key.value if isinstance(key, ast.Constant) else ... for key in given.keys]
        if not all(map(_is_plain, keys)) or len(set(keys)) != len(keys):
            return None
        if what == "keys":
            return [_literal(key) for key in keys]
        values = self._moved(node, given.values) if isinstance(node, ast.Name) else self._written(given.values)
        if values is None and isinstance(node, ast.Name):
            values = [Each(f"{node.id}[{key!r}]") for key in keys]
        if values is None or what == "values":
            return values
        return [_tuple([_literal(key), value]) for key, value in zip(keys, values, strict=True)]

    # Expressions that stand in another place.

    def _given(self, node: ast.Name) -> ast.expr | None:
        """Returns the expression of what a name stands for, if nothing has changed it."""
        items = self.facts.bound_by.get(node, frozenset())
        statement = next(iter(items)).node if len(items) == 1 else None
        if not isinstance(statement, ast.Assign) or node.id in self.stored:
            return None
        (target, *others) = statement.targets
        return statement.value if not others and isinstance(target, ast.Name) and target.id == node.id else None

    def _is_lasting(self, node: ast.expr) -> bool:
        """Says whether an expression of names stands for the same wherever it stands."""
        if isinstance(node, (ast.Tuple, ast.List)):
            return all(map(self._is_lasting, node.elts))
        if isinstance(node, ast.Name):
            stored = [each for each in self.source.nodes if isinstance(each, ast.Name) and each.id == node.id]
            return sum(isinstance(each.ctx, ast.Store) for each in stored) < 2 and node.id not in self._parameters()
        return isinstance(node, ast.Constant)

    def _parameters(self) -> set[str]:
        return {each.arg for each in self.source.nodes if isinstance(each, ast.arg)}

    def _written(self, nodes: Sequence[ast.expr]) -> list[Each] | None:
        """Returns elements as they are written out."""
        found = [self._element(each) for each in nodes]
        return [each for each in found if each is not None] if None not in found else None

    def _element(self, node: ast.expr) -> Each | None:
        if isinstance(node, (ast.Tuple, ast.List)):
            parts = self._written(node.elts)
            return Each(self.source.segment(node), tuple(parts)) if parts is not None else None
        if syntax.read(node) & self.stored or isinstance(node, ast.Starred):
            return None
        if any(isinstance(each, ast.Call) for each in trees.walk(node)) and not self._is_tensor(node):
            return None
        text = ast.unparse(node) if "\n" in self.source.segment(node) else self.source.segment(node)
        is_open = isinstance(node, (ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Lambda))
        return Each(f"({text})" if is_open else text)

    def _is_tensor(self, node: ast.expr) -> bool:
        """Says whether an expression makes a part of the graph and does nothing else, whenever it is evaluated."""
        value = self.facts.values.get(node)
        calls = [each for each in trees.walk(node) if isinstance(each, ast.Call)]
        return value is not None and is_graph(value) and all(self._is_plain_call(each) for each in calls)

    def _is_plain_call(self, node: ast.Call) -> bool:
        owner = self.facts.values.get(node.func.value) if isinstance(node.func, ast.Attribute) else None
        is_method = owner is not None and is_graph(owner) and node not in self.facts.sites
        return is_method or isinstance(self.facts.values.get(node.func), Symbol)


def _names(node: ast.expr) -> list[ast.Name]:
    return [each for each in trees.walk(node) if isinstance(each, ast.Name)]


def _is_plain(literal: object) -> bool:
    return type(literal) in (int, float, str, bool)


def _sorted(given: list[list[Each]]) -> list[Each] | None:
    try:
        return sorted(given[0], key=lambda each: ast.literal_eval(each.text))
    except (ValueError, TypeError, SyntaxError):
        return None


def _zipped(given: list[list[Each]]) -> list[Each]:
    return [_tuple(row) for row in zip(*given, strict=False)]


def _numbered(given: list[list[Each]]) -> list[Each] | None:
    return [_tuple([_literal(n), each]) for n, each in enumerate(given[0])] if len(given) == 1 else None


_BUILTINS: dict[str, Callable[[list[list[Each]]], list[Each] | None]] = {
    "enumerate": _numbered,
    "zip": _zipped,
    "sorted": _sorted,
    "reversed": lambda given: given[0][::-1],
    "list": lambda given: given[0],
    "tuple": lambda given: given[0],
}
