"""Attention mechanisms of Luong (multiplicative) and Bahdanau (additive).

Sources: M.-T. Luong, H. Pham, C. D. Manning, "Effective Approaches to Attention-based Neural Machine Translation",
https://arxiv.org/abs/1508.04025; D. Bahdanau, K. Cho, Y. Bengio, "Neural Machine Translation by Jointly Learning to
Align and Translate", https://arxiv.org/abs/1409.0473; the normalized score: T. Salimans, D. P. Kingma, "Weight
Normalization", https://arxiv.org/abs/1602.07868
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from tensorflow.python.framework import dtypes, ops, tensor_shape
from tensorflow.python.ops import array_ops, init_ops, math_ops, nn_ops, rnn_cell_impl, variable_scope
from tensorflow.python.util import nest

from tf1graphs.v1.contrib.seq2seq._memory import _maybe_mask_score, _prepare_memory
from tf1graphs.v1.contrib.seq2seq._tf1_layers import Dense, Layer


class AttentionMechanism:
    """Maps a query and the attention's state to alignments over the memory and the next state."""

    @property
    def alignments_size(self) -> Any:
        """The number of memory entries."""
        raise NotImplementedError

    @property
    def state_size(self) -> Any:
        """The size of the state."""
        raise NotImplementedError


def _check_layer(kind: str, layer: Any) -> None:
    if layer is not None and not isinstance(layer, Layer):
        raise TypeError(f"{kind} is not a Layer: {type(layer).__name__}")


class _BaseAttentionMechanism(AttentionMechanism):
    """Holds the memory, its keys and the layers of an attention mechanism.

    Args:
        query_layer: A layer of ``tf.layers`` applied to queries, or None.
        memory: ``[batch, time, ...]``, usually the outputs of an encoder.
        probability_fn: Gives probabilities for ``(scores, state)``.
        memory_sequence_length: The length of each sequence in the memory; what lies past it is hidden.
        memory_layer: The layer of ``tf.layers`` that makes the keys of the memory.
        check_inner_dims_defined: Whether the inner dimensions of the memory must be known.
        score_mask_value: The score of what is hidden, minus infinity by default.
        custom_key_value_fn: Gives other ``(keys, values)`` for keys and values.
        name: The name scope.

    Raises:
        TypeError: A layer is no layer, or ``probability_fn`` no function.
        ValueError: The inner dimensions of the memory are unknown.
    """

    def __init__(
        self,
        query_layer: Any,
        memory: Any,
        probability_fn: Callable[[Any, Any], Any],
        memory_sequence_length: Any = None,
        memory_layer: Any = None,
        check_inner_dims_defined: bool = True,
        score_mask_value: Any = None,
        custom_key_value_fn: Callable[[Any, Any], Any] | None = None,
        name: str | None = None,
    ) -> None:
        _check_layer("query_layer", query_layer)
        _check_layer("memory_layer", memory_layer)
        self._query_layer = query_layer
        self._memory_layer = memory_layer
        self.dtype = memory_layer.dtype
        if not callable(probability_fn):
            raise TypeError(f"probability_fn must be callable, saw type: {type(probability_fn).__name__}")
        if score_mask_value is None:
            score_mask_value = dtypes.as_dtype(self.dtype).as_numpy_dtype(-np.inf)
        self._probability_fn: Callable[[Any, Any], Any] = lambda score, state: probability_fn(
            _maybe_mask_score(score, memory_sequence_length=memory_sequence_length, score_mask_value=score_mask_value),
            state,
        )
        with ops.name_scope(name, "BaseAttentionMechanismInit", nest.flatten(memory)):
            self._values = _prepare_memory(
                memory,
                memory_sequence_length=memory_sequence_length,
                check_inner_dims_defined=check_inner_dims_defined,
            )
            self._keys = self.memory_layer(self._values)
            if custom_key_value_fn is not None:
                self._keys, self._values = custom_key_value_fn(self._keys, self._values)
            self._batch_size = _dimension(self._keys, 0)
            self._alignments_size = _dimension(self._keys, 1)

    @property
    def memory_layer(self) -> Any:
        """The layer that makes the keys."""
        return self._memory_layer

    @property
    def query_layer(self) -> Any:
        """The layer applied to queries, or None."""
        return self._query_layer

    @property
    def values(self) -> Any:
        """The memory, zero where it is hidden."""
        return self._values

    @property
    def keys(self) -> Any:
        """What queries are compared to, ``[batch, time, units]``."""
        return self._keys

    @property
    def batch_size(self) -> Any:
        """The number of sequences in the memory."""
        return self._batch_size

    @property
    def alignments_size(self) -> Any:
        """The number of memory entries."""
        return self._alignments_size

    @property
    def state_size(self) -> Any:
        """The size of the state, which is that of the alignments."""
        return self._alignments_size

    def initial_alignments(self, batch_size: Any, dtype: Any) -> Any:
        """Returns zeros, ``[batch, time]``."""
        return rnn_cell_impl._zero_state_tensors(self._alignments_size, batch_size, dtype)

    def initial_state(self, batch_size: Any, dtype: Any) -> Any:
        """Returns the initial alignments."""
        return self.initial_alignments(batch_size, dtype)


def _dimension(tensor: Any, axis: int) -> Any:
    return tensor_shape.dimension_value(tensor.shape[axis]) or array_ops.shape(tensor)[axis]


def bias_free_layer(units: int, name: str, dtype: Any) -> Any:
    """Returns a dense layer without bias; float32 where no dtype is given."""
    return Dense(units, name=name, use_bias=False, dtype=dtypes.float32 if dtype is None else dtype)


def _luong_score(query: Any, keys: Any, scale: Any) -> Any:
    """Returns the product of each query ``[batch, units]`` with its keys, times ``scale`` unless that is None."""
    depth, key_units = query.get_shape()[-1], keys.get_shape()[-1]
    if depth != key_units:
        raise ValueError(
            f"Query ({query}) has {depth} units, but keys ({keys}) have {key_units}: "
            f"num_units may have to be {key_units}"
        )
    score = math_ops.matmul(array_ops.expand_dims(query, 1), keys, transpose_b=True)
    score = array_ops.squeeze(score, [1])
    return score if scale is None else scale * score


def luong_scale(wanted: bool, dtype: Any) -> Any:
    """Returns the variable that scales a Luong score, or None."""
    if not wanted:
        return None
    return variable_scope.get_variable("attention_g", dtype=dtype, initializer=init_ops.ones_initializer, shape=())


class LuongAttention(_BaseAttentionMechanism):
    """Scores a memory entry by the product of its key with the query.

    Args:
        num_units: The depth of the keys, which must be that of the queries.
        memory: ``[batch, time, ...]``, usually the outputs of an encoder.
        memory_sequence_length: The length of each sequence in the memory.
        scale: Whether a variable scales the score.
        probability_fn: Gives probabilities for scores, softmax by default.
        score_mask_value: The score of what is hidden, minus infinity by default.
        dtype: The dtype of the memory layer.
        custom_key_value_fn: Gives other ``(keys, values)`` for keys and values.
        name: The name scope.
    """

    def __init__(
        self,
        num_units: int,
        memory: Any,
        memory_sequence_length: Any = None,
        scale: bool = False,
        probability_fn: Callable[[Any], Any] | None = None,
        score_mask_value: Any = None,
        dtype: Any = None,
        custom_key_value_fn: Callable[[Any, Any], Any] | None = None,
        name: str = "LuongAttention",
    ) -> None:
        probability_of = probability_fn or nn_ops.softmax
        super().__init__(
            query_layer=None,
            memory_layer=bias_free_layer(num_units, "memory_layer", dtype),
            memory=memory,
            probability_fn=lambda score, state: probability_of(score),
            memory_sequence_length=memory_sequence_length,
            score_mask_value=score_mask_value,
            custom_key_value_fn=custom_key_value_fn,
            name=name,
        )
        self._num_units = num_units
        self._scale = scale
        self._name = name

    def __call__(self, query: Any, state: Any) -> Any:
        """Returns ``(alignments, next_state)``, both ``[batch, time]``, for queries ``[batch, units]``."""
        with variable_scope.variable_scope(None, "luong_attention", [query]):
            score = _luong_score(query, self._keys, luong_scale(self._scale, query.dtype))
        alignments = self._probability_fn(score, state)
        return alignments, alignments


def _bahdanau_score(
    processed_query: Any, keys: Any, attention_v: Any, attention_g: Any = None, attention_b: Any = None
) -> Any:
    """Returns ``sum(v * tanh(keys + query))``, ``[batch, time]``; with ``g`` and ``b``, its normalized form."""
    query = array_ops.expand_dims(processed_query, 1)
    if attention_g is None or attention_b is None:
        return math_ops.reduce_sum(attention_v * math_ops.tanh(keys + query), [2])
    unit_v = attention_g * attention_v * math_ops.rsqrt(math_ops.reduce_sum(math_ops.square(attention_v)))
    return math_ops.reduce_sum(unit_v * math_ops.tanh(keys + query + attention_b), [2])


def bahdanau_variables(num_units: int, normalize: bool, dtype: Any) -> Any:
    """Returns the variables ``(v, g, b)`` of a Bahdanau score; ``g`` and ``b`` are None unless it is normalized."""
    direction = variable_scope.get_variable("attention_v", [num_units], dtype=dtype)
    if not normalize:
        return direction, None, None
    length = init_ops.constant_initializer(math.sqrt(1.0 / num_units))
    return (
        direction,
        variable_scope.get_variable("attention_g", dtype=dtype, initializer=length, shape=()),
        variable_scope.get_variable("attention_b", [num_units], dtype=dtype, initializer=init_ops.zeros_initializer()),
    )


class BahdanauAttention(_BaseAttentionMechanism):
    """Scores a memory entry by a one-layer network of its key and the query.

    Args:
        num_units: The depth of that layer.
        memory: ``[batch, time, ...]``, usually the outputs of an encoder.
        memory_sequence_length: The length of each sequence in the memory.
        normalize: Whether the weights of the score are normalized.
        probability_fn: Gives probabilities for scores, softmax by default.
        score_mask_value: The score of what is hidden, minus infinity by default.
        dtype: The dtype of the query and memory layers.
        custom_key_value_fn: Gives other ``(keys, values)`` for keys and values.
        name: The name scope.
    """

    def __init__(
        self,
        num_units: int,
        memory: Any,
        memory_sequence_length: Any = None,
        normalize: bool = False,
        probability_fn: Callable[[Any], Any] | None = None,
        score_mask_value: Any = None,
        dtype: Any = None,
        custom_key_value_fn: Callable[[Any, Any], Any] | None = None,
        name: str = "BahdanauAttention",
    ) -> None:
        probability_of = probability_fn or nn_ops.softmax
        super().__init__(
            query_layer=bias_free_layer(num_units, "query_layer", dtype),
            memory_layer=bias_free_layer(num_units, "memory_layer", dtype),
            memory=memory,
            probability_fn=lambda score, state: probability_of(score),
            memory_sequence_length=memory_sequence_length,
            score_mask_value=score_mask_value,
            custom_key_value_fn=custom_key_value_fn,
            name=name,
        )
        self._num_units = num_units
        self._normalize = normalize
        self._name = name

    def __call__(self, query: Any, state: Any) -> Any:
        """Returns ``(alignments, next_state)``, both ``[batch, time]``, for queries ``[batch, depth]``."""
        with variable_scope.variable_scope(None, "bahdanau_attention", [query]):
            processed = self.query_layer(query)
            variables = bahdanau_variables(self._num_units, self._normalize, query.dtype)
            score = _bahdanau_score(processed, self._keys, *variables)
        alignments = self._probability_fn(score, state)
        return alignments, alignments


def hardmax(logits: Any, name: str | None = None) -> Any:
    """Returns 1 at the largest logit of each row and 0 elsewhere."""
    with ops.name_scope(name, "Hardmax", [logits]):
        logits = ops.convert_to_tensor(logits, name="logits")
        depth = tensor_shape.dimension_value(logits.get_shape()[-1])
        depth = array_ops.shape(logits)[-1] if depth is None else depth
        return array_ops.one_hot(math_ops.argmax(logits, -1), depth, dtype=logits.dtype)
