"""Cells with an embedding or a linear map before or after another cell."""

from __future__ import annotations

import math
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, embedding_ops, init_ops
from tensorflow.python.ops import variable_scope as vs
from tensorflow.python.ops.rnn_cell_impl import assert_like_rnncell
from tensorflow.python.platform import tf_logging as logging

from tf1graphs.v1.contrib.rnn._cells import WrapperCell
from tf1graphs.v1.contrib.rnn._weights import Linear


class EmbeddingWrapper(WrapperCell):
    """A cell whose inputs are symbols, ``[batch]`` or ``[batch, 1]``, which it embeds for another cell.

    Raises:
        TypeError: ``cell`` is not like an ``RNNCell``.
        ValueError: ``embedding_classes`` or ``embedding_size`` is not positive.
    """

    def __init__(
        self,
        cell: Any,
        embedding_classes: int,
        embedding_size: int,
        initializer: Any = None,
        reuse: bool | None = None,
    ) -> None:
        super().__init__(_reuse=reuse)
        assert_like_rnncell("cell", cell)
        if embedding_classes <= 0 or embedding_size <= 0:
            raise ValueError(
                f"Both embedding_classes and embedding_size must be > 0: {embedding_classes}, {embedding_size}."
            )
        self._cell = cell
        self._embedding_classes = embedding_classes
        self._embedding_size = embedding_size
        self._initializer = initializer

    def _embedding(self, dtype: Any) -> Any:
        # Uniform on this range has variance 1.
        limit = math.sqrt(3)
        initializer = (
            self._initializer
            or vs.get_variable_scope().initializer
            or init_ops.random_uniform_initializer(-limit, limit)
        )
        shape = [self._embedding_classes, self._embedding_size]
        return vs.get_variable("embedding", shape, initializer=initializer, dtype=dtype)

    def call(self, inputs: Any, state: Any) -> Any:
        """Returns what the wrapped cell returns for the embedded inputs."""
        with ops.device("/cpu:0"):
            embedding = self._embedding(state[0].dtype if isinstance(state, tuple) else state.dtype)
            embedded = embedding_ops.embedding_lookup(embedding, array_ops.reshape(inputs, [-1]))
            return self._cell(embedded, state)


class InputProjectionWrapper(WrapperCell):
    """A cell that maps its inputs to ``num_proj`` columns before another cell.

    Raises:
        TypeError: ``cell`` is not like an ``RNNCell``.
    """

    def __init__(
        self, cell: Any, num_proj: int, activation: Any = None, input_size: Any = None, reuse: bool | None = None
    ) -> None:
        super().__init__(_reuse=reuse)
        if input_size is not None:
            logging.warn("%s: The input_size parameter is deprecated.", self)
        assert_like_rnncell("cell", cell)
        self._cell = cell
        self._num_proj = num_proj
        self._activation = activation
        self._linear: Linear | None = None

    def call(self, inputs: Any, state: Any) -> Any:
        """Returns what the wrapped cell returns for the projected inputs."""
        if self._linear is None:
            self._linear = Linear(inputs, self._num_proj, True)
        projected = self._linear(inputs)
        return self._cell(self._activation(projected) if self._activation else projected, state)


class OutputProjectionWrapper(WrapperCell):
    """A cell that maps the outputs of another cell to ``output_size`` columns.

    Raises:
        TypeError: ``cell`` is not like an ``RNNCell``.
        ValueError: ``output_size`` is not positive.
    """

    def __init__(self, cell: Any, output_size: int, activation: Any = None, reuse: bool | None = None) -> None:
        super().__init__(_reuse=reuse)
        assert_like_rnncell("cell", cell)
        if output_size < 1:
            raise ValueError(f"Parameter output_size must be > 0: {output_size}.")
        self._cell = cell
        self._output_size = output_size
        self._activation = activation
        self._linear: Linear | None = None

    @property
    def output_size(self) -> int:
        """The number of columns of the projected outputs."""
        return self._output_size

    def call(self, inputs: Any, state: Any) -> Any:
        """Returns ``(projected output, new state)``."""
        output, new_state = self._cell(inputs, state)
        if self._linear is None:
            self._linear = Linear(output, self._output_size, True)
        projected = self._linear(output)
        return self._activation(projected) if self._activation else projected, new_state
