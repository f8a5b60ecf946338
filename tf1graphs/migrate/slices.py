"""Which statements a run of a session needs, and which of them several runs share."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from tf1graphs.migrate.facts.items import Fetch, Item, Owner, Site, is_later
from tf1graphs.migrate.facts.values import Fed, Initializer, Operation, Tensor, Variable, flat


def needed(reads: Iterable[Item], cut: Collection[Item] = ()) -> set[Item]:
    """Returns the statements that belong into a function and on which others hang, directly or not.

    Args:
        reads: what the others hang on.
        cut: statements that are not run, as what they compute is fed.
    """
    waiting = [item for item in reads if is_later(item) and item not in cut]
    found: set[Item] = set()
    while waiting:
        item = waiting.pop()
        if item not in found:
            found.add(item)
            waiting += [each for each in item.reads if is_later(each) and each not in cut]
    return {item for item in found if not item.is_merge}


def scheduled(items: Iterable[Item]) -> list[Item]:
    """Returns statements in their order, those that change variables only where another hangs on them, or at the end.

    What reads a variable without hanging on its update has the value from before, as in 1.15.
    """
    ordered = in_order(items)
    hanging = [each for each in ordered if any(read.assigns for read in needed([each]))]
    free = [each for each in ordered if each not in hanging]
    found: list[Item] = []
    waiting: list[Item] = []
    for item in ordered if _share_names(hanging, free) else free + hanging:
        if item.assigns:
            waiting.append(item)
            continue
        due = needed(item.reads)
        found += [each for each in waiting if each in due]
        waiting = [each for each in waiting if each not in due]
        found.append(item)
    return found + waiting


def _share_names(hanging: Iterable[Item], free: Iterable[Item]) -> bool:
    """Says whether statements give or read a name that a later one of others gives anew."""
    return any(
        other.order > item.order and other.defines & (item.defines | set(item.outer))
        for item in hanging
        for other in free
    )


def in_order(items: Iterable[Item]) -> list[Item]:
    """Returns statements in the order in which they stand."""
    return sorted(items, key=lambda item: item.order)


@dataclass(eq=False)
class Run:
    """What one or more places of the program ask a session for.

    Attributes:
        key: what tells it from others: the texts and statements of its fetches.
        sites: the places.
        items: the statements that compute it.
        fed: what takes the place of the tensors that are fed, in place of being computed.
        optional: the same for those that are fed at some times only.
    """

    key: tuple[object, ...]
    sites: list[Site] = field(default_factory=list)
    items: set[Item] = field(default_factory=set)
    fed: set[Fed] = field(default_factory=set)
    optional: set[Fed] = field(default_factory=set)
    name: str = ""

    @property
    def owner(self) -> Owner:
        """The module or function in whose graph it is: the innermost of those whose statements compute it."""
        site = self.sites[0]
        owners = {item.owner for item in self.items}
        if any(fetch.is_own for fetch in site.fetched):
            owners.add(site.owner)
        if owners:
            return max(owners, key=lambda owner: owner.depth)
        # What a function asks for that is not its own belongs to the module or function around it.
        return site.owner.parent if site.owner.parent and not site.owner.is_class else site.owner

    @property
    def is_local(self) -> bool:
        """Whether its function is defined where what is fetched has its names."""
        return self.owner is self.sites[0].owner

    @property
    def fetched(self) -> list[Fetch]:
        """What is fetched."""
        return self.sites[0].fetched


@dataclass(eq=False)
class Chunk:
    """Statements that the same runs need, two at least.

    Attributes:
        items: the statements, in order.
        runs: the runs that need them.
        results: the names that others need of it, in the order in which they are computed.
        inner: the chunks whose results only this one needs, so that its function calls theirs.
        name: the name of its function.
        run: the run that asks for just its results, so that its function is the run's too.
    """

    items: list[Item]
    runs: frozenset[Run]
    results: list[str] = field(default_factory=list)
    inner: list[Chunk] = field(default_factory=list)
    name: str = ""
    run: Run | None = None

    @property
    def owner(self) -> Owner:
        """The module, function or class in whose graph it is."""
        return max((item.owner for item in self.items), key=lambda owner: owner.depth)

    @property
    def all_items(self) -> list[Item]:
        """The statements of the chunk and of those in it."""
        return [item for chunk in self.inner for item in chunk.all_items] + self.items


def is_operation(fetch: Fetch) -> bool:
    """Says whether what is fetched has no value."""
    return isinstance(fetch.value, Operation)


def is_initialization(site: Site) -> bool:
    """Says whether a session only gives the variables their initial values."""
    return all(isinstance(each, Initializer) for fetch in site.fetched for each in flat(fetch.value))


def chunks(runs: Iterable[Run]) -> list[Chunk]:
    """Returns the statements that several runs share, grouped by the runs that do; updates are not shared."""
    runs = list(runs)
    users: dict[Item, set[Run]] = {}
    for run in runs:
        for item in run.items:
            users.setdefault(item, set()).add(run)
    cut = {fed.item for run in runs for fed in run.fed | run.optional if fed.item}
    optional = {fed.item for run in runs for fed in run.optional}
    groups: dict[tuple[frozenset[Run], frozenset[Item]], list[Item]] = {}
    for item in in_order(users):
        is_apart = item.trains or item.summaries or item.assigns or _hangs_on_training(item)
        if len(users[item]) > 1 and not is_apart and item not in optional:
            # What hangs on what some run feeds is apart from what computes that.
            behind = frozenset(cut & needed(item.reads)) if cut else frozenset()
            groups.setdefault((frozenset(users[item]), behind), []).append(item)
    found = [chunk for (shared, _), items in groups.items() if _is_apart(chunk := Chunk(items, shared))]
    for chunk in found:
        chunk.results = _results(chunk)
    found = [chunk for chunk in found if chunk.results and not _is_helper_call(chunk, found)]
    for chunk in found:
        chunk.inner = [each for each in found if each is not chunk and _is_only_for(each, chunk, found)]
        # Functions that make summaries put them where a run wants them.
        is_free = not any(item.helped for item in chunk.all_items)
        chunk.run = next((run for run in chunk.runs if is_free and _is_whole(chunk, run)), None)
    return found


def _is_helper_call(chunk: Chunk, found: Iterable[Chunk]) -> bool:
    """Says whether all that is shared is a call of a function that makes summaries, and no other chunk needs it."""
    if len(chunk.items) > 1 or not chunk.items[0].helped:
        return False
    others = (item for each in found if each is not chunk for item in each.items)
    return chunk.items[0] not in needed(others)


def _results(chunk: Chunk) -> list[str]:
    """Returns the names that others need of a chunk."""
    mine = set(chunk.items)
    readers = {item for run in chunk.runs for item in run.items} - mine
    wanted = {name for item in readers if item.reads & mine for name in item.outer}
    fetched = [fetch for run in chunk.runs for fetch in run.fetched]
    wanted |= {name for fetch in fetched if fetch.reads & mine for name in fetch.outer}
    wanted |= {each.label for fetch in fetched for each in flat(fetch.value) if getattr(each, "item", None) in mine}  # type: ignore[attr-defined]
    return list(dict.fromkeys(name for item in chunk.items for name in sorted(item.defines) if name in wanted))


def _is_only_for(inner: Chunk, chunk: Chunk, found: Iterable[Chunk]) -> bool:
    """Says whether only a chunk needs the results of another, in all runs that need the chunk."""
    theirs = set(inner.items)
    if not chunk.runs <= inner.runs or not any(item.reads & theirs for item in chunk.items):
        return False
    readers = {item for run in chunk.runs for item in run.items if item.reads & theirs} - theirs
    fetched = any(fetch.reads & theirs for run in chunk.runs for fetch in run.fetched)
    return readers <= set(chunk.items) and not fetched


def _is_named(fetch: Fetch) -> bool:
    return isinstance(fetch.node, (ast.Name, ast.Attribute)) and not is_operation(fetch)


def _is_whole(chunk: Chunk, run: Run) -> bool:
    """Says whether a run asks for just what a chunk computes."""
    if any(isinstance(fed.of, Variable) and fed not in run.fed for each in chunk.runs for fed in each.fed):
        return False
    names = [fetch.value.label if isinstance(fetch.value, Tensor) and _is_named(fetch) else "" for fetch in run.fetched]
    return names == chunk.results and run.items == set(chunk.all_items)


def _hangs_on_training(item: Item) -> bool:
    return any(each.trains for each in needed([item]))


def _is_apart(chunk: Chunk) -> bool:
    """Says whether what a chunk computes can be told by names: others need what the last statement gives each."""
    definers: dict[str, list[Item]] = {}
    for item in chunk.items:
        for name in item.defines:
            definers.setdefault(name, []).append(item)
    earlier = {item for items in definers.values() for item in items[:-1]}
    readers = {item for run in chunk.runs for item in run.items} - set(chunk.items)
    fetched = {item for run in chunk.runs for fetch in run.fetched for item in fetch.reads}
    return not earlier & (fetched | {read for item in readers for read in item.reads})
