"""Exponentially weighted moving means and variances, kept in variables."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, init_ops, math_ops, state_ops, variable_scope


def _check_float(name: str, dtype: Any) -> None:
    if not dtype.is_floating:
        raise TypeError(f"{name}.base_dtype({dtype.name}) does not have float type `dtype`.")


def assign_moving_mean_variance(
    mean_var: Any, variance_var: Any, value: Any, decay: Any, name: str | None = None
) -> tuple[Any, Any]:
    """Returns the mean and the variance after ``value``, of its shape, which it assigns to the variables.

    Source: Finch, Incremental calculation of weighted mean and variance, 2009.

    Args:
        mean_var: The variable of the mean.
        variance_var: That of the variance.
        value: The next value.
        decay: How much of the past is kept, in (0, 1).
        name: The name scope.

    Raises:
        TypeError: The variables have no floats or different dtypes.
    """
    with (
        ops.name_scope(name, "assign_moving_mean_variance", [variance_var, mean_var, value, decay]),
        ops.colocate_with(variance_var),
        ops.colocate_with(mean_var),
    ):
        dtype, other = mean_var.dtype.base_dtype, variance_var.dtype.base_dtype
        _check_float("mean_var", dtype)
        if dtype != other:
            raise TypeError(f"mean_var.base_dtype({dtype.name}) != variance_var.base_dtype({other.name})")
        value = ops.convert_to_tensor(value, dtype=dtype, name="value")
        decay = ops.convert_to_tensor(decay, dtype=dtype, name="decay")
        delta = value - mean_var
        # The variance needs the mean of before.
        with ops.control_dependencies([delta]):
            mean = state_ops.assign_add(mean_var, (1.0 - decay) * delta)
            change = (1.0 - decay) * (variance_var - decay * math_ops.square(delta))
            return mean, state_ops.assign_sub(variance_var, change)


def assign_log_moving_mean_exp(log_mean_exp_var: Any, log_value: Any, decay: Any, name: str | None = None) -> Any:
    """Adds ``log(decay + (1 - decay) exp(log_value - log_mean_exp_var))`` to a variable, and returns it.

    Args:
        log_mean_exp_var: The variable of the logarithm of a mean.
        log_value: The logarithm of the next value.
        decay: How much of the past is kept, in (0, 1).
        name: The name scope.

    Raises:
        TypeError: The variable has no floats.
    """
    with (
        ops.name_scope(name, "assign_log_moving_mean_exp", [log_mean_exp_var, log_value, decay]),
        ops.colocate_with(log_mean_exp_var),
    ):
        dtype = log_mean_exp_var.dtype.base_dtype
        _check_float("log_mean_exp_var", dtype)
        log_value = ops.convert_to_tensor(log_value, dtype=dtype, name="log_value")
        decay = ops.convert_to_tensor(decay, dtype=dtype, name="decay")
        delta = (log_value - log_mean_exp_var)[array_ops.newaxis, ...]
        kept = math_ops.log(decay) * array_ops.ones_like(delta)
        terms = array_ops.concat([kept, delta + math_ops.log1p(-decay)], axis=0)
        return log_mean_exp_var.assign_add(math_ops.reduce_logsumexp(terms, axis=0))


def moving_mean_variance(value: Any, decay: Any, collections: Any = None, name: str | None = None) -> tuple[Any, Any]:
    """Returns ``assign_moving_mean_variance`` of variables ``moving_mean`` and ``moving_variance`` of its scope.

    Args:
        value: The next value.
        decay: How much of the past is kept, in (0, 1).
        collections: Of the variables, by default that of global variables.
        name: The name of the variable scope.

    Raises:
        TypeError: ``value`` has no floats.
    """
    collections = [ops.GraphKeys.GLOBAL_VARIABLES] if collections is None else collections
    with variable_scope.variable_scope(name, "moving_mean_variance", [value, decay]):
        value = ops.convert_to_tensor(value, name="value")
        _check_float("value", value.dtype.base_dtype)
        decay = ops.convert_to_tensor(decay, dtype=value.dtype.base_dtype, name="decay")
        variance_var, mean_var = (
            variable_scope.get_variable(
                variable,
                shape=value.shape,
                dtype=value.dtype,
                initializer=init_ops.zeros_initializer(),
                trainable=False,
                collections=collections,
            )
            for variable in ("moving_variance", "moving_mean")
        )
        return assign_moving_mean_variance(mean_var, variance_var, value, decay)
