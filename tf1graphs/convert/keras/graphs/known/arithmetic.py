"""Sums, products and the like: of tensors, and with numbers."""

from __future__ import annotations

from typing import Any

from tf1graphs.convert.keras.graphs.building import Building, refuse
from tf1graphs.convert.keras.graphs.known._dropout import of_dropout
from tf1graphs.convert.keras.graphs.known._images import check_channels_last
from tf1graphs.convert.keras.graphs.known.normalization import of_batch_normalization, of_layer_normalization
from tf1graphs.convert.keras.graphs.network import Ref

# Layers for tensors of one shape, operations for all else.
_LAYERS = {
    "Add": "Add",
    "AddV2": "Add",
    "Mul": "Multiply",
    "Sub": "Subtract",
    "Maximum": "Maximum",
    "Minimum": "Minimum",
}
_FUNCTIONS = {
    "Add": "add",
    "AddV2": "add",
    "BiasAdd": "add",
    "Mul": "multiply",
    "Sub": "subtract",
    "Maximum": "maximum",
    "Minimum": "minimum",
    "RealDiv": "divide",
    "Pow": "power",
}


def _operand(building: Building, node: Any, ref: Ref) -> Any:
    """A Keras tensor, or numbers.

    Raises:
        CouldNotConvert: it is a variable, which only layers have.
    """
    number = building.values.constant(ref)
    if number is not None and building.values.is_open(ref, number):
        raise refuse(node, "it computes with a size that is not known before the graph runs")
    if number is not None:
        return number
    variable = building.values.variable(ref)
    if variable:
        raise refuse(node, f"it reads the variable {variable}, which no layer here has")
    return building.tensor(ref)


def _combine(building: Building, node: Any, _: int) -> Any:
    import keras

    check_channels_last(node)
    for formula in (of_batch_normalization, of_layer_normalization, of_dropout):
        made = formula(building, node)
        if made is not None:
            return made
    refs = building.network.inputs(node)
    # The layers are made first, for one of them may have the other input as its bias.
    for ref in refs:
        if building.values.constant(ref) is None and not building.values.variable(ref):
            building.tensor(ref)
    if node.name in building.with_bias:
        return building.with_bias[node.name]
    first, second = (_operand(building, node, ref) for ref in refs)
    if node.op in _LAYERS and _are_alike(first, second):
        return building.layer(_LAYERS[node.op], node.name, [first, second])
    return getattr(keras.ops, _FUNCTIONS[node.op])(first, second)


def _are_alike(first: Any, second: Any) -> bool:
    import keras

    return all(keras.utils.is_keras_tensor(each) for each in (first, second)) and bool(first.shape == second.shape)


def _sum(building: Building, node: Any, _: int) -> Any:
    inputs = [building.tensor(ref) for ref in building.network.inputs(node)]
    return inputs[0] if len(inputs) == 1 else building.layer("Add", node.name, inputs)


def _cast(building: Building, node: Any, _: int) -> Any:
    import keras

    from tf1graphs.inspect.reading import dtypes

    return keras.ops.cast(building.input_of(node), dtypes.name_of(node.attr["DstT"].type))


def _product(building: Building, node: Any, _: int) -> Any:
    """A product of two tensors that both hang on the inputs, such as attention's."""
    import keras

    first, second = (building.input_of(node, number) for number in (0, 1))
    first = keras.ops.swapaxes(first, -1, -2) if node.attr["adj_x"].b else first
    second = keras.ops.swapaxes(second, -1, -2) if node.attr["adj_y"].b else second
    return keras.ops.matmul(first, second)


OPS = {
    **dict.fromkeys(_FUNCTIONS, _combine),
    "AddN": _sum,
    "Cast": _cast,
    "BatchMatMul": _product,
    "BatchMatMulV2": _product,
}
