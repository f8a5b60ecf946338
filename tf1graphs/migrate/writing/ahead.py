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
            others = [each for each in others if self._has_signature(each)]
            chosen = self._chosen(others, values)
            if not chosen or not self._trace(chosen, run):
                self.lists.refuse_unbuilt(run)

    def _has_signature(self, run: Run) -> bool:
        """Says whether a run's function can be traced without arguments."""
        placeholders = self.places.functions.run_parameters(run)
        return not placeholders or "input_signature" in self.places.functions.signature(placeholders)

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
        # In the order of 1.15, in which random numbers are drawn.
        return sorted(chosen, key=lambda run: min(item.order for item in run.items if item.creates))

    def _trace(self, runs: Sequence[Run], reader: Run) -> bool:
        """Traces functions before another one reads what they create; says whether that can be."""
        last = in_order(item for run in runs for item in run.items)[-1]
        line = "{}.get_concrete_function()  # creates the variables of the layers"
        if last.owner.is_class:
            lines = [line.format(f"self.{run.name}") for run in runs]
            return self._trace_methods(last, lines, reader)
        places = [self.facts.items.get(self.places.of(run)) for run in runs]
        known = [each for each in places if each is not None]
        if last.owner is not reader.owner or len(known) < len(places):
            return False
        place = max(known, key=lambda each: each.order)
        if any(site.owner is reader.owner and site.item.order < place.order for site in reader.sites):
            return False
        text = "\n".join(line.format(run.name) for run in runs)
        if text not in self.places.at[place.node]:
            self.places.at[place.node].append(text)
        return True

    def _trace_methods(self, last: Item, wanted: Sequence[str], reader: Run) -> bool:
        """Traces methods at the end of the one that builds what they compute."""
        builder = next(each for each in last.owner.methods if last.node in trees.walk(each))
        inside = set(trees.walk(builder))
        returns = [each for each in syntax.walk(builder.body) if isinstance(each, ast.Return)]
        is_whole = returns in ([], self.places.attributes.end(builder))
        if not is_whole or any(site.node in inside for site in reader.sites):
            return False
        lines = self.places.attributes.last[builder]
        lines += [line for line in wanted if line not in lines]
        return True
