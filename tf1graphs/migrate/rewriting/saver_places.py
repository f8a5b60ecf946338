"""Makes a saver at the end of the function that makes all variables, if it stood where these have no names."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import builtins, syntax
from tf1graphs.migrate.facts.items import Owner
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.rewriting import builders
from tf1graphs.migrate.rewriting.builders import Builder
from tf1graphs.migrate.rewriting.rewritten import Rewritten, edited
from tf1graphs.migrate.source import Edit


def moved(facts: Facts) -> Rewritten | None:
    """Returns a program in which the function that makes the variables returns their saver; None if that cannot be."""
    for node, saved in facts.savers.items():
        if saved.is_named:
            continue
        statement, builder = saved.item.node, builders.builder(facts)
        is_plain = isinstance(statement, ast.Assign) and statement.value is node and len(statement.targets) == 1
        if (
            builder is None
            or not builder.is_before(saved.item)
            or not is_plain
            or _has_own_names(facts, node, saved.owner)
        ):
            continue
        assert isinstance(statement, ast.Assign)
        edits = _Move(facts, node, statement, builder).edits()
        if edits:
            return edited(facts.source, edits)
    return None


def _has_own_names(facts: Facts, node: ast.Call, owner: Owner) -> bool:
    """Says whether the arguments of a saver read what only its function has."""
    module = facts.owners[0].scope
    own = set() if owner.scope is module else set(owner.scope.bound)
    read = {name for each in [*node.args, *node.keywords] for name in syntax.read(each)}
    return not read <= set(module.bound) - own


class _Move:
    """The changes that move a saver."""

    def __init__(self, facts: Facts, node: ast.Call, statement: ast.Assign, builder: Builder) -> None:
        self.facts = facts
        self.source = facts.source
        self.node = node
        self.statement = statement
        self.builder = builder
        self.name = self._free()

    def _free(self) -> str:
        """Returns a name for the saver that the function does not have."""
        taken = {each.id for each in trees.walk(self.builder.node) if isinstance(each, ast.Name)}
        taken |= {each.arg for each in trees.walk(self.builder.node) if isinstance(each, ast.arg)}
        return next(name for name in ("saver", *(f"saver_{n}" for n in range(2, len(taken) + 3))) if name not in taken)

    def edits(self) -> list[Edit]:
        """Returns the changes; none if what the function returns cannot be changed."""
        body = self.builder.node.body
        returns = [each for each in syntax.walk(body) if isinstance(each, ast.Return)]
        last = body[-1]
        if returns and returns != [last]:
            return []
        changed = list(self._returning(last if isinstance(last, ast.Return) else None))
        if not changed:
            return []
        made = f"{self.name} = {self.source.segment(self.node)}"
        column = " " * last.col_offset
        if isinstance(last, ast.Return):
            return [*changed, Edit(self.source.start(last), self.source.start(last), f"{made}\n{column}")]
        end = self.source.line_end(last.end_lineno or 0)
        return [*changed, Edit(end, end, f"\n{column}{made}\n{column}return {self.name}")]

    def _returning(self, node: ast.Return | None) -> Iterator[Edit]:
        """Yields the changes of what the function returns and of what becomes of that; none if they are not known."""
        call, item = self.builder.call, self.builder.item.node
        target = item.targets[0] if isinstance(item, ast.Assign) and len(item.targets) == 1 else None
        is_whole = syntax.is_whole(item, call)
        value = node.value if node else None
        if not is_whole:
            return
        if _is_record(value) and isinstance(target, ast.Name):
            assert isinstance(value, (ast.Call, ast.Dict))
            yield self._in_record(value)
            held = f'{target.id}["{self.name}"]' if isinstance(value, ast.Dict) else f"{target.id}.{self.name}"
            yield Edit(self.source.start(self.node), self.source.end(self.node), held)
        elif isinstance(value, ast.Tuple) and isinstance(target, ast.Tuple) and len(target.elts) == len(value.elts):
            yield from (self._behind(value.elts[-1], self.name), self._behind(target.elts[-1], self._target()))
            yield self._gone()
        elif value is None and isinstance(item, ast.Expr):
            yield Edit(self.source.start(item), self.source.start(item), f"{self._target()} = ")
            yield self._gone()

    def _target(self) -> str:
        return self.source.segment(self.statement.targets[0])

    def _behind(self, node: ast.expr, text: str) -> Edit:
        return Edit(self.source.end(node), self.source.end(node), f", {text}")

    def _in_record(self, value: ast.Call | ast.Dict) -> Edit:
        """Returns the change that puts the saver into a dict or object."""
        last = value.keywords[-1].value if isinstance(value, ast.Call) else value.values[-1]
        text = f"{self.name}={self.name}" if isinstance(value, ast.Call) else f'"{self.name}": {self.name}'
        return self._behind(last, text)

    def _gone(self) -> Edit:
        """Returns the change that leaves out the statement that made the saver."""
        start = self.source.line_end(self.source.first_line(self.statement) - 1)
        return Edit(start, self.source.line_end(self.statement.end_lineno or 0), "")


def _is_record(node: ast.expr | None) -> bool:
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        return name in builtins.RECORDS and bool(node.keywords) and not node.args
    return isinstance(node, ast.Dict) and bool(node.values)
