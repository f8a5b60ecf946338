"""Writes the tags of summaries: as 1.15 gave them, also those that a function of the program gives in several calls.

A function that is called in several scopes gets what its tags begin with as an argument, if it has none that says it.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tf1graphs.migrate.facts import summaries
from tf1graphs.migrate.facts.program import Facts, Step, Tag
from tf1graphs.migrate.writing.named import Named
from tf1graphs.migrate.writing.texts import Texts

_Path = tuple[Step, ...]
# A text, and whether it is an expression.
_Piece = tuple[str, bool]


@dataclass
class _Part:
    """Something in a function that has another tag, or begins tags otherwise, in each call of it.

    Attributes:
        name: the expression of the name that a summary is given.
        rows: the calls, with that name and the tag.
    """

    name: ast.expr | None = None
    rows: list[tuple[_Path, str, str]] = field(default_factory=list)

    def without(self, starts: Mapping[_Path, str]) -> _Part | None:
        """Returns it with shorter tags; None if one does not begin so."""
        if not all(f"{tag}/".startswith(f"{starts[path]}/") for path, _, tag in self.rows):
            return None
        rows = [(path, name, tag[len(starts[path]) + 1 :]) for path, name, tag in self.rows]
        return _Part(self.name, rows)


@dataclass
class _Start:
    """What all tags of a function begin with that differ from call to call.

    Attributes:
        values: what that is in each call.
        before: what comes before the parameter that says it.
        parameter: the parameter.
        is_added: whether the function did not have it.
    """

    values: dict[_Path, str]
    before: str
    parameter: str
    is_added: bool

    @property
    def pieces(self) -> list[_Piece]:
        """Its text."""
        return [(self.before, False), (self.parameter, True)]


class Tags:
    """Writes the tags of one file."""

    def __init__(self, facts: Facts, texts: Texts, named: Named) -> None:
        self.facts = facts
        self.texts = texts
        self.named = named
        self._starts: dict[ast.FunctionDef, _Start | None] = {}
        self._scope = ""

    def functions(self, node: ast.Call) -> set[ast.FunctionDef]:
        """Returns the functions within which a call makes a summary."""
        return {step.function for tag in self.facts.tags.get(node, ()) for step in tag.path}

    def text(self, node: ast.Call, name: ast.expr | None, suffix: str) -> str | None:
        """Returns the expression of the tag of a summary; None if it is not known."""
        tags = self.facts.tags.get(node, [])
        if name is None or not tags or any(tag.name is None for tag in tags):
            return None
        pieces = self._pieces(_summary(name, tags), tags[0].path[-1].function if tags[0].path else None)
        return None if pieces is None else _joined([*pieces, (suffix, False)])

    # Functions that are called in several scopes.

    def parameter(self, function: ast.FunctionDef) -> str | None:
        """Returns the parameter that a function gets for what its tags begin with; None if it needs none."""
        start = self._start(function)
        return start.parameter if start and start.is_added else None

    def argument(self, node: ast.Call, function: ast.FunctionDef) -> str | None:
        """Returns what a call of a function gives it for what its tags begin with; None if that is not known."""
        start = self._start(function)
        assert start
        paths = [path for path in start.values if path[-1].call is node]
        part = _Part(None, [(path[:-1], "", start.values[path]) for path in paths])
        pieces = self._pieces(part, paths[0][-2].function if paths and len(paths[0]) > 1 else None) if paths else None
        return None if pieces is None else _joined(pieces)

    def _start(self, function: ast.FunctionDef) -> _Start | None:
        if function not in self._starts:
            # No function calls itself.
            self._starts[function] = None
            self._starts[function] = self._found(function)
        return self._starts[function]

    def _found(self, function: ast.FunctionDef) -> _Start | None:
        parts = [part for part in self._parts(function) if self._alone(part) is None]
        values: dict[_Path, str] = {}
        for part in parts:
            for path, start in self._begun(part):
                values[path] = min(values.get(path, start), start, key=len)
        if not values or not all(values.values()):
            return None
        for part in parts:
            rest = part.without(values)
            if rest is None or self._alone(rest) is None:
                return None
        return self._said(function, values)

    def _parts(self, function: ast.FunctionDef) -> Iterator[_Part]:
        """Yields the summaries that a function makes, and its calls of others that get what tags begin with."""
        called: defaultdict[ast.Call, dict[_Path, str]] = defaultdict(dict)
        for node, tags in self.facts.tags.items():
            own = [tag for tag in tags if tag.path and tag.path[-1].function is function]
            name = summaries.given(self.facts.values[node.func].name, node).get("name")  # type: ignore[attr-defined]
            if own and name is not None and all(tag.name is not None for tag in own):
                yield _summary(name, own)
            for path in (tag.path for tag in tags):
                for place in range(1, len(path)):
                    start = self._start(path[place].function) if path[place - 1].function is function else None
                    if start and path[: place + 1] in start.values:
                        called[path[place].call][path[:place]] = start.values[path[: place + 1]]
        yield from (_Part(None, [(path, "", value) for path, value in each.items()]) for each in called.values())

    def _begun(self, part: _Part) -> Iterator[tuple[_Path, str]]:
        """Yields for each call what comes before all that the tags have in common at their ends."""
        names = {name for _, name, _ in part.rows}
        is_named = len(names) > 1 and all(names)
        heads = [(_ends(name, tag)[0] if is_named else tag).split("/") for _, name, tag in part.rows]
        count = 0
        while count < min(map(len, heads)) - 1 and len({head[-1 - count] for head in heads}) == 1:
            count += 1
        for (path, _, _), head in zip(part.rows, heads, strict=True):
            yield path, "/".join(head[: len(head) - count])

    def _said(self, function: ast.FunctionDef, values: dict[_Path, str]) -> _Start:
        """Returns the parameter that says what tags begin with: one that the function has, or one that it gets."""
        for each in function.args.args:
            given = {path: dict(path[-1].literals).get(each.arg, "") for path in values}
            ends = {value.removesuffix(given[path]) for path, value in values.items()}
            before = min(ends)
            is_end = all(given.values()) and all(before + given[path] == value for path, value in values.items())
            if is_end and len(ends) == 1 and before[-1:] in ("", "/"):
                return _Start(values, before, each.arg, is_added=False)
        self._scope = self._scope or self.texts.free("scope")
        return _Start(values, "", self._scope, is_added=True)

    # Texts.

    def _pieces(self, part: _Part, function: ast.FunctionDef | None) -> list[_Piece] | None:
        """Returns the text of a tag, or what it begins with, in a function or outside of all."""
        alone = self._alone(part)
        start = self._start(function) if alone is None and function is not None else None
        rest = part.without(start.values) if start else None
        behind = self._alone(rest) if rest else None
        if start is None or behind is None:
            return alone
        return [*start.pieces, ("/" if behind != [("", False)] else "", False), *behind]

    def _alone(self, part: _Part) -> list[_Piece] | None:
        """Returns a text that is right in each call by itself."""
        known = {(name, tag) for _, name, tag in part.rows}
        tags = {tag for _, tag in known}
        if len(tags) == 1:
            return [(tags.pop(), False)]
        if part.name is None or not all(name for name, _ in known):
            return None
        ends = {_ends(name, tag) for name, tag in known}
        pieces = self._name(part.name, [name for name, _ in known])
        if len(dict(known)) < len(known) or len(ends) > 1 or pieces is None:
            return None
        before, after = ends.pop()
        return [(before, False), *pieces, (after, False)]

    def _name(self, node: ast.expr, names: Sequence[str]) -> list[_Piece] | None:
        """Returns the text of a name that differs from time to time, as it is in a tag; None if it is not known."""
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            start, end = map(_constant, (node.left, node.right))
            if start or end:
                inner = [name[len(start) : len(name) - len(end)] for name in names]
                pieces = self._name(node.right if start else node.left, inner)
                # A slash at the start of a tag goes, another does not.
                return pieces and [(summaries.clean(start), False), *pieces, (summaries.clean(f"_{end}")[1:], False)]
        if isinstance(node, ast.Attribute):
            text = self._variable(node)
        else:
            text = self.texts.text(node) if all(summaries.clean(name) == name for name in names) else None
        return None if text is None else [(text, True)]

    def _variable(self, node: ast.Attribute) -> str | None:
        """Returns the name of a variable as it is in a tag; None if it is not known or something else is meant."""
        is_op = isinstance(node.value, ast.Attribute) and node.value.attr == "op"
        variable = node.value.value if isinstance(node.value, ast.Attribute) and is_op else node.value
        variables = self.facts.named[node.value if is_op else node]
        if not variables:
            return None
        if not all(map(self.named.is_kept, variables)):
            name = self.named.in_loop(variable)
            return name if is_op or name is None else f"f'{{{name}}}_0'"
        text = self.texts.text(variable)
        return f"{text}.name[:-2]" if is_op else f"{text}.name.replace(':', '_')"


def _summary(name: ast.expr, tags: Iterable[Tag]) -> _Part:
    return _Part(name, [(tag.path, tag.name or "", tag.text) for tag in tags])


def _constant(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _ends(name: str, tag: str) -> tuple[str, str]:
    """Returns what a tag has before and behind the name that was given."""
    before, _, after = tag.rpartition(summaries.clean(name))
    return before, after


def _joined(pieces: Iterable[_Piece]) -> str:
    """Returns the expression of a string."""
    parts: list[_Piece] = []
    for text, is_expression in pieces:
        if parts and not is_expression and not parts[-1][1]:
            parts[-1] = (parts[-1][0] + text, False)
        elif text:
            parts.append((text, is_expression))
    if len(parts) < 2 or any(is_expression and '"' in text for text, is_expression in parts):
        # Quotes within quotes are for Python 3.12 and later.
        return " + ".join(text if is_expression else _quoted(text) for text, is_expression in parts)
    texts = [
        f"{{{text}}}" if is_expression else text.replace("{", "{{").replace("}", "}}") for text, is_expression in parts
    ]
    return f'f"{"".join(texts)}"'


def _quoted(text: str) -> str:
    """Returns a string as Python writes it, in double quotes where it can."""
    return f'"{text}"' if text.isprintable() and not set(text) & {'"', "\\"} else repr(text)
