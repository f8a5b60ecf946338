"""``tf.keras.utils.multi_gpu_model``, which tf-keras has dropped: a model whose batches are shared among GPUs.

Source: ``python/keras/utils/multi_gpu_utils.py`` of 1.15.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops

from tf1graphs.v1._tf_keras import keras


def _part_of_batch(data: Any, i: int, parts: int) -> Any:
    """Returns the ``i``-th of equal parts of a batch; the last has the rest too."""
    shape = array_ops.shape(data)
    batch_size, element = shape[:1], shape[1:]
    step = batch_size // parts
    size = batch_size - step * i if i == parts - 1 else step
    begin = array_ops.concat([step, element * 0], axis=0) * i
    return array_ops.slice(data, begin, array_ops.concat([size, element], axis=0))


def _ids(gpus: Any) -> Sequence[int]:
    several, how = (len(gpus), "len(gpus)") if isinstance(gpus, (list, tuple)) else (gpus, "gpus")
    if several <= 1:
        raise ValueError(
            f"For multi-gpu usage to be effective, call `multi_gpu_model` with `{how} >= 2`. Received: `gpus={gpus}`"
        )
    return gpus if isinstance(gpus, (list, tuple)) else range(gpus)


def _check_devices(gpus: Any, ids: Sequence[int]) -> None:
    wanted = ["/cpu:0", *(f"/gpu:{each}" for each in ids)]
    devices = keras.backend.get_session().list_devices()
    there = ["/" + device.name.lower().split("device:")[1] for device in devices]
    if not set(wanted) <= set(there):
        raise ValueError(
            f"To call `multi_gpu_model` with `gpus={gpus}`, we expect the following devices to be available: {wanted}. "
            f"However this machine only has: {there}. Try reducing `gpus`."
        )


def _distinct(names: Sequence[str]) -> list[str]:
    """Returns the names, with a number behind those that occur several times."""
    return [
        f"{name}_{names[: place + 1].count(name)}" if names.count(name) > 1 else name
        for place, name in enumerate(names)
    ]


def _replica(model: Any, gpu: int, part: dict[str, int]) -> list[Any]:
    """Returns the outputs of the model for a part of its inputs, computed on a GPU."""
    with ops.device(f"/gpu:{gpu}"), keras.backend.name_scope(f"replica_{gpu}"):
        parts = [
            keras.layers.Lambda(_part_of_batch, output_shape=tuple(each.shape.as_list())[1:], arguments=part)(each)
            for each in model.inputs
        ]
        outputs = model(parts)
    return outputs if isinstance(outputs, list) else [outputs]


def multi_gpu_model(model: Any, gpus: Any, cpu_merge: bool = True, cpu_relocation: bool = False) -> Any:
    """Returns a model that gives each of several GPUs a part of each batch, and joins what they compute.

    Args:
        model: The model; its weights are shared.
        gpus: The number of GPUs, or a list of their numbers.
        cpu_merge: Whether the outputs are joined on the CPU, and not on the first of the GPUs.
        cpu_relocation: Whether the model is made anew on the CPU, with weights of its own.

    Raises:
        ValueError: There are fewer than two GPUs in ``gpus``, or the machine has them not.
    """
    ids = _ids(gpus)
    _check_devices(gpus, ids)
    if cpu_relocation:
        with ops.device("/cpu:0"):
            model = keras.models.clone_model(model)
    replicas = [_replica(model, gpu, {"i": place, "parts": len(ids)}) for place, gpu in enumerate(ids)]
    with ops.device("/cpu:0" if cpu_merge else f"/gpu:{ids[0]}"):
        merged = [
            keras.layers.concatenate(list(outputs), axis=0, name=name)
            for name, outputs in zip(_distinct(model.output_names), zip(*replicas, strict=True), strict=True)
        ]
        return keras.Model(model.inputs, merged)
