"""``tf.gradients``, which TensorFlow 2 has within functions."""

from __future__ import annotations

from tf1graphs.migrate.calls import Call, Outcome, Refuse, Replace
from tf1graphs.migrate.rules import rule

_SAME = ("ys", "xs", "grad_ys", "stop_gradients", "unconnected_gradients")


@rule(
    "tf.gradients",
    signature="ys, xs, grad_ys=None, name='gradients', colocate_gradients_with_ops=False, gate_gradients=False, "
    "aggregation_method=None, stop_gradients=None, unconnected_gradients=None",
    becomes="`tf.gradients` within the function",
)
def gradients(call: Call) -> Outcome:
    """Leaves out what only says where and in which order ops run."""
    if call.value("aggregation_method") is not None:
        return Refuse("its aggregation_method changes the order of a sum", "leave it out")
    given = {name: call.text(name) for name in _SAME if name in call.arguments}
    by_place = [given.pop(name) for name in ("ys", "xs") if name in given]
    return Replace(f"{call.tf}.gradients({', '.join([*by_place, *(f'{k}={v}' for k, v in given.items())])})")
