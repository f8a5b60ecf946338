"""The layers of a Keras file as pictures take them."""

from __future__ import annotations

import os

from tf1graphs.inspect.drawing.layers import Layer
from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.keras.summary import KerasLayer, summarize


def _layer(layer: KerasLayer) -> Layer:
    return Layer(
        name=layer.name,
        class_name=layer.class_name,
        input_shapes=layer.input_shapes,
        output_shapes=layer.output_shapes,
        inputs=layer.inputs,
        parameters=layer.parameters,
        layers=tuple(map(_layer, layer.layers)),
    )


def layers(path: str | os.PathLike[str]) -> tuple[Layer, ...]:
    """The layers of the model in a ``.keras`` or ``.h5`` file.

    Raises:
        InvalidFile: it is none, is damaged, or has weights alone.
    """
    summary = summarize(path)
    if not any(layer.class_name for layer in summary.layers):
        raise InvalidFile(path, "it does not say how its layers are connected; name the .keras or .h5 file of a model")
    return tuple(map(_layer, summary.layers))
