"""``HighwayWrapper`` and ``CompiledWrapper``."""

from __future__ import annotations

from typing import Any

from tensorflow.python.compiler.xla import jit
from tensorflow.python.framework import op_def_registry
from tensorflow.python.ops import init_ops, math_ops, nn_ops
from tensorflow.python.ops import variable_scope as vs
from tensorflow.python.util import nest

from tf1graphs.v1.contrib.rnn._cells import WrapperCell


class HighwayWrapper(WrapperCell):
    """A cell that mixes its inputs with the outputs of another cell: ``inputs * carry + outputs * transform``.

    Source: Srivastava, Greff and Schmidhuber, Highway Networks, https://arxiv.org/abs/1505.00387, equation 2.

    Args:
        cell: the wrapped cell.
        couple_carry_transform_gates: whether the transform gate is ``1 - carry`` rather than one of its own.
        carry_bias_init: initial bias of the carry gate, and the negative of that of the transform gate.
    """

    def __init__(self, cell: Any, couple_carry_transform_gates: bool = True, carry_bias_init: float = 1.0) -> None:
        super().__init__()
        self._cell = cell
        self._couple_carry_transform_gates = couple_carry_transform_gates
        self._carry_bias_init = carry_bias_init

    @staticmethod
    def _gate(inputs: Any, name: str, bias_init: float) -> Any:
        size = inputs.get_shape().with_rank(2).dims[1].value
        weight = vs.get_variable(f"{name}_w", [size, size])
        bias = vs.get_variable(f"{name}_b", [size], initializer=init_ops.constant_initializer(bias_init))
        return math_ops.sigmoid(nn_ops.xw_plus_b(inputs, weight, bias))

    def _highway(self, inputs: Any, outputs: Any) -> Any:
        inputs.get_shape().assert_is_compatible_with(outputs.get_shape())
        carry = self._gate(inputs, "carry", self._carry_bias_init)
        if self._couple_carry_transform_gates:
            transform = 1 - carry
        else:
            transform = self._gate(inputs, "transform", -self._carry_bias_init)
        return inputs * carry + outputs * transform

    def __call__(self, inputs: Any, state: Any, scope: Any = None) -> Any:
        """Returns ``(outputs, new state)``; the gates are variables of the scope in which the cell is called.

        Raises:
            TypeError: inputs and outputs have structures of different types.
            ValueError: inputs and outputs have different structures or shapes.
        """
        outputs, new_state = self._cell(inputs, state, scope=scope)
        nest.assert_same_structure(inputs, outputs)
        return nest.map_structure(self._highway, inputs, outputs), new_state


def _is_stateless(node_def: Any) -> bool:
    return not op_def_registry.get(node_def.op).is_stateful


class CompiledWrapper(WrapperCell):
    """A cell whose ops XLA compiles; those with a state of their own only with ``compile_stateful``."""

    def __init__(self, cell: Any, compile_stateful: bool = False) -> None:
        super().__init__()
        self._cell = cell
        self._compile_ops = True if compile_stateful else _is_stateless

    def __call__(self, inputs: Any, state: Any, scope: Any = None) -> Any:
        """Returns what the wrapped cell returns."""
        with jit.experimental_jit_scope(compile_ops=self._compile_ops):
            return self._cell(inputs, state, scope=scope)
