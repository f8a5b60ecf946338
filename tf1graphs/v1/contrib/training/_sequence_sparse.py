"""Sparse tensors in the queue of segments, which keeps dense ones: they wait in a map and leave their handles there."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops, sparse_tensor, tensor
from tensorflow.python.ops import array_ops, math_ops, sparse_ops

_OF_CONTEXT = "_context_in_seq_"
_SPARSE = (sparse_tensor.SparseTensor, sparse_tensor.SparseTensorValue)


def is_sparse(value: Any) -> bool:
    """Whether a value is a sparse tensor, or a value of one."""
    return isinstance(value, _SPARSE)


def _sparse_names(values: dict[str, Any]) -> list[str]:
    return [name for name in sorted(values) if is_sparse(values[name])]


def move_out_of_context(context: dict[str, Any], sequences: dict[str, Any], num_unroll: int) -> None:
    """Makes sparse tensors of the context sequences, where they stand at the first step of each segment."""
    steps: Any = array_ops.constant(1)
    if sequences:
        first = next(iter(sequences.values()))
        if isinstance(first, tensor.Tensor):
            with ops.control_dependencies([first]):
                steps = array_ops.shape(first)[0]
        else:
            steps = first.dense_shape[0]
    steps = math_ops.cast(steps, dtype=dtypes.int64)
    for name in _sparse_names(context):
        sequences[_OF_CONTEXT + name] = _at_first_steps(context.pop(name), steps, num_unroll)


def _at_first_steps(value: Any, steps: Any, num_unroll: int) -> Any:
    count = math_ops.cast(steps // num_unroll, dtype=dtypes.int32)
    values = array_ops.tile(value.values, array_ops.expand_dims(count, 0))
    shape = array_ops.concat([array_ops.expand_dims(steps, 0), value.dense_shape], 0)
    indices = array_ops.tile(array_ops.expand_dims(value.indices, 0), array_ops.stack([count, 1, 1]))
    number, rank = array_ops.shape(value.indices)[0], array_ops.shape(value.indices)[1]
    starts = math_ops.range(start=0, limit=steps, delta=num_unroll)
    starts = array_ops.expand_dims(array_ops.expand_dims(starts, 1), 2)
    starts = array_ops.tile(starts, [1, number, 1])
    indices = array_ops.reshape(array_ops.concat([starts, indices], 2), [number * count, rank + 1])
    return sparse_tensor.SparseTensor(indices=indices, values=values, dense_shape=shape)


def move_into_context(context: dict[str, Any], sequences: dict[str, Any]) -> None:
    """Gives the context of a batch back what ``move_out_of_context`` made sequences."""
    for name in sorted(sequences):
        if name.startswith(_OF_CONTEXT):
            value = sequences.pop(name)
            size, rest = [value.dense_shape[0]], value.dense_shape[2:]
            shape = array_ops.concat([size, [1], rest], 0)
            first = sparse_tensor.SparseTensor(value.indices, value.values, shape)
            of_batch = array_ops.concat([[first.dense_shape[0]], first.dense_shape[2:]], 0)
            context[name.removeprefix(_OF_CONTEXT)] = sparse_ops.sparse_reshape(first, of_batch)


def store(sequences: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Returns the sequences with handles, ``[steps]``, for sparse tensors; and name -> the op that stored each."""
    handles = {name: sparse_ops._add_many_sparse_to_tensors_map(sequences[name]) for name in _sparse_names(sequences)}
    return {**sequences, **handles}, {name: handle.op for name, handle in handles.items()}


def restore(sequences: dict[str, Any], stored_by: dict[str, Any], batch_size: Any, num_unroll: int) -> None:
    """Gives the sequences of a batch the sparse tensors, ``[batch, num_unroll, ...]``, of their handles."""
    if not stored_by:
        return
    flat = {
        name: sparse_ops._take_many_sparse_from_tensors_map(
            sparse_map_op=op, sparse_handles=array_ops.reshape(sequences[name], [-1]), rank=None
        )
        for name, op in stored_by.items()
    }
    unroll = ops.convert_to_tensor(num_unroll, dtype=dtypes.int64, name="num_unroll_int64")
    for name, value in flat.items():
        sequences[name] = _by_step(value, batch_size, unroll)


def _by_step(value: Any, batch_size: Any, unroll: Any) -> Any:
    batch = math_ops.cast(math_ops.floor(value.indices[:, 0] / unroll), dtypes.int64)
    step = math_ops.mod(value.indices[:, 0], unroll)
    both = [array_ops.expand_dims(batch, 1), array_ops.expand_dims(step, 1)]
    indices = array_ops.concat([*both, value.indices[:, 1:]], axis=1)
    sizes = [[math_ops.cast(size, dtype=dtypes.int64)] for size in (batch_size, unroll)]
    shape = array_ops.concat([*sizes, value.dense_shape[1:]], axis=0)
    return sparse_tensor.SparseTensor(indices=indices, values=value.values, dense_shape=shape)
