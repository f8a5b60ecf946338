"""Traces functions where they are defined, so that others find the variables of layers which they do not call."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.items import Item, Site
from tf1graphs.migrate.facts.values import VariableList
from tf1graphs.migrate.slices import Run, in_order
from tf1graphs.migrate.writing.building import Building
from tf1graphs.migrate.writing.places import Places


class Ahead:
    """Finds the functions of one file that call the layers whose variables others only read."""

    def __init__(self, building: Building, places: Places) -> None:
        self.building = building
        self.places = places
        self.lists = places.runs.lists
        self.facts = building.facts

    def fill(self, runs: Mapping[Site, Run]) -> None:
        """Traces what is needed behind the functions that have been placed."""
        for run, values in self.lists.unbuilt.items():
            others = [each for each in dict.fromkeys(runs.values()) if each is not run and each.owner is run.owner]
            chosen = self._chosen(others, values)
            if chosen is None or not all(self._trace(each, run) for each in chosen):
                self.lists.refuse_unbuilt(run)

    def _chosen(self, runs: Sequence[Run], values: Sequence[VariableList]) -> list[Run] | None:
        """Returns as few runs as can be that call all layers; None if some are called by none."""
        missing = list(dict.fromkeys(call for value in values for call in self.building.users(value)))
        chosen = []
        while missing:
            best = max(runs, key=lambda run: sum(self.building.is_in(run, each) for each in missing), default=None)
            left = [each for each in missing if best is None or not self.building.is_in(best, each)]
            if best is None or len(left) == len(missing):
                return None
            chosen.append(best)
            missing = left
        return chosen

    def _trace(self, run: Run, reader: Run) -> bool:
        """Traces a run's function before another one reads what it creates; says whether that can be."""
        last = in_order(run.items)[-1]
        line = f"{run.name}.get_concrete_function()  # creates the variables of the layers"
        if isinstance(last.owner.node, ast.ClassDef):
            return self._trace_method(last, last.owner.node, f"self.{line}", reader)
        place = self.places.of(run)
        item = self.facts.items.get(place)
        if last.owner is not run.owner or item is None:
            return False
        if any(site.owner is run.owner and site.item.order < item.order for site in reader.sites):
            return False
        if line not in self.places.at[place]:
            self.places.at[place].append(line)
        return True

    def _trace_method(self, last: Item, of: ast.ClassDef, line: str, reader: Run) -> bool:
        """Traces a method at the end of the one that builds what it computes."""
        builder = next(each for each in syntax.methods(of) if last.node in trees.walk(each))
        inside = set(trees.walk(builder))
        if any(isinstance(each, ast.Return) for each in inside) or any(site.node in inside for site in reader.sites):
            return False
        lines = self.places.attributes.last[builder]
        if line not in lines:
            lines.append(line)
        return True
