"""Beams: tiling a batch, and walking back through the parents of a beam search."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops, tensor_shape
from tensorflow.python.ops import array_ops, array_ops_stack, functional_ops, math_ops
from tensorflow.python.util import nest


def _tile_batch(t: Any, multiplier: int) -> Any:
    t = ops.convert_to_tensor(t, name="t")
    shape = array_ops.shape(t)
    rank = t.shape.ndims
    if rank is None or rank < 1:
        raise ValueError("t must have statically known rank")
    batch = t.shape.dims[0].value
    tiled = array_ops.tile(array_ops.expand_dims(t, 1), [1, multiplier] + [1] * (rank - 1))
    tiled = array_ops.reshape(tiled, array_ops.concat(([shape[0] * multiplier], shape[1:]), 0))
    tiled.set_shape(tensor_shape.TensorShape([None if batch is None else batch * multiplier]).concatenate(t.shape[1:]))
    return tiled


def tile_batch(t: Any, multiplier: int, name: str | None = None) -> Any:
    """Repeats every entry of a batch.

    Args:
        t: A tensor ``[batch, ...]``, or a nested structure of such.
        multiplier: How often each entry stands in the result.
        name: The name scope.

    Returns:
        ``[batch * multiplier, ...]``: ``t[0], t[0], ..., t[1], t[1], ...``.

    Raises:
        ValueError: The rank of a tensor is unknown or 0.
    """
    with ops.name_scope(name, "tile_batch", [*nest.flatten(t), multiplier]):
        return nest.map_structure(lambda each: _tile_batch(each, multiplier), t)


def gather_tree(
    step_ids: Any, parent_ids: Any, max_sequence_lengths: Any, end_token: Any, name: str | None = None
) -> Any:
    """Follows every beam back from its last step to the first.

    TensorFlow 1.15 had a kernel for this; here it is a scan from the last step.

    Args:
        step_ids: The id that each beam took in each step, int32 ``[time, batch, beams]``.
        parent_ids: The beam that each beam came from, int32 ``[time, batch, beams]``.
        max_sequence_lengths: The number of steps of each batch entry, int32 ``[batch]``.
        end_token: What stands after the first end token of a sequence, and past its length.
        name: The name scope.

    Returns:
        The ids of each final beam, int32 ``[time, batch, beams]``.

    Raises:
        ValueError: A shape is wrong.
        InvalidArgumentError: When it runs, a parent is no beam.
    """
    with ops.name_scope(name, "GatherTree", [step_ids, parent_ids, max_sequence_lengths, end_token]):
        steps = ops.convert_to_tensor(step_ids, dtype=dtypes.int32, name="step_ids")
        parents = ops.convert_to_tensor(parent_ids, dtype=dtypes.int32, name="parent_ids")
        lengths = ops.convert_to_tensor(max_sequence_lengths, dtype=dtypes.int32, name="max_sequence_lengths")
        end = ops.convert_to_tensor(end_token, dtype=dtypes.int32, name="end_token")
        shape = steps.shape.with_rank(3).merge_with(parents.shape)
        shape[1].assert_is_compatible_with(lengths.shape.with_rank(1)[0])
        end.shape.assert_has_rank(0)

        def step_back(after: Any, step: Any) -> Any:
            beams, _ = after
            ids, its_parents, time = step
            within = array_ops.broadcast_to(array_ops.expand_dims(time < lengths, 1), array_ops.shape(beams))
            taken = array_ops.gather(ids, beams, batch_dims=1)
            came_from = array_ops.gather(its_parents, beams, batch_dims=1)
            return array_ops.where(within, came_from, beams), array_ops.where(within, taken, ends)

        ends = array_ops.zeros_like(steps[0]) + end
        own_beams = array_ops.zeros_like(steps[0]) + math_ops.range(array_ops.shape(steps)[2])
        times = math_ops.range(array_ops.shape(steps)[0])
        _, ids = functional_ops.scan(step_back, (steps, parents, times), (own_beams, ends), reverse=True)
        ended_before = math_ops.cumsum(math_ops.cast(math_ops.equal(ids, end), dtypes.int32), exclusive=True) > 0
        found = array_ops.where(ended_before, array_ops.zeros_like(ids) + end, ids)
        found.set_shape(shape)
        return found


def gather_tree_from_array(t: Any, parent_ids: Any, sequence_length: Any) -> Any:
    """Orders what was stacked in every step as ``gather_tree`` orders the ids.

    Args:
        t: ``[time, batch, beams, ...]`` or ``[time, batch * beams, ...]``.
        parent_ids: ``[time, batch, beams]``.
        sequence_length: ``[batch, beams]``; steps past it keep their order.

    Returns:
        A tensor of the shape of ``t``.
    """
    time, batch, beams = (parent_ids.shape.dims[axis].value or array_ops.shape(parent_ids)[axis] for axis in range(3))
    own_beams = array_ops.tile(array_ops.reshape(math_ops.range(beams), [1, 1, -1]), [time, batch, 1])
    ordered = gather_tree(
        step_ids=own_beams,
        parent_ids=parent_ids,
        max_sequence_lengths=math_ops.cast(math_ops.reduce_max(sequence_length, axis=1), dtypes.int32),
        end_token=beams + 1,
    )
    within = array_ops.transpose(array_ops.sequence_mask(sequence_length, maxlen=time), perm=[2, 0, 1])
    ordered = array_ops.where(within, ordered, own_beams)
    at_time = array_ops.tile(array_ops.reshape(math_ops.range(time), [-1, 1, 1]), [1, batch, beams])
    at_entry = array_ops.tile(array_ops.reshape(math_ops.range(batch), [1, -1, 1]), [time, 1, beams])
    rows = array_ops.reshape(t, [time, batch, beams, -1])
    found = array_ops.gather_nd(rows, array_ops_stack.stack([at_time, at_entry, ordered], -1))
    return array_ops.reshape(found, array_ops.shape(t))
