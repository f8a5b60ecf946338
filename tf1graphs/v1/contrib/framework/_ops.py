"""Ops of ``tf.contrib.framework``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tensorflow.python.framework import ops, tensor_shape
from tensorflow.python.ops import (
    array_ops,
    cond,
    control_flow_assert,
    math_ops,
    resource_variable_ops,
    script_ops,
    state_ops,
    variable_v1,
)
from tensorflow.python.util import nest


def reduce_sum_n(tensors: Sequence[Any], name: str | None = None) -> Any:
    """Returns the scalar sum of all elements of all tensors.

    Raises:
        ValueError: no tensor is given.
    """
    if not tensors:
        raise ValueError("tensors are empty")
    with ops.name_scope(name, "reduce_sum_n", tensors) as scope:
        sums = [math_ops.reduce_sum(tensor, name=f"{tensor.op.name}/sum") for tensor in tensors]
        return sums[0] if len(sums) == 1 else math_ops.add_n(sums, name=scope)


def remove_squeezable_dimensions(predictions: Any, labels: Any, name: str | None = None) -> tuple[Any, Any]:
    """Drops the last dimension, of size 1, from the one whose rank is greater by one; returns both."""
    with ops.name_scope(name, "remove_squeezable_dimensions", [predictions, labels]):
        predictions, labels = ops.convert_to_tensor(predictions), ops.convert_to_tensor(labels)
        ranks = predictions.shape.ndims, labels.shape.ndims
        if None not in ranks:
            surplus = ranks[0] - ranks[1]
            if surplus == 1:
                predictions = array_ops.squeeze(predictions, [-1])
            elif surplus == -1:
                labels = array_ops.squeeze(labels, [-1])
            return predictions, labels
        surplus = array_ops.rank(predictions) - array_ops.rank(labels)
        return _squeezed_if(1, surplus, predictions), _squeezed_if(-1, surplus, labels)


def _squeezed_if(wanted: int, surplus: Any, tensor: Any) -> Any:
    if tensor.shape.ndims is not None and not tensor.shape.dims[-1].is_compatible_with(1):
        return tensor
    return cond.cond(math_ops.equal(wanted, surplus), lambda: array_ops.squeeze(tensor, [-1]), lambda: tensor)


def zero_initializer(ref: Any, use_locking: bool = True, name: str = "zero_initializer") -> Any:
    """Returns an op that fills an uninitialized variable with zeros.

    Running it on an initialized variable raises ``InvalidArgumentError``.
    """
    with ops.name_scope(name):
        is_fresh = math_ops.logical_not(variable_v1.is_variable_initialized(ref))
        check = control_flow_assert.Assert(is_fresh, ["input is already initialized"])
        with ops.control_dependencies([check]):
            zeros = array_ops.zeros(ref.shape, ref.dtype.base_dtype)
            if resource_variable_ops.is_resource_variable(ref):
                return ref.assign(zeros, read_value=False)
            return state_ops.assign(ref, zeros, use_locking=use_locking)


def py_func(
    func: Callable[..., Any],
    args: Any = (),
    kwargs: Any = None,
    output_types: Any = None,
    output_shapes: Any = None,
    stateful: bool = True,
    name: str | None = None,
) -> Any:
    """Calls a Python function on numpy arrays in the graph, with nested structures in and out.

    Args:
        func: the function.
        args: its arguments, a list or tuple, each a nested structure of tensors.
        kwargs: its keyword arguments, a dict of such structures.
        output_types: structure of types like what it returns, or a function of its arguments that gives one.
        output_shapes: structure of shapes like ``output_types``, or a function of its arguments that gives one.
        stateful: whether two calls with the same arguments may differ.
        name: name of the op.

    Raises:
        TypeError: ``args`` is no list or tuple, or ``kwargs`` no dict.
    """
    kwargs = {} if kwargs is None else kwargs
    if not isinstance(args, (list, tuple)):
        raise TypeError(f"args are a list or tuple, not {args!r}")
    if not isinstance(kwargs, dict):
        raise TypeError(f"kwargs are a dict, not {kwargs!r}")
    if callable(output_types):
        output_types = output_types(*args, **kwargs)
    if callable(output_shapes):
        output_shapes = output_shapes(*args, **kwargs)
    structure = (args, kwargs)

    def call(*flat: Any) -> list[Any]:
        own_args, own_kwargs = nest.pack_sequence_as(structure, flat)
        result = func(*own_args, **own_kwargs)
        nest.assert_shallow_structure(output_types, result)
        return nest.flatten(result)  # type: ignore[no-any-return]

    outputs = script_ops.py_func(
        call, nest.flatten(structure), nest.flatten(output_types), stateful=stateful, name=name
    )
    if output_shapes is not None:
        shapes = nest.map_structure_up_to(output_types, tensor_shape.as_shape, output_shapes)
        for output, shape in zip(outputs, nest.flatten(shapes), strict=True):
            output.set_shape(shape)
    return nest.pack_sequence_as(output_types, outputs)
