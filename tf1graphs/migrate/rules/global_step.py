"""``tf.train.global_step``: the number of steps, as a number of Python."""

from __future__ import annotations

from tf1graphs.migrate.calls import Call, Outcome, Replace
from tf1graphs.migrate.rules import rule


@rule(
    "tf.train.global_step",
    signature="sess, global_step_tensor",
    becomes="`int(global_step.numpy())`",
)
def global_step(call: Call) -> Outcome:
    """Reads the variable, as the session did."""
    return Replace(f"int({call.text('global_step_tensor')}.numpy())")
