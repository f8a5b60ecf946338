"""``tf.contrib.grid_rnn``: cells that run a cell along each dimension of a grid.

Source: Kalchbrenner, Danihelka and Graves, Grid Long Short-Term Memory, https://arxiv.org/abs/1507.01526, section 3.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any

from tensorflow.python.framework import tensor_shape
from tensorflow.python.ops import array_ops, math_ops, nn_ops, variable_scope
from tensorflow.python.platform import tf_logging as logging

from tf1graphs.v1.contrib import rnn
from tf1graphs.v1.contrib.layers import fully_connected, xavier_initializer  # type: ignore[attr-defined]
from tf1graphs.v1.contrib.rnn._cells import Cell, RNNCell

__all__ = [
    "Grid1BasicLSTMCell",
    "Grid1BasicRNNCell",
    "Grid1LSTMCell",
    "Grid2BasicLSTMCell",
    "Grid2BasicRNNCell",
    "Grid2GRUCell",
    "Grid2LSTMCell",
    "Grid3LSTMCell",
    "GridRNNCell",
]

_Dimensions = int | Iterable[int] | None


class _Step:
    """One step: what each dimension has had (``c``, an LSTM's memory, and ``m``), and what it gives."""

    def __init__(self, number: int) -> None:
        self.c: list[Any] = [None] * number
        self.m: list[Any] = [None] * number
        self.outputs: list[Any] = [None] * number
        self.states: list[Any] = [None] * number

    def newest(self, dimension: int) -> Any:
        """Returns what the dimension gives, or has had where it has given nothing yet."""
        output = self.outputs[dimension]
        return self.m[dimension] if output is None else output


class GridRNNCell(Cell):
    """A cell of any number of dimensions.

    Args:
        num_units: the number of units of each dimension.
        num_dims: the number of dimensions.
        input_dims: those that get inputs.
        output_dims: those whose outputs are the cell's.
        priority_dims: those that come after the others, and see what they gave.
        non_recurrent_dims: those without state, which are fully connected layers.
        tied: whether all dimensions of a kind have the same variables.
        cell_fn: makes a cell of a number of units; an ``LSTMCell`` by default. It has to have tuples as states.
        non_recurrent_fn: the activation of dimensions without state, ``tf.nn.relu`` by default.
        state_is_tuple: whether the state is a tuple of those of the dimensions, or all of them side by side.
        output_is_tuple: whether the output is a tuple of those of the dimensions, or all of them side by side.

    Raises:
        ValueError: there is no dimension, or none of such a number.
        TypeError: what ``cell_fn`` makes is no ``RNNCell``.
    """

    def __init__(
        self,
        num_units: int,
        num_dims: int = 1,
        input_dims: _Dimensions = None,
        output_dims: _Dimensions = None,
        priority_dims: _Dimensions = None,
        non_recurrent_dims: _Dimensions = None,
        tied: bool = False,
        cell_fn: Callable[[int], Any] | None = None,
        non_recurrent_fn: Callable[[Any], Any] | None = None,
        state_is_tuple: bool = True,
        output_is_tuple: bool = True,
    ) -> None:
        super().__init__()
        for kind, is_tuple in (("state", state_is_tuple), ("output", output_is_tuple)):
            if not is_tuple:
                logging.warning("%s: Using a concatenated %s is slower. Use %s_is_tuple=True.", self, kind, kind)
        if num_dims < 1:
            raise ValueError(f"dims must be >= 1: {num_dims}")
        chosen = input_dims, output_dims, priority_dims, non_recurrent_dims
        self._inputs, self._outputs, self._priority, non_recurrent = (_listed(each, num_dims) for each in chosen)
        self._recurrents = [each for each in range(num_dims) if each not in non_recurrent]
        self._num_units, self._num_dims, self._tied = num_units, num_dims, tied
        self._non_recurrent_fn = non_recurrent_fn or nn_ops.relu
        self._state_is_tuple, self._output_is_tuple = state_is_tuple, output_is_tuple
        make = functools.partial(rnn.LSTMCell, state_is_tuple=state_is_tuple) if cell_fn is None else cell_fn
        self._cells = [make(num_units)] * num_dims if tied else [make(num_units) for _ in range(num_dims)]
        first = self._cells[0]
        if not isinstance(first, RNNCell):
            raise TypeError(f"cell_fn must return an RNNCell instance, saw: {type(first)}")
        outputs, states = len(self._outputs), len(self._recurrents)
        self._output_size = (first.output_size,) * outputs if output_is_tuple else first.output_size * outputs
        self._state_size = (first.state_size,) * states if state_is_tuple else self._cell_state_size() * states

    def _cell_state_size(self) -> int:
        size = self._cells[0].state_size
        return sum(size) if isinstance(size, tuple) else int(size)

    def __call__(self, inputs: Any, state: Any, scope: Any = None) -> tuple[Any, Any]:
        """Returns ``(output, new state)`` for inputs [batch, size], which dimensions with inputs share.

        Raises:
            ValueError: the state has not a part for each dimension with a state.
        """
        step = _Step(self._num_dims)
        remembers = self._cell_state_size() > self._num_units
        self._read_state(state, step, remembers)
        with variable_scope.variable_scope(scope or type(self).__name__):
            self._read_inputs(inputs, step, remembers)
            others = [each for each in range(self._num_dims) if each not in self._priority]
            self._propagate(others, step, is_first=True)
            self._propagate(self._priority, step, is_first=False)
            outputs = [step.outputs[each] for each in self._outputs]
            states = [step.states[each] for each in self._recurrents]
            output = tuple(outputs) if self._output_is_tuple else _side_by_side(outputs, inputs.dtype)
            if self._state_is_tuple:
                return output, tuple(states)
            return output, _side_by_side([part for each in states for part in each], inputs.dtype)

    def _read_state(self, state: Any, step: _Step, remembers: bool) -> None:
        if not self._state_is_tuple:
            state = self._parts(state, remembers)
        elif len(self._recurrents) != len(state):
            raise ValueError(f"Expected state as a tuple of {len(self._recurrents)} element")
        for dimension, part in zip(self._recurrents, state, strict=True):
            if remembers:
                step.c[dimension], step.m[dimension] = part
            else:
                step.m[dimension] = part

    def _parts(self, state: Any, remembers: bool) -> list[Any]:
        """Returns the state of each dimension, of those side by side."""
        total, units = self._cell_state_size(), self._num_units
        parts = []
        for start in range(0, self.state_size, total):
            part = array_ops.slice(state, [0, start], [-1, units])
            if remembers:
                part = part, array_ops.slice(state, [0, start + units], [-1, total - units])
            parts.append(part)
        return parts

    def _read_inputs(self, inputs: Any, step: _Step, remembers: bool) -> None:
        """Projects inputs to what the dimensions that get them have had."""
        if not self._inputs or tensor_shape.dimension_value(inputs.shape.with_rank(2)[1]) == 0:
            return
        for dimension, part in zip(self._inputs, array_ops.split(inputs, len(self._inputs), axis=1), strict=True):
            shape = [tensor_shape.dimension_value(part.shape[1]), self._num_units]
            for name, had in (("m", step.m), ("c", step.c)) if remembers else (("m", step.m),):
                matrix = variable_scope.get_variable(f"project_{name}_{dimension}", shape, dtype=inputs.dtype)
                had[dimension] = math_ops.matmul(part, matrix)

    def _propagate(self, dimensions: list[int], step: _Step, is_first: bool) -> None:
        """Runs the cells of the dimensions: all but the last dimension are their inputs, the last is their state."""
        if not dimensions:
            return
        if self._num_dims > 1:
            inputs = array_ops.concat([step.newest(each) for each in range(self._num_dims - 1)], 1)
        else:
            inputs = array_ops.zeros([step.m[0].shape.as_list()[0], 0], step.m[0].dtype)
        last = step.newest(-1)
        for dimension in dimensions:
            is_recurrent = dimension in self._recurrents
            kind = "recurrent" if is_recurrent else "non_recurrent"
            with variable_scope.variable_scope(kind if self._tied else f"{kind}/cell_{dimension}") as scope:
                if self._tied and not (is_first and dimension == dimensions[0]):
                    scope.reuse_variables()
                if is_recurrent:
                    state = last if step.c[dimension] is None else (step.c[dimension], last)
                    step.outputs[dimension], step.states[dimension] = self._cells[dimension](inputs, state)
                else:
                    step.outputs[dimension] = self._connect(inputs, last, scope)

    def _connect(self, inputs: Any, last: Any, scope: Any) -> Any:
        """Returns the output of a dimension without state."""
        return fully_connected(
            array_ops.concat([inputs, last], 1) if self._num_dims > 1 else last,
            num_outputs=self._num_units,
            activation_fn=self._non_recurrent_fn,
            weights_initializer=scope.initializer or xavier_initializer(),
            weights_regularizer=scope.regularizer,
        )


def _listed(dimensions: _Dimensions, number: int) -> list[int]:
    given = dimensions if isinstance(dimensions, (list, tuple)) else [] if dimensions is None else [dimensions]
    listed = sorted(set(given))
    if any(not 0 <= each < number for each in listed):
        raise ValueError(f"Invalid dims: {listed}. Must be in [0, {number})")
    return listed


def _side_by_side(tensors: list[Any], dtype: Any) -> Any:
    return array_ops.concat(tensors, 1) if tensors else array_ops.zeros([0, 0], dtype)


class _FirstDimensionCell(GridRNNCell):
    """A cell whose first dimension has inputs, outputs and priority, and may be without state."""

    def __init__(
        self,
        num_dims: int,
        num_units: int,
        cell_fn: Callable[[int], Any],
        tied: bool = False,
        non_recurrent_fn: Callable[[Any], Any] | None = None,
        state_is_tuple: bool = True,
        output_is_tuple: bool = True,
    ) -> None:
        super().__init__(
            num_units,
            num_dims,
            input_dims=0,
            output_dims=0,
            priority_dims=0,
            non_recurrent_dims=None if non_recurrent_fn is None else 0,
            tied=tied,
            cell_fn=cell_fn,
            non_recurrent_fn=non_recurrent_fn,
            state_is_tuple=state_is_tuple,
            output_is_tuple=output_is_tuple,
        )


class Grid1BasicRNNCell(_FirstDimensionCell):
    """One dimension of a ``BasicRNNCell``; see ``GridRNNCell`` for the arguments."""

    def __init__(self, num_units: int, state_is_tuple: bool = True, output_is_tuple: bool = True) -> None:
        cell_fn = rnn.BasicRNNCell
        super().__init__(1, num_units, cell_fn, state_is_tuple=state_is_tuple, output_is_tuple=output_is_tuple)


class Grid1BasicLSTMCell(_FirstDimensionCell):
    """One dimension of a ``BasicLSTMCell``; see ``GridRNNCell`` for the arguments."""

    def __init__(
        self, num_units: int, forget_bias: float = 1, state_is_tuple: bool = True, output_is_tuple: bool = True
    ) -> None:
        cell_fn = functools.partial(rnn.BasicLSTMCell, forget_bias=forget_bias)
        super().__init__(1, num_units, cell_fn, state_is_tuple=state_is_tuple, output_is_tuple=output_is_tuple)


class Grid1LSTMCell(_FirstDimensionCell):
    """One dimension of an ``LSTMCell``; see ``GridRNNCell`` for the arguments."""

    def __init__(
        self,
        num_units: int,
        use_peepholes: bool = False,
        forget_bias: float = 1.0,
        state_is_tuple: bool = True,
        output_is_tuple: bool = True,
    ) -> None:
        cell_fn = functools.partial(rnn.LSTMCell, use_peepholes=use_peepholes, forget_bias=forget_bias)
        super().__init__(1, num_units, cell_fn, state_is_tuple=state_is_tuple, output_is_tuple=output_is_tuple)


class Grid2BasicRNNCell(_FirstDimensionCell):
    """Two dimensions of a ``BasicRNNCell``; see ``GridRNNCell`` for the arguments."""

    def __init__(
        self,
        num_units: int,
        tied: bool = False,
        non_recurrent_fn: Callable[[Any], Any] | None = None,
        state_is_tuple: bool = True,
        output_is_tuple: bool = True,
    ) -> None:
        super().__init__(2, num_units, rnn.BasicRNNCell, tied, non_recurrent_fn, state_is_tuple, output_is_tuple)


class Grid2BasicLSTMCell(_FirstDimensionCell):
    """Two dimensions of a ``BasicLSTMCell``; see ``GridRNNCell`` for the arguments."""

    def __init__(
        self,
        num_units: int,
        tied: bool = False,
        non_recurrent_fn: Callable[[Any], Any] | None = None,
        forget_bias: float = 1,
        state_is_tuple: bool = True,
        output_is_tuple: bool = True,
    ) -> None:
        cell_fn = functools.partial(rnn.BasicLSTMCell, forget_bias=forget_bias)
        super().__init__(2, num_units, cell_fn, tied, non_recurrent_fn, state_is_tuple, output_is_tuple)


class _GridLSTMCell(_FirstDimensionCell):
    """Dimensions of an ``LSTMCell``; see ``GridRNNCell`` for the arguments."""

    _dimensions: int

    def __init__(
        self,
        num_units: int,
        tied: bool = False,
        non_recurrent_fn: Callable[[Any], Any] | None = None,
        use_peepholes: bool = False,
        forget_bias: float = 1.0,
        state_is_tuple: bool = True,
        output_is_tuple: bool = True,
    ) -> None:
        cell_fn = functools.partial(rnn.LSTMCell, use_peepholes=use_peepholes, forget_bias=forget_bias)
        options = tied, non_recurrent_fn, state_is_tuple, output_is_tuple
        super().__init__(self._dimensions, num_units, cell_fn, *options)


class Grid2LSTMCell(_GridLSTMCell):
    """Two dimensions of an ``LSTMCell``; see ``GridRNNCell`` for the arguments."""

    _dimensions = 2


class Grid3LSTMCell(_GridLSTMCell):
    """Three dimensions of an ``LSTMCell``; see ``GridRNNCell`` for the arguments."""

    _dimensions = 3


class Grid2GRUCell(_FirstDimensionCell):
    """Two dimensions of a ``GRUCell``; see ``GridRNNCell`` for the arguments."""

    def __init__(
        self,
        num_units: int,
        tied: bool = False,
        non_recurrent_fn: Callable[[Any], Any] | None = None,
        state_is_tuple: bool = True,
        output_is_tuple: bool = True,
    ) -> None:
        super().__init__(2, num_units, rnn.GRUCell, tied, non_recurrent_fn, state_is_tuple, output_is_tuple)
