"""Feeds of tensors and variables that are no placeholders: TensorFlow 1.15 then does not compute them."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tf1graphs.migrate.facts import dtypes
from tf1graphs.migrate.facts.items import Site, is_later
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Entries, Fed, Operation, Placeholder, Stage, Tensor, Variable

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.expressions import Expressions


def argument(self: Expressions, node: ast.Call, key: Any) -> Placeholder | None:
    """Returns what becomes of a key of a feed: a placeholder or what takes the place of a tensor; None if refused."""
    known = self.facts.argument(key)
    if known is not None:
        return known
    if not isinstance(key, (Tensor, Variable)) or isinstance(key, Operation):
        self.refuse(node, "feed_dict", "it feeds something that is no placeholder", "feed placeholders only")
        return None
    reason = _reason(key)
    if reason is None:
        kind = dtypes.of_value(self.facts, key)
        if kind is not None:
            fed = Fed(Stage.LATER, key.label, key.item, key.sizes, key.label, of=key, kind=kind)
            self.facts.fed[key.item, key.label] = fed
            return fed
        reason = f"the dtype of {key.label}, which it feeds, is not known by reading", "cast it where it is built"
    self.refuse(node, "feed_dict", *reason)
    return None


def _reason(key: Tensor | Variable) -> tuple[str, str] | None:
    """Returns why the function of a run cannot take a tensor or variable as an argument, and the remedy."""
    if key.item is None or not key.label:
        return "it feeds a tensor that has no name", "give it one where it is built"
    if isinstance(key, Variable) and key.item.owner.is_class:
        return "it feeds a variable that is an attribute", "assign to the variable"
    is_alone = key.item.defines == {key.label} or not key.item.owner.is_class
    if not is_alone or not isinstance(key.item.node, (ast.Assign, ast.AnnAssign)):
        return f"{key.label}, which it feeds, is computed together with others", "compute it by itself"
    return None


def fixed(facts: Facts) -> frozenset[ast.stmt]:
    """Returns the statements that compute tensors which are fed, but which would be computed once for all runs."""
    return frozenset(
        fed.item.node
        for fed in facts.fed.values()
        if fed.item and isinstance(fed.of, Tensor) and fed.item.stage is Stage.FIXED
    )


def note(self: Expressions, site: Site, fed: Mapping[Placeholder, ast.expr | None]) -> None:
    """Notes what a place feeds at some times and not at others."""
    value = self.facts.values.get(site.feed) if site.feed is not None else None
    optional = value.optional if isinstance(value, Entries) else ()
    differing = {each for each in site.feeds.keys() ^ fed.keys() if isinstance(each, Fed)}
    site.feeds |= {each: fed.get(each, site.feeds.get(each)) for each in differing}
    found = differing | {each for key in optional if (each := self.facts.argument(key)) in site.feeds}
    for each in found - site.optional:
        is_needed = isinstance(each, Fed) or each.default is not None
        if is_needed and not (isinstance(each, Fed) and isinstance(site.feed, ast.Name) and _is_simple(each)):
            reason = f"{each.label or each.name} is fed at some times only"
            self.refuse(site.node, "feed_dict", reason, "write a run for each case")
    site.optional |= {each for each in found if isinstance(each, Fed)}


def _is_simple(fed: Fed) -> bool:
    """Says whether one statement computes a tensor that is not always fed, from what is known before a run."""
    item = fed.item
    if item is None or not isinstance(fed.of, Tensor) or item.defines != {fed.label}:
        return False
    return not (item.placeholders or item.assigns or any(is_later(read) for read in item.reads))
