"""Metrics that count over batches: ``tf.metrics.accuracy`` gives a value and the op that counts one batch more.

What gives both a name is read as two statements, ``update = tf.metrics.accuracy(...)[1]`` and
``value = update.RESULT``, so that each is run where it is needed.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tf1graphs.migrate.facts import creating
from tf1graphs.migrate.facts.values import Count, Elements, Host, Stage, Value

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.expressions import Expressions

# The attribute that no tensor has and that stands for what the metric of an update has counted.
RESULT = "tf1graphs_result"
NAMES = frozenset(
    f"tf.metrics.{name}"
    for name in (
        *("accuracy", "mean", "mean_absolute_error", "mean_squared_error", "root_mean_squared_error"),
        *(
            "auc",
            "mean_iou",
            "precision",
            "recall",
            "true_positives",
            "true_negatives",
            "false_positives",
            "false_negatives",
        ),
    )
)
_WHOLE = ("its value and its update are not taken apart", "write value, update = {}(...)")


def called(self: Expressions, name: str, node: ast.Call) -> Value:
    """Returns what a call that makes a metric stands for: its value and its update."""
    if not _is_update(self, self.path[-2] if len(self.path) > 1 else None):
        self.refuse(node, name, _WHOLE[0], _WHOLE[1].format(name))
    if node in self.facts.metrics or self.is_repeated:
        self.refuse(node, name, "it is made several times", "make each in a statement of its own")
    self.facts.metrics.add(node)
    self.created.append(f"{name} at {node.lineno}:{node.col_offset}")
    self.item.creates.add(node)
    self.item.stage = Stage.LATER
    self.item.assigns = True
    pair = Elements(Stage.LATER, (Count(Stage.LATER, call=node), Count(Stage.LATER, call=node, is_update=True)))
    creating.note_op(self, name.removeprefix("tf."), node, pair)
    return pair


def _is_update(self: Expressions, node: ast.expr | None) -> bool:
    if not isinstance(node, ast.Subscript):
        return False
    index = self.apart(node.slice)
    return isinstance(index, Host) and index.literal in (1, -1)


def result(self: Expressions, node: ast.Attribute) -> Value:
    """Returns what a metric has counted, which hangs on none of what it counts."""
    self.item.stage = Stage.LATER
    update = self.apart(node.value)
    return Count(Stage.LATER, call=update.call if isinstance(update, Count) else None)
