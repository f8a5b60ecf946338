"""Functions that change variables become the variables' methods."""

from __future__ import annotations

from tf1graphs.migrate.calls import Call, Outcome, Replace
from tf1graphs.migrate.rules import rule

_KINDS = {"assign": "assign", "assign_add": "assign_add", "assign_sub": "assign_sub"}
_ROWS = {"scatter_update": "scatter_update", "scatter_add": "scatter_add", "scatter_sub": "scatter_sub"}


def _assign(call: Call) -> Outcome:
    name = _KINDS[call.name.removeprefix("tf.")]
    return Replace(f"{call.text('ref')}.{name}({call.text('value')})")


def _scatter(call: Call) -> Outcome:
    name = _ROWS[call.name.removeprefix("tf.")]
    slices = f"{call.tf}.IndexedSlices({call.text('updates')}, {call.text('indices')})"
    return Replace(f"{call.text('ref')}.{name}({slices})")


rule(
    "tf.assign",
    "tf.assign_add",
    "tf.assign_sub",
    signature="ref, value, validate_shape=None, use_locking=None, name=None",
    becomes="the variable's method of the same name",
)(_assign)
rule(
    "tf.scatter_update",
    "tf.scatter_add",
    "tf.scatter_sub",
    signature="ref, indices, updates, use_locking=None, name=None",
    becomes="the variable's method of the same name, with `tf.IndexedSlices`",
)(_scatter)
