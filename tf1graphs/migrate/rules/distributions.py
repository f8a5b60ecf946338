"""Probability distributions: a class of the migrated file with those of their methods that it calls."""

from __future__ import annotations

from tf1graphs.migrate.calls import Call, Outcome, Refuse, Replace
from tf1graphs.migrate.definitions.distributions import BERNOULLI, CATEGORICAL, NORMAL, UNIFORM
from tf1graphs.migrate.keras_layers import enclosed
from tf1graphs.migrate.rules import rule

_BECOMES = "a `NamedTuple` that has the methods which are called"


def _names(name: str) -> tuple[str, str]:
    return f"tf.distributions.{name}", f"tf.contrib.distributions.{name}"


def _refusal(call: Call) -> Refuse | None:
    """Returns why a distribution is not written, or None."""
    if call.value("validate_args", False) is not False or call.value("allow_nan_stats", True) is not True:
        return Refuse("its checks are not migrated", "check the parameters where they are computed")
    if "dtype" in call.arguments and call.text("dtype") not in (f"{call.tf}.int32", "'int32'", '"int32"'):
        return Refuse("its samples are not int32", "cast the samples")
    return None


def _tensor(call: Call, name: str, default: str) -> str:
    """Returns a parameter as a tensor."""
    text = call.text(name, default)
    is_tensor = text.startswith(f"{call.tf}.") and text.endswith(")")
    if is_tensor or (name in call.arguments and call.arguments[name].is_later):
        return text
    is_known = name not in call.arguments or call.value(name) is not ...
    return f"{call.tf}.{'constant' if is_known else 'convert_to_tensor'}({text})"


@rule(
    *_names("Normal"),
    signature="loc, scale, validate_args=False, allow_nan_stats=True, name='Normal'",
    becomes=_BECOMES,
)
def normal(call: Call) -> Outcome:
    """Takes the mean and the standard deviation."""
    text = f"Normal({_tensor(call, 'loc', '')}, {_tensor(call, 'scale', '')})"
    return _refusal(call) or Replace(text, (NORMAL,))


@rule(
    *_names("Uniform"),
    signature="low=0.0, high=1.0, validate_args=False, allow_nan_stats=True, name='Uniform'",
    becomes=_BECOMES,
)
def uniform(call: Call) -> Outcome:
    """Takes the lowest and the highest value."""
    text = f"Uniform({_tensor(call, 'low', '0.0')}, {_tensor(call, 'high', '1.0')})"
    return _refusal(call) or Replace(text, (UNIFORM,))


_OF_LOGITS = "logits=None, probs=None, dtype=tf.int32, validate_args=False, allow_nan_stats=True, name=None"


@rule(*_names("Bernoulli"), signature=_OF_LOGITS, becomes=_BECOMES)
def bernoulli(call: Call) -> Outcome:
    """Takes log-odds or probabilities."""
    return _refusal(call) or Replace(f"Bernoulli.{_given(call)}", (BERNOULLI,))


@rule(*_names("Categorical"), signature=_OF_LOGITS, becomes=_BECOMES)
def categorical(call: Call) -> Outcome:
    """Takes log-probabilities or probabilities."""
    return _refusal(call) or Replace(f"Categorical.{_given(call)}", (CATEGORICAL,))


def _given(call: Call) -> str:
    """Returns the call that makes a distribution of the parameter that is given."""
    name = "logits" if call.value("logits") is not None else "probs"
    return f"of_{name}({_tensor(call, name, 'None')})"


@rule(
    *_names("kl_divergence"),
    signature="distribution_a, distribution_b, allow_nan_stats=True, name=None",
    becomes="a method of such a class",
)
def kl_divergence(call: Call) -> Outcome:
    """Asks the first distribution, which is of the same class as the second."""
    first, second = call.text("distribution_a"), call.text("distribution_b")
    return _refusal(call) or Replace(f"{enclosed(first)}.kl_divergence({second})")
