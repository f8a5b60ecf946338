"""Writes what takes the place of monitored sessions: a loop up to a global step, or to the end of the data."""

from __future__ import annotations

import ast

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts.datasets import Draw, Element
from tf1graphs.migrate.facts.monitored import STEP, GlobalStep, Hook, Monitored
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Elements, Variable, flat
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.slices import needed
from tf1graphs.migrate.writing.texts import Texts


class Monitors:
    """Writes the monitored sessions of one file."""

    def __init__(self, facts: Facts, texts: Texts) -> None:
        self.facts = facts
        self.texts = texts

    def is_gone(self, node: ast.stmt) -> bool:
        """Says whether a statement only makes hooks."""
        value = self.facts.values.get(node.value) if isinstance(node, ast.Assign) else None
        hooks = list(flat(value)) if isinstance(value, (Elements, Hook)) else []
        return bool(hooks) and all(isinstance(each, Hook) for each in hooks)

    def ends_with_data(self, node: ast.With) -> bool:
        """Says whether a ``with`` statement enters a monitored session that ends when its data does."""
        values = [self.facts.values.get(part.context_expr) for part in node.items]
        return any(isinstance(each, Monitored) for each in values) and any(
            draw.iterator.dataset is None or not draw.iterator.dataset.is_endless for draw in self._draws(node)
        )

    def _draws(self, node: ast.With) -> set[Draw]:
        inside = set(trees.walk(node))
        fetched = [fetch for call, site in self.facts.sites.items() if call in inside for fetch in site.fetched]
        nodes: set[ast.AST] = {item.node for fetch in fetched for item in needed(fetch.reads)} | {
            fetch.node for fetch in fetched
        }
        found = [self.facts.values.get(child) for each in nodes for child in trees.walk(each)]
        parts = [part for value in found if value for part in flat(value) if isinstance(part, Element)]
        return {part.draw for part in parts if part.draw is not None}

    def expression(self, node: ast.expr) -> str | None:
        """Returns what takes the place of ``sess.should_stop()`` and of the global step; None for others."""
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not) and isinstance(node.operand, ast.Call):
            return self._stop(node.operand, "<", "True")
        if not isinstance(node, ast.Call):
            return None
        value = self.facts.values.get(node)
        if isinstance(value, GlobalStep):
            if value.call is not node:
                return self._global_step(node)
            return f'{self.texts.tf}.Variable(0, dtype={self.texts.tf}.int64, trainable=False, name="{STEP}")'
        return self._stop(node, ">=", "False")

    def _stop(self, node: ast.Call, comparison: str, otherwise: str) -> str | None:
        session = self.facts.values.get(node.func.value) if isinstance(node.func, ast.Attribute) else None
        if (
            not isinstance(session, Monitored)
            or not isinstance(node.func, ast.Attribute)
            or node.func.attr != "should_stop"
        ):
            return None
        if session.hook is None or session.hook.last_step is None:
            return otherwise
        return f"{self._global_step(node)} {comparison} {self.texts.text(session.hook.last_step)}"

    def _global_step(self, node: ast.Call) -> str:
        """Returns the name of the global step."""
        for statement in self.facts.source.nodes:
            value = self.facts.values.get(statement.value) if isinstance(statement, ast.Assign) else None
            if isinstance(value, Variable) and value.name == STEP and isinstance(statement, ast.Assign):
                return self.facts.source.segment(statement.targets[0])
        reason, remedy = (
            "the variable for the global step has no name",
            "give it one: step = tf.train.create_global_step()",
        )
        self.facts.refusals.add(Refusal(node.lineno, "global_step", reason, remedy))
        return STEP
