"""What is in a Keras file."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tf1graphs.inspect.keras.inference import Shapes, infer_shapes
from tf1graphs.inspect.keras.models import LayerConfig, Shape, read_model
from tf1graphs.inspect.keras.weights import Sorted, Weight, sort_weights
from tf1graphs.inspect.reading.keras_files import KerasFile, read_keras

# These hold compiled code.
_WITH_CODE = {"Lambda"}


@dataclass(frozen=True)
class KerasLayer:
    """A layer of a model.

    Attributes:
        name: unique in its model.
        class_name: such as ``Dense``; empty in a file of weights alone, which does not say it.
        config: what the layer was made with.
        inputs: the names of the layers of the same model whose outputs it gets, call by call.
        input_shapes: of these, with the batch's size; None for an unknown one.
        output_shapes: of its outputs; of several calls those that differ.
        is_trainable: whether training changes its weights.
        weights: its own arrays.
        layers: of a model, its layers.
        parameters: the elements of its weights, those of nested layers included.
    """

    name: str
    class_name: str
    config: dict[str, Any]
    inputs: tuple[str, ...]
    input_shapes: tuple[Shape | None, ...]
    output_shapes: tuple[Shape | None, ...]
    is_trainable: bool
    weights: tuple[Weight, ...]
    layers: tuple[KerasLayer, ...]
    parameters: int


@dataclass(frozen=True)
class KerasSummary:
    """A Keras file.

    Attributes:
        path: the file.
        kind: ``"keras"``, ``"h5"`` for an HDF5 model, or ``"weights"``.
        keras_version: of the Keras that wrote it; empty if the file does not say.
        name: of the model; empty for weights alone.
        class_name: of the model.
        layers: its layers; none if its class is the program's own and the file has no weights.
        parameters: the elements of all weights of layers.
        size: their bytes.
        training: what the model was compiled with: optimizer, loss, metrics; None if it was not.
        optimizer_weights: the arrays of the optimizer.
        other_weights: arrays of no known layer, such as those of metrics.
        remarks: what is to be known before the model is used.
    """

    path: str
    kind: str
    keras_version: str
    name: str
    class_name: str
    layers: tuple[KerasLayer, ...]
    parameters: int
    size: int
    training: dict[str, Any] | None
    optimizer_weights: tuple[Weight, ...]
    other_weights: tuple[Weight, ...]
    remarks: tuple[str, ...]


def _once(shapes: Sequence[Sequence[Shape | None]]) -> tuple[Shape | None, ...]:
    """The shapes of all calls, without calls whose shapes are those of an earlier one."""
    calls: list[Sequence[Shape | None]] = []
    for call in shapes:
        if call not in calls:
            calls.append(call)
    return tuple(shape for call in calls for shape in call)


class _Assembly:
    """Puts layers, shapes and weights together."""

    def __init__(self, weights: Sorted) -> None:
        self._weights = weights.layers

    def layer(self, layer: LayerConfig, shapes: Shapes, owners: tuple[str, ...]) -> KerasLayer:
        place = (*owners, layer.name)
        layers = tuple(self.layer(part, shapes.layers.get(part.name, Shapes()), place) for part in layer.layers)
        own = tuple(self._weights.get(place, ()))
        inputs = [reference.layer for call in layer.calls for reference in call]
        return KerasLayer(
            name=layer.name,
            class_name=layer.class_name,
            config={name: value for name, value in layer.config.items() if name != "layers" or not layers},
            inputs=tuple(dict.fromkeys(inputs)),
            input_shapes=_once(shapes.inputs),
            output_shapes=_once(shapes.outputs),
            is_trainable=layer.config.get("trainable") is not False,
            weights=own,
            layers=layers,
            parameters=sum(weight.elements for weight in own) + sum(part.parameters for part in layers),
        )

    def without_model(self) -> tuple[KerasLayer, ...]:
        """The layers of a file that has no configuration: one for each owner of weights."""
        return tuple(
            KerasLayer(
                name="/".join(owners),
                class_name="",
                config={},
                inputs=(),
                input_shapes=(),
                output_shapes=(),
                is_trainable=True,
                weights=tuple(weights),
                layers=(),
                parameters=sum(weight.elements for weight in weights),
            )
            for owners, weights in self._weights.items()
        )


def _remarks(layers: Sequence[KerasLayer]) -> Iterator[str]:
    for layer in layers:
        wrapped = layer.config.get("layer")
        class_names = [layer.class_name, wrapped.get("class_name") if isinstance(wrapped, dict) else ""]
        for class_name in _WITH_CODE.intersection(map(str, class_names)):
            yield f"{layer.name}: a {class_name} layer holds code, which Keras runs when it loads the model"
        yield from _remarks(layer.layers)


def _assembled(file: KerasFile, model: LayerConfig | None, weights: Sorted) -> tuple[KerasLayer, ...]:
    assembly = _Assembly(weights)
    if model is None or not model.layers:
        return assembly.without_model()
    shapes = infer_shapes(model)
    return tuple(assembly.layer(layer, shapes[layer.name], ()) for layer in model.layers)


def summarize(path: str | os.PathLike[str]) -> KerasSummary:
    """Reads a ``.keras``, ``.h5`` or ``.weights.h5`` file. Nothing in it is executed.

    Raises:
        InvalidFile: it is none, or damaged.
    """
    file = read_keras(path)
    model = read_model(file.model, file.path) if file.model is not None else None
    weights = sort_weights(file.weights, model)
    layers = _assembled(file, model, weights)
    of_layers = [weight for listed in weights.layers.values() for weight in listed]
    return KerasSummary(
        path=str(Path(path)),
        kind=file.kind,
        keras_version=file.keras_version,
        name=model.name if model else "",
        class_name=model.class_name if model else "",
        layers=layers,
        parameters=sum(weight.elements for weight in of_layers),
        size=sum(weight.size for weight in of_layers),
        training=file.training,
        optimizer_weights=tuple(weights.optimizer),
        other_weights=tuple(weights.others),
        remarks=tuple(_remarks(layers)),
    )
