"""The states of recurrent cells as features and predictions with names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, check_ops
from tensorflow.python.util import nest

from tf1graphs.v1.contrib.learn.estimators.rnn_common import RNNKeys


def state_name(index: int) -> str:
    """Returns the name of a part of a state."""
    return f"{RNNKeys.STATE_PREFIX}_{index}"


def state_tuple_to_dict(state: Any) -> dict[str, Any]:
    """Returns the parts of a state, a tensor or nested tuple of them, by name."""
    with ops.name_scope("state_tuple_to_dict"):
        return {
            state_name(index): None if part is None else array_ops.identity(part, name=state_name(index))
            for index, part in enumerate(nest.flatten(state))
        }


def dict_to_state_tuple(input_dict: Mapping[str, Any], cell: Any) -> Any:
    """Returns the state of a cell whose parts a dictionary has; None if it has none.

    Raises:
        ValueError: It has some of them, or a part has not the rank 2.
    """
    sizes = nest.flatten(cell.state_size)
    with ops.name_scope("dict_to_state_tuple"):
        parts = [
            _checked(input_dict[state_name(index)], index, size)
            for index, size in enumerate(sizes)
            if input_dict.get(state_name(index)) is not None
        ]
        if not parts:
            return None
        if len(parts) != len(sizes):
            raise ValueError(
                f"RNN state was partially specified.Expected zero or {len(sizes)} state Tensors; got {len(parts)}"
            )
        return nest.pack_sequence_as(cell.zero_state(batch_size=1, dtype=dtypes.bool), parts)


def _checked(part: Any, index: int, size: Any) -> Any:
    rank = check_ops.assert_rank(part, 2, name=f"check_state_{index}_rank")
    shape = check_ops.assert_equal(array_ops.shape(part)[1], size, name=f"check_state_{index}_shape")
    with ops.control_dependencies([rank, shape]):
        return array_ops.identity(part, name=state_name(index))
