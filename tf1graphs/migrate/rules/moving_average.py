"""Moving averages of variables: TensorFlow 2 has the same class."""

from __future__ import annotations

from tf1graphs.migrate.calls import Call, Outcome, Refuse, Replace
from tf1graphs.migrate.rules import rule


@rule(
    "tf.train.ExponentialMovingAverage",
    signature="decay, num_updates=None, zero_debias=False, name='ExponentialMovingAverage'",
    becomes="`tf.train.ExponentialMovingAverage`, whose `apply` is called after each step",
)
def _exponential_moving_average(call: Call) -> Outcome:
    if call.arguments["decay"].is_later:
        return Refuse("`decay` is a tensor that changes", "give `decay` as a number")
    updates = call.arguments.get("num_updates")
    # The average reads a variable at each `apply`, but a tensor once and for all.
    if updates and updates.is_later and not updates.text.replace(".", "").isidentifier():
        return Refuse("`num_updates` is computed from a variable", "give the variable itself, such as the global step")
    keywords = [f"{name}={argument.text}" for name, argument in call.arguments.items() if name != "decay"]
    return Replace(f"{call.tf}.train.ExponentialMovingAverage({', '.join([call.text('decay'), *keywords])})")
