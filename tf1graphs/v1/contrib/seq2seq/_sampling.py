"""Samples of Bernoulli and categorical distributions, with the draws of 1.15 for the same seed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, math_ops, random_ops


def _call_sampler(draw: Callable[[Any], Any], sample_shape: Any, name: str | None = None) -> Any:
    """Returns ``draw(n)`` with its first dimension reshaped to ``sample_shape``, a scalar or a vector."""
    with ops.name_scope(name, "call_sampler", values=[sample_shape]):
        shape = ops.convert_to_tensor(sample_shape, dtype=dtypes.int32, name="sample_shape")
        missing = math_ops.cast(math_ops.equal(array_ops.rank(shape), 0), dtypes.int32)
        shape = array_ops.reshape(
            shape, array_ops.pad(array_ops.shape(shape), paddings=[[missing, 0]], constant_values=1)
        )
        samples = draw(math_ops.reduce_prod(shape))
        return array_ops.reshape(samples, array_ops.concat([shape, array_ops.shape(samples)[1:]], 0))


def bernoulli_sample(
    probs: Any = None, logits: Any = None, dtype: Any = dtypes.int32, sample_shape: Any = (), seed: int | None = None
) -> Any:
    """Returns 1 with the given probabilities, else 0: ``sample_shape + shape(probs)`` of ``dtype``."""
    probs = math_ops.sigmoid(logits, name="probs") if probs is None else ops.convert_to_tensor(probs, name="probs")
    shape_of_one = array_ops.shape(probs)

    def draw(number: Any) -> Any:
        uniform = random_ops.random_uniform(array_ops.concat([[number], shape_of_one], 0), seed=seed, dtype=probs.dtype)
        return math_ops.cast(math_ops.less(uniform, probs), dtype)

    return _call_sampler(draw, sample_shape)


def categorical_sample(logits: Any, dtype: Any = dtypes.int32, sample_shape: Any = (), seed: int | None = None) -> Any:
    """Returns classes drawn with unnormalized log probabilities ``logits``, ``[..., classes]``."""
    logits = ops.convert_to_tensor(logits, name="logits")
    classes = array_ops.shape(logits)[-1]
    shape_of_one = array_ops.shape(logits)[:-1]

    def draw(number: Any) -> Any:
        rows = logits if logits.shape.ndims == 2 else array_ops.reshape(logits, [-1, classes])
        wide = dtypes.int64 if logits.dtype.size > 4 else dtypes.int32
        draws = random_ops.multinomial(rows, number, seed=seed, output_dtype=wide)
        draws = array_ops.reshape(array_ops.transpose(draws), array_ops.concat([[number], shape_of_one], 0))
        return math_ops.cast(draws, dtype)

    return _call_sampler(draw, sample_shape)
