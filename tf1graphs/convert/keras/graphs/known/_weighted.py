"""Layers with a kernel: the bias that is added behind them belongs to them, if nothing else reads what is between."""

from __future__ import annotations

from typing import Any

from tf1graphs.convert.keras.graphs.building import Building, Part
from tf1graphs.convert.keras.graphs.network import Ref

_BIASES = ("BiasAdd", "Add", "AddV2")


def _bias_in(building: Building, consumer: Any, ref: Ref, size: int) -> str | None:
    """The variable that ``consumer`` adds to ``ref``, with a value for each of ``size`` channels."""
    if consumer is None or consumer.op not in _BIASES:
        return None
    others = [read for read in building.network.inputs(consumer) if read != ref]
    name = building.values.variable(others[0]) if len(others) == 1 else None
    return name if name and building.shape(name) == (size,) else None


def weighted(
    building: Building, kind: str, scope: str, end: Any, inputs: Any, parts: list[Part], size: int, **arguments: Any
) -> Any:
    """Applies a layer of ``kind``, of which ``end`` is the last node but for its bias of ``size`` values."""
    consumer = building.network.only_consumer(Ref(end.name))
    bias = _bias_in(building, consumer, Ref(end.name), size)
    if consumer is None or bias is None:
        return building.layer(kind, scope, inputs, parts, use_bias=False, **arguments)
    made = building.layer(kind, scope, inputs, [*parts, Part((bias,), ("bias",))], use_bias=True, **arguments)
    building.with_bias[consumer.name] = made
    return made
