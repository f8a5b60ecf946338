"""Writes statements: what stays in its place, without what goes and with the functions that are defined there."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from tf1graphs.migrate import shown, trees
from tf1graphs.migrate.facts.items import Item, is_later
from tf1graphs.migrate.source import Lines, indent, strings
from tf1graphs.migrate.writing import branches, imports
from tf1graphs.migrate.writing.parts import Parts

_INDENT = 4
_COMPOUND = (ast.If, ast.For, ast.While, ast.Try, ast.With, ast.FunctionDef)


class Statements:
    """Writes the statements of one file. ``old`` is the column of a statement, ``new`` the one that it gets."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.facts = parts.facts
        self.source = parts.facts.source
        self.texts = parts.texts

    # Blocks.

    def block(self, body: Sequence[ast.stmt], old: int, new: int) -> list[str]:
        """Returns the lines that statements become."""
        lines: list[str] = []
        for node in body:
            above = self.parts.comments.above(node)
            text = self._statement(node, old, new)
            if text is None:
                above = self.parts.comments.kept(above, node)
            while above and not above[0] and lines and not lines[-1] and not self._is_spaced(lines):
                above.pop(0)
            lines += Lines("\n".join(above)).indented(old, new).split("\n") if above else []
            lines += self._with_functions(node, text, new)
        return lines

    def _with_functions(self, node: ast.stmt, text: str | None, new: int) -> list[str]:
        places = self.parts.places
        functions = [line for each in places.at[node] for line in ["", "", *indent(each, new).split("\n"), "", ""]]
        first = [" " * new + line for line in self.parts.flags.before(node)]
        own = []
        if text is not None:
            before = [*self.parts.building.before(node), *self.parts.attributes.due(node)]
            own = [*(" " * new + line for line in before), text]
        for each in places.behind[node]:
            own += ["", *indent(each, new).split("\n"), ""]
        # What a statement creates that moves into a function comes before the function.
        return [*first, *own, *functions] if self._moves(self.facts.items.get(node)) else [*first, *functions, *own]

    def _is_spaced(self, lines: list[str]) -> bool:
        return len(lines) > 1 and not lines[-2]

    def _filled(self, lines: list[str], column: int) -> list[str]:
        """Returns the lines of a block, with ``pass`` if no statement is left."""
        is_empty = all(not line.strip() or line.strip().startswith("#") for line in lines)
        return [*lines, " " * column + "pass"] if is_empty else lines

    def _moves(self, item: Item | None) -> bool:
        return item is not None and is_later(item)

    # Statements.

    def _statement(self, node: ast.stmt, old: int, new: int) -> str | None:
        """Returns the text that a statement becomes in its place; None if it goes."""
        if isinstance(node, (ast.Import, ast.ImportFrom)) and imports.is_from_tensorflow(node):
            text = imports.text(node)
            return " " * new + text + self.source.comment_behind(node) if text else None
        if isinstance(node, ast.With) and self.parts.leaving.is_rewritten(node):
            return self._with(node, new)
        if isinstance(node, ast.FunctionDef) and node in self.facts.creating:
            return "\n".join(["", indent(self.parts.classes.placed(node), new), ""])
        if isinstance(node, ast.ClassDef):
            with self.parts.attributes.within(node):
                return self._compound(node, old, new)
        if isinstance(node, ast.FunctionDef) and self.parts.leaving.is_gone(node):
            return None
        if isinstance(node, _COMPOUND):
            if self._moves(self.facts.items.get(node)) and not isinstance(node, ast.FunctionDef):
                return self._created(node, new)
            return self._compound(node, old, new)
        pipeline = self.parts.queues.statement(node)
        if pipeline is None:
            pipeline = self.parts.pipelines.statement(node)
        if pipeline is not None:
            return indent("\n".join(pipeline), new) + self.source.comment_behind(node) if pipeline else None
        return self._flat(node, old, new)

    def _flat(self, node: ast.stmt, old: int, new: int) -> str | None:
        """Returns what a statement without a block becomes that makes no dataset."""
        passed = self._passed(node)
        if passed is not None:
            return " " * new + passed + self.source.comment_behind(node)
        if shown.is_of_graph(self.facts, node):
            told = shown.told(self.facts, node, self.texts.tf)
            if told is not None:
                self.texts.renamed |= told
                return self._edited(node, old, new)
            return " " * new + "# This is known only while a function is traced: " + ast.unparse(node)
        if self._moves(self.facts.items.get(node)) and not isinstance(node, ast.Return):
            return self._created(node, new)
        if self.parts.leaving.is_gone(node) or node in self.parts.written.gone:
            return None
        before = [" " * new + line for line in self.parts.savers.before(node)]
        writer = self.parts.written.outside(node)
        if writer is not None:
            before.append(f"{' ' * new}with {self.texts.text(writer)}.as_default():")
            new += _INDENT
        return "\n".join([*before, self._simple(node, old, new)])

    def _passed(self, node: ast.stmt) -> str | None:
        """Returns what a statement becomes that hands on or gets functions in place of tensors; None for others."""
        if isinstance(node, ast.Return) and node in self.facts.items:
            return self.parts.passing.returned(node, self.texts.text)
        return self.parts.passing.unpacked(node, self.texts.text) if isinstance(node, ast.Assign) else None

    def _created(self, node: ast.stmt, new: int) -> str | None:
        """Returns the objects that a statement creates which itself moves into functions."""
        created = [
            f"{self.texts.reference(name)} = {self.parts.attributes.expression(node, self._made(node, call))}"
            for call, (name, _, _) in list(self.texts.created.items())
            if any(child is call for child in trees.walk(node))
        ]
        return indent("\n".join(created), new) if created else None

    def _made(self, node: ast.stmt, call: ast.Call) -> str:
        return branches.created(self.texts, node, call, self.texts.created[call][1])

    def _simple(self, node: ast.stmt, old: int, new: int) -> str:
        text = self._run(node)
        if text is None and node in self.facts.naming:
            name, given = self.facts.naming[node]
            text = f"{name} = {self.texts.text(given)}"
        if text is not None:
            return indent(text, new) + self.source.comment_behind(node)
        text = self.parts.writers.statement(node)
        return indent(text, new) if text is not None else self._edited(node, old, new)

    def _run(self, node: ast.stmt) -> str | None:
        """Returns what a statement becomes that does nothing but run a session; None for others."""
        if not isinstance(node, (ast.Assign, ast.Expr)) or not isinstance(node.value, ast.Call):
            return None
        site = self.facts.sites.get(node.value)
        if site is None:
            return None
        if isinstance(node, ast.Assign):
            return self.parts.sites.assignment(site, node.targets)
        return self.parts.sites.alone(site)

    def _edited(self, node: ast.stmt, old: int, new: int) -> str:
        first = self.source.first_line(node)
        start = self.source.line_start(first) + node.col_offset
        text = self.source.edited(start, self.source.end(node), list(self.texts.edits(node)))
        text = " " * node.col_offset + text + self.source.comment_behind(node)
        return Lines(text, strings(node, first)).indented(old, new)

    # Compound statements.

    def _compound(self, node: ast.stmt, old: int, new: int) -> str | None:
        body: list[ast.stmt] = node.body  # type: ignore[attr-defined]
        first = body[0]
        inner = new + first.col_offset - node.col_offset
        attributes = self.parts.attributes
        # What a loop goes over hangs on what its body asks for; what a function is given, on nothing in it.
        before = self.block(body, first.col_offset, inner) if isinstance(node, ast.For) else []
        head = self.parts.heads.text(node, first, old, new)
        lines = [" " * inner + text for text in attributes.first.get(node, [])]
        end = attributes.end(node) if node in attributes.last else []
        lines += before or self.block(body[: len(body) - len(end)], first.col_offset, inner)
        lines += [" " * inner + text for text in attributes.last.get(node, [])]
        lines += self.block(end, first.col_offset, inner)
        if isinstance(node, ast.If) and not node.orelse and not any(map(str.strip, lines)) and _is_plain(node.test):
            return None
        return "\n".join([head, *self._filled(lines, inner), *self._clauses(node, old, new)])

    def _clauses(self, node: ast.stmt, old: int, new: int) -> list[str]:
        """Returns what follows the first block: ``except``, ``else`` and ``finally``."""
        handlers: list[ast.ExceptHandler] = getattr(node, "handlers", [])
        orelse: list[ast.stmt] = getattr(node, "orelse", [])
        final: list[ast.stmt] = getattr(node, "finalbody", [])
        text = [line for each in handlers for line in self._clause(each, each.body, old, new)]
        if orelse:
            text += self._otherwise(node, orelse, old, new)
        if final:
            clause = self._clause(node, final, old, new)
            # What closed a session or stopped threads has gone.
            if not (handlers and [line.strip() for line in clause[1:]] == ["pass"]):
                text += clause
        return text

    def _otherwise(self, node: ast.stmt, body: Sequence[ast.stmt], old: int, new: int) -> list[str]:
        """Returns ``else``, or ``elif``, which is an ``if`` in its place."""
        first = body[0]
        if isinstance(node, ast.If) and isinstance(first, ast.If) and first.col_offset == node.col_offset:
            text = self._compound(first, old, new)
            return [] if text is None else [text]
        clause = self._clause(node, body, old, new)
        # What it did in 1.15 has gone.
        return [] if isinstance(node, ast.If) and [line.strip() for line in clause[1:]] == ["pass"] else clause

    def _clause(self, node: ast.stmt | ast.ExceptHandler, body: Sequence[ast.stmt], old: int, new: int) -> list[str]:
        first = body[0]
        inner = new + first.col_offset - node.col_offset
        head = self.parts.heads.clause(node, first, old, new)
        return [head, *self._filled(self.block(body, first.col_offset, inner), inner)]

    # Contexts.

    def _with(self, node: ast.With, new: int) -> str:
        """Returns a ``with`` statement without the contexts that go, and with new writers."""
        if not self.parts.leaving.is_unwrapped(node):
            return self._entered(node, new)
        if not self.parts.monitors.ends_with_data(node):
            return "\n".join(self.block(node.body, node.body[0].col_offset, new))
        lines = [f"{' ' * new}try:", *self.block(node.body, node.body[0].col_offset, new + _INDENT)]
        end = f"{' ' * new}except {self.texts.tf}.errors.OutOfRangeError:"
        return "\n".join([*lines, end, f"{' ' * (new + _INDENT)}pass"])

    def _entered(self, node: ast.With, new: int) -> str:
        inner = " " * (new + _INDENT)
        heads, lines = [], []
        for part in node.items:
            writer = self.parts.writers.entered(part, node)
            if writer is not None:
                heads.append(writer[0])
                lines += [inner + line for line in writer[1]]
            elif not self.parts.leaving.is_context_gone(part):
                name = f" as {self.source.segment(part.optional_vars)}" if part.optional_vars else ""
                heads.append(self.texts.text(part.context_expr) + name)
        lines += self.block(node.body, node.body[0].col_offset, new + _INDENT)
        if not any(line.strip() for line in lines):
            lines.append(inner + "pass")
        return "\n".join([f"{' ' * new}with {', '.join(heads)}:", *lines])


def _is_plain(test: ast.expr) -> bool:
    """Says whether to leave out a test makes no difference."""
    calls = [node.func for node in trees.walk(test) if isinstance(node, ast.Call)]
    return all(isinstance(each, ast.Attribute) and each.attr in ("startswith", "endswith") for each in calls)
