"""Puts functions where the old program had computed all that they need."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.items import Item, Owner, Site
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
                sites = [site for run in chunk.runs for site in run.sites]
                self._put(chunk.items[-1], chunk.all_items, sites, self.functions.chunk_text(chunk))
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
            self._put(last, run.items, run.sites, text)
            return
        # A function that computes nothing of its own is defined where the one is that runs it, or where that runs it.
        inner = run.sites[0].owner
        while inner.parent is not None and inner.parent is not run.owner and inner is not run.owner:
            inner = inner.parent
        self.at[self._place(run.sites[0].item) if inner is run.owner else inner.node].append(text)

    def _put(self, item: Item, items: Iterable[Item], sites: Iterable[Site], function: str) -> None:
        """Places a function where the old program had computed all of it: methods behind the one that did."""
        if item.owner.is_class:
            method = _method(item.owner, item.node)
            assert method is not None
            place = self._heir(item, items, sites) if item.owner.bases else method
            self.behind[place].append(self.attributes.method(function, method))
        else:
            self.at[self._place(item)].append(function)

    def _heir(self, last: Item, items: Iterable[Item], sites: Iterable[Site]) -> ast.FunctionDef:
        """Returns the method behind which a function goes: in the class that adds to what those it inherits from do."""
        methods = last.owner.methods
        own = [each for each in (*in_order(items), last) if each.owner is last.owner]
        makers = [each for each in (_method(last.owner, item.node) for item in own) if each]
        users = [each for each in (_method(last.owner, site.node) for site in sites) if each]
        of = {method: rank for rank, node in enumerate(last.owner.nodes) for method in methods if method in node.body}  # type: ignore[attr-defined]
        rank = min(of[each] for each in makers)
        rank = min([rank, max((of[each] for each in users), default=rank)])
        return [each for each in (*users, *makers) if of[each] == rank][-1]

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


def _method(owner: Owner, node: ast.AST) -> ast.FunctionDef | None:
    """Returns the method of a class in which a node stands."""
    return next((each for each in owner.methods if any(child is node for child in trees.walk(each))), None)
