"""Learning-rate schedules become those of Keras, called with the step."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from tf1graphs.migrate.calls import Call, Outcome, Refuse, Replace, Split
from tf1graphs.migrate.definitions.schedules import LINEAR_COSINE_DECAY
from tf1graphs.migrate.rules import rule

_DECAY = "learning_rate, global_step, decay_steps, decay_rate, staircase=False, name=None"
# Keras decides by their values when it makes or calls a schedule.
_DECIDING = ("decay_steps", "first_decay_steps", "staircase", "cycle", "boundaries")
# What everybody writes without its name.
_POSITIONAL = ("learning_rate", "decay_steps", "first_decay_steps", "decay_rate", "boundaries", "values")


def _schedule(
    call: Call, kind: str, *parameters: str, step: str = "global_step", changed: Mapping[str, str] | None = None
) -> Outcome:
    """Returns a schedule of Keras.

    Args:
        call: the call in the old program.
        kind: the class.
        *parameters: of 1.15, in the order of the class.
        step: the parameter that holds the step.
        changed: other texts for some of the parameters.
    """
    for name in _DECIDING:
        if name in call.arguments and call.arguments[name].is_later:
            return Refuse(f"`{name}` is a tensor that changes", f"give `{name}` as a constant")
    texts = {name: call.text(name) for name in parameters if name in call.arguments} | dict(changed or {})
    arguments = [
        texts[name] if name in _POSITIONAL else f"{name}={texts[name]}" for name in parameters if name in texts
    ]
    create = f"{call.tf}.keras.optimizers.schedules.{kind}({', '.join(arguments)})"
    if any(call.arguments[name].is_later for name in parameters if name in call.arguments):
        return Replace(f"{create}({call.text(step)})")
    return Split(create, f"{{object}}({call.text(step)})", "learning_rate_schedule")


@rule("tf.train.exponential_decay", signature=_DECAY, becomes="`tf.keras.optimizers.schedules.ExponentialDecay`")
def _exponential_decay(call: Call) -> Outcome:
    return _schedule(call, "ExponentialDecay", "learning_rate", "decay_steps", "decay_rate", "staircase")


@rule(
    "tf.train.natural_exp_decay",
    signature=_DECAY,
    becomes="`tf.keras.optimizers.schedules.ExponentialDecay` by `tf.exp(-decay_rate)`",
)
def _natural_exp_decay(call: Call) -> Outcome:
    rate = call.text("decay_rate")
    is_atom = isinstance(ast.parse(f"({rate})", mode="eval").body, ast.Name | ast.Attribute | ast.Constant | ast.Call)
    rate = f"{call.tf}.exp(-{rate if is_atom else f'({rate})'})"
    names = ("learning_rate", "decay_steps", "decay_rate", "staircase")
    return _schedule(call, "ExponentialDecay", *names, changed={"decay_rate": rate})


@rule("tf.train.inverse_time_decay", signature=_DECAY, becomes="`tf.keras.optimizers.schedules.InverseTimeDecay`")
def _inverse_time_decay(call: Call) -> Outcome:
    return _schedule(call, "InverseTimeDecay", "learning_rate", "decay_steps", "decay_rate", "staircase")


@rule(
    "tf.train.polynomial_decay",
    signature="learning_rate, global_step, decay_steps, end_learning_rate=0.0001, power=1.0, cycle=False, name=None",
    becomes="`tf.keras.optimizers.schedules.PolynomialDecay`",
)
def _polynomial_decay(call: Call) -> Outcome:
    names = ("learning_rate", "decay_steps", "end_learning_rate", "power", "cycle")
    return _schedule(call, "PolynomialDecay", *names)


@rule(
    "tf.train.piecewise_constant",
    "tf.train.piecewise_constant_decay",
    signature="x, boundaries, values, name=None",
    becomes="`tf.keras.optimizers.schedules.PiecewiseConstantDecay`",
)
def _piecewise_constant(call: Call) -> Outcome:
    return _schedule(call, "PiecewiseConstantDecay", "boundaries", "values", step="x")


@rule(
    "tf.train.cosine_decay",
    signature="learning_rate, global_step, decay_steps, alpha=0.0, name=None",
    becomes="`tf.keras.optimizers.schedules.CosineDecay`",
)
def _cosine_decay(call: Call) -> Outcome:
    return _schedule(call, "CosineDecay", "learning_rate", "decay_steps", "alpha")


@rule(
    "tf.train.cosine_decay_restarts",
    signature="learning_rate, global_step, first_decay_steps, t_mul=2.0, m_mul=1.0, alpha=0.0, name=None",
    becomes="`tf.keras.optimizers.schedules.CosineDecayRestarts`",
)
def _cosine_decay_restarts(call: Call) -> Outcome:
    names = ("learning_rate", "first_decay_steps", "t_mul", "m_mul", "alpha")
    return _schedule(call, "CosineDecayRestarts", *names)


@rule(
    "tf.train.linear_cosine_decay",
    signature="learning_rate, global_step, decay_steps, num_periods=0.5, alpha=0.0, beta=0.001, name=None",
    becomes="a small function: Keras has no such schedule",
)
def _linear_cosine_decay(call: Call) -> Outcome:
    positional = [call.text(name) for name in ("learning_rate", "global_step", "decay_steps")]
    keywords = [f"{name}={call.text(name)}" for name in ("num_periods", "alpha", "beta") if name in call.arguments]
    return Replace(f"linear_cosine_decay({', '.join(positional + keywords)})", (LINEAR_COSINE_DECAY,))


@rule(
    "tf.train.noisy_linear_cosine_decay",
    signature="""learning_rate, global_step, decay_steps, initial_variance=1.0, variance_decay=0.55, num_periods=0.5,
        alpha=0.0, beta=0.001, name=None""",
    becomes="not migrated: it draws random numbers",
)
def _noisy_linear_cosine_decay(call: Call) -> Outcome:
    return Refuse("it adds random numbers, which no schedule of Keras does", "use `tf.train.linear_cosine_decay`")
