"""Refuses what starts training anew: TensorFlow 2 gives variables their initial values once, when they are created."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.datasets import Start
from tf1graphs.migrate.facts.items import Item, Site, closure
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.savers import Saved
from tf1graphs.migrate.facts.values import Function, Saver, Symbol, Variable, flat
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.slices import is_initialization

_LOOPS = (ast.For, ast.While)
# What may be in the expression of an initialization of all local variables.
_OF_ALL_METRICS = frozenset({"tf", "tf.local_variables_initializer", "tf.initialize_local_variables"})
# What initializes variables that it is told.
_OF_A_LIST = frozenset({"tf.variables_initializer", "tf.initialize_variables", "tf.initializers.variables"})
_RANDOM = re.compile("random|truncated|initializer|shuffle")


def repeated(found: Facts) -> Iterator[Refusal]:
    """A second initialization starts training anew, which variables of TensorFlow 2 do not do by themselves."""
    for site in _again(found, _is_of_variables):
        reason, remedy = "the variables are initialized again", "create them in a function that is called again"
        yield Refusal(site.node.lineno, "Session.run", reason, remedy)
    for site in _after_restoring(found):
        reason, remedy = "it overwrites the checkpoint that was loaded before", "run it before, or not at all"
        yield Refusal(site.node.lineno, "Session.run", reason, remedy)
    for site in anew(found):
        if not _can_reset(found, site):
            reason, remedy = "the metrics begin to count again", "make them before it, where it can call them by names"
            yield Refusal(site.node.lineno, "Session.run", reason, remedy)


def _after_restoring(found: Facts) -> Iterator[Site]:
    """Yields the initializations of a session in which a checkpoint has been loaded."""
    simple = [item for item in found.items.values() if isinstance(item.node, (ast.Assign, ast.Expr))]
    restored = [(item, node) for item in simple for node in trees.walk(item.node) if _restored(found, node)]
    for site in found.sites.values():
        is_one = is_initialization(site) and _is_of_variables(found, site)
        if is_one and any(_comes_to(item, site) and _is_of_session(node, site) for item, node in restored):
            yield site


def _is_of_session(node: ast.AST, site: Site) -> bool:
    """Says whether a call of a saver is given the session of a place."""
    session = syntax.argument(node, 0, "sess") if isinstance(node, ast.Call) else None
    return session is not None and ast.unparse(session) == _session(site)


def _comes_to(item: Item, site: Site) -> bool:
    """Says whether a program that has run a statement goes on to a place in the same block or around it."""
    if item.owner is not site.owner or item.order >= site.item.order:
        return False
    inner = [each for each in item.around if each not in site.item.around]
    is_inside = item.around[: len(site.item.around)] == site.item.around
    return is_inside and all(isinstance(each, ast.If) and not syntax.leaves(each.body) for each in inner)


def anew(found: Facts) -> list[Site]:
    """Returns the places at which metrics begin to count again."""
    return list(_again(found, _is_of_metrics)) if found.metrics else []


def _can_reset(found: Facts, site: Site) -> bool:
    """Says whether all that a place does is to reset all metrics, which are there and have names."""
    made = [item for item in found.items.values() if item.creates & found.metrics]
    # The op resets the metrics that there are when it is made.
    ops = [item for fetch in site.fetched for item in fetch.reads if isinstance(item.node, ast.Assign)]
    first = min(item.order for item in [site.item, *ops])
    is_there = all(item.order < first and item.owner.is_around(site.owner) for item in made)
    is_named = not any(item.owner.is_class for item in made) and len(made) == len(found.metrics)
    is_all = _names(found, site) <= _OF_ALL_METRICS
    return is_all and is_there and is_named and isinstance(site.item.node, ast.Expr) and len(site.fetched) == 1


def _again(found: Facts, is_one: Callable[[Facts, Site], bool]) -> Iterator[Site]:
    """Yields the initializations of one kind that come after another of it."""
    sites = [site for site in found.sites.values() if is_initialization(site) and is_one(found, site)]
    pairs = dict(zip(sites[1:], sites, strict=False))
    for site in sites:
        is_in_loop = any(isinstance(around, _LOOPS) for around in site.item.around)
        is_second = site in pairs and site.owner is pairs[site].owner and not _are_alternatives(pairs[site], site)
        if (
            (is_in_loop and not _creates_inside(found, site))
            or _is_called_again(found, site)
            or (is_second and not _is_idle(found, pairs[site], site))
        ):
            yield site


def _is_of_variables(found: Facts, site: Site) -> bool:
    """Says whether an initialization is one of global variables, or of one of them."""
    owners = [fetch.node.value for fetch in site.fetched if isinstance(fetch.node, ast.Attribute)]
    if any(isinstance(found.values.get(owner), Variable) for owner in owners):
        return True
    if all(isinstance(each, Start) for fetch in site.fetched for each in flat(fetch.value)):
        return False
    names = _names(found, site)
    is_listed = not names.isdisjoint(_OF_A_LIST) and not any("local" in name for name in names)
    return not names or is_listed or any("global" in name or "all_variables" in name for name in names)


def _is_of_metrics(found: Facts, site: Site) -> bool:
    """Says whether an initialization may be one of the local variables in which metrics count."""
    names = _names(found, site)
    return not names or any(
        "local" in name or name.endswith((".variables_initializer", ".variables")) for name in names
    )


def _names(found: Facts, site: Site) -> set[str]:
    """Returns the names of the symbols that make what a site runs."""
    return {
        value.name
        for fetch in site.fetched
        for child in [*trees.walk(fetch.node), *(node for item in fetch.reads for node in trees.walk(item.node))]
        if isinstance(value := found.values.get(child), Symbol)
    }


def _creates_inside(found: Facts, site: Site) -> bool:
    """Says whether the loop around an initialization creates the variables as well."""
    return _creates(found, next(around for around in site.item.around if isinstance(around, _LOOPS)))


def _creates(found: Facts, loop: ast.AST) -> bool:
    """Says whether a loop creates variables in each round."""
    return any(loop in item.around and item.creates for item in found.items.values())


def _is_called_again(found: Facts, site: Site) -> bool:
    """Says whether a function initializes variables that it does not create, and is called more than once."""
    if any(item.owner is site.owner and item.creates for item in found.items.values()) and not site.owner.is_class:
        return False
    is_kept = _is_plain(found) and not any(item.assigns or item.trains for item in _asked(_others(found)))
    return not is_kept and _is_repeated(found, site.node, frozenset())


def _is_repeated(found: Facts, node: ast.AST, seen: frozenset[ast.AST]) -> bool:
    """Says whether the function around an expression is called in a loop or several times, by whatever calls it."""
    around = [each for each in found.source.nodes if _is_around(each, node)]
    # Outer ones are met first.
    function = around[-1] if around else None
    if function is None or function in seen:
        return False
    inner = seen | {function}
    calls: dict[object, list[ast.Call]] = {}
    for call, _ in found.values.items():
        value = found.values.get(call.func) if isinstance(call, ast.Call) else None
        if isinstance(call, ast.Call) and isinstance(value, Function) and value.node is function:
            calls.setdefault(value.instance, []).append(call)
    loops = [each for each in found.source.nodes if isinstance(each, (*_LOOPS, ast.ListComp, ast.GeneratorExp))]
    loops = [each for each in loops if not _creates(found, each)]
    return any(
        len(each) > 1
        or any(call in trees.walk(loop) for call in each for loop in loops)
        or any(_is_repeated(found, call, inner) for call in each)
        for each in calls.values()
    )


def _is_around(function: ast.AST, node: ast.AST) -> bool:
    return isinstance(function, ast.FunctionDef) and any(child is node for child in trees.walk(function))


def _is_idle(found: Facts, before: Site, site: Site) -> bool:
    """Says whether a second initialization makes no difference: to what is used after it, or to any variable."""
    older = {item for item in found.items.values() if item.creates and item.order < before.item.order}
    is_used = bool(found.savers) or bool(older & _asked(each for each in _others(found) if not each.is_over(site.item)))
    if not is_used or _is_restored(found, site):
        return True
    return _is_plain(found) and _session(before) == _session(site) and not _changes(found, site)


def _is_restored(found: Facts, site: Site) -> bool:
    """Says whether a checkpoint of all variables is loaded before anything else is run."""
    later = [each for each in found.items.values() if each.order > site.item.order and each.owner is site.owner]
    run = {each.item for each in found.sites.values()}
    for item in sorted(later, key=lambda each: each.order):
        restored = [saved for node in trees.walk(item.node) if (saved := _restored(found, node))]
        if restored or item in run:
            is_sure = item.around == site.item.around and isinstance(item.node, ast.Expr)
            return is_sure and any(_saves_all(found, each) for each in restored)
    return False


def _restored(found: Facts, node: ast.AST) -> Saved | None:
    """Returns what an expression restores, or None."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr != "restore":
        return None
    saver = found.values.get(node.func.value)
    return found.savers.get(saver.node) if isinstance(saver, Saver) and saver.node is not None else None


def _saves_all(found: Facts, saved: Saved) -> bool:
    """Says whether a saver saves each variable of the program, those of optimizers too."""
    items = found.items.values()
    created = {found.graph_names.get(call) for item in items for call in item.creates}
    optimizers = {optimizer for item in items for optimizer in item.trains.values()}
    is_whole = not saved.is_trainable and saved.problem is None and created <= set(saved.parts)
    return is_whole and optimizers <= {each.optimizer for each in saved.training}


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
    is_inline = any(fetch.assigns for each in earlier for fetch in each.fetched)
    return is_inline or any(item.assigns or item.trains for item in _asked(earlier))


def _is_plain(found: Facts) -> bool:
    """Says whether all variables get the same initial values each time."""
    created = [item for item in found.items.values() if item.creates]
    made = [found.values.get(call.func) for item in created for call in item.creates]
    names = {
        value.name
        for item in closure(created)
        for child in trees.walk(item.node)
        if isinstance(value := found.values.get(child), Symbol)
    }
    is_own = all(isinstance(each, Symbol) and each.name == "tf.Variable" for each in made)
    return is_own and not any(map(_RANDOM.search, names))


def _are_alternatives(first: Site, second: Site) -> bool:
    """Says whether two sites stand in the two branches of one ``if``."""
    for around in first.item.around:
        if isinstance(around, ast.If) and around in second.item.around:
            in_body = [any(site.node in trees.walk(each) for each in around.body) for site in (first, second)]
            if in_body[0] != in_body[1]:
                return True
    return False
