"""Attention that only moves forward through the memory.

Source: C. Raffel, M.-T. Luong, P. J. Liu, R. J. Weiss, D. Eck, "Online and Linear-Time Attention by Enforcing
Monotonic Alignments", https://arxiv.org/abs/1704.00784
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from tensorflow.python.framework import dtypes, ops, tensor_shape
from tensorflow.python.ops import array_ops, clip_ops, functional_ops, math_ops, random_ops, variable_scope

from tf1graphs.v1.contrib.seq2seq._attention import (
    _bahdanau_score,
    _BaseAttentionMechanism,
    _luong_score,
    bahdanau_variables,
    bias_free_layer,
    luong_scale,
)


def safe_cumprod(x: Any, *args: Any, **kwargs: Any) -> Any:
    """Returns the cumulative product of positive numbers as ``exp(cumsum(log(x)))``, which does not underflow.

    Args:
        x: A float tensor.
        *args: As for ``tf.cumsum``.
        **kwargs: As for ``tf.cumsum``.
    """
    with ops.name_scope(None, "SafeCumprod", [x]):
        x = ops.convert_to_tensor(x, name="x")
        smallest = np.finfo(x.dtype.as_numpy_dtype).tiny
        return math_ops.exp(math_ops.cumsum(math_ops.log(clip_ops.clip_by_value(x, smallest, 1)), *args, **kwargs))


def _recursive(choose: Any, previous: Any) -> Any:
    # q[i] = (1 - p[i - 1]) q[i - 1] + previous[i], and the attention is p[i] q[i].
    batch = tensor_shape.dimension_value(choose.shape[0]) or array_ops.shape(choose)[0]
    passed = array_ops.concat([array_ops.ones((batch, 1)), 1 - choose[:, :-1]], 1)
    reached = functional_ops.scan(
        lambda last, entry: array_ops.reshape(entry[0] * last + entry[1], (batch,)),
        [array_ops.transpose(passed), array_ops.transpose(previous)],
        array_ops.zeros((batch,)),
    )
    return choose * array_ops.transpose(reached)


def monotonic_attention(p_choose_i: Any, previous_attention: Any, mode: str) -> Any:
    """Returns the attention after one output step, ``[batch, time]``.

    Args:
        p_choose_i: The probability to stop at each memory entry, ``[batch, time]``.
        previous_attention: The attention of the step before, ``[batch, time]``; at first 1 at entry 0.
        mode: ``"recursive"`` (exact, slow), ``"parallel"`` (closed form, clipped where probabilities are close to 0 or
            1) or ``"hard"`` (all probabilities are 0 or 1).

    Raises:
        ValueError: There is no such mode.
    """
    choose = ops.convert_to_tensor(p_choose_i, name="p_choose_i")
    previous = ops.convert_to_tensor(previous_attention, name="previous_attention")
    if mode == "recursive":
        return _recursive(choose, previous)
    if mode == "parallel":
        passed = safe_cumprod(1 - choose, axis=1, exclusive=True)
        return choose * passed * math_ops.cumsum(previous / clip_ops.clip_by_value(passed, 1e-10, 1.0), axis=1)
    if mode == "hard":
        choose *= math_ops.cumsum(previous, axis=1)
        return choose * math_ops.cumprod(1 - choose, axis=1, exclusive=True)
    raise ValueError("mode must be 'recursive', 'parallel', or 'hard'.")


def _monotonic_probability_fn(
    score: Any, previous_alignments: Any, sigmoid_noise: float, mode: str, seed: int | None = None
) -> Any:
    if sigmoid_noise > 0:
        noise = random_ops.random_normal(array_ops.shape(score), dtype=score.dtype, seed=seed)
        score += sigmoid_noise * noise
    choose = math_ops.cast(score > 0, score.dtype) if mode == "hard" else math_ops.sigmoid(score)
    return monotonic_attention(choose, previous_alignments, mode)


class _BaseMonotonicAttentionMechanism(_BaseAttentionMechanism):
    """A mechanism that starts at the first memory entry."""

    def initial_alignments(self, batch_size: Any, dtype: Any) -> Any:
        """Returns 1 at the first entry and 0 elsewhere, ``[batch, time]``."""
        first = array_ops.zeros((batch_size,), dtype=dtypes.int32)
        return array_ops.one_hot(first, self._alignments_size, dtype=dtype)


class BahdanauMonotonicAttention(_BaseMonotonicAttentionMechanism):
    """Monotonic attention with the score of Bahdanau plus a trained bias.

    Args:
        num_units: The depth of the score's layer.
        memory: ``[batch, time, ...]``, usually the outputs of an encoder.
        memory_sequence_length: The length of each sequence in the memory.
        normalize: Whether the weights of the score are normalized.
        score_mask_value: The score of what is hidden, minus infinity by default.
        sigmoid_noise: The deviation of the noise added to scores.
        sigmoid_noise_seed: The seed of that noise.
        score_bias_init: The initial bias; a negative one makes attention move on.
        mode: As for ``monotonic_attention``.
        dtype: The dtype of the query and memory layers.
        name: The name scope.
    """

    def __init__(
        self,
        num_units: int,
        memory: Any,
        memory_sequence_length: Any = None,
        normalize: bool = False,
        score_mask_value: Any = None,
        sigmoid_noise: float = 0.0,
        sigmoid_noise_seed: int | None = None,
        score_bias_init: float = 0.0,
        mode: str = "parallel",
        dtype: Any = None,
        name: str = "BahdanauMonotonicAttention",
    ) -> None:
        super().__init__(
            query_layer=bias_free_layer(num_units, "query_layer", dtype),
            memory_layer=bias_free_layer(num_units, "memory_layer", dtype),
            memory=memory,
            probability_fn=functools.partial(
                _monotonic_probability_fn, sigmoid_noise=sigmoid_noise, mode=mode, seed=sigmoid_noise_seed
            ),
            memory_sequence_length=memory_sequence_length,
            score_mask_value=score_mask_value,
            name=name,
        )
        self._num_units = num_units
        self._normalize = normalize
        self._name = name
        self._score_bias_init = score_bias_init

    def __call__(self, query: Any, state: Any) -> Any:
        """Returns ``(alignments, next_state)``, both ``[batch, time]``, for queries ``[batch, depth]``."""
        with variable_scope.variable_scope(None, "bahdanau_monotonic_attention", [query]):
            processed = self.query_layer(query)
            variables = bahdanau_variables(self._num_units, self._normalize, query.dtype)
            score = _bahdanau_score(processed, self._keys, *variables)
            score += _score_bias(processed.dtype, self._score_bias_init)
        alignments = self._probability_fn(score, state)
        return alignments, alignments


class LuongMonotonicAttention(_BaseMonotonicAttentionMechanism):
    """Monotonic attention with the score of Luong plus a trained bias.

    Args:
        num_units: The depth of the keys, which must be that of the queries.
        memory: ``[batch, time, ...]``, usually the outputs of an encoder.
        memory_sequence_length: The length of each sequence in the memory.
        scale: Whether a variable scales the score.
        score_mask_value: The score of what is hidden, minus infinity by default.
        sigmoid_noise: The deviation of the noise added to scores.
        sigmoid_noise_seed: The seed of that noise.
        score_bias_init: The initial bias; a negative one makes attention move on.
        mode: As for ``monotonic_attention``.
        dtype: The dtype of the memory layer.
        name: The name scope.
    """

    def __init__(
        self,
        num_units: int,
        memory: Any,
        memory_sequence_length: Any = None,
        scale: bool = False,
        score_mask_value: Any = None,
        sigmoid_noise: float = 0.0,
        sigmoid_noise_seed: int | None = None,
        score_bias_init: float = 0.0,
        mode: str = "parallel",
        dtype: Any = None,
        name: str = "LuongMonotonicAttention",
    ) -> None:
        super().__init__(
            query_layer=None,
            memory_layer=bias_free_layer(num_units, "memory_layer", dtype),
            memory=memory,
            probability_fn=functools.partial(
                _monotonic_probability_fn, sigmoid_noise=sigmoid_noise, mode=mode, seed=sigmoid_noise_seed
            ),
            memory_sequence_length=memory_sequence_length,
            score_mask_value=score_mask_value,
            name=name,
        )
        self._num_units = num_units
        self._scale = scale
        self._score_bias_init = score_bias_init
        self._name = name

    def __call__(self, query: Any, state: Any) -> Any:
        """Returns ``(alignments, next_state)``, both ``[batch, time]``, for queries ``[batch, units]``."""
        with variable_scope.variable_scope(None, "luong_monotonic_attention", [query]):
            score = _luong_score(query, self._keys, luong_scale(self._scale, query.dtype))
            score += _score_bias(query.dtype, self._score_bias_init)
        alignments = self._probability_fn(score, state)
        return alignments, alignments


def _score_bias(dtype: Any, initial: float) -> Any:
    return variable_scope.get_variable("attention_score_bias", dtype=dtype, initializer=initial)
