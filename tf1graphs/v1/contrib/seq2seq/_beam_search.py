"""``BeamSearchDecoder``: keeps the best few continuations of every sequence."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from tensorflow.python.framework import dtypes, ops, tensor_shape, tensor_util
from tensorflow.python.framework import tensor as tensors
from tensorflow.python.ops import array_ops, cond, control_flow_assert, math_ops, rnn_cell_impl, tensor_array_ops
from tensorflow.python.platform import tf_logging
from tensorflow.python.util import nest

from tf1graphs.v1.contrib.seq2seq._basic_decoder import rnn_output_size
from tf1graphs.v1.contrib.seq2seq._beam_search_step import (
    BeamSearchDecoderOutput,
    BeamSearchDecoderState,
    _beam_search_step,
    check_rank_is_known,
    get_attention_probs,
)
from tf1graphs.v1.contrib.seq2seq._beams import gather_tree, gather_tree_from_array
from tf1graphs.v1.contrib.seq2seq._decoder import Decoder
from tf1graphs.v1.contrib.seq2seq._helper import embedding_function
from tf1graphs.v1.contrib.seq2seq._tf1_layers import KerasLayer


class FinalBeamSearchDecoderOutput(NamedTuple):
    """The found sequences, ``[batch, time, beams]`` from best to worst, and the outputs of all steps."""

    predicted_ids: Any
    beam_search_decoder_output: Any


def _static_shape(size: Any) -> Any:
    if isinstance(size, tensors.Tensor):
        size = tensor_util.constant_value(size)
    return tensor_shape.TensorShape(size)


def _elements_may_be_beams(shape: Any, batch_size: Any, beam_width: int) -> bool:
    """Whether elements of that shape can be ``[batch, beams, ...]`` or ``[batch * beams, ...]``."""
    first = shape.dims[0].value
    if batch_size is None or first is None:
        return True
    second = shape.dims[1].value if shape.ndims >= 2 else None
    return bool(first == batch_size * beam_width and (second is None or (first, second) == (batch_size, beam_width)))


def _assert_elements_are_beams(stacked: Any, batch_size: Any, beam_width: int) -> Any:
    shape = array_ops.shape(stacked)
    are_beams = math_ops.equal(shape[1], batch_size * beam_width)
    if stacked.shape.ndims > 2:
        apart = math_ops.logical_and(math_ops.equal(shape[1], batch_size), math_ops.equal(shape[2], beam_width))
        are_beams = math_ops.logical_or(are_beams, apart)
    message = f"The elements of {stacked.name} are not [batch_size, beam_size, ...]: set reorder_tensor_arrays to False"
    return control_flow_assert.Assert(are_beams, [message])


class BeamSearchDecoder(Decoder):
    """Decodes with a beam search.

    With an ``AttentionWrapper`` the memory, its lengths and the initial cell state must be tiled by ``tile_batch``
    with ``beam_width``, and ``zero_state`` be asked for ``batch_size * beam_width`` sequences.

    Args:
        cell: An RNN cell.
        embedding: A function of ids, or the parameters of ``tf.nn.embedding_lookup``.
        start_tokens: The first symbol of each sequence, an integer ``[batch]``.
        end_token: The symbol that ends a sequence, an integer scalar.
        initial_state: The state of the cell, ``[batch * beams, ...]``.
        beam_width: The number of beams.
        output_layer: A layer on top of the cell's outputs.
        length_penalty_weight: The exponent of the length penalty, 0 for none.
        coverage_penalty_weight: The weight of the penalty for parts of the source without attention, 0 for none.
        reorder_tensor_arrays: Whether each ``TensorArray`` in the final state is stacked and ordered along the beams.

    Raises:
        TypeError: ``cell`` is no cell or ``output_layer`` no layer.
        ValueError: ``start_tokens`` is no vector, ``end_token`` no scalar, or the state not of that many sequences.
    """

    def __init__(
        self,
        cell: Any,
        embedding: Any,
        start_tokens: Any,
        end_token: Any,
        initial_state: Any,
        beam_width: int,
        output_layer: Any = None,
        length_penalty_weight: Any = 0.0,
        coverage_penalty_weight: Any = 0.0,
        reorder_tensor_arrays: bool = True,
    ) -> None:
        rnn_cell_impl.assert_like_rnncell("cell", cell)
        if output_layer is not None and not isinstance(output_layer, KerasLayer):
            raise TypeError(f"output_layer must be a Layer, received: {type(output_layer)}")
        self._cell = cell
        self._output_layer = output_layer
        self._beam_width = beam_width
        self._length_penalty_weight = length_penalty_weight
        self._coverage_penalty_weight = coverage_penalty_weight
        self._reorder_tensor_arrays = reorder_tensor_arrays
        self._embedding_fn = embedding_function(embedding)
        first_symbols = ops.convert_to_tensor(start_tokens, dtype=dtypes.int32, name="start_tokens")
        if first_symbols.get_shape().ndims != 1:
            raise ValueError("start_tokens must be a vector")
        self._end_token = ops.convert_to_tensor(end_token, dtype=dtypes.int32, name="end_token")
        if self._end_token.get_shape().ndims != 0:
            raise ValueError("end_token must be a scalar")
        self._batch_size = array_ops.size(start_tokens)
        self._initial_cell_state = nest.map_structure(self._maybe_split_batch_beams, initial_state, cell.state_size)
        self._start_tokens = array_ops.tile(array_ops.expand_dims(first_symbols, 1), [1, beam_width])
        self._start_inputs = self._embedding_fn(self._start_tokens)
        self._finished = self._first_beam(on=False, off=True, dtype=dtypes.bool)

    def _first_beam(self, on: Any, off: Any, dtype: Any) -> Any:
        return array_ops.one_hot(
            array_ops.zeros([self._batch_size], dtype=dtypes.int32),
            depth=self._beam_width,
            on_value=on,
            off_value=off,
            dtype=dtype,
        )

    @property
    def batch_size(self) -> Any:
        """The number of sequences."""
        return self._batch_size

    def _rnn_output_size(self) -> Any:
        return rnn_output_size(self._cell, self._output_layer)

    @property
    def tracks_own_finished(self) -> bool:
        """True: beams change places, and what has finished with them."""
        return True

    @property
    def output_size(self) -> BeamSearchDecoderOutput:
        """The shapes of the outputs of a step."""
        beams = tensor_shape.TensorShape([self._beam_width])
        return BeamSearchDecoderOutput(scores=beams, predicted_ids=beams, parent_ids=beams)

    @property
    def output_dtype(self) -> BeamSearchDecoderOutput:
        """The dtypes of the outputs of a step."""
        dtype = nest.flatten(self._initial_cell_state)[0].dtype
        return BeamSearchDecoderOutput(
            scores=nest.map_structure(lambda _: dtype, self._rnn_output_size()),
            predicted_ids=dtypes.int32,
            parent_ids=dtypes.int32,
        )

    def initialize(self, name: str | None = None) -> Any:
        """Returns ``(finished, first_inputs, initial_state)``; only the first beam can go on at first."""
        dtype = nest.flatten(self._initial_cell_state)[0].dtype
        log_probs = self._first_beam(
            on=ops.convert_to_tensor(0.0, dtype=dtype), off=ops.convert_to_tensor(-np.inf, dtype=dtype), dtype=dtype
        )
        attention = get_attention_probs(self._initial_cell_state, self._coverage_penalty_weight)
        state = BeamSearchDecoderState(
            cell_state=self._initial_cell_state,
            log_probs=log_probs,
            finished=self._finished,
            lengths=array_ops.zeros([self._batch_size, self._beam_width], dtype=dtypes.int64),
            accumulated_attention_probs=() if attention is None else attention,
        )
        return self._finished, self._start_inputs, state

    def finalize(self, outputs: Any, final_state: Any, sequence_lengths: Any) -> Any:
        """Returns the sequences as ``FinalBeamSearchDecoderOutput``, and the final state."""
        predicted_ids = gather_tree(
            outputs.predicted_ids,
            outputs.parent_ids,
            max_sequence_lengths=math_ops.cast(math_ops.reduce_max(final_state.lengths, axis=1), dtypes.int32),
            end_token=self._end_token,
        )
        if self._reorder_tensor_arrays:
            cell_state = nest.map_structure(
                lambda part: self._maybe_sort_array_beams(part, outputs.parent_ids, final_state.lengths),
                final_state.cell_state,
            )
            final_state = final_state._replace(cell_state=cell_state)
        return FinalBeamSearchDecoderOutput(predicted_ids, outputs), final_state

    def _merge_batch_beams(self, t: Any, s: Any = None) -> Any:
        """Returns ``[batch * beams, *s]`` for ``[batch, beams, *s]``."""
        merged = array_ops.reshape(
            t, array_ops.concat(([self._batch_size * self._beam_width], array_ops.shape(t)[2:]), 0)
        )
        batch = tensor_util.constant_value(self._batch_size)
        rows = None if batch is None else batch * self._beam_width
        merged.set_shape(tensor_shape.TensorShape([rows]).concatenate(_static_shape(s)))
        return merged

    def _split_batch_beams(self, t: Any, s: Any = None) -> Any:
        """Returns ``[batch, beams, *s]`` for ``[batch * beams, *s]``."""
        parts = array_ops.reshape(
            t, array_ops.concat(([self._batch_size, self._beam_width], array_ops.shape(t)[1:]), 0)
        )
        batch = tensor_util.constant_value(self._batch_size)
        expected = tensor_shape.TensorShape([batch, self._beam_width]).concatenate(_static_shape(s))
        if not parts.shape.is_compatible_with(expected):
            raise ValueError(
                f"A state of shape {parts.shape} is not (batch_size, beam_width, depth) == {expected}: "
                "the zero_state must be one for batch_size * beam_width sequences"
            )
        parts.set_shape(expected)
        return parts

    def _maybe_split_batch_beams(self, t: Any, s: Any) -> Any:
        if isinstance(t, tensor_array_ops.TensorArray):
            return t
        check_rank_is_known(t)
        return self._split_batch_beams(t, s) if t.shape.ndims >= 1 else t

    def _maybe_merge_batch_beams(self, t: Any, s: Any) -> Any:
        if isinstance(t, tensor_array_ops.TensorArray):
            return t
        check_rank_is_known(t)
        return self._merge_batch_beams(t, s) if t.shape.ndims >= 2 else t

    def _maybe_sort_array_beams(self, t: Any, parent_ids: Any, sequence_length: Any) -> Any:
        if not isinstance(t, tensor_array_ops.TensorArray):
            return t
        batch = tensor_util.constant_value(self._batch_size)
        known = t.element_shape.ndims is not None and t.element_shape.ndims >= 1
        if not known or not _elements_may_be_beams(t.element_shape, batch, self._beam_width):
            tf_logging.warn(
                f"A TensorArray in the cell state has elements of shape {t.element_shape}, which cannot be ordered "
                "along the beams; reorder_tensor_arrays=False silences this"
            )
            return t
        stacked = t.stack()
        with ops.control_dependencies([_assert_elements_are_beams(stacked, self._batch_size, self._beam_width)]):
            return gather_tree_from_array(stacked, parent_ids, sequence_length)

    def step(self, time: Any, inputs: Any, state: Any, name: str | None = None) -> Any:
        """Returns ``(outputs, next_state, next_inputs, finished)``."""
        with ops.name_scope(name, "BeamSearchDecoderStep", (time, inputs, state)):
            merged = nest.map_structure(lambda each: self._merge_batch_beams(each, s=each.shape[2:]), inputs)
            cell_state = nest.map_structure(self._maybe_merge_batch_beams, state.cell_state, self._cell.state_size)
            outputs, cell_state = self._cell(merged, cell_state)
            outputs = nest.map_structure(lambda each: self._split_batch_beams(each, each.shape[1:]), outputs)
            cell_state = nest.map_structure(self._maybe_split_batch_beams, cell_state, self._cell.state_size)
            if self._output_layer is not None:
                outputs = self._output_layer(outputs)
            found, next_state = _beam_search_step(
                time=time,
                logits=outputs,
                next_cell_state=cell_state,
                beam_state=state,
                batch_size=self._batch_size,
                beam_width=self._beam_width,
                end_token=self._end_token,
                length_penalty_weight=self._length_penalty_weight,
                coverage_penalty_weight=self._coverage_penalty_weight,
            )
            next_inputs = cond.cond(
                math_ops.reduce_all(next_state.finished),
                lambda: self._start_inputs,
                lambda: self._embedding_fn(found.predicted_ids),
            )
        return found, next_state, next_inputs, next_state.finished
