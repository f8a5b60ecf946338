"""Finds the runs whose functions write their summaries themselves: what they fetch of these is written, and no more."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import summaries, syntax
from tf1graphs.migrate.facts.items import Fetch, Item, Owner, Site
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Function, Summary, Symbol, Variable, Writer, flat
from tf1graphs.migrate.names import free_name
from tf1graphs.migrate.slices import Run, is_operation

_LOOPS = (ast.For, ast.While)
# Statements that leave no block, and expressions without effects.
_PLAIN = (ast.Assign, ast.AugAssign, ast.Expr)
_PURE = (ast.Name, ast.Attribute, ast.Constant, ast.BinOp, ast.UnaryOp, ast.operator, ast.unaryop, ast.expr_context)


@dataclass(eq=False)
class _Writing:
    """A place that fetches summaries and writes them.

    Attributes:
        call: the call that writes them.
        statement: the statement that does, if it is another one than the one that fetches them.
        target: the name that they have in between.
        count: the number, among what is fetched, of the variable whose value is their step.
    """

    call: ast.Call
    statement: ast.stmt | None = None
    target: ast.Name | None = None
    count: int | None = None


class Written:
    """The runs of one file whose functions write summaries.

    Such a function writes with the writer that is the default when it is traced, so there is to be one writer alone.

    Attributes:
        gone: the statements that wrote what the functions now write.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.gone: set[ast.stmt] = set()
        self._places: dict[Site, _Writing] = {}
        self._steps: dict[Run, str] = {}
        self._counts: dict[Run, Fetch] = {}
        self._blocks = {node: body for parent in facts.source.nodes for body in _bodies(parent) for node in body}

    def find(self, runs: Iterable[Run]) -> None:
        """Finds the runs; none where a saver may have to trace their functions before there is a writer."""
        writer = None if self.facts.savers else self._only_writer()
        for run in runs if writer else ():
            assert writer
            if self._is_simple(run) and self._has_writer(run, writer):
                places = {site: self._place(site, writer) for site in run.sites}
                found = {site: place for site, place in places.items() if place}
                counts = {place.count for place in found.values()}
                if len(found) == len(places) and self._are_all(found.values()) and self._is_told(run, counts):
                    self._places |= found
                    self._steps[run] = _free("step", run)
                    self._counts.update((run, run.fetched[count]) for count in counts if count is not None)
                    self.gone |= {place.statement for place in found.values() if place.statement}

    def step(self, run: Run) -> str | None:
        """Returns the name that the step has in a run's function; None if it writes nothing."""
        return self._steps.get(run)

    def count(self, run: Run) -> Fetch | None:
        """Returns the variable that has the step and that a run fetches; None if its function is given the step."""
        return self._counts.get(run)

    def has_value(self, run: Run, fetch: Fetch) -> bool:
        """Says whether the function of a run returns something for what is fetched."""
        return not is_operation(fetch) and not (run in self._steps and isinstance(fetch.value, Summary))

    def writing(self, site: Site) -> ast.Call | None:
        """Returns the call that wrote the summaries which a place fetches, if now the function does."""
        return self._places[site].call if site in self._places else None

    def outside(self, node: ast.stmt) -> ast.expr | None:
        """Returns the writer that has to be entered for a statement; None if there is none, or it is already."""
        for site, place in self._places.items():
            if site.item.node is node and not any(map(self._enters, site.item.around)):
                assert isinstance(place.call.func, ast.Attribute)
                return place.call.func.value
        return None

    def _enters(self, node: ast.stmt) -> bool:
        parts = node.items if isinstance(node, ast.With) else []
        return any(isinstance(self.facts.values.get(part.context_expr), Writer) for part in parts)

    # Writers.

    def _only_writer(self) -> Item | None:
        """Returns the statement that makes the only writer, if it is run once in its module or function."""
        made = [node for node in self.facts.source.nodes if isinstance(node, ast.Call) and self._makes_writer(node)]
        items = [item for item in self.facts.items.values() if made and made[0] in syntax.walk([item.node])]
        if len(made) != 1 or not items:
            return None
        item = max(items, key=lambda each: (each.owner.depth, each.order))
        is_repeated = any(isinstance(each, _LOOPS) for each in (*item.around, item.node))
        return None if is_repeated or item.owner.is_class else item

    def _makes_writer(self, node: ast.Call) -> bool:
        value = self.facts.values.get(node.func)
        return isinstance(value, Symbol) and value.name in summaries.WRITERS

    def _has_writer(self, run: Run, writer: Item) -> bool:
        """Says whether no function of a run is ever called with two writers."""
        if run.owner.is_class:
            return False
        return writer.owner.is_around(run.owner) or self._is_built_in(run.owner, writer.owner)

    def _is_built_in(self, function: Owner, owner: Owner) -> bool:
        """Says whether only an owner calls a function, and so gets functions of its own from it."""
        node = function.node
        if not isinstance(node, ast.FunctionDef) or node.decorator_list:
            return False
        inside = set(trees.walk(owner.node))
        calls = [each for each in self.facts.source.nodes if isinstance(each, ast.Call) and self._calls(each, node)]
        functions = {call.func for call in calls}
        names = [each for each in self.facts.source.nodes if isinstance(each, ast.Name) and each.id == node.name]
        return bool(calls) and all(call in inside for call in calls) and all(name in functions for name in names)

    def _calls(self, call: ast.Call, function: ast.FunctionDef) -> bool:
        value = self.facts.values.get(call.func)
        return isinstance(value, Function) and value.node is function

    # Summaries.

    def _is_simple(self, run: Run) -> bool:
        """Says whether a run fetches one summary, without images, which no scope would give other tags."""
        fetched = [fetch for fetch in run.fetched if any(isinstance(each, Summary) for each in flat(fetch.value))]
        if len(fetched) != 1 or not isinstance(fetched[0].value, Summary):
            return False
        calls = fetched[0].value.calls
        made = [item for item in run.items if item.summaries & calls]
        symbols = [self.facts.values.get(call.func) for call in calls]
        kinds = {summaries.KINDS[each.name] for each in symbols if isinstance(each, Symbol)}
        has_scope = any(isinstance(child, ast.With) for item in made for child in trees.walk(item.node))
        is_known = all(len({self._is_variable(node) for node in self._shown(item)}) == 1 for item in made)
        is_helped = any(tag.path for call in calls for tag in self.facts.tags[call])
        return "images" not in kinds and not has_scope and is_known and not is_helped

    def _shown(self, item: Item) -> list[ast.expr | None]:
        """Returns the values of the summaries that a statement makes."""
        return [summaries.given(self.facts.values[call.func].name, call).get("value") for call in item.summaries]  # type: ignore[attr-defined]

    def _is_variable(self, node: ast.expr | None) -> bool:
        return node is not None and isinstance(self.facts.values.get(node), Variable)

    def late(self, run: Run) -> set[Item]:
        """Returns the statements of a run's function that show variables, or write a step, as these are in the end."""
        made = {item for item in run.items if item.summaries} if run in self._steps else set()
        return {item for item in made if run in self._counts or all(map(self._is_variable, self._shown(item)))}

    def _is_told(self, run: Run, counts: set[int | None]) -> bool:
        """Says whether all places of a run tell the step alike, and all else has its value when the step has its own.

        What a summary computes itself would see the variables after their update.
        """
        if counts == {None}:
            return True
        changes = any(item.trains or item.assigns for item in run.items)
        shown = [node for item in run.items if item.summaries for node in self._shown(item)]
        is_done = all(map(_is_name, shown)) or not changes
        has_updates = not all(_is_name(fetch.node) for fetch in run.fetched)
        return len(counts) == 1 and is_done and not has_updates

    def _place(self, site: Site, writer: Item) -> _Writing | None:
        """Returns where the summaries that a place fetches are written, if that is all that is done with them."""
        node = site.item.node
        if site.owner is writer.owner and site.item.order < writer.order:
            return None
        if isinstance(node, ast.Expr):
            call = node.value
            is_direct = self._writes(call) and syntax.argument(call, 0, "summary") is site.node  # type: ignore[arg-type]
            return _Writing(call) if is_direct and isinstance(call, ast.Call) and self._is_pure(call, set()) else None
        targets = self._targets(site)
        target = next((name for name, fetch in targets if isinstance(fetch.value, Summary)), None)
        counts = {
            name.id: number
            for number, (name, fetch) in enumerate(targets)
            if isinstance(fetch.value, Variable) and isinstance(name, ast.Name)
        }
        return self._later(node, target, counts) if isinstance(target, ast.Name) else None

    def _targets(self, site: Site) -> list[tuple[ast.expr, Fetch]]:
        """Returns what gets each of the values that a place fetches; nothing if that is not known."""
        node = site.item.node
        if not isinstance(node, ast.Assign) or node.value is not site.node or len(node.targets) != 1:
            return []
        targets: Sequence[ast.expr] = node.targets
        if isinstance(site.fetches, (ast.List, ast.Tuple)):
            targets = node.targets[0].elts if isinstance(node.targets[0], (ast.List, ast.Tuple)) else []
        return list(zip(targets, site.fetched, strict=True)) if len(targets) == len(site.fetched) else []

    def _later(self, node: ast.stmt, target: ast.Name, counts: dict[str, int]) -> _Writing | None:
        """Returns where a summary is written that a statement gives a name: behind it, with nothing special between.

        Args:
            node: the statement.
            target: the name.
            counts: the numbers, among what is fetched, of variables by the names that it gives their values.
        """
        body = self._blocks[node]
        stored: set[str] = set()
        for each in body[body.index(node) + 1 :]:
            call = each.value if isinstance(each, ast.Expr) else None
            if isinstance(call, ast.Call) and self._writes(call) and self._is_named(call, target.id):
                step = syntax.argument(call, 1, "global_step")
                count = counts.get(step.id) if isinstance(step, ast.Name) else None
                is_pure = self._is_pure(call, stored if count is not None else stored | syntax.stored(node))
                return _Writing(call, each, target, count) if is_pure else None
            if not isinstance(each, _PLAIN):
                return None
            stored |= syntax.stored(each)
        return None

    def _writes(self, node: ast.expr) -> bool:
        is_method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if not is_method or node.func.attr != "add_summary":  # type: ignore[attr-defined]
            return False
        return isinstance(self.facts.values.get(node.func.value), Writer)  # type: ignore[attr-defined]

    def _is_named(self, call: ast.Call, name: str) -> bool:
        summary = syntax.argument(call, 0, "summary")
        return isinstance(summary, ast.Name) and summary.id == name

    def _is_pure(self, call: ast.Call, stored: set[str]) -> bool:
        """Says whether a writer and a step are as well computed before names are given values."""
        assert isinstance(call.func, ast.Attribute)
        step = syntax.argument(call, 1, "global_step")
        nodes = [child for part in (call.func.value, step) if part for child in trees.walk(part)]
        names = {child.id for child in nodes if isinstance(child, ast.Name)}
        return all(isinstance(child, _PURE) for child in nodes) and not names & stored

    def _are_all(self, places: Iterable[_Writing]) -> bool:
        """Says whether nothing else has or reads the names that summaries have before they are written."""
        pairs = {
            (place.target.id, place.target, syntax.argument(place.call, 0, "summary"))
            for place in places
            if place.target
        }
        known = {node for _, target, read in pairs for node in (target, read)}
        names = {name for name, _, _ in pairs}
        return all(node in known for node in self.facts.source.nodes if isinstance(node, ast.Name) and node.id in names)


def _bodies(node: ast.AST) -> list[list[ast.stmt]]:
    found = [getattr(node, name, None) for name in ("body", "orelse", "finalbody")]
    return [body for body in found if isinstance(body, list)]


def _is_name(node: ast.expr | None) -> bool:
    return isinstance(node, (ast.Name, ast.Attribute))


def _free(name: str, run: Run) -> str:
    """Returns a name for a parameter that a run's function has nothing else for."""
    taken = {each for item in run.items for each in (*item.defines, *item.outer)}
    taken |= {each for fetch in run.fetched for each in fetch.outer}
    taken |= {each.label or each.name for item in run.items for each in item.placeholders}
    return free_name(name, taken)
