"""Resampling a batch: each entry as often as a rate says, on average."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import (
    array_ops,
    cond,
    math_ops,
    random_ops,
    tensor_array_ops,
    variable_scope,
    while_loop,
)
from tensorflow.python.training import moving_averages


def _repeat_range(counts: Any, name: str | None = None) -> Any:
    """Returns each index ``i`` ``counts[i]`` times, in order."""
    with ops.name_scope(name, "repeat_range", [counts]) as scope:
        counts = ops.convert_to_tensor(counts, name="counts")
        size = array_ops.shape(counts)[0]
        array = tensor_array_ops.TensorArray(dtype=dtypes.int32, size=size, infer_shape=False)
        array, written = while_loop.while_loop(
            lambda array, i: i < size,
            lambda array, i: (array.write(i, array_ops.fill(counts[i : i + 1], i)), i + 1),
            loop_vars=[array, 0],
        )
        return cond.cond(written > 0, array.concat, lambda: array_ops.zeros(shape=[0], dtype=dtypes.int32), name=scope)


def resample_at_rate(
    inputs: Any, rates: Any, scope: Any = None, seed: int | None = None, back_prop: bool = False
) -> list[Any]:
    """Returns the inputs with each entry as often as drawn from the Poisson distribution of its rate.

    Args:
        inputs: Tensors ``[batch, ...]``.
        rates: The mean number of times of each entry, ``[batch]``.
        scope: The name scope.
        seed: The seed of the draws.
        back_prop: Whether gradients flow back through the choice.
    """
    with ops.name_scope(scope, "resample_at_rate", [*inputs, rates]):
        rates = ops.convert_to_tensor(rates, name="rates")
        draws = random_ops.random_poisson(rates, (), rates.dtype, seed=seed)
        indices = _repeat_range(math_ops.cast(draws, dtypes.int32))
        if not back_prop:
            indices = array_ops.stop_gradient(indices)
        return [array_ops.gather(each, indices) for each in inputs]


def weighted_resample(
    inputs: list[Any],
    weights: Any,
    overall_rate: Any,
    scope: Any = None,
    mean_decay: float = 0.999,
    seed: int | None = None,
) -> Any:
    """Resamples a batch in proportion to weights.

    Args:
        inputs: Tensors ``[batch, ...]``.
        weights: The weight of each entry, ``[batch]``.
        overall_rate: The size of the result, as part of the batch.
        scope: The name scope, and the variable scope of the weights' mean.
        mean_decay: The decay of that moving average.
        seed: The seed of the draws.

    Returns:
        The resampled inputs, and the rate of each entry in them.
    """
    with ops.name_scope(scope, "weighted_resample", inputs) as name_scope:
        with variable_scope.variable_scope(scope, "estimate_mean", inputs):
            estimate = variable_scope.get_local_variable(
                "estimated_mean", initializer=math_ops.cast(0, weights.dtype), dtype=weights.dtype
            )
            mean = moving_averages.assign_moving_average(estimate, math_ops.reduce_mean(weights), mean_decay)
        rates = weights * overall_rate / mean
        resampled = resample_at_rate([rates, *inputs], rates, scope=name_scope, seed=seed, back_prop=False)
        return resampled[1:], resampled[0]
