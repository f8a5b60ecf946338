"""Probability distributions: objects that are made of tensors and compute others."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from tf1graphs.migrate.definitions.distributions import ALL
from tf1graphs.migrate.facts import creating
from tf1graphs.migrate.facts.values import Stage, Tensor, Unknown, Value, latest

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.expressions import Expressions

_PARAMETERS = frozenset({"loc", "scale", "low", "high", "logits", "probs"})
_ARGUMENTS = frozenset({"sample_shape", "seed", "value"})


@dataclass(eq=False)
class Distribution(Tensor):
    """A probability distribution; ``kind`` is the name of its class."""

    kind: str = ""


def _created(kind: str, self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
    """Returns a distribution, which hangs on its parameters."""
    stage = latest(values)
    self.item.stage = max(self.item.stage, stage)
    value = Distribution(stage, kind=kind)
    creating.note_op(self, kind, node, value)
    return value


def _divergence(self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
    """Returns what ``kl_divergence`` gives, which TensorFlow 1.15 knows of two distributions of one class."""
    kinds = [each.kind for each in values[:2] if isinstance(each, Distribution)]
    if len(kinds) < 2 or kinds[0] != kinds[1] or "kl_divergence" not in ALL[kinds[0]].methods:
        self.refuse(node, "kl_divergence", "it is not known of these distributions", "write its formula out")
    value = _computed(self, values, Stage.FIXED)
    creating.note_op(self, "KullbackLeibler", node, value)
    return value


def _computed(self: Expressions, values: Sequence[Value], least: Stage) -> Tensor:
    stage = max(latest(values), least)
    if self.is_initial and stage is Stage.EITHER:
        stage = Stage.FIXED
    self.item.stage = max(self.item.stage, stage)
    return Tensor(stage)


def method(self: Expressions, owner: Distribution, node: ast.Call) -> Value:
    """Returns what a method of a distribution computes."""
    assert isinstance(node.func, ast.Attribute)
    name = node.func.attr
    arguments, keywords = self.arguments(node)
    if name not in ALL[owner.kind].methods or not keywords.keys() <= _ARGUMENTS:
        what = f"{owner.kind}.{name}"
        self.refuse(node, what, "this method of a distribution is not migrated", "write its formula out")
        return Unknown(Stage.LATER)
    least = Stage.EITHER if name == "sample" else Stage.FIXED
    return _computed(self, [owner, *arguments, *keywords.values()], least)


def attribute(self: Expressions, owner: Distribution, node: ast.Attribute) -> Value:
    """Returns what an attribute of a distribution stands for: a parameter, or a method."""
    if node.attr in _PARAMETERS:
        return Tensor(owner.stage)
    self.refuse(node, f"{owner.kind}.{node.attr}", "this is not migrated", "write its formula out")
    return Unknown(Stage.LATER)


_Called = Callable[[Any, ast.Call, Sequence[Value]], Value]
_CALLS: dict[str, _Called] = {**{kind: partial(_created, kind) for kind in ALL}, "kl_divergence": _divergence}
CALLS = {
    f"{module}.{name}": function
    for module in ("distributions", "contrib.distributions")
    for name, function in _CALLS.items()
}
