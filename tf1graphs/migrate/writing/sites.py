"""Writes the calls that take the place of a session's runs."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

from tf1graphs.migrate import initializations, trees
from tf1graphs.migrate.facts.counts import is_whole
from tf1graphs.migrate.facts.datasets import Element
from tf1graphs.migrate.facts.items import Fetch, Site, is_later
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.symbols import argument
from tf1graphs.migrate.facts.values import (
    Count,
    Elements,
    Entries,
    Fed,
    Host,
    Many,
    Placeholder,
    Stage,
    State,
    Summary,
    Tensor,
    Value,
    Variable,
    flat,
)
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.slices import Run, is_initialization
from tf1graphs.migrate.writing.functions import Functions
from tf1graphs.migrate.writing.passing import Passing
from tf1graphs.migrate.writing.pipelines import is_drawn
from tf1graphs.migrate.writing.texts import Texts

_CALLED = ("a call gives what is fed, and not just that is needed", "give the dict a name first")


def is_direct(site: Site) -> bool:
    """Says whether what is fetched needs no function: variables and their updates, tensors that are known or drawn."""
    if any(isinstance(each, Fed) for each in site.feeds):
        return False
    return is_drawn(site) or all(_is_direct(fetch) for fetch in site.fetched)


def _is_direct(fetch: Fetch) -> bool:
    if any(is_later(item) for item in fetch.reads):
        return False
    values = list(flat(fetch.value))
    return fetch.is_at_once or all(
        isinstance(each, Variable) or (isinstance(each, Tensor) and each.stage is Stage.FIXED) for each in values
    )


class Sites:
    """Writes the calls of one file."""

    def __init__(
        self, facts: Facts, texts: Texts, functions: Functions, runs: Mapping[Site, Run], passing: Passing
    ) -> None:
        self.facts = facts
        self.texts = texts
        self.functions = functions
        self.runs = runs
        self.passing = passing
        self.written = functions.summaries.written
        self._anew = initializations.anew(facts)

    def call(self, site: Site) -> str:
        """Returns the call of a site's function with what is fed."""
        run = self.runs[site]
        parameters = self.functions.run_parameters(run)
        self._check_extra(site, parameters)
        if self._is_called_for(site) and len(parameters) != 1:
            return f"{self.passing.path(run, site)}({self._unpacked(site, parameters)})"
        texts: dict[Placeholder, str | None] = {
            each: self.functions.pipelines.argument(site, each, parameters)
            if isinstance(each, Element) and each not in site.feeds
            else self._fed(site, each, not run.optional and self._is_cast(parameters))
            for each in parameters
        }
        given = [*self._in_order(site, texts), self._step(site)]
        return f"{self.passing.path(run, site)}({', '.join(text for text in given if text)})"

    def _is_called_for(self, site: Site) -> bool:
        """Says whether a call gives what is fed, so that it may give something else each time."""
        return any(value is None for value in site.feeds.values()) and self._has_call(site.feed)

    def _unpacked(self, site: Site, parameters: Sequence[Placeholder]) -> str:
        """Returns the arguments of a call that are in the dict which a call gives."""
        given = [each for each in parameters if each in site.feeds]
        is_whole = set(site.feeds) == set(given) and all(value is None for value in site.feeds.values())
        if (
            not is_whole
            or not self._is_cast(parameters)
            or len(given) < sum(each.default is None for each in parameters)
        ):
            self._refuse(site, *_CALLED)
        step = self._step(site)
        assert site.feed is not None
        return f"**{self.texts.text(site.feed)}" + (f", {step}" if step else "")

    def _step(self, site: Site) -> str | None:
        """Returns the argument of the step of the summaries that a function writes."""
        call = self.written.writing(site)
        if call is None or self.written.count(self.runs[site]):
            return None
        step = argument(call, 1, "global_step")
        value = self.facts.values.get(step) if step is not None else None
        # Without a step 1.15 wrote step 0, and of numbers the whole part.
        if step is None or (isinstance(value, Host) and value.literal is None):
            text = "0"
        else:
            text = self.texts.text(step)
            text = text if is_whole(step, self.facts.source.nodes) else f"int({text})"
        return f"{self.written.step(self.runs[site])}={text}"

    def _in_order(self, site: Site, given: dict[Placeholder, str | None]) -> list[str | None]:
        """Returns the arguments of a call; by name and in the old order where computing them may have effects."""
        order = [each for each in site.feeds if each in given]
        if sum(self._has_call(site.feeds[each]) for each in order) < 2 or order == list(given):
            return list(given.values())
        rest = [text for each, text in given.items() if each not in order]
        named = [
            text if each.default is not None else f"{self.functions.parameter(each)}={text}"
            for each in order
            if (text := given[each]) is not None
        ]
        return [*rest, *named]

    def _has_call(self, node: ast.expr | None) -> bool:
        return node is not None and any(isinstance(each, ast.Call) for each in trees.walk(node))

    def _check_extra(self, site: Site, parameters: Sequence[Placeholder]) -> None:
        for placeholder, value in site.feeds.items():
            if placeholder not in parameters and self._has_call(value):
                self._refuse(site, f"{self.functions.parameter(placeholder)} is fed but not needed", "leave it out")

    def _is_cast(self, parameters: Sequence[Placeholder]) -> bool:
        """Says whether a function with such parameters has a signature, which gives its arguments their dtypes."""
        return all(self.functions.has_spec(each) for each in parameters if isinstance(each, (Element, Fed)))

    def _fed(self, site: Site, placeholder: Placeholder, is_cast: bool) -> str | None:
        name = self.functions.parameter(placeholder)
        if placeholder not in site.feeds:
            if placeholder.default is None:
                self._refuse(site, f"{name} is not fed", "feed it")
            return None
        value = site.feeds[placeholder]
        if value is not None:
            text = self.texts.text(value)
        elif isinstance(site.feed, ast.Name):
            text = f'{site.feed.id}["{name}"]'
        else:
            assert site.feed is not None
            text = f'{self.texts.text(site.feed)}["{name}"]'
        if not is_cast and isinstance(placeholder, Element):
            self._refuse(site, f"the dtype of {name}, which is fed, is not known", "feed a placeholder instead")
        elif not is_cast:
            text = self._cast(placeholder, text)
        if placeholder in site.optional:
            assert isinstance(site.feed, ast.Name)
            return f'{name}={text} if "{name}" in {site.feed.id} else None'
        return f"{name}={text}" if placeholder.default is not None else text

    def _cast(self, placeholder: Placeholder, text: str) -> str:
        tf, dtype = self.texts.tf, self.functions.dtype(placeholder)
        if isinstance(placeholder, Fed) and isinstance(placeholder.of, State):
            return f"{tf}.nest.map_structure(lambda value: {tf}.constant(value, {dtype}), {text})"
        return f"{tf}.constant({text}, {dtype})"

    def _refuse(self, site: Site, reason: str, remedy: str) -> None:
        self.facts.refusals.add(Refusal(site.node.lineno, "Session.run", reason, remedy))

    def expression(self, site: Site) -> str:
        """Returns the expression that takes the place of a run within an expression."""
        if is_direct(site):
            return self._direct(site)
        wanted = [fetch for fetch in site.fetched if self._has_value(site, fetch)]
        call = self.call(site)
        if not isinstance(site.fetches, (ast.List, ast.Tuple)):
            return self._numpy(call, site.fetched[0]) if wanted else call
        if not wanted:
            return call
        if len(wanted) == 1:
            values = [self._numpy(call, fetch) if fetch in wanted else "None" for fetch in site.fetched]
            return f"[{', '.join(values)}]"
        before, after = (self._without_value(site, fetched) for fetched in (site.fetched, site.fetched[::-1]))
        if before + len(wanted) + after != len(site.fetched):
            self._refuse(site, "it fetches ops between tensors into one list", "give each result a name")
        if before or after:
            return f"[{'None, ' * before}*{self._all(call, wanted)}{', None' * after}]"
        return self._all(call, wanted)

    def _has_value(self, site: Site, fetch: Fetch) -> bool:
        return self.written.has_value(self.runs[site], fetch)

    def _without_value(self, site: Site, fetched: Sequence[Fetch]) -> int:
        """Returns how many ops stand before the first tensor."""
        return next(number for number, fetch in enumerate(fetched) if self._has_value(site, fetch))

    def _all(self, call: str, wanted: Sequence[Fetch]) -> str:
        if all(type(fetch.value) in (Count, Tensor, Variable, Placeholder) for fetch in wanted):
            return f"[value.numpy() for value in {call}]"
        return f"{self.texts.tf}.nest.map_structure(lambda value: value.numpy(), {call})"

    def _numpy(self, call: str, fetch: Fetch) -> str:
        if isinstance(fetch.value, Summary):
            return call
        if isinstance(fetch.value, Elements) and not any(map(_is_nested, fetch.value.elements)):
            return f"[value.numpy() for value in {call}]"
        if isinstance(fetch.value, Entries) and not any(map(_is_nested, fetch.value.entries.values())):
            return f"{{name: value.numpy() for name, value in {call}.items()}}"
        if isinstance(fetch.value, (Many, State, Elements, Entries)):
            return f"{self.texts.tf}.nest.map_structure(lambda value: value.numpy(), {call})"
        return f"{call}.numpy()"

    def _direct(self, site: Site) -> str:
        if self._is_called_for(site):
            self._refuse(site, *_CALLED)
        texts = [self._numpy(self._operand(fetch), fetch) for fetch in site.fetched]
        if isinstance(site.fetches, (ast.List, ast.Tuple)):
            return f"[{', '.join(texts)}]"
        return texts[0]

    def _operand(self, fetch: Fetch) -> str:
        text = self.texts.text(fetch.node)
        is_atom = isinstance(fetch.node, (ast.Name, ast.Attribute, ast.Call, ast.Subscript))
        return text if is_atom else f"({text})"

    def alone(self, site: Site) -> str | None:
        """Returns what a run becomes that is a statement; None if it needs no other form than an expression."""
        if site in self._anew:
            return self._reset()
        if site in self.runs:
            return self.call(site)
        is_update = len(site.fetched) == 1 and site.fetched[0].is_at_once
        return self.texts.text(site.fetched[0].node) if is_update else None

    def _reset(self) -> str:
        """Returns the statement that lets the metrics begin to count again."""
        made = {node: name for node, (name, _, _) in self.texts.created.items() if node in self.facts.metrics}
        names = [made[node] for node in sorted(made, key=lambda node: node.lineno)]
        if len(names) == 1:
            return f"{names[0]}.reset_state()"
        return f"for metric in ({', '.join(names)}):\n    metric.reset_state()"

    def assignment(self, site: Site, targets: Sequence[ast.expr]) -> str | None:
        """Returns the statement that takes the place of ``a, b = sess.run([...])``; None if it needs no other form."""
        if is_initialization(site):
            return f"{self.facts.source.segment(targets[0])} = None"
        if len(targets) != 1 or is_direct(site):
            return None
        if self.written.writing(site) and isinstance(targets[0], ast.Name):
            return self.call(site)
        if not isinstance(targets[0], (ast.Tuple, ast.List)):
            return None
        if not isinstance(site.fetches, (ast.List, ast.Tuple)) or len(targets[0].elts) != len(site.fetched):
            return None
        pairs = [
            (self.facts.source.segment(target), fetch)
            for target, fetch in zip(targets[0].elts, site.fetched, strict=True)
            if self._has_value(site, fetch)
        ]
        call = self.call(site)
        if not pairs:
            return call
        if len(pairs) == 1:
            return f"{pairs[0][0]} = {self._numpy(call, pairs[0][1])}"
        return f"{', '.join(name for name, _ in pairs)} = {self._all(call, [fetch for _, fetch in pairs])}"


def _is_nested(value: Value) -> bool:
    return isinstance(value, (Many, State, Elements, Entries))
