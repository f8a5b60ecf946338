"""Rows of a table: ``Embedding``."""

from __future__ import annotations

from typing import Any

from tf1graphs.convert.keras.graphs.building import Building, Part, refuse, scope_of


def _gather(building: Building, node: Any, _: int) -> Any:
    table = building.variable_of(node, 0)
    shape = building.shape(table)
    axis = building.constant_of(node, 2) if node.op == "GatherV2" else 0
    if len(shape) != 2 or axis != 0 or node.attr["batch_dims"].i:
        raise refuse(node, "it gathers from something else than the rows of a table")
    parts = [Part((table,), ("embeddings",))]
    indices = building.input_of(node, 1)
    return building.layer("Embedding", scope_of(table, node), indices, parts, input_dim=shape[0], output_dim=shape[1])


OPS = {"Gather": _gather, "GatherV2": _gather, "ResourceGather": _gather}
