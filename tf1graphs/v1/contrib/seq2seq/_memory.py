"""The memory that attention looks at: what lies past a sequence's length is hidden."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, check_ops, math_ops
from tensorflow.python.util import nest


def _require_one_kind_of_mask(memory_sequence_length: Any, memory_mask: Any) -> None:
    if memory_sequence_length is not None and memory_mask is not None:
        raise ValueError("memory_sequence_length and memory_mask can't be provided at same time.")


def _check_inner_dimensions(memory: Any) -> None:
    if not memory.get_shape()[2:].is_fully_defined():
        raise ValueError(
            f"Expected memory {memory.name} to have fully defined inner dims, but saw shape: {memory.get_shape()}"
        )


def _masked(memory: Any, mask: Any) -> Any:
    rank = memory.get_shape().ndims
    rank = array_ops.rank(memory) if rank is None else rank
    ones = array_ops.ones(rank - 2, dtype=dtypes.int32)
    return memory * array_ops.reshape(mask, array_ops.concat((array_ops.shape(mask), ones), 0))


def _prepare_memory(
    memory: Any, memory_sequence_length: Any = None, memory_mask: Any = None, check_inner_dims_defined: bool = True
) -> Any:
    """Returns the memory, ``[batch, time, ...]``, with zeros past the lengths or outside the mask."""
    memory = nest.map_structure(lambda each: ops.convert_to_tensor(each, name="memory"), memory)
    _require_one_kind_of_mask(memory_sequence_length, memory_mask)
    if memory_sequence_length is not None:
        memory_sequence_length = ops.convert_to_tensor(memory_sequence_length, name="memory_sequence_length")
    if check_inner_dims_defined:
        nest.map_structure(_check_inner_dimensions, memory)
    first = nest.flatten(memory)[0]
    if memory_sequence_length is not None:
        mask = array_ops.sequence_mask(memory_sequence_length, maxlen=array_ops.shape(first)[1], dtype=first.dtype)
    elif memory_mask is not None:
        mask = math_ops.cast(memory_mask, dtype=first.dtype)
    else:
        return memory
    return nest.map_structure(lambda each: _masked(each, mask), memory)


def _maybe_mask_score(
    score: Any, memory_sequence_length: Any = None, memory_mask: Any = None, score_mask_value: Any = None
) -> Any:
    """Returns the scores, ``[batch, time]``, with ``score_mask_value`` past the lengths or outside the mask."""
    _require_one_kind_of_mask(memory_sequence_length, memory_mask)
    if memory_sequence_length is not None:
        message = "All values in memory_sequence_length must be greater than zero."
        positive = check_ops.assert_positive(memory_sequence_length, message=message)
        with ops.control_dependencies([positive]):
            memory_mask = array_ops.sequence_mask(memory_sequence_length, maxlen=array_ops.shape(score)[1])
    if memory_mask is None:
        return score
    return array_ops.where(memory_mask, score, score_mask_value * array_ops.ones_like(score))
