"""What becomes of the end of a function where it is called: its result is given to what the call's was given to."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.rewriting.inlining import comments
from tf1graphs.migrate.rewriting.inlining.calls import OnlyCall
from tf1graphs.migrate.rewriting.inlining.naming import Naming
from tf1graphs.migrate.source import Edit, strings

# What has brackets of its own, so that it may go on in the next line.
_CLOSED = (ast.Call, ast.Dict, ast.List, ast.Tuple, ast.Set, ast.Subscript)


class Result:
    """The end of a function, at its only call."""

    def __init__(self, call: OnlyCall, naming: Naming) -> None:
        self.call = call
        self.naming = naming
        self.source = call.source
        self.value = call.result.value if call.result else None

    def text(self, node: ast.expr) -> str:
        """Returns an expression of the function with the names that it has at the call."""
        inside = [each for each in trees.walk(node) if isinstance(each, ast.Name)]
        text = self.source.edited(self.source.start(node), self.source.end(node), self.renames(inside))
        return text if "\n" not in text or isinstance(node, _CLOSED) else f"({text})"

    def renames(self, nodes: Sequence[ast.AST]) -> Iterator[Edit]:
        """Yields the changes of the function's names."""
        for node in nodes:
            if isinstance(node, ast.Name) and self.naming.renamed.get(node.id, node.id) != node.id:
                yield Edit(self.source.start(node), self.source.end(node), self.naming.renamed[node.id])

    def edits(self) -> list[Edit]:
        """Returns the changes of the function's statements, and of what reads a record that it returned."""
        body = [node for statement in self.call.body for node in trees.walk(statement)]
        end = self._end()
        kept = [node for node in body if not any(self._is_within(node, edit) for edit in end)]
        return [*end, *self.renames(kept), *self._members()]

    def _is_within(self, node: ast.AST, edit: Edit) -> bool:
        return isinstance(node, ast.Name) and edit.start <= self.source.start(node) < edit.end

    def _end(self) -> list[Edit]:
        """Returns the change of the end of the function."""
        node, source = self.call.result, self.source
        before = source.text[source.start(self.call.statement) : source.start(self.call.call)]
        if node is None:
            last = self.call.body[-1]
            end = source.line_end(last.end_lineno or 0)
            return [Edit(end, end, f"\n{' ' * last.col_offset}{before}None")] if before else []
        if node.value is None:
            return [self._instead(node, f"{before}None" if before else "")]
        lines = self._lines()
        if lines is not None:
            return [self._instead(node, f"\n{' ' * node.col_offset}".join(lines))]
        if not before and not any(isinstance(each, ast.Call) for each in trees.walk(node.value)):
            return [self._instead(node, "")]
        start = source.start(node)
        behind = start + len("return")
        return [Edit(start, behind + (source.text[behind] == " "), before)]

    def _instead(self, node: ast.Return, text: str) -> Edit:
        """Returns the change of a whole ``return``; where nothing takes its place, a comment behind it moves there."""
        start, end = self.source.start(node), self.source.end(node)
        blocks = [each.body for each in self.call.inside if isinstance(each, ast.With)]
        text = text or ("pass" if [node] in blocks else "")
        line = self.source.text[end : self.source.line_end(node.end_lineno or 0)]
        return Edit(start, end if text else end + len(line) - len(line.lstrip()), text)

    def _lines(self) -> list[str] | None:
        """Returns the statements that give each target its part of the result; None if one has to do it."""
        assert self.call.result is not None
        record, pairs = self._record, list(self.call.pairs)
        texts = [(self.source.segment(target), self.text(value)) for target, value in pairs]
        is_whole = len(pairs) == 1 and texts[0][0] != texts[0][1]
        if record is not None:
            texts = [(name, self.text(value)) for name, value in record.values()]
        elif not pairs or is_whole:
            return None
        changed = [pair for pair in texts if pair[0] != pair[1]]
        if any(
            self._is_read(target, [text for _, text in changed[place + 1 :]])
            for place, (target, _) in enumerate(changed)
        ):
            return None
        lines = [f"{target} = {text}" for target, text in changed]
        if strings(self.call.result, 0):
            return None
        return [*(text for _, text in comments.of(self.source.segment(self.call.result))), *lines]

    def _is_read(self, target: str, texts: Sequence[str]) -> bool:
        """Says whether expressions read what a target had before, or call functions that may read it."""
        nodes = [node for text in texts for node in trees.walk(ast.parse(text))]
        calls = any(isinstance(node, ast.Call) for node in nodes)
        given = syntax.stored(ast.parse(f"{target} = 0"))
        read = {node.id for node in nodes if isinstance(node, ast.Name)}
        return bool(given & read) or (calls and any(map(self.naming.is_seen, given)))

    # Records: dicts and objects whose parts get names of their own, as the program only takes these from them.

    @cached_property
    def _record(self) -> Mapping[str, tuple[str, ast.expr]] | None:
        """For each key of the record that is returned the name that its part gets; None if there is none."""
        parts = self.call.parts
        target = self.call.pairs[0][0] if parts else None
        if not isinstance(target, ast.Name) or not self._takes_parts(target, parts):
            return None
        return {key: (self._name(key, part), part) for key, part in parts.items()}

    def _takes_parts(self, target: ast.Name, parts: Mapping[str, ast.expr]) -> bool:
        """Says whether nothing is done with a record but to read its parts."""
        uses = [each for each in self.call.around if isinstance(each, ast.Name) and each.id == target.id]
        texts = [each for each in self.source.nodes if isinstance(each, ast.JoinedStr)]
        read = [key for _, key in self._taken(target.id)]
        is_all = len(uses) == len(read) + 1 and set(read) <= parts.keys()
        return is_all and not any(target.id in syntax.read(each) for each in texts)

    def _taken(self, name: str) -> Iterator[tuple[ast.expr, str]]:
        """Yields the expressions that take something from what has a name, and its key."""
        around = set(self.call.around)
        for node in self.source.nodes:
            if isinstance(node, (ast.Subscript, ast.Attribute)) and isinstance(node.ctx, ast.Load):
                owner = node.value
                if isinstance(owner, ast.Name) and owner.id == name and owner in around:
                    key = _key(node, isinstance(self.value, ast.Dict))
                    yield from [(node, key)] if key is not None else []

    def _name(self, key: str, part: ast.expr) -> str:
        is_own = isinstance(part, ast.Name) and self.naming.is_own(part.id)
        return self.text(part) if is_own else self.naming.new(key)

    def _members(self) -> Iterator[Edit]:
        """Yields the changes of what reads parts of the record."""
        record = self._record
        if record is not None:
            for node, key in self._taken(self.source.segment(self.call.pairs[0][0])):
                yield Edit(self.source.start(node), self.source.end(node), record[key][0])


def _key(node: ast.Subscript | ast.Attribute, is_dict: bool) -> str | None:
    """Returns the key by which an expression takes something from a record; None if it is not known."""
    if isinstance(node, ast.Attribute):
        return None if is_dict else node.attr
    key = node.slice.value if isinstance(node.slice, ast.Constant) else None
    return key if isinstance(key, str) else None
