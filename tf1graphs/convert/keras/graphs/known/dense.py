"""Products with a matrix: ``Dense``."""

from __future__ import annotations

from typing import Any

from tf1graphs.convert.keras.graphs.building import Building, Part, refuse, scope_of
from tf1graphs.convert.keras.graphs.known._weighted import weighted
from tf1graphs.convert.keras.graphs.network import Ref


def _dense(building: Building, matmul: Any, kernel: str, inputs: Any, end: Any) -> Any:
    """A MatMul of ``inputs`` and a variable; ``end`` is the node that gives the result its shape."""
    if matmul.attr["transpose_a"].b:
        raise refuse(matmul, "it transposes its inputs")
    is_transposed = matmul.attr["transpose_b"].b
    units = building.shape(kernel)[0 if is_transposed else 1]
    part = Part((kernel,), ("kernel",), "transposed" if is_transposed else "as_it_is")
    return weighted(building, "Dense", scope_of(kernel, matmul), end, inputs, [part], units, units=units)


def _matmul(building: Building, node: Any, _: int) -> Any:
    return _dense(building, node, building.variable_of(node, 1), building.input_of(node), node)


def _is_in_order(building: Building, axes: Ref) -> bool:
    values = building.values.constant(axes)
    return values is not None and values.tolist() == list(range(len(values)))


def of_tensordot(building: Building, node: Any) -> Any | None:
    """What ``tf.layers.dense`` makes of more than two axes; None if the Reshape ``node`` is not its end.

    ``tf.tensordot`` makes Reshape(MatMul(Reshape(Transpose(inputs)), Reshape(Transpose(kernel)))), in which no axis
    moves, and leaves the latter two out where it knows the shapes.
    """
    inputs = ("Reshape", ("Transpose", "?inputs", "?axes"), "?flat")
    turned = ("Reshape", ("Transpose", "?kernel", "?kernel_axes"), "?kernel_shape")
    found = building.find(("Reshape", ("MatMul", inputs, turned), "?shape"), Ref(node.name))
    found = found or building.find(("Reshape", ("MatMul", inputs, "?kernel"), "?shape"), Ref(node.name))
    kernel = building.values.variable(found["?kernel"]) if found else None
    if not found or kernel is None:
        return None
    axes = [found[name] for name in ("?axes", "?kernel_axes") if name in found]
    shape = building.values.constant(found["?shape"])
    if not all(_is_in_order(building, each) for each in axes) or shape is None:
        return None
    tensor = building.tensor(found["?inputs"])
    sizes = (*tensor.shape[1:-1], building.shape(kernel)[1])
    if shape.tolist()[1:] != [-1 if size is None else size for size in sizes]:
        return None
    matmul = building.network.node(building.network.inputs(node)[0])
    return _dense(building, matmul, kernel, tensor, node)


OPS = {"MatMul": _matmul}
