"""Writes what lets layers, recurrent cells and optimizers have their variables before they are used the first time."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts.items import Item, Owner, Site, is_later
from tf1graphs.migrate.facts.values import VariableList
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.slices import Run
from tf1graphs.migrate.writing.gone import is_gone
from tf1graphs.migrate.writing.passing import Passing
from tf1graphs.migrate.writing.saved import Variables

LATE = ("it stands before the functions that use the variables", "create it later")


class Building:
    """Traces functions of one file before statements that need the variables which these create.

    Attributes:
        place: gives the statement before which the function of a run is defined.
        signed: gives the line that gives a function its signature, if it has to come before a statement.
    """

    def __init__(
        self,
        variables: Variables,
        runs: Mapping[Site, Run],
        passing: Passing,
        place: Callable[[Run], ast.stmt],
        signed: Callable[[ast.stmt, str], list[str]],
    ) -> None:
        self.variables = variables
        self.facts = variables.facts
        self.runs = runs
        self.passing = passing
        self.place = place
        self.signed = signed
        self._built: list[tuple[Item, str]] = []

    def before(self, node: ast.stmt) -> list[str]:
        """Returns the lines before a statement that lists the variables of layers outside of all functions."""
        item = self.facts.items.get(node)
        if item is None or is_later(item) or (isinstance(node, ast.Assign) and is_gone(self.facts.values[node.value])):
            return []
        lines: list[str] = []
        for value in sorted(item.listed, key=lambda each: list(each.made)):
            found = self.lines(item, item.owner, list(self.users(value)), [])
            if found is None:
                reason = "the variables of layers are there only once these have been called"
                self.facts.refusals.add(Refusal(node.lineno, "a collection", reason, "read them later"))
            lines += found or []
        return lines

    def users(self, value: VariableList) -> Iterable[ast.Call]:
        """Yields the calls that use the layers which have the variables of a list first."""
        for made in value.made.values():
            user = None if isinstance(made, str) else self.variables.user(*made)
            if user is not None:
                yield user

    def lines(self, item: Item, owner: Owner, layers: list[ast.Call], optimizers: list[ast.Call]) -> list[str] | None:
        """Returns the statements that trace functions, so that layers and optimizers have their variables.

        Args:
            item: the statement that needs the variables.
            owner: the module or function of the statement.
            layers: the first calls of the layers.
            optimizers: the calls that train.

        Returns:
            The lines, or None if not all functions are there yet.
        """
        missing = [*layers, *optimizers]
        visible = self._visible(item, owner)
        lines: list[str] = []
        while missing and visible:
            name = max(visible, key=lambda name: sum(self.is_in(visible[name], each) for each in missing))
            run = visible.pop(name)
            if not any(self.is_in(run, each) for each in missing):
                break
            missing = [each for each in missing if not self.is_in(run, each)]
            if any(known == name and set(before.around) <= set(item.around) for before, known in self._built):
                continue
            self._built.append((item, name))
            what = " and ".join(["layers"] * bool(layers) + ["optimizer"] * bool(optimizers))
            lines += self.signed(item.node, name)
            lines.append(f"{name}.get_concrete_function()  # creates the variables of the {what}")
        return None if missing else lines

    def is_in(self, run: Run, node: ast.Call) -> bool:
        """Says whether a run computes a call."""
        return any(child is node for item in run.items for child in trees.walk(item.node))

    def _visible(self, item: Item, owner: Owner) -> dict[str, Run]:
        """Returns the runs whose functions are defined before a statement, by their names there."""
        found = {}
        for site, run in self.runs.items():
            place = self.facts.items.get(self.place(run))
            is_before = run.owner is not owner or place is None or place.order < item.order
            if is_before and site.owner is owner:
                found[self.passing.path(run, site) or run.name] = run
            elif is_before and run.owner.is_around(owner):
                found[f"self.{run.name}" if run.owner.is_class else run.name] = run
        return found
