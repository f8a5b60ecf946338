"""Layers and their connections, as the configuration of a model has them.

Keras 2 writes what a layer is called on as lists ``[layer, call, output, keyword arguments]``, Keras 3 as objects
``__keras_tensor__``, which also have the shape.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tf1graphs.inspect.errors import InvalidFile

Shape = tuple[int | None, ...]
_MOST_LEVELS = 32
_TENSOR = "__keras_tensor__"


@dataclass(frozen=True)
class Reference:
    """An output of a call of a layer; its shape where the file says it, else None."""

    layer: str
    call: int = 0
    output: int = 0
    shape: Shape | None = None


@dataclass(frozen=True)
class LayerConfig:
    """A layer, or a model, as its configuration has it.

    Attributes:
        name: unique in its model.
        class_name: without the package of a registered class.
        config: what the layer was made with.
        given: the shapes of inputs that the file gives beside the connections.
        calls: what the layer is called on, for each call.
        layers: of a model, its layers.
        outputs: of a model, what it returns.
    """

    name: str
    class_name: str
    config: dict[str, Any]
    given: tuple[Shape, ...] = ()
    calls: tuple[tuple[Reference, ...], ...] = ()
    layers: tuple[LayerConfig, ...] = ()
    outputs: tuple[Reference, ...] = ()


def shape_of(value: Any) -> Shape | None:
    """The shape that a list of sizes says; None for anything else."""
    if not isinstance(value, list):
        return None
    is_size = [size is None or isinstance(size, int) and not isinstance(size, bool) for size in value]
    return tuple(value) if all(is_size) else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _shapes_in(value: Any) -> tuple[Shape, ...]:
    """The shapes in a list of sizes, in a list of such lists, or by names."""
    parts = list(value.values()) if isinstance(value, dict) else _list(value)
    whole = shape_of(value)
    shapes = [whole] if whole else [shape_of(part) for part in parts]
    return tuple(shape for shape in shapes if shape is not None)


def _given(entry: dict[str, Any], config: dict[str, Any]) -> tuple[Shape, ...]:
    build = entry.get("build_config")
    built = _shapes_in(build.get("input_shape")) if isinstance(build, dict) else ()
    return built or _shapes_in(config.get("batch_shape") or config.get("batch_input_shape"))


def _references(value: Any) -> Iterator[Reference]:
    """Yields the tensors in the arguments of a call, in their order."""
    if isinstance(value, dict):
        config = value.get("config")
        if value.get("class_name") == _TENSOR and isinstance(config, dict):
            yield from _reference(config.get("keras_history"), shape_of(config.get("shape")))
            return
        for part in value.values():
            yield from _references(part)
    elif isinstance(value, list):
        of_keras_2 = list(_reference(value[:3], None))
        yield from of_keras_2
        for part in value[3:] if of_keras_2 else value:
            yield from _references(part)


def _reference(history: Any, shape: Shape | None) -> Iterator[Reference]:
    match history:
        case [str(layer), int(call), int(output)] if call >= 0 and output >= 0:
            yield Reference(layer, call, output, shape)


def _has_class(entry: Any) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("class_name"), str)


def _is_model(config: dict[str, Any]) -> bool:
    """Whether the configuration lists layers; one of a layer may have a list of that name for something else."""
    layers = _list(config.get("layers"))
    return bool(layers) and all(map(_has_class, layers))


class _Reader:
    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._path = path

    def layer(self, entry: dict[str, Any], levels: int) -> LayerConfig:
        """A layer or model from its class name and configuration."""
        if not _has_class(entry):
            raise InvalidFile(self._path, "damaged: the model has no class name")
        if levels > _MOST_LEVELS:
            raise InvalidFile(self._path, f"damaged: models nest more than {_MOST_LEVELS} levels")
        content = entry.get("config")
        # Sequential models of Keras before 2.2 have a list of layers as their configuration.
        config = {"layers": content} if isinstance(content, list) else content if isinstance(content, dict) else {}
        class_name = entry["class_name"].rpartition(">")[2]
        layer = LayerConfig(
            name=str(entry.get("name") or config.get("name") or class_name),
            class_name=class_name,
            config=config,
            given=_given(entry, config),
            calls=tuple(tuple(_references(call)) for call in _list(entry.get("inbound_nodes"))),
        )
        if not _is_model(config):
            return layer
        return self._model(layer, tuple(self.layer(part, levels + 1) for part in config["layers"]))

    def _model(self, model: LayerConfig, layers: tuple[LayerConfig, ...]) -> LayerConfig:
        if len({layer.name for layer in layers}) < len(layers):
            raise InvalidFile(self._path, "damaged: two layers of a model have one name")
        if "output_layers" in model.config:
            outputs = tuple(_references(model.config["output_layers"]))
            return dataclasses.replace(model, layers=layers, outputs=outputs)
        return dataclasses.replace(model, layers=_chained(layers), outputs=(Reference(layers[-1].name),))


def _chained(layers: tuple[LayerConfig, ...]) -> tuple[LayerConfig, ...]:
    """The layers of a sequential model, each called on the one before it."""
    chained = [layers[0]]
    for layer in layers[1:]:
        shape = layer.given[0] if layer.given else None
        before = Reference(chained[-1].name, shape=shape)
        chained.append(dataclasses.replace(layer, calls=((before,),)))
    return tuple(chained)


def read_model(model: dict[str, Any], path: str | os.PathLike[str]) -> LayerConfig:
    """The model that ``model`` describes, which was read from ``path``. A model of a class of its own has no layers.

    Raises:
        InvalidFile: it has no class name, two layers have the same name, or models nest too deep.
    """
    return _Reader(path).layer(model, 0)
