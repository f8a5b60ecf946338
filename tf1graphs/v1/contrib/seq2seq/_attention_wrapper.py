"""``AttentionWrapper``: an RNN cell that looks at a memory in every step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from tensorflow.python.framework import dtypes, ops, tensor_shape
from tensorflow.python.framework import tensor as tensors
from tensorflow.python.ops import array_ops, check_ops, math_ops, rnn_cell_impl, tensor_array_ops
from tensorflow.python.util import nest

from tf1graphs.v1.contrib.seq2seq._attention import AttentionMechanism
from tf1graphs.v1.contrib.seq2seq._tf1_layers import Dense, RNNCell

_ADVICE = "with a BeamSearchDecoder, tile memory and state with tf.contrib.seq2seq.tile_batch by beam_width"


class AttentionWrapperState(
    NamedTuple(
        "AttentionWrapperState",
        [
            ("cell_state", Any),
            ("attention", Any),
            ("time", Any),
            ("alignments", Any),
            ("alignment_history", Any),
            ("attention_state", Any),
        ],
    )
):
    """The state of an ``AttentionWrapper``.

    ``cell_state`` is that of the wrapped cell, ``attention`` the last attention, ``time`` the number of steps so far.
    ``alignments``, ``alignment_history`` (a ``TensorArray`` or ``()``) and ``attention_state`` are tuples where there
    are several mechanisms.
    """

    def clone(self, **kwargs: Any) -> AttentionWrapperState:
        """Returns a copy with other values of the same shapes.

        Raises:
            ValueError: A shape differs.
        """
        clone: AttentionWrapperState = nest.map_structure(_with_same_shape, self, self._replace(**kwargs))
        return clone


def _with_same_shape(old: Any, new: Any) -> Any:
    if not (isinstance(old, tensors.Tensor) and isinstance(new, tensors.Tensor)):
        return new
    known = old.get_shape().is_fully_defined()
    if known and new.get_shape().is_fully_defined():
        if not new.get_shape().is_compatible_with(old.get_shape()):
            raise ValueError(f"Wrong shape for {new.name}, expected {old.get_shape()}, got {new.get_shape()}.")
        return new
    same = check_ops.assert_equal(array_ops.shape(old), array_ops.shape(new), message=f"Wrong shape for {new.name}")
    with ops.control_dependencies([same]):
        checked = array_ops.identity(new)
    if known:
        checked.set_shape(old.get_shape())
    return checked


def _compute_attention(attention_mechanism: Any, cell_output: Any, attention_state: Any, attention_layer: Any) -> Any:
    """Returns ``(attention, alignments, next_attention_state)``; without a layer the attention is the context."""
    alignments, next_attention_state = attention_mechanism(cell_output, state=attention_state)
    context = math_ops.matmul(array_ops.expand_dims(alignments, 1), attention_mechanism.values)
    context = array_ops.squeeze(context, [1])
    if attention_layer is not None:
        context = attention_layer(array_ops.concat([cell_output, context], 1))
    return context, alignments, next_attention_state


def _as_tuple(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else (value,)


def _require_one_for_each(mechanisms: tuple[Any, ...], kind: str, given: tuple[Any, ...]) -> None:
    if len(given) != len(mechanisms):
        raise ValueError(
            f"If provided, {kind} must contain exactly one for each attention_mechanism, "
            f"saw: {len(given)} vs {len(mechanisms)}"
        )


def _depth(mechanism: Any) -> Any:
    return tensor_shape.dimension_value(mechanism.values.shape[-1])


class AttentionWrapper(RNNCell):  # type: ignore[misc]
    """Wraps a cell so that it sees the last attention, and attends to a memory with its output.

    Args:
        cell: The RNN cell.
        attention_mechanism: An ``AttentionMechanism``, or a list of them.
        attention_layer_size: The depth of the layer that makes the attention of context and cell output, one for each
            mechanism; without it the attention is the context.
        alignment_history: Whether the state keeps the alignments of all steps, in a ``TensorArray``.
        cell_input_fn: Gives the cell's input for ``(inputs, attention)``; their concatenation by default.
        output_attention: Whether the output is the attention rather than the cell's output.
        initial_cell_state: The cell's state that ``zero_state`` gives.
        name: The name of the cell.
        attention_layer: A layer in place of ``attention_layer_size``, one for each mechanism.
        attention_fn: Called with ``(mechanism, cell_output, attention_state, attention_layer)``; returns
            ``(attention, alignments, next_attention_state)``.
        dtype: The dtype of the cell.

    Raises:
        TypeError: An argument is not of the named kind.
        ValueError: There is not one layer or layer size for each mechanism, or both are given.
    """

    def __init__(
        self,
        cell: Any,
        attention_mechanism: Any,
        attention_layer_size: Any = None,
        alignment_history: bool = False,
        cell_input_fn: Callable[[Any, Any], Any] | None = None,
        output_attention: bool = True,
        initial_cell_state: Any = None,
        name: str | None = None,
        attention_layer: Any = None,
        attention_fn: Callable[..., Any] | None = None,
        dtype: Any = None,
    ) -> None:
        super().__init__(name=name, dtype=dtype)
        rnn_cell_impl.assert_like_rnncell("cell", cell)
        self._is_multi = isinstance(attention_mechanism, (list, tuple))
        mechanisms = _as_tuple(attention_mechanism)
        for mechanism in mechanisms:
            if not isinstance(mechanism, AttentionMechanism):
                raise TypeError(
                    "attention_mechanism must be an AttentionMechanism or a list of them, "
                    f"saw type: {type(mechanism).__name__}"
                )
        if cell_input_fn is not None and not callable(cell_input_fn):
            raise TypeError(f"cell_input_fn must be callable, saw type: {type(cell_input_fn).__name__}")
        self._cell = cell
        self._attention_mechanisms = mechanisms
        self._set_attention_layers(attention_layer_size, attention_layer)
        self._attention_fn = attention_fn or _compute_attention
        self._cell_input_fn = cell_input_fn or (lambda inputs, attention: array_ops.concat([inputs, attention], -1))
        self._output_attention = output_attention
        self._alignment_history = alignment_history
        with ops.name_scope(name, "AttentionWrapperInit"):
            self._initial_cell_state = self._checked_initial_state(initial_cell_state)

    def _set_attention_layers(self, sizes: Any, layers: Any) -> None:
        mechanisms = self._attention_mechanisms
        if sizes is not None and layers is not None:
            raise ValueError("Only one of attention_layer_size and attention_layer should be set")
        if sizes is not None:
            sizes = _as_tuple(sizes)
            _require_one_for_each(mechanisms, "attention_layer_size", sizes)
            self._attention_layers = tuple(
                Dense(size, name="attention_layer", use_bias=False, dtype=mechanism.dtype)
                for size, mechanism in zip(sizes, mechanisms, strict=True)
            )
            self._attention_layer_size = sum(sizes)
        elif layers is not None:
            self._attention_layers = _as_tuple(layers)
            _require_one_for_each(mechanisms, "attention_layer", self._attention_layers)
            self._attention_layer_size = sum(
                tensor_shape.dimension_value(
                    layer.compute_output_shape([None, self._cell.output_size + _depth(mechanism)])[-1]
                )
                for layer, mechanism in zip(self._attention_layers, mechanisms, strict=True)
            )
        else:
            self._attention_layers = (None,) * len(mechanisms)
            self._attention_layer_size = sum(_depth(mechanism) for mechanism in mechanisms)

    def _checked_initial_state(self, state: Any) -> Any:
        if state is None:
            return None
        last = nest.flatten(state)[-1]
        batch_size = tensor_shape.dimension_value(last.shape[0]) or array_ops.shape(last)[0]
        with ops.control_dependencies(self._batch_size_checks(batch_size, "initial_cell_state")):
            return nest.map_structure(lambda each: array_ops.identity(each, name="check_initial_cell_state"), state)

    def _batch_size_checks(self, batch_size: Any, other: str) -> list[Any]:
        message = f"The batch sizes of {type(self).__name__}'s memory and {other} differ; {_ADVICE}"
        return [
            check_ops.assert_equal(batch_size, mechanism.batch_size, message=message)
            for mechanism in self._attention_mechanisms
        ]

    def _item_or_tuple(self, items: Any) -> Any:
        items = tuple(items)
        return items if self._is_multi else items[0]

    @property
    def output_size(self) -> Any:
        """The depth of the output."""
        return self._attention_layer_size if self._output_attention else self._cell.output_size

    @property
    def state_size(self) -> AttentionWrapperState:
        """The sizes of the parts of the state."""
        mechanisms = self._attention_mechanisms
        return AttentionWrapperState(
            cell_state=self._cell.state_size,
            attention=self._attention_layer_size,
            time=tensor_shape.TensorShape([]),
            alignments=self._item_or_tuple(each.alignments_size for each in mechanisms),
            alignment_history=self._item_or_tuple(
                each.alignments_size if self._alignment_history else () for each in mechanisms
            ),
            attention_state=self._item_or_tuple(each.state_size for each in mechanisms),
        )

    def zero_state(self, batch_size: Any, dtype: Any) -> AttentionWrapperState:
        """Returns the state before the first step.

        Args:
            batch_size: The number of sequences; with a ``BeamSearchDecoder`` that times the beam width.
            dtype: The dtype of the state.

        Raises:
            ValueError: The memory holds another number of sequences (when it runs, where that is not known before).
        """
        with ops.name_scope(f"{type(self).__name__}ZeroState", values=[batch_size]):
            cell_state = self._initial_cell_state
            if cell_state is None:
                cell_state = self._cell.get_initial_state(batch_size=batch_size, dtype=dtype)
            with ops.control_dependencies(self._batch_size_checks(batch_size, "the requested state")):
                cell_state = nest.map_structure(
                    lambda each: array_ops.identity(each, name="checked_cell_state"), cell_state
                )
            alignments = [each.initial_alignments(batch_size, dtype) for each in self._attention_mechanisms]
            return AttentionWrapperState(
                cell_state=cell_state,
                time=array_ops.zeros([], dtype=dtypes.int32),
                attention=rnn_cell_impl._zero_state_tensors(self._attention_layer_size, batch_size, dtype),
                alignments=self._item_or_tuple(alignments),
                attention_state=self._item_or_tuple(
                    each.initial_state(batch_size, dtype) for each in self._attention_mechanisms
                ),
                alignment_history=self._item_or_tuple(self._empty_history(each, dtype) for each in alignments),
            )

    def _empty_history(self, alignments: Any, dtype: Any) -> Any:
        if not self._alignment_history:
            return ()
        return tensor_array_ops.TensorArray(dtype, size=0, dynamic_size=True, element_shape=alignments.shape)

    def call(self, inputs: Any, state: Any) -> Any:
        """Returns ``(attention or cell output, next_state)``.

        Raises:
            TypeError: ``state`` is no ``AttentionWrapperState``.
        """
        if not isinstance(state, AttentionWrapperState):
            raise TypeError(
                f"Expected state to be instance of AttentionWrapperState. Received type {type(state)} instead."
            )
        cell_output, cell_state = self._cell(self._cell_input_fn(inputs, state.attention), state.cell_state)
        batch_size = tensor_shape.dimension_value(cell_output.shape[0]) or array_ops.shape(cell_output)[0]
        with ops.control_dependencies(self._batch_size_checks(batch_size, "the query (cell output)")):
            cell_output = array_ops.identity(cell_output, name="checked_cell_output")
        attentions, all_alignments, attention_states, histories = [], [], [], []
        many = self._is_multi
        for mechanism, layer, previous, history in zip(
            self._attention_mechanisms,
            self._attention_layers,
            state.attention_state if many else [state.attention_state],
            state.alignment_history if many else [state.alignment_history],
            strict=True,
        ):
            attention, alignments, attention_state = self._attention_fn(mechanism, cell_output, previous, layer)
            attentions.append(attention)
            all_alignments.append(alignments)
            attention_states.append(attention_state)
            histories.append(history.write(state.time, alignments) if self._alignment_history else ())
        attention = array_ops.concat(attentions, 1)
        next_state = AttentionWrapperState(
            time=state.time + 1,
            cell_state=cell_state,
            attention=attention,
            attention_state=self._item_or_tuple(attention_states),
            alignments=self._item_or_tuple(all_alignments),
            alignment_history=self._item_or_tuple(histories),
        )
        return (attention if self._output_attention else cell_output), next_state
