"""Functions of each value."""

from __future__ import annotations

from typing import Any

from tf1graphs.convert.keras.graphs.building import Building

_LAYERS = {
    "Relu": "relu",
    "Relu6": "relu6",
    "Elu": "elu",
    "Selu": "selu",
    "Sigmoid": "sigmoid",
    "Tanh": "tanh",
    "Softplus": "softplus",
    "Softsign": "softsign",
    "Softmax": "softmax",
    "LogSoftmax": "log_softmax",
}
_FUNCTIONS = {
    "Abs": "abs",
    "Erf": "erf",
    "Exp": "exp",
    "Floor": "floor",
    "Log": "log",
    "Log1p": "log1p",
    "Neg": "negative",
    "Rsqrt": "rsqrt",
    "Sign": "sign",
    "Sin": "sin",
    "Cos": "cos",
    "Sqrt": "sqrt",
    "Square": "square",
}


def _activation(building: Building, node: Any, _: int) -> Any:
    return building.layer("Activation", node.name, building.input_of(node), activation=_LAYERS[node.op])


def _leaky_relu(building: Building, node: Any, _: int) -> Any:
    return building.layer("LeakyReLU", node.name, building.input_of(node), negative_slope=node.attr["alpha"].f)


def _function(building: Building, node: Any, _: int) -> Any:
    import keras

    return getattr(keras.ops, _FUNCTIONS[node.op])(building.input_of(node))


OPS = {
    **dict.fromkeys(_LAYERS, _activation),
    **dict.fromkeys(_FUNCTIONS, _function),
    "LeakyRelu": _leaky_relu,
}
