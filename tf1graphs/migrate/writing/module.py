"""Puts the migrated file together."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tf1graphs.migrate.calls import Definition
from tf1graphs.migrate.facts.items import Site
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.slices import Run
from tf1graphs.migrate.writing import imports
from tf1graphs.migrate.writing.parts import Parts
from tf1graphs.migrate.writing.statements import Statements

# How definitions spell TensorFlow.
_OWN = "import tensorflow as tf"


class Module:
    """Writes one file.

    Args:
        facts: what is known of the old program.

    Attributes:
        runs: the run of each place that needs a function; empty before the text is written.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.source = facts.source
        self.parts = Parts(facts, facts.tf)
        self.statements = Statements(self.parts)
        self.runs: Mapping[Site, Run] = self.parts.runs.by_site

    def text(self) -> str:
        """Returns the migrated file, without the definitions that it needs."""
        self.parts.runs.find()
        self.parts.places.fill()
        self.parts.ahead.fill(self.runs)
        statements = self.source.tree.body
        body = self.statements.block(statements, 0, 0)
        self.parts.pipelines.check()
        end = max((node.end_lineno or 0 for node in statements), default=0)
        text = "\n".join([*body, self.source.lines(end + 1, self.source.last_line)])
        self.parts.texts.needs |= {each.name: each for each in self.parts.writers.definitions()}
        self.parts.flags.check(text)
        return text

    def finished(self, text: str) -> str:
        """Returns the text with the classes and functions that it needs behind its imports."""
        text = imports.without_idle(text, self.source.tree)
        needs = _used(self.parts.texts.needs, text)
        if not needs:
            return _tidy(text)
        sources = [imports.parted(each.used_in(text)) for each in needs.values()]
        own = [_OWN] if any(re.search(r"\btf\.", source) for _, source in sources) else []
        text = imports.with_imports(text, [*(line for wanted, _ in sources for line in wanted), *own])
        late, line = imports.place(text, set(needs))
        lines = ["" if number in late else each for number, each in enumerate(text.split("\n"), 1)]
        moved = [each for number, each in enumerate(text.split("\n"), 1) if number in late]
        definitions = [part for _, source in sources if source for part in ("", "", source)]
        end = ["", ""] if definitions else []
        return _tidy("\n".join([*lines[:line], *moved, *definitions, *end, *lines[line:]]))


def _used(definitions: Mapping[str, Definition], text: str) -> dict[str, Definition]:
    """Returns the definitions that a text reads, itself or by another one."""
    read, waiting = set[str](), [text]
    while waiting:
        new = (set(re.findall(r"\w+", waiting.pop())) & definitions.keys()) - read
        read |= new
        waiting += [definitions[name].source for name in new]
    return {name: each for name, each in definitions.items() if name in read}


def _tidy(text: str) -> str:
    text = re.sub(r"\n{4,}", "\n\n\n", text)
    return re.sub(r"\n{3,}([ \t])", r"\n\n\1", text)
