"""Asks each part of the writing what an expression becomes."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tf1graphs.migrate.writing.gone import is_gone
from tf1graphs.migrate.writing.texts import is_feed

if TYPE_CHECKING:
    from tf1graphs.migrate.writing.parts import Parts


class Expressions:
    """Writes the expressions of one file that are more than calls of TensorFlow.

    Attributes:
        parts: what writes them. It is asked late, for all of it writes expressions too.
    """

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.facts = parts.facts

    def special(self, node: ast.expr) -> str | None:
        """Returns what an expression becomes; None if it is to be written by its parts or by the tables."""
        parts = self.parts
        followed = parts.savers.expression(node)
        if followed is None:
            followed = parts.lists.text(node)
        if followed is None:
            followed = parts.pipelines.expression(node) or parts.monitors.expression(node)
            followed = followed or parts.queues.expression(node) or parts.flags.expression(node)
        if followed is not None:
            return followed
        if isinstance(node, ast.Call) and node in self.facts.sites:
            return parts.sites.expression(self.facts.sites[node])
        if isinstance(node, ast.Dict) and is_feed(self.facts, self.facts.values.get(node)):
            return self._feed(node)
        if isinstance(node, ast.Subscript):
            return self._fed(node)
        if isinstance(node, (ast.Dict, ast.Call)):
            functions = None if parts.texts.is_inside else parts.passing.record(node)
            if functions is not None:
                return self._record(node, functions)
        return self._call(node) if isinstance(node, ast.Call) else None

    def _call(self, node: ast.Call) -> str | None:
        parts = self.parts
        summary = parts.summaries.expression(node) or parts.writers.expression(node)
        if summary is not None:
            return summary
        used = parts.classes.call(node)
        if used is not None:
            return used
        arguments = parts.passing.arguments(node)
        if arguments is None:
            return None
        texts = [*map(self._argument, arguments), *parts.passing.added(node)]
        return f"{parts.texts.text(node.func)}({', '.join(texts)})"

    def _argument(self, node: ast.expr | ast.keyword) -> str:
        text = self.parts.texts.text
        if isinstance(node, ast.keyword):
            return f"{node.arg}={text(node.value)}" if node.arg else f"**{text(node.value)}"
        return text(node)

    def _record(self, node: ast.Dict | ast.Call, functions: Sequence[str]) -> str:
        """Returns a dict or object with functions in place of the tensors that it held."""
        text = self.parts.texts.text
        if isinstance(node, ast.Call):
            kept = [each for each in node.keywords if not is_gone(self.facts.values.get(each.value))]
            arguments = [*map(self._argument, kept), *(f"{name}={name}" for name in functions)]
            return f"{text(node.func)}({', '.join(arguments)})"
        pairs = [
            f"{text(key) if key else '**'}: {text(value)}"
            for key, value in zip(node.keys, node.values, strict=True)
            if not is_gone(self.facts.values.get(value))
        ]
        return "{" + ", ".join([*pairs, *(f'"{name}": {name}' for name in functions)]) + "}"

    # Feeds.

    def _feed(self, node: ast.Dict) -> str:
        pairs = zip(node.keys, node.values, strict=True)
        return f"{{{', '.join(self._key(key) + self.parts.texts.text(value) for key, value in pairs)}}}"

    def _key(self, node: ast.expr | None) -> str:
        if node is None:
            return "**"
        stands_for = self.facts.argument(self.facts.values.get(node))
        if stands_for is not None:
            return f'"{self.parts.functions.parameter(stands_for)}": '
        return f"{self.parts.texts.text(node)}: "

    def _fed(self, node: ast.Subscript) -> str | None:
        """Returns the entry of a feed by the name of the parameter that its placeholder becomes."""
        is_fed = is_feed(self.facts, self.facts.values.get(node.value))
        stands_for = self.facts.argument(self.facts.values.get(node.slice)) if is_fed else None
        if stands_for is None:
            return None
        return f'{self.parts.texts.text(node.value)}["{self.parts.functions.parameter(stands_for)}"]'
