"""Batches from queues, and crops, of labeled tensors."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import random_crop_ops
from tensorflow.python.training import input as input_lib

from tf1graphs.v1.contrib.labeled_tensor import _typecheck as tc
from tf1graphs.v1.contrib.labeled_tensor import core
from tf1graphs.v1.contrib.labeled_tensor._axes import is_string
from tf1graphs.v1.contrib.labeled_tensor._labeled_tensor import is_labeled_tensor_like

_is_name = tc.optional(is_string)
_is_int = tc.instance(int)


def _batched(
    batch_fn: Callable[..., Any], labeled_tensors: Collection[Any], name: str | None, options: dict[str, Any]
) -> list[core.LabeledTensor]:
    """Returns what a function of ``tf.train`` makes of tensors, with the axis ``batch`` before the others."""
    with ops.name_scope(name, f"lt_{batch_fn.__name__}", labeled_tensors) as scope:
        labeled = [core.convert_to_labeled_tensor(each) for each in labeled_tensors]
        batches = batch_fn([each.tensor for each in labeled], name=scope, **options)
        batches = batches if isinstance(batches, list) else [batches]
        size = None if options["allow_smaller_final_batch"] else options["batch_size"]
        made = []
        for tensor, each in zip(batches, labeled, strict=True):
            axes = each.axes
            if options["enqueue_many"]:
                if next(iter(axes), None) != "batch":
                    raise ValueError(
                        'When enqueue_many is True, input tensors must have an axis called "batch" as their first '
                        f"dimension, but axes were {axes}"
                    )
                axes = axes.remove("batch")
            made.append(core.LabeledTensor(tensor, [("batch", size), *axes.values()]))
        return made


@tc.accepts(
    tc.collection(is_labeled_tensor_like), _is_int, _is_int, _is_int, tc.instance(bool), tc.instance(bool), _is_name
)
def batch(
    labeled_tensors: Collection[Any],
    batch_size: int,
    num_threads: int = 1,
    capacity: int = 32,
    enqueue_many: bool = False,
    allow_smaller_final_batch: bool = False,
    name: str | None = None,
) -> list[core.LabeledTensor]:
    """Returns batches with the axis ``batch`` first; see ``tf.train.batch``.

    Raises:
        ValueError: ``enqueue_many``, and a first axis is not ``batch``.
    """
    options = {
        "batch_size": batch_size,
        "num_threads": num_threads,
        "capacity": capacity,
        "enqueue_many": enqueue_many,
        "allow_smaller_final_batch": allow_smaller_final_batch,
    }
    return _batched(input_lib.batch, labeled_tensors, name, options)


@tc.accepts(
    tc.collection(is_labeled_tensor_like),
    _is_int,
    _is_int,
    _is_int,
    tc.instance(bool),
    _is_int,
    tc.optional(_is_int),
    tc.instance(bool),
    _is_name,
)
def shuffle_batch(
    labeled_tensors: Collection[Any],
    batch_size: int,
    num_threads: int = 1,
    capacity: int = 32,
    enqueue_many: bool = False,
    min_after_dequeue: int = 0,
    seed: int | None = None,
    allow_smaller_final_batch: bool = False,
    name: str | None = None,
) -> list[core.LabeledTensor]:
    """Returns batches in an order drawn at random, with the axis ``batch`` first; see ``tf.train.shuffle_batch``.

    Raises:
        ValueError: ``enqueue_many``, and a first axis is not ``batch``.
    """
    options = {
        "batch_size": batch_size,
        "num_threads": num_threads,
        "capacity": capacity,
        "enqueue_many": enqueue_many,
        "min_after_dequeue": min_after_dequeue,
        "seed": seed,
        "allow_smaller_final_batch": allow_smaller_final_batch,
    }
    return _batched(input_lib.shuffle_batch, labeled_tensors, name, options)


@tc.accepts(is_labeled_tensor_like, tc.mapping(_is_int), tc.optional(_is_int), _is_name)
def random_crop(
    labeled_tensor: Any, shape_map: Mapping[str, int], seed: int | None = None, name: str | None = None
) -> core.LabeledTensor:
    """Returns a part, drawn at random, that has the sizes of ``shape_map`` by the name of the axis.

    Raises:
        ValueError: There is no such axis.
    """
    with ops.name_scope(name, "lt_random_crop", [labeled_tensor]) as scope:
        labeled_tensor = core.convert_to_labeled_tensor(labeled_tensor)
        for axis_name in shape_map:
            if axis_name not in labeled_tensor.axes:
                raise ValueError(f"Selection axis {axis_name} not in axes {labeled_tensor.axes}")
        axes = [
            core.Axis(axis.name, shape_map[axis.name]) if axis.name in shape_map else axis
            for axis in labeled_tensor.axes.values()
        ]
        crop = random_crop_ops.random_crop(labeled_tensor.tensor, [len(axis) for axis in axes], seed=seed, name=scope)
        return core.LabeledTensor(crop, axes)
