"""What a session is asked for, and what it is fed."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import datasets, feeding, syntax
from tf1graphs.migrate.facts.items import Fetch, Item, Site
from tf1graphs.migrate.facts.symbols import argument
from tf1graphs.migrate.facts.values import (
    Elements,
    Entries,
    Host,
    Many,
    Placeholder,
    Session,
    Tensor,
    Unknown,
    Value,
    Variable,
)

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.expressions import Expressions


def presumed(self: Expressions, name: str, value: Value) -> Value:
    """Returns what a name stands for that gets its value in another file; by its name it may be a session."""
    return Session() if name in syntax.SESSIONS and self.facts.runs_sessions else value


def run(self: Expressions, owner: Value, node: ast.Call) -> Value:
    """Returns what ``Session.run`` returns."""
    del owner
    fetches, feeds = argument(node, 0, "fetches"), argument(node, 1, "feed_dict")
    for keyword in node.keywords:
        if keyword.arg not in ("fetches", "feed_dict"):
            self.refuse(node, f"{keyword.arg} of Session.run", "TensorFlow 2 has no such option", "remove it")
    if fetches is None:
        self.refuse(node, "Session.run", "what it fetches is not given by itself", "write fetches and feed_dict out")
        return Unknown()
    return _site(self, node, fetches, feeds)


def evaluated(self: Expressions, owner: Value, node: ast.Call) -> Value:
    """Returns what ``eval`` of a tensor or variable, which is fed nothing, or ``run`` of an op returns."""
    assert isinstance(node.func, ast.Attribute)
    is_variable = isinstance(owner, Variable)
    session = argument(node, 0 if is_variable else 1, "session")
    if session is not None:
        self.evaluate(session)
    return _site(self, node, node.func.value, None if is_variable else argument(node, 0, "feed_dict"))


def _site(self: Expressions, node: ast.Call, fetches: ast.expr, feeds: ast.expr | None) -> Value:
    fetches = _written_out(self, fetches)
    parts = fetches.elts if isinstance(fetches, (ast.List, ast.Tuple)) else [fetches]
    fetched = [_fetch(self, part) for part in parts]
    fed = _feeds(self, node, feeds) if feeds is not None else {}
    known = self.facts.sites.get(node)
    if known is None:
        known = self.facts.sites[node] = Site(node, fetches, fetched, fed, feeds, self.item, self.owner, self.scope)
    feeding.note(self, known, fed)
    for fetch, again in zip(known.fetched, fetched, strict=True):
        fetch.reads |= again.reads
        if not _alike(fetch.value, again.value):
            self.refuse(
                node, "Session.run", "it fetches other things from call to call", "run each of them in its place"
            )
    results = tuple(_result(fetch.value) for fetch in fetched)
    return Elements(elements=results) if isinstance(fetches, (ast.List, ast.Tuple)) else results[0]


def _written_out(self: Expressions, node: ast.expr) -> ast.expr:
    """Returns the list for which a name stands, if what is in that still stands for the same; else the expression."""
    found = self.scope.find(node.id) if isinstance(node, ast.Name) else None
    if found is None or found[1] is not self.scope or len(found[0].items) != 1:
        return node
    (item,) = found[0].items
    value, given = found[0].value, item.node.value if isinstance(item.node, ast.Assign) else None
    if not isinstance(given, (ast.List, ast.Tuple)) or not isinstance(value, Elements) or item.owner is not self.owner:
        return node
    statement = self.item
    self.item = Item(statement.node, self.owner, statement.order, statement.around)
    same = [self.asked(each) is known for each, known in zip(given.elts, value.elements, strict=False)]
    self.item = statement
    return given if all(same) and len(same) == len(value.elements) == len(given.elts) else node


def _fetch(self: Expressions, node: ast.expr) -> Fetch:
    statement = self.item
    self.item = Item(statement.node, self.owner, statement.order, statement.around)
    value = self.asked(node)
    watched = self.item
    self.item = statement
    is_own = any(
        isinstance(child, ast.Name)
        and isinstance(self.facts.values.get(child), Host)
        and watched.outer.get(child.id) is self.owner.scope
        for child in trees.walk(node)
    )
    assigns = watched.assigns or bool(watched.trains)
    is_at_once = watched.assigns and isinstance(node, ast.Call) and _has_known_arguments(self, node)
    return Fetch(node, value, watched.reads, watched.outer, watched.placeholders, is_own, assigns, is_at_once)


def _has_known_arguments(self: Expressions, node: ast.Call) -> bool:
    """Says whether a call gets nothing but variables and values of Python."""
    given = [*node.args, *(each.value for each in node.keywords)]
    return all(isinstance(self.facts.values.get(each), (Host, Variable)) for each in given)


def _alike(first: Value, second: Value) -> bool:
    if isinstance(first, Elements) and isinstance(second, Elements):
        return len(first.elements) == len(second.elements) and all(map(_alike, first.elements, second.elements))
    if isinstance(first, datasets.Element):
        return first is second
    if isinstance(first, Tensor) and isinstance(second, Tensor) and first.label:
        return (first.label, first.item) == (second.label, second.item)
    return type(first) is type(second)


def _result(value: Value) -> Value:
    if isinstance(value, Elements):
        return Elements(elements=tuple(map(_result, value.elements)))
    if isinstance(value, Entries):
        return Entries(entries={key: _result(each) for key, each in value.entries.items()})
    return Many(element=_result(value.element)) if isinstance(value, Many) else Host()


def _feeds(self: Expressions, node: ast.Call, feeds: ast.expr) -> dict[Placeholder, ast.expr | None]:
    value = self.asked(feeds)
    if isinstance(value, Host) and value.literal is None:
        return {}
    if not isinstance(value, Entries):
        self.refuse(node, "feed_dict", "what it feeds is not known by reading", "write the dict where it is fed")
        return {}
    fed: dict[Placeholder, ast.expr | None] = {}
    for key in value.entries:
        argument = feeding.argument(self, node, key)
        if argument is not None:
            fed[argument] = _fed_value(self, feeds, argument)
    return fed


def _fed_value(self: Expressions, feeds: ast.expr, placeholder: Placeholder) -> ast.expr | None:
    """Returns the expression of a fed value if it stands in the call itself."""
    if isinstance(feeds, ast.Dict):
        for key, value in zip(feeds.keys, feeds.values, strict=True):
            if key is not None and self.facts.argument(self.facts.values.get(key)) is placeholder:
                return value
    return None
