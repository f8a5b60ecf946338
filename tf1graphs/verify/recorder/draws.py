"""Random ops that draw the same numbers in both programs, whatever the order in which they were made.

What an op draws depends on its distribution, its shape and the number of completed training steps alone. So dropout
masks and noise agree between a graph, a ``tf.function`` and eager code, on TensorFlow 1.15 and 2: the stateless kernels
give the same numbers in all of them. Within one step, draws of one kind and shape are the same numbers.
"""

from __future__ import annotations

import collections
import functools
import inspect
from typing import Any

import numpy as np
from tensorflow.python.eager import context
from tensorflow.python.framework import dtypes, ops, tensor_util
from tensorflow.python.ops import (
    array_ops,
    gen_array_ops,
    gen_candidate_sampling_ops,
    gen_random_ops,
    gen_stateless_random_ops,
    math_ops,
    nn_ops,
)

from . import clock as clocks
from . import host_random
from .clock import Clock
from .run import Run

_SEEDS = {"seed": 777, "seed2": 42}
_POSITION, _EXTENT = 1000003, 31
_SALT = 15485863
# The body of a loop over a dataset inside a ``tf.function``: a step each time, as anywhere else.
_LOOP = "Dataset_scan_scan_body"

# The ops whose numbers have no stateless kernel in TensorFlow 1.15: their streams start alike, and that is all.
_SEEDED_SAMPLERS = (
    "all_candidate_sampler",
    "fixed_unigram_candidate_sampler",
    "learned_unigram_candidate_sampler",
    "log_uniform_candidate_sampler",
    "uniform_candidate_sampler",
)
_SEEDED = ("parameterized_truncated_normal", "random_gamma", "random_poisson", "random_poisson_v2")


def _is_in_dataset() -> bool:
    """Whether ops are being made for a function of ``tf.data``, which can capture nothing in TensorFlow 1.15."""
    graph = ops.get_default_graph()
    while graph is not None:
        name = getattr(graph, "name", "")
        if name.startswith("Dataset"):
            return name != _LOOP
        graph = getattr(graph, "outer_graph", None)
    return False


class _Seeds:
    """Makes the seed of a draw, an int64 tensor [2]."""

    def __init__(self, run: Run, clock: Clock) -> None:
        self._run = run
        self._clock = clock
        self._drawn: collections.Counter[Any] = collections.Counter()

    def of(self, kind: str, shape: Any) -> Any:
        """Returns the seed for a draw of the distribution number ``kind`` and of ``shape``, an int tensor [rank]."""
        key = kind * 7919 + self._key(shape)
        step = self._clock.now()
        salt = self._salt(kind, shape) * _SALT
        if context.executing_eagerly():
            return gen_array_ops.pack([key + salt, step])
        salted = array_ops.where(math_ops.equal(step, clocks.INITIALIZING), key + salt, key)
        return gen_array_ops.pack([salted, math_ops.maximum(step, 0)])

    def _key(self, shape: Any) -> Any:
        known = tensor_util.constant_value(shape)
        if known is not None:
            extents = np.asarray(known, np.int64)
            number = int(np.sum(extents * (np.arange(extents.size) * _POSITION + _EXTENT)))
            return ops.convert_to_tensor(number, dtypes.int64)
        extents = math_ops.cast(shape, dtypes.int64)
        positions = math_ops.range(math_ops.cast(array_ops.size(extents), dtypes.int64))
        return math_ops.reduce_sum(extents * (positions * _POSITION + _EXTENT))

    def _salt(self, kind: str, shape: Any) -> Any:
        """Returns another number for each initial value, so that two variables of one shape do not start alike."""
        if context.executing_eagerly() and self._run.step:
            return 0
        known = tensor_util.constant_value(shape)
        key = (kind, None if known is None else tuple(np.asarray(known).tolist()))
        self._drawn[key] += 1
        return self._drawn[key] - 1


def _replacements(seeds: Any) -> Any:
    def shape_of(shape: Any) -> Any:
        # An empty list, the shape of a scalar, would become a tensor of floats.
        return (
            ops.convert_to_tensor(shape, dtypes.int32)
            if isinstance(shape, (list, tuple))
            else (ops.convert_to_tensor(shape))
        )

    def uniform(shape: Any, dtype: Any, name: str) -> Any:
        shape = shape_of(shape)
        return gen_stateless_random_ops.stateless_random_uniform(shape, seeds.of(1, shape), dtype, name)

    def normal(shape: Any, dtype: Any, name: str) -> Any:
        shape = shape_of(shape)
        return gen_stateless_random_ops.stateless_random_normal(shape, seeds.of(2, shape), dtype, name)

    def truncated(shape: Any, dtype: Any, name: str) -> Any:
        shape = shape_of(shape)
        return gen_stateless_random_ops.stateless_truncated_normal(shape, seeds.of(3, shape), dtype, name)

    def integers(shape: Any, minval: Any, maxval: Any, name: str) -> Any:
        shape = shape_of(shape)
        return gen_stateless_random_ops.stateless_random_uniform_int(shape, seeds.of(4, shape), minval, maxval, name)

    def shuffled(value: Any, name: str) -> Any:
        value = ops.convert_to_tensor(value)
        count = array_ops.shape(value)[:1]
        keys = gen_stateless_random_ops.stateless_random_uniform(count, seeds.of(5, count))
        return array_ops.gather(value, nn_ops.top_k(keys, count[0]).indices, name=name)

    def multinomial(logits: Any, num_samples: Any, output_dtype: Any, name: str) -> Any:
        logits = ops.convert_to_tensor(logits)
        seed = seeds.of(6, array_ops.shape(logits))
        return gen_stateless_random_ops.stateless_multinomial(logits, num_samples, seed, output_dtype, name)

    return {
        "random_uniform": uniform,
        "random_standard_normal": normal,
        "truncated_normal": truncated,
        "random_uniform_int": integers,
        "random_shuffle": shuffled,
        "multinomial": multinomial,
    }


def _shared(original: Any, draw: Any) -> Any:
    signature = inspect.signature(original)

    @functools.wraps(original)
    def op(*arguments: Any, **options: Any) -> Any:
        bound = signature.bind(*arguments, **options)
        bound.apply_defaults()
        if _is_in_dataset():
            if original.__name__ == "random_shuffle":
                return host_random.shuffled_tensor(bound.arguments["value"])
            bound.arguments.update(_SEEDS)
            return original(*bound.args, **bound.kwargs)
        chosen = {name: value for name, value in bound.arguments.items() if name not in _SEEDS}
        return draw(**chosen)

    return op


def _seeded(original: Any) -> Any:
    signature = inspect.signature(original)

    @functools.wraps(original)
    def op(*arguments: Any, **options: Any) -> Any:
        bound = signature.bind(*arguments, **options)
        bound.arguments.update(_SEEDS)
        return original(*bound.args, **bound.kwargs)

    return op


def install(run: Run, clock: Clock) -> None:
    """Makes the random ops of this process draw from shared streams."""
    for name, draw in _replacements(_Seeds(run, clock)).items():
        setattr(gen_random_ops, name, _shared(getattr(gen_random_ops, name), draw))
    for module, names in ((gen_random_ops, _SEEDED), (gen_candidate_sampling_ops, _SEEDED_SAMPLERS)):
        for name in names:
            setattr(module, name, _seeded(getattr(module, name)))
