"""What functions hand to each other: functions, where the old program passed tensors and sessions."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import inheriting, syntax
from tf1graphs.migrate.facts.items import Owner, Site
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import (
    Class,
    Elements,
    Entries,
    Function,
    Graph,
    Initializer,
    Instance,
    Session,
    Value,
)
from tf1graphs.migrate.slices import Run
from tf1graphs.migrate.writing.gone import is_gone
from tf1graphs.migrate.writing.handed_down import Callers
from tf1graphs.migrate.writing.summaries import Summaries


class Passing:
    """What the functions of one file hand to each other.

    Attributes:
        runs: the runs whose functions are defined in each owner and called from outside of it.
    """

    def __init__(self, facts: Facts, summaries: Summaries) -> None:
        self.facts = facts
        self.summaries = summaries
        self.runs: dict[Owner, list[Run]] = {}
        self._down: defaultdict[ast.AST, list[str]] = defaultdict(list)
        self._owners = {owner.node: owner for owner in facts.owners}
        self._methods = {method for owner in facts.owners for method in owner.methods}

    def add(self, runs: Iterable[Run]) -> None:
        """Notes which runs are called from outside of the functions that define theirs."""
        for run in dict.fromkeys(runs):
            if any(self.is_foreign(run, site) for site in run.sites):
                self.runs.setdefault(run.owner, []).append(run)
                self._hand_down(run)

    def _hand_down(self, run: Run) -> None:
        """Notes which functions are given a run's function, by one another or by the one that defines it."""
        foreign = [site for site in run.sites if self.is_foreign(run, site) and self._holder(run, site) is None]
        functions = {each for site in foreign for each in self._callers.between(run.owner, site.owner)}
        if not functions & self._methods:
            for each in functions:
                self._down[each].append(run.name)

    @cached_property
    def _callers(self) -> Callers:
        return Callers(self.facts)

    def is_foreign(self, run: Run, site: Site) -> bool:
        """Says whether a run's function is defined where a site cannot see it."""
        return not run.owner.is_around(site.owner)

    def path(self, run: Run, site: Site) -> str | None:
        """Returns how a site names a run's function; None if it has no way to."""
        if not self.is_foreign(run, site):
            return f"self.{run.name}" if run.owner.is_class else run.name
        found = self._holder(run, site)
        if found is None:
            return run.name
        holder, value = found
        is_dict = isinstance(value, Entries) and isinstance(value.node, ast.Dict)
        return f'{holder}["{run.name}"]' if is_dict else f"{holder}.{run.name}"

    def _holder(self, run: Run, site: Site) -> tuple[str, Value | None] | None:
        """Returns the object from which what a site fetches is taken, or else one that the run's owner returned."""
        for fetch in site.fetched:
            for node in trees.walk(fetch.node):
                if isinstance(node, (ast.Attribute, ast.Subscript)):
                    holder = self.facts.values.get(node.value)
                    if isinstance(holder, (Entries, Instance)):
                        return self.facts.source.segment(node.value), holder
        inside = set(trees.walk(run.owner.node))
        for name, bound in site.scope.bound.items():
            if isinstance(bound.value, Entries) and bound.value.node in inside:
                return name, bound.value
        return None

    def _exported(self, node: ast.AST) -> list[str]:
        for owner in self._owners.values():
            if owner in self.runs and any(child is node for each in owner.nodes for child in trees.walk(each)):
                return [run.name for run in self.runs[owner]]
        return []

    # Objects and dicts that hold parts of a graph.

    def record(self, node: ast.expr) -> list[str] | None:
        """Returns the functions that take the place of the tensors in a dict or object; None if it holds none."""
        value = self.facts.values.get(node)
        if not isinstance(value, Entries) or value.node is not node or node in self._of_helpers:
            return None
        if not any(is_gone(each) for each in value.entries.values()):
            return None
        return self._exported(node)

    @cached_property
    def _of_helpers(self) -> set[ast.AST]:
        """What stands in functions that compute tensors from others, which stay tensors there."""
        owners = {owner.node for owner in self.facts.owners}
        kinds = (ast.FunctionDef, ast.Lambda)
        helpers = [each for each in self.facts.source.nodes if isinstance(each, kinds) and each not in owners]
        inner = {child for owner in owners if isinstance(owner, kinds) for child in trees.walk(owner)}
        return {child for helper in helpers if helper not in inner for child in trees.walk(helper)} - inner

    # Results and arguments.

    def returned(self, node: ast.Return, text: syntax.Text) -> str | None:
        """Returns a ``return`` statement whose tensors are replaced by functions; None if it returns none."""
        if node.value is None or not self._is_partly_gone(self.facts.values.get(node.value)):
            return None
        kept = [text(part) for part in self._kept(node.value)]
        return f"return {', '.join([*kept, *self._exported(node)])}".rstrip()

    def unpacked(self, node: ast.Assign, text: syntax.Text) -> str | None:
        """Returns the assignment of a call's result where tensors are replaced by functions."""
        function = self._called(node.value)
        value = self.facts.values.get(node.value)
        if function is None or not self._is_partly_gone(value) or len(node.targets) != 1:
            return None
        target = node.targets[0]
        parts = target.elts if isinstance(target, (ast.Tuple, ast.List)) else [target]
        elements = value.elements if isinstance(value, Elements) and len(parts) > 1 else (value,)
        kept = [
            self.facts.source.segment(part) for part, each in zip(parts, elements, strict=False) if not is_gone(each)
        ]
        owner = self._owners.get(function)
        names = [*kept, *(run.name for run in self.runs.get(owner, []))] if owner else kept
        call = text(node.value)
        return f"{', '.join(names)} = {call}" if names else call

    def _is_partly_gone(self, value: Value | None) -> bool:
        if isinstance(value, Elements):
            return any(map(is_gone, value.elements))
        return is_gone(value)

    def _kept(self, node: ast.expr) -> Iterator[ast.expr]:
        parts = node.elts if isinstance(node, (ast.Tuple, ast.List)) else [node]
        for part in parts:
            if not is_gone(self.facts.values.get(part)):
                yield part

    def _called(self, node: ast.expr) -> ast.FunctionDef | None:
        """Returns the owner, or the method of one, that a call calls."""
        value = self.facts.values.get(node.func) if isinstance(node, ast.Call) else None
        definition = value.node if isinstance(value, Function) else None
        is_owner = definition in self._owners or definition in self._methods - self.facts.helpers
        return definition if isinstance(definition, ast.FunctionDef) and is_owner else None

    def is_dropped(self, function: ast.AST, name: str) -> bool:
        """Says whether a parameter of a function only took a session or, in an owner, a part of a graph."""
        value = self.facts.parameters.get((function, name))
        if isinstance(value, (Session, Graph, Initializer)) or name in self.facts.putting:
            return True
        is_method = function in self._methods and function not in self.facts.helpers
        return (function in self._owners or is_method) and is_gone(value)

    def arguments(self, node: ast.Call) -> list[ast.expr | ast.keyword] | None:
        """Returns the arguments of a call that stay; None if all do."""
        value = self.facts.values.get(node.func)
        definition: ast.AST | None = None
        if isinstance(value, Function):
            definition = value.node
        elif isinstance(value, Class):
            definition = inheriting.constructor(value)
        if not isinstance(definition, (ast.FunctionDef, ast.Lambda)):
            return None
        names = [each.arg for each in definition.args.args][inheriting.is_bound(self.facts, node.func) :]
        stay: list[ast.expr | ast.keyword] = [
            each for name, each in zip(names, node.args, strict=False) if not self.is_dropped(definition, name)
        ]
        stay += node.args[len(names) :]
        stay += [each for each in node.keywords if each.arg is None or not self.is_dropped(definition, each.arg)]
        return None if len(stay) == len(node.args) + len(node.keywords) and not self.added(node) else stay

    def added(self, node: ast.Call) -> list[str]:
        """Returns what a call hands over in addition: its function read it from outside of it, or makes summaries."""
        value = self.facts.values.get(node.func)
        definition = value.node if isinstance(value, Function) else None
        names = self._outside(definition)
        is_plain = definition in self._down and _has_places_alone(node, definition)
        given = names if is_plain else [f"{name}={name}" for name in names]
        return [*given, *self.summaries.arguments(node)]

    def outside(self, definition: ast.FunctionDef) -> list[str]:
        """Returns the parameters that a function gets for its summaries and for what it reads from outside of it."""
        return [*self._outside(definition), *self.summaries.parameters(definition)]

    def _outside(self, definition: ast.AST | None) -> list[str]:
        """Returns the functions that a function is given, or the parts of a graph that it reads from outside of it."""
        if definition is not None and definition in self._down:
            return self._down[definition]
        if not isinstance(definition, ast.FunctionDef) or definition in self._owners or definition in self._methods:
            return []
        return sorted(self.facts.outside.get(definition, ()))

    def parameters(self, node: ast.FunctionDef) -> Sequence[ast.arg]:
        """Returns the parameters of a function that go."""
        return [each for each in node.args.args if self.is_dropped(node, each.arg)]


def _has_places_alone(call: ast.Call, definition: ast.AST | None) -> bool:
    """Says whether a call gives all arguments of a function by their places."""
    assert isinstance(definition, ast.FunctionDef)
    own = definition.args
    starred = any(isinstance(each, ast.Starred) for each in call.args)
    return not (call.keywords or starred or own.defaults or own.vararg or own.kwonlyargs or own.kwarg)
