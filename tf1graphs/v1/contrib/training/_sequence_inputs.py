"""What a ``SequenceQueueingStateSaver`` is given, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tensorflow.python.framework import dtypes, ops

from tf1graphs.v1.contrib.training import _sequence_checks as checks


@dataclass
class SequenceInputs:
    """One example; the names of each dictionary are sorted."""

    length: Any
    key: Any
    sequences: dict[str, Any]
    context: dict[str, Any]
    states: dict[str, Any]


def check_states(states: Any) -> None:
    """Checks the names of the initial states.

    Raises:
        TypeError: They are no dictionary, or a name is no string.
        ValueError: There are none, or a name has a colon.
    """
    if not isinstance(states, dict):
        raise TypeError("initial_states must be a dictionary")
    if not states:
        raise ValueError("initial_states may not be empty: a state is what keeps the segments of a sequence in order")
    _check_names(states, "state name")


def sequence_inputs(length: Any, key: Any, sequences: Any, context: Any, states: Mapping[str, Any]) -> SequenceInputs:
    """Returns the inputs as tensors.

    Raises:
        TypeError: Something is no dictionary, a name no string, the length no int32 or the key no string.
        ValueError: There is no sequence, a name has a colon, or a shape is not known.
    """
    length = ops.convert_to_tensor(length, name="length")
    key = ops.convert_to_tensor(key, name="key")
    for kind, given in {"sequences": sequences, "context": context}.items():
        if not isinstance(given, dict):
            raise TypeError(f"{kind} must be a dict")
    if not sequences:
        raise ValueError("must have at least one sequence tensor")
    _check_names(sequences, "sequence key")
    _check_names(context, "context key")
    sequences = _tensors(sequences, "sequence")
    context = _tensors(context, "context")
    states = _tensors(states, "state")
    _check_shapes(states, "state", 0)
    _check_shapes(context, "context", 0)
    _check_shapes(sequences, "sequence", 1)
    length, key = checks.of_rank(length, 0), checks.of_rank(key, 0)
    if length.dtype != dtypes.int32:
        raise TypeError(f"length dtype must be int32, but received: {length.dtype}")
    if key.dtype != dtypes.string:
        raise TypeError(f"key dtype must be string, but received: {key.dtype}")
    return SequenceInputs(length, key, *(dict(sorted(each.items())) for each in (sequences, context, states)))


def _check_names(given: Mapping[Any, Any], kind: str) -> None:
    for name in given:
        if not isinstance(name, str):
            raise TypeError(f"{kind} must be string: {name}")
        if ":" in name:
            raise ValueError(f"{kind} may not have a colon: '{name}'")


def _tensors(given: Mapping[str, Any], kind: str) -> dict[str, Any]:
    return {name: ops.convert_to_tensor(value, name=f"{kind}_{name}") for name, value in given.items()}


def _check_shapes(tensors: Mapping[str, Any], kind: str, start: int) -> None:
    for name, value in tensors.items():
        if not value.get_shape()[start:].is_fully_defined():
            ignoring = "(ignoring first dimension)" if start else ""
            raise ValueError(f"Shape for {kind} {name} is not fully defined {ignoring}: {value.get_shape()}")
