"""Finds what a program asks its sessions for, and names the functions that give it."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.datasets import Element
from tf1graphs.migrate.facts.items import Fetch, Site
from tf1graphs.migrate.facts.values import Fed, Summary, TrainOp, flat
from tf1graphs.migrate.slices import Run, chunks, in_order, is_initialization, needed
from tf1graphs.migrate.writing.collections import Lists, check_updates
from tf1graphs.migrate.writing.functions import Functions, run_name
from tf1graphs.migrate.writing.passing import Passing
from tf1graphs.migrate.writing.sites import is_direct


class Runs:
    """Finds the runs of one file.

    Attributes:
        by_site: the run of each place that needs a function.
    """

    def __init__(self, functions: Functions, passing: Passing, lists: Lists) -> None:
        self.facts = functions.facts
        self.texts = functions.texts
        self.functions = functions
        self.passing = passing
        self.lists = lists
        self.written = functions.summaries.written
        self.by_site: dict[Site, Run] = {}

    def find(self) -> None:
        """Finds the runs and what several of them share, and gives their functions names."""
        runs = self._grouped()
        check_updates(self.facts, runs)
        self.lists.check(runs)
        self.written.find(run for run in runs if not self._draws(run))
        self.functions.summaries.find(runs)
        self._name(runs)
        self.passing.add(runs)
        self.functions.chunks = chunks(runs)
        for chunk in self.functions.chunks:
            chunk.name = chunk.run.name if chunk.run else self.texts.free("_".join(["compute", *chunk.results[:2]]))

    def _grouped(self) -> list[Run]:
        by_key: dict[object, Run] = {}
        for site in self.facts.sites.values():
            if is_initialization(site) or is_direct(site):
                continue
            segment = self.facts.source.segment
            reads = {item for fetch in site.fetched for item in fetch.reads}
            given = [each for each in site.feeds if isinstance(each, Fed) and each not in site.optional]
            cut = {each.item for each in given if each.item}
            items = needed(reads, cut)
            fed = {each for each in given if each.item in reads.union(*(item.reads for item in items))}
            optional = {each for each in site.optional if isinstance(each, Fed) and each.item in items}
            results = tuple((segment(fetch.node), frozenset(needed(fetch.reads, cut))) for fetch in site.fetched)
            key = (results, frozenset(fed), frozenset(optional))
            run = by_key.setdefault(key, Run(key))
            run.sites.append(site)
            run.items |= items
            run.fed |= fed
            run.optional |= optional
            self.by_site[site] = run
        return list(by_key.values())

    def _draws(self, run: Run) -> bool:
        """Says whether a run gets elements of datasets, whose shapes and dtypes are not known by reading."""
        return any(isinstance(each, Element) for each in self.functions.run_parameters(run))

    def _name(self, runs: Sequence[Run]) -> None:
        trains = [run for run in runs if any(isinstance(each, TrainOp) for f in run.fetched for each in flat(f.value))]
        for run in runs:
            labels = {fetch: self._label(fetch) for fetch in run.fetched if self._is_named(run, fetch)}
            run.name = self.texts.free(run_name(labels, len(trains) == 1) if labels else "write_summaries")

    def _is_named(self, run: Run, fetch: Fetch) -> bool:
        """Says whether the name of a run's function tells of a fetch: what it writes is no result."""
        return self.written.step(run) is None or not isinstance(fetch.value, Summary)

    def _label(self, fetch: Fetch) -> str:
        node = fetch.node
        if isinstance(fetch.value, Summary):
            return self.functions.summaries.label(node)
        if isinstance(node, ast.Name):
            return node.id
        if isinstance(node, ast.Attribute):
            return node.attr
        if isinstance(node, ast.Call):
            return (node.func.attr if isinstance(node.func, ast.Attribute) else syntax.root(node.func)) or "value"
        return next((child.id for child in trees.walk(node) if isinstance(child, ast.Name)), "value")

    def shown(self, node: ast.stmt) -> str | None:
        """Returns a function that a statement can call and that computes most of the model, one that trains if any."""
        item = self.facts.items[node]
        found = [
            (*self._size(run), self.passing.path(run, site) or run.name)
            for site, run in self.by_site.items()
            if run.items and in_order(run.items)[-1].order < item.order
            if run.owner.is_around(item.owner) or site.owner is item.owner
        ]
        return max(found, default=(False, 0, None))[2]

    def _size(self, run: Run) -> tuple[bool, int]:
        return any(each.trains for each in run.items), sum(not each.summaries for each in run.items)
