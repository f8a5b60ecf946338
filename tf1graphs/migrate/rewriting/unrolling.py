"""Writes the rounds of loops out that run one after the other of some tensors: each is a function of its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Function, is_graph
from tf1graphs.migrate.rewriting.rewritten import Rewritten, edited
from tf1graphs.migrate.rewriting.rounds import Round, Rounds
from tf1graphs.migrate.source import Edit, Lines, strings

# More lines than these are not read as one thing any more.
_LINES = 40
_Comprehension = ast.ListComp | ast.GeneratorExp | ast.DictComp
_COMPREHENSIONS = (ast.ListComp, ast.GeneratorExp, ast.DictComp)
# A generator has the parentheses of the call that it is given to.
_WRITTEN = {ast.ListComp: "[{}]", ast.GeneratorExp: "([{}])", ast.DictComp: "{{{}}}"}


def unrolled(facts: Facts) -> Rewritten | None:
    """Returns a program in which loops are written out that run one after the other of some tensors; None if none."""
    edits: list[Edit] = []
    for node in facts.source.nodes:
        if isinstance(node, (ast.For, *_COMPREHENSIONS)):
            each = _Loop(facts, node) if isinstance(node, ast.For) else _Written(facts, node)
            edit = each.edit()
            more = [edit, *each.gone()] if edit else []
            # Those in others are met after them, and written out the next time.
            if not any(first.start < other.end and other.start < first.end for first in edits for other in more):
                edits += more
    return edited(facts.source, edits) if edits else None


class _Repeated:
    """What has rounds: a loop or comprehension over ``iterated``, with the names of ``target``."""

    def __init__(self, facts: Facts, target: ast.expr, iterated: ast.expr, parts: Sequence[ast.AST]) -> None:
        self.facts = facts
        self.source = facts.source
        self.target = target
        self.names = syntax.stored(target)
        self.inside = [node for part in parts for node in trees.walk(part)]
        self.known = Rounds(facts, self.inside)
        self.rounds = self.known.of(iterated) if self._runs() else None

    def _runs(self) -> bool:
        """Says whether what is run differs from round to round, or what a function that runs it is given."""
        for node in self.inside:
            if isinstance(node, ast.Call) and node in self.facts.sites:
                if self.names & syntax.read(self.facts.sites[node].fetches):
                    return True
            elif isinstance(node, ast.Call) and any(map(self._is_tensor, [*node.args, *node.keywords])):
                function = self.facts.values.get(node.func)
                if isinstance(function, Function) and self._is_builder(function.node):
                    return True
        return False

    def _is_builder(self, node: ast.AST | None) -> bool:
        return isinstance(node, ast.FunctionDef) and self.facts.builders.get(node, False)

    def _is_tensor(self, node: ast.AST) -> bool:
        return any(
            isinstance(each, ast.Name) and each.id in self.names and is_graph(self.facts.values[each])
            for each in trees.walk(node)
            if each in self.facts.values
        )

    def edits(self, each: Round, nodes: Sequence[ast.AST]) -> Iterator[Edit]:
        """Yields what the names of a round become in some nodes."""
        for node in nodes:
            if isinstance(node, ast.Name) and node.id in each:
                yield Edit(self.source.start(node), self.source.end(node), each[node.id])

    def edit(self) -> Edit | None:
        """Returns the edit that writes the rounds out; None if that cannot be done."""
        raise NotImplementedError

    def gone(self) -> Iterator[Edit]:
        """Yields the edits that leave the lists out which only the rounds read."""
        for statement in self.known.gone:
            start, end = (self.source.first_line(statement), statement.end_lineno or 0)
            yield Edit(self.source.line_start(start), self.source.line_end(end) + 1, "")

    def matched(self) -> list[Round] | None:
        """Returns what each name stands for in each round; None if the rounds are not known or cannot be written."""
        if self.rounds is None or self._is_bound_again():
            return None
        found = [each.matched(self.target) for each in self.rounds]
        return [each for each in found if each is not None] if None not in found else None

    def _is_bound_again(self) -> bool:
        """Says whether a name of the target is given something else, is read by a function or within a string."""
        for node in self.inside:
            if isinstance(node, (ast.Lambda, ast.JoinedStr)) and self.names & syntax.read(node):
                return True
            if isinstance(node, ast.Name) and node.id in self.names and not isinstance(node.ctx, ast.Load):
                return True
        return False


class _Loop(_Repeated):
    """A loop as a statement."""

    def __init__(self, facts: Facts, node: ast.For) -> None:
        self.node = node
        super().__init__(facts, node.target, node.iter, node.body)

    def edit(self) -> Edit | None:
        """Returns the edit that writes the loop out; None if that cannot be done."""
        node, rounds = self.node, self.matched()
        first, last = (node.iter.end_lineno or 0) + 1, node.end_lineno or 0
        if rounds is None or (last - first + 1) * len(rounds) > _LINES or self._is_left() or self._is_read_after():
            return None
        source = self.source
        start, end = source.line_start(first), source.line_end(last)
        fixed = frozenset(line for each in node.body for line in strings(each, first))
        texts = [Lines(source.edited(start, end, self.edits(each, self.inside)), fixed) for each in rounds]
        lines = [text.indented(node.body[0].col_offset, node.col_offset) for text in texts]
        head = source.text[source.end(node.iter) : source.line_end(first - 1)].partition("#")
        comment = " " * node.col_offset + head[1] + head[2] + "\n" if head[1] else ""
        return Edit(source.line_start(node.lineno), end, comment + "\n".join(lines))

    def _is_left(self) -> bool:
        """Says whether a round may be the last one, or something else than rounds belongs to the loop."""
        leaving = (ast.Break, ast.Continue, ast.Return, ast.FunctionDef, ast.ClassDef)
        return bool(self.node.orelse) or any(isinstance(each, leaving) for each in self.inside)

    def _is_read_after(self) -> bool:
        """Says whether a name of the loop is read where no loop gives it."""
        given = {child for node in self.source.nodes for child in _given_anew(node)}
        return any(
            isinstance(node, ast.Name) and node.id in self.names and node not in given for node in self.source.nodes
        )


def _given_anew(node: ast.AST) -> Iterator[ast.AST]:
    """Yields the names that a loop or comprehension gives, and those that read them in it."""
    if isinstance(node, ast.For):
        targets = [node.target]
    elif isinstance(node, (*_COMPREHENSIONS, ast.SetComp)):
        targets = [each.target for each in node.generators]
    else:
        return
    names = {name for target in targets for name in syntax.stored(target)}
    yield from (each for each in trees.walk(node) if isinstance(each, ast.Name) and each.id in names)


class _Written(_Repeated):
    """A comprehension, which becomes a list or dict."""

    def __init__(self, facts: Facts, node: _Comprehension) -> None:
        self.node = node
        self.results = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        super().__init__(facts, node.generators[0].target, node.generators[0].iter, self.results)

    def _runs(self) -> bool:
        is_plain = len(self.node.generators) == 1 and not self.node.generators[0].ifs
        fetches = [site.fetches for site in self.facts.sites.values()]
        return is_plain and (self.node in fetches or super()._runs())

    def edit(self) -> Edit | None:
        """Returns the edit that writes the comprehension out; None if that cannot be done."""
        source, node, rounds = self.source, self.node, self.matched()
        if not rounds or len(rounds) > _LINES // 4:
            return None
        texts = [": ".join(self._text(each, found) for each in self.results) for found in rounds]
        text = _WRITTEN[type(node)].format(", ".join(texts))
        return Edit(source.start(node), source.end(node), text)

    def _text(self, result: ast.expr, found: Round) -> str:
        return self.source.edited(
            self.source.start(result), self.source.end(result), self.edits(found, trees.walk(result))
        )
