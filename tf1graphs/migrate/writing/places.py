"""Puts functions where the old program had computed all that they need."""

from __future__ import annotations

import ast
from collections import defaultdict

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.items import Item
from tf1graphs.migrate.slices import Run, in_order
from tf1graphs.migrate.writing.attributes import Attributes
from tf1graphs.migrate.writing.changes import Changes
from tf1graphs.migrate.writing.runs import Runs


class Places:
    """Places the functions of one file.

    Attributes:
        at: the functions that are defined at a statement.
        behind: the methods that follow a method.
    """

    def __init__(self, runs: Runs, changes: Changes, attributes: Attributes) -> None:
        self.facts = runs.facts
        self.runs = runs
        self.functions = runs.functions
        self.changes = changes
        self.attributes = attributes
        self.at: defaultdict[ast.AST, list[str]] = defaultdict(list)
        self.behind: defaultdict[ast.stmt, list[str]] = defaultdict(list)

    def fill(self) -> None:
        """Writes all functions and places them."""
        for chunk in self.functions.chunks:
            self.changes.check(chunk.items, [site for run in chunk.runs for site in run.sites])
            with self.attributes.within(chunk.owner.node):
                self._put(chunk.items[-1], self.functions.chunk_text(chunk))
        own = {chunk.run for chunk in self.functions.chunks}
        for run in dict.fromkeys(self.runs.by_site.values()):
            if run not in own:
                self.changes.check(run.items, run.sites)
                with self.attributes.within(run.owner.node):
                    self._put_run(run)

    def _put_run(self, run: Run) -> None:
        text = self.functions.run_text(run)
        last = self._last(run)
        if run.owner is last.owner:
            self._put(last, text)
            return
        # A function that computes nothing of its own is defined where the one is that runs it, or where that runs it.
        inner = run.sites[0].owner
        while inner.parent is not None and inner.parent is not run.owner and inner is not run.owner:
            inner = inner.parent
        self.at[self._place(run.sites[0].item) if inner is run.owner else inner.node].append(text)

    def _put(self, item: Item, function: str) -> None:
        """Places a function where the old program had computed all of it: methods behind the one that did."""
        if item.owner.is_class:
            method = next(each for each in item.owner.methods if item.node in trees.walk(each))
            self.behind[method].append(self.attributes.method(function, method))
        else:
            self.at[self._place(item)].append(function)

    def of(self, run: Run) -> ast.stmt:
        """Returns the statement before which the function of a run is defined."""
        return self._place(self._last(run))

    def _last(self, run: Run) -> Item:
        return in_order(run.items)[-1] if run.items else run.sites[0].item

    def _place(self, item: Item) -> ast.stmt:
        """Returns the statement before which a function is defined that ends with what an item computes."""
        for around in item.around:
            if isinstance(around, (ast.For, ast.While)) and self._creates(around):
                continue
            is_main = isinstance(around, ast.If) and syntax.is_main(around)
            if isinstance(around, (ast.For, ast.While, ast.Try, ast.If)) and not is_main:
                return around
        return item.node

    def _creates(self, loop: ast.stmt) -> bool:
        """Says whether each round of a loop creates variables: then it defines the functions that use them, too."""
        return any(loop in item.around and item.creates for item in self.facts.items.values())
