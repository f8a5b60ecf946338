"""Products with a matrix: ``Dense``."""

from __future__ import annotations

from typing import Any

import numpy as np

from tf1graphs.convert.keras.graphs.building import Building, Part, refuse, scope_of
from tf1graphs.convert.keras.graphs.known._weighted import weighted
from tf1graphs.convert.keras.graphs.network import Ref


def _dense(building: Building, matmul: Any, inputs: Any, end: Any) -> Any:
    """A MatMul of ``inputs`` and a variable; ``end`` is the node that gives the result its shape."""
    if matmul.attr["transpose_a"].b:
        raise refuse(matmul, "it transposes its inputs")
    kernel = building.variable_of(matmul, 1)
    is_transposed = matmul.attr["transpose_b"].b
    units = building.shape(kernel)[0 if is_transposed else 1]
    part = Part((kernel,), ("kernel",), "transposed" if is_transposed else "as_it_is")
    return weighted(building, "Dense", scope_of(kernel, matmul), end, inputs, [part], units, units=units)


def _matmul(building: Building, node: Any, _: int) -> Any:
    return _dense(building, node, building.input_of(node), node)


def of_tensordot(building: Building, node: Any) -> Any | None:
    """What ``tf.layers.dense`` makes of more than two axes; None if the Reshape ``node`` is not its end.

    ``tf.tensordot`` is Reshape(MatMul(Reshape(Transpose(inputs)), kernel)), where the axes stay in their order.
    """
    network = building.network
    pattern = ("Reshape", ("MatMul", ("Reshape", ("Transpose", "?inputs", "?axes"), "?flat"), "?kernel"), "?shape")
    found = building.find(pattern, Ref(node.name))
    if not found or building.values.variable(found["?kernel"]) is None:
        return None
    axes, shape = building.values.constant(found["?axes"]), building.values.constant(found["?shape"])
    if axes is None or (axes != np.arange(len(axes))).any() or shape is None:
        return None
    inputs = building.tensor(found["?inputs"])
    units = building.shape(str(building.values.variable(found["?kernel"])))[1]
    if list(shape[1:]) != [-1 if size is None else size for size in (*inputs.shape[1:-1], units)]:
        return None
    return _dense(building, network.node(network.inputs(node)[0]), inputs, node)


OPS = {"MatMul": _matmul}
