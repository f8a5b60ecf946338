"""``contrib.timeseries.model_utils``: what models and inputs share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import init_ops, nn_ops, variable_scope

from tf1graphs.v1.contrib.timeseries.feature_keys import FilteringResults

__all__ = ["canonicalize_times_or_steps_from_output", "fully_connected", "parameter_switch"]


def fully_connected(
    inp: Any,
    inp_size: int,
    layer_size: int,
    name: str,
    activation: Callable[[Any], Any] | None = nn_ops.relu,
    dtype: Any = dtypes.float32,
) -> Any:
    """Returns a dense layer ``[batch, layer_size]`` of ``inp`` ``[batch, inp_size]``.

    Its variables are ``<name>_weight`` and ``<name>_bias``.
    """
    weights = variable_scope.get_variable(name=f"{name}_weight", shape=[inp_size, layer_size], dtype=dtype)
    bias = variable_scope.get_variable(
        name=f"{name}_bias", shape=[layer_size], initializer=init_ops.zeros_initializer()
    )
    output = nn_ops.xw_plus_b(inp, weights, bias)
    return output if activation is None else activation(output)


def parameter_switch(parameter_overrides: Mapping[Any, Any]) -> Callable[[Any], Any]:
    """Returns a function that gives the value of a parameter: the one in ``parameter_overrides``, or its own."""

    def value(parameter: Any) -> Any:
        return ops.convert_to_tensor(parameter_overrides.get(parameter, parameter)).eval()

    return value


def canonicalize_times_or_steps_from_output(times: Any, steps: int | None, previous_model_output: Any) -> Any:
    """Returns the times to predict, ``[batch, time]``: ``times``, or ``steps`` times after those of an output.

    Raises:
        ValueError: Both or none of ``times`` and ``steps`` is given, or the times do not follow those of the output.
    """
    if steps is not None and times is not None:
        raise ValueError("Only one of `steps` and `times` may be specified.")
    if steps is None and times is None:
        raise ValueError("One of `steps` and `times` must be specified.")
    previous = previous_model_output[FilteringResults.TIMES]
    if steps is not None:
        return previous[:, -1:] + 1 + np.arange(steps)[None, ...]
    times = np.array(times)
    if len(times.shape) != 2:
        times = times[None, ...]
    if previous.shape[0] != times.shape[0]:
        raise ValueError(
            "`times` must have a batch dimension matching the previous model output (got a batch dimension of "
            f"{times.shape[0]} for `times` and {previous.shape[0]} for the previous model output)."
        )
    if not (previous[:, -1] < times[:, 0]).all():
        raise ValueError("Prediction times must be after the corresponding previous model output.")
    return times
