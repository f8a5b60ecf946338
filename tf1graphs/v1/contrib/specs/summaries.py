"""``contrib.specs.summaries``: texts of what is in a network."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from tensorflow.python.framework import dtypes
from tensorflow.python.framework import tensor as tensor_lib
from tensorflow.python.ops import array_ops

from tf1graphs.v1.contrib.specs import specs

__all__ = [
    "SHORT_NAMES",
    "SHORT_NAMES_SRC",
    "tf_left_split",
    "tf_num_params",
    "tf_parameter_iter",
    "tf_parameter_summary",
    "tf_print",
    "tf_spec_print",
    "tf_spec_structure",
    "tf_spec_summary",
    "tf_structure",
]

SHORT_NAMES = {
    "BiasAdd": "biasadd",
    "Const": "_",
    "Conv2D": "conv",
    "MatMul": "dot",
    "Placeholder": "_",
    "Sigmoid": "sig",
    "Variable": "var",
}
SHORT_NAMES_SRC = [name for pair in SHORT_NAMES.items() for name in pair]


def _op_and_shape(x: Any, of_op: Any) -> tuple[Any, Any]:
    """Returns the op of a tensor and its shape, or an op itself and ``of_op``."""
    return (x.op, x.get_shape().as_list()) if isinstance(x, tensor_lib.Tensor) else (x, of_op)


def _inputs(op: Any) -> Any:
    return [] if "/HorizontalLstm/" in op.name else op.inputs


def tf_structure(x: Any, include_shapes: bool = False, finished: set[Any] | None = None) -> str:
    """Returns the ops of a network from its input to ``x`` by short names, in reverse Polish notation.

    Args:
        x: A tensor or an op.
        include_shapes: Whether shapes are among them.
        finished: Ops that are told already, of which only ``<>`` is told; it is added to.
    """
    finished = set() if finished is None else finished
    op, shape = _op_and_shape(x, [])
    if op in finished:
        return " <>"
    finished.add(op)
    parts = [tf_structure(each, include_shapes, finished) for each in _inputs(op)]
    if include_shapes:
        parts.append(f" {shape}")
    if op.type != "Identity":
        parts.append(f" {SHORT_NAMES.get(op.type, op.type.lower())}")
    return "".join(parts)


def tf_print(x: Any, depth: int = 0, finished: set[Any] | None = None, printer: Callable[[str], Any] = print) -> None:
    """Prints the ops from ``x`` back to the input, each below what takes it.

    Args:
        x: A tensor or an op.
        depth: How far it is moved to the right.
        finished: Ops that are printed already; it is added to.
        printer: What prints a line.
    """
    finished = set() if finished is None else finished
    op, shape = _op_and_shape(x, "")
    if op.type == "Identity":
        op = op.inputs[0].op
    if op in finished:
        printer(f"{'  ' * depth}<{op.name}> {op.type} {shape}")
        return
    finished.add(op)
    printer(f"{'  ' * depth}{op.name} {op.type} {shape}")
    for each in _inputs(op):
        tf_print(each, depth + 1, finished, printer=printer)


def tf_num_params(x: Any) -> Any:
    """Returns the number of parameters in the variables that a tensor is computed from; each use counts."""
    op = x.op if isinstance(x, tensor_lib.Tensor) else x
    if op.type in ("Variable", "VariableV2"):
        return x.get_shape().num_elements()
    return sum(tf_num_params(each) for each in op.inputs)


def tf_left_split(op: Any) -> tuple[Any, Any]:
    """Returns the first input of an op that is data, or None, and the other ones."""
    if len(op.inputs) < 1:
        return None, []
    first = 1 if op.type == "Concat" else 0
    return op.inputs[first], op.inputs[first + 1 :]


def tf_parameter_iter(x: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yields name, number of parameters and shape of each op from ``x`` back to the input."""
    while x is not None:
        op, shape = _op_and_shape(x, "")
        x, others = tf_left_split(op)
        yield op.name, sum(tf_num_params(each) for each in others), shape


def _combined(rows: Iterator[tuple[str, Any, Any]]) -> Iterator[tuple[str, Any, Any]]:
    """Yields one row for each layer: all that follow each other below one name."""
    last: tuple[str, Any, Any] | None = None
    for name, total, shape in rows:
        layer = re.sub("/.*", "", name)
        if last and layer == last[0]:
            last = layer, last[1] + total, last[2]
            continue
        if last:
            yield last
        last = layer, total, shape
    if last:
        yield last


def tf_parameter_summary(x: Any, printer: Callable[[str], Any] = print, combine: bool = True) -> None:
    """Prints the number of parameters, the name and the shape of each op from the input to ``x``.

    Args:
        x: A tensor or an op.
        printer: What prints a line.
        combine: Whether the ops of a layer are one line.
    """
    rows = tf_parameter_iter(x)
    for name, total, shape in reversed(list(_combined(rows) if combine else rows)):
        printer(f"{total:10d} {name:<20} {shape}")


def _net(spec: str, inputs: Any, input_shape: Any, input_type: Any) -> Any:
    if inputs is None:
        inputs = array_ops.placeholder(input_type, input_shape)
    return specs.create_net(spec, inputs)


def tf_spec_structure(spec: str, inputs: Any = None, input_shape: Any = None, input_type: Any = dtypes.float32) -> str:
    """Returns ``tf_structure`` of the network of an expression, for a tensor or a placeholder."""
    return tf_structure(_net(spec, inputs, input_shape, input_type)).strip()


def tf_spec_summary(spec: str, inputs: Any = None, input_shape: Any = None, input_type: Any = dtypes.float32) -> None:
    """Prints ``tf_parameter_summary`` of the network of an expression, for a tensor or a placeholder."""
    tf_parameter_summary(_net(spec, inputs, input_shape, input_type))


def tf_spec_print(spec: str, inputs: Any = None, input_shape: Any = None, input_type: Any = dtypes.float32) -> None:
    """Prints ``tf_print`` of the network of an expression, for a tensor or a placeholder."""
    tf_print(_net(spec, inputs, input_shape, input_type))
