"""Writes the names of the program in place of the names in the graph by which it asks for tensors and ops."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.operations import Named
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Entries, Graph, Tensor
from tf1graphs.migrate.rewriting.rewritten import Rewritten, edited
from tf1graphs.migrate.source import Edit
from tf1graphs.migrate.writing import imports

_METHODS = frozenset({"get_tensor_by_name", "get_operation_by_name", "as_graph_element"})


def rewritten(facts: Facts) -> Rewritten | None:
    """Returns a program that names what it asked the graph for; None if it asks for nothing that is known."""
    return edited(facts.source, edits) if (edits := set(_Asked(facts).edits())) else None


class _Asked:
    """Finds what a program asks for by names in the graph."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.source = facts.source
        self.names = [each for each in self.source.nodes if isinstance(each, ast.Name)]
        self.given: dict[ast.Call, str] = {}

    def edits(self) -> Iterator[Edit]:
        """Yields what takes the place of names in the graph."""
        asked = {node: found for node, name in self._asked() if (found := self._found(name))}
        for node, found in asked.items():
            again = [self._again(each, other) for each, other in asked.items() if other is found]
            text = self._text(node, found, {each for several in again for each in several})
            if text:
                yield from self._edit(node, text)
        for call, text in self.given.items():
            yield Edit(self.source.start(call), self.source.start(call), f"{text} = ")

    def _edit(self, node: ast.expr, text: str) -> Iterator[Edit]:
        """Yields what takes the place of an expression, and of the name that nothing but it has."""
        for block in _blocks(self.source.nodes):
            for statement in block if len(block) > 1 else []:
                name = syntax.only_name(statement, node)
                if name is not None and (name == text or self._is_free(name)):
                    end = self.source.line_end(statement.end_lineno or 0) + 1
                    yield Edit(self.source.line_start(statement.lineno), end, "")
                    read = [each for each in self.names if each.id == name and isinstance(each.ctx, ast.Load)]
                    yield from (Edit(self.source.start(each), self.source.end(each), text) for each in read)
                    return
        yield Edit(self.source.start(node), self.source.end(node), text)

    def _is_free(self, name: str) -> bool:
        """Says whether a name is given once only, and can be replaced wherever it is read."""
        stored = [each for each in self.names if each.id == name and not isinstance(each.ctx, ast.Load)]
        is_argument = any(isinstance(each, ast.arg) and each.arg == name for each in self.source.nodes)
        texts = [each for each in self.source.nodes if isinstance(each, ast.JoinedStr)]
        return len(stored) == 1 and not is_argument and not any(name in syntax.read(each) for each in texts)

    def _again(self, node: ast.expr, found: Named) -> list[ast.expr]:
        """Returns the targets that get once more what has the same name already."""
        label = getattr(found.value, "label", "")
        statements = [each for block in _blocks(self.source.nodes) for each in block if len(block) > 1]
        return [each.targets[0] for each in statements if syntax.only_name(each, node) == label]  # type: ignore[attr-defined]

    def _asked(self) -> Iterator[tuple[ast.expr, str]]:
        """Yields the expressions that ask for something by its name, and the name with the number of the output."""
        for site in self.facts.sites.values():
            for fetch in site.fetched:
                yield from _named(fetch.node)
            feed = self.facts.values.get(site.feed) if site.feed else None
            if isinstance(feed, Entries) and isinstance(feed.node, ast.Dict):
                for key in feed.node.keys:
                    yield from _named(key)
        calls = [node for node in self.source.nodes if isinstance(node, ast.Call) and self._is_asking(node)]
        outputs = {op: node for node in self.source.nodes if isinstance(node, ast.expr) and (op := _op_of(node))}
        for call in calls:
            for _, name in _named(call.args[0]):
                yield (outputs[call], f"{name}:0") if call in outputs else (call, name)

    def _is_asking(self, node: ast.Call) -> bool:
        function = node.func
        is_method = isinstance(function, ast.Attribute) and function.attr in _METHODS and len(node.args) == 1
        return is_method and isinstance(self.facts.values.get(function.value), Graph)  # type: ignore[attr-defined]

    def _found(self, name: str) -> Named | None:
        path = name.partition(":")[0]
        found = self.facts.operations.get(path)
        return found if found and found.is_asked_by(name, path) else None

    def _text(self, node: ast.expr, found: Named, again: set[ast.expr]) -> str | None:
        """Returns the name that something has for the program where it asks for it; None if it has none there."""
        value = found.value
        if not isinstance(value, Tensor):
            return None
        if value.item is None:
            return self._given(found.call)
        owner, label = value.item.owner.node, value.label
        is_seen = isinstance(owner, ast.Module) or (isinstance(owner, ast.FunctionDef) and node in trees.walk(owner))
        stored = [
            each for each in self.names if each.id == label and isinstance(each.ctx, ast.Store) and each not in again
        ]
        is_argument = any(isinstance(each, ast.arg) and each.arg == label for each in self.source.nodes)
        is_own = len(stored) == 1 and stored[0] in trees.walk(value.item.node)
        return label if is_seen and is_own and not is_argument else None

    def _given(self, call: ast.Call) -> str | None:
        """Returns the name that a statement of the module gets which gives what it makes none."""
        whole = [each for each in self.source.tree.body if isinstance(each, ast.Expr) and each.value is call]
        name = next((each.value for each in call.keywords if each.arg == "name"), None)
        text = name.value if isinstance(name, ast.Constant) else None
        if not whole or not isinstance(text, str) or not text.isidentifier() or text in self._known():
            return None
        self.given[call] = text
        return text

    def _known(self) -> set[str]:
        """Returns the names of the file."""
        arguments = {each.arg for each in self.source.nodes if isinstance(each, ast.arg)}
        defined = {each.name for each in self.source.nodes if isinstance(each, (ast.FunctionDef, ast.ClassDef))}
        return {each.id for each in self.names} | imports.brought(self.source.nodes) | arguments | defined


def _named(node: ast.expr | None) -> Iterator[tuple[ast.expr, str]]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node, node.value


def _op_of(node: ast.AST) -> ast.expr | None:
    """Returns the expression of an op whose first output a node is; None for other nodes."""
    outputs = node.value if isinstance(node, ast.Subscript) else None
    is_first = isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and node.slice.value == 0
    return outputs.value if is_first and isinstance(outputs, ast.Attribute) and outputs.attr == "outputs" else None


def _blocks(nodes: Iterable[ast.AST]) -> Iterator[list[ast.stmt]]:
    for node in nodes:
        for field in ("body", "orelse", "finalbody"):
            block = getattr(node, field, None)
            if isinstance(block, list):
                yield block
