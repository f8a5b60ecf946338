"""``BasicDecoder``: an RNN cell, whose next inputs and samples come from a ``Helper``."""

from __future__ import annotations

from typing import Any, NamedTuple

from tensorflow.python.framework import ops, tensor_shape
from tensorflow.python.ops import rnn_cell_impl
from tensorflow.python.util import nest

from tf1graphs.v1.contrib.seq2seq._decoder import Decoder
from tf1graphs.v1.contrib.seq2seq._helper import Helper
from tf1graphs.v1.contrib.seq2seq._tf1_layers import Layer


class BasicDecoderOutput(NamedTuple):
    """What a step of ``BasicDecoder`` gives."""

    rnn_output: Any
    sample_id: Any


def rnn_output_size(cell: Any, output_layer: Any) -> Any:
    """Returns the size of what a cell, or the layer on top of it, gives for one sequence."""
    if output_layer is None:
        return cell.output_size
    shapes = output_layer.compute_output_shape(
        nest.map_structure(lambda size: tensor_shape.TensorShape([None]).concatenate(size), cell.output_size)
    )
    return nest.map_structure(lambda shape: shape[1:], shapes)


class BasicDecoder(Decoder):
    """Runs ``cell`` on what ``helper`` feeds it, and lets ``helper`` sample from the outputs.

    Args:
        cell: An RNN cell.
        helper: A ``Helper``.
        initial_state: The state of the cell before the first step.
        output_layer: A layer of ``tf.layers`` on top of the cell's outputs, before they are sampled.

    Raises:
        TypeError: An argument is not of the named kind.
    """

    def __init__(self, cell: Any, helper: Any, initial_state: Any, output_layer: Any = None) -> None:
        rnn_cell_impl.assert_like_rnncell("cell", cell)
        if not isinstance(helper, Helper):
            raise TypeError(f"helper must be a Helper, received: {type(helper)}")
        if output_layer is not None and not isinstance(output_layer, Layer):
            raise TypeError(f"output_layer must be a Layer, received: {type(output_layer)}")
        self._cell = cell
        self._helper = helper
        self._initial_state = initial_state
        self._output_layer = output_layer

    @property
    def batch_size(self) -> Any:
        """The number of sequences."""
        return self._helper.batch_size

    def _rnn_output_size(self) -> Any:
        return rnn_output_size(self._cell, self._output_layer)

    @property
    def output_size(self) -> BasicDecoderOutput:
        """The sizes of the outputs of a step."""
        return BasicDecoderOutput(rnn_output=self._rnn_output_size(), sample_id=self._helper.sample_ids_shape)

    @property
    def output_dtype(self) -> BasicDecoderOutput:
        """The dtypes of the outputs of a step: the cell's is that of its state."""
        dtype = nest.flatten(self._initial_state)[0].dtype
        return BasicDecoderOutput(
            nest.map_structure(lambda _: dtype, self._rnn_output_size()), self._helper.sample_ids_dtype
        )

    def initialize(self, name: str | None = None) -> Any:
        """Returns ``(finished, first_inputs, initial_state)``."""
        return (*self._helper.initialize(), self._initial_state)

    def step(self, time: Any, inputs: Any, state: Any, name: str | None = None) -> Any:
        """Returns ``(outputs, next_state, next_inputs, finished)``."""
        with ops.name_scope(name, "BasicDecoderStep", (time, inputs, state)):
            outputs, cell_state = self._cell(inputs, state)
            if self._output_layer is not None:
                outputs = self._output_layer(outputs)
            sample_ids = self._helper.sample(time=time, outputs=outputs, state=cell_state)
            finished, next_inputs, next_state = self._helper.next_inputs(
                time=time, outputs=outputs, state=cell_state, sample_ids=sample_ids
            )
        return BasicDecoderOutput(outputs, sample_ids), next_state, next_inputs, finished
