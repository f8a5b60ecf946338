"""Refuses what starts training anew: TensorFlow 2 gives variables their initial values once, when they are created."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from tf1graphs.migrate.facts.datasets import Start
from tf1graphs.migrate.facts.items import Item, Site, closure
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Symbol, Variable, flat
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.slices import is_initialization

_LOOPS = (ast.For, ast.While)
_RANDOM = re.compile("random|truncated|initializer|shuffle")


def repeated(found: Facts) -> Iterator[Refusal]:
    """A second initialization starts training anew, which variables of TensorFlow 2 do not do by themselves."""
    sites = [site for site in found.sites.values() if is_initialization(site) and _is_of_variables(found, site)]
    reason, remedy = "the variables are initialized again", "create them in a function that is called again"
    for site in sites:
        if any(isinstance(around, _LOOPS) for around in site.item.around) and not _creates_inside(found, site):
            yield Refusal(site.node.lineno, "Session.run", reason, remedy)
    for before, site in zip(sites, sites[1:], strict=False):
        if site.owner is before.owner and not _are_alternatives(before, site) and not _is_idle(found, before, site):
            yield Refusal(site.node.lineno, "Session.run", reason, remedy)


def _is_of_variables(found: Facts, site: Site) -> bool:
    """Says whether an initialization is one of global variables, or of one of them."""
    owners = [fetch.node.value for fetch in site.fetched if isinstance(fetch.node, ast.Attribute)]
    if any(isinstance(found.values.get(owner), Variable) for owner in owners):
        return True
    if all(isinstance(each, Start) for fetch in site.fetched for each in flat(fetch.value)):
        return False
    names = {
        value.name
        for fetch in site.fetched
        for child in [*ast.walk(fetch.node), *(node for item in fetch.reads for node in ast.walk(item.node))]
        if isinstance(value := found.values.get(child), Symbol)
    }
    return not names or any("global" in name or "all_variables" in name for name in names)


def _creates_inside(found: Facts, site: Site) -> bool:
    """Says whether the loop around an initialization creates the variables as well."""
    loop = next(around for around in site.item.around if isinstance(around, _LOOPS))
    return any(loop in item.around and item.creates for item in found.items.values())


def _is_idle(found: Facts, before: Site, site: Site) -> bool:
    """Says whether a second initialization makes no difference: to what is used after it, or to any variable."""
    older = {item for item in found.items.values() if item.creates and item.order < before.item.order}
    is_used = bool(found.savers) or bool(older & _asked(each for each in _others(found) if not each.is_over(site.item)))
    return not is_used or (_is_plain(found) and _session(before) == _session(site) and not _changes(found, site))


def _session(site: Site) -> str:
    """Returns how a place calls its session."""
    return ast.unparse(site.node.func.value) if isinstance(site.node.func, ast.Attribute) else ""


def _others(found: Facts) -> list[Site]:
    return [each for each in found.sites.values() if not is_initialization(each)]


def _asked(sites: Iterable[Site]) -> set[Item]:
    """Returns the statements on which hangs what is asked for at some places."""
    return set(closure(item for site in sites for fetch in site.fetched for item in fetch.reads))


def _changes(found: Facts, site: Site) -> bool:
    """Says whether a variable may have changed before an initialization."""
    earlier = [each for each in _others(found) if not site.is_over(each.item)]
    return any(item.assigns or item.trains for item in _asked(earlier))


def _is_plain(found: Facts) -> bool:
    """Says whether all variables get the same initial values each time."""
    created = [item for item in found.items.values() if item.creates]
    made = [found.values.get(call.func) for item in created for call in item.creates]
    names = {
        value.name
        for item in closure(created)
        for child in ast.walk(item.node)
        if isinstance(value := found.values.get(child), Symbol)
    }
    is_own = all(isinstance(each, Symbol) and each.name == "tf.Variable" for each in made)
    return is_own and not any(map(_RANDOM.search, names))


def _are_alternatives(first: Site, second: Site) -> bool:
    """Says whether two sites stand in the two branches of one ``if``."""
    for around in first.item.around:
        if isinstance(around, ast.If) and around in second.item.around:
            in_body = [any(site.node in ast.walk(each) for each in around.body) for site in (first, second)]
            if in_body[0] != in_body[1]:
                return True
    return False
