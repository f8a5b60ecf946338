"""Which layer each array of a file belongs to.

HDF5 models and weights of Keras 2 have a group for each layer, of the layer's name, in which the arrays have the names
of its variables. ``.keras`` archives and ``.weights.h5`` have groups ``layers`` in which each layer is called by its
class and a number (``layers/dense_1/vars/0``), as Keras's ``saving_lib`` counts them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from tf1graphs.inspect.keras.models import LayerConfig
from tf1graphs.inspect.reading.hdf5 import Dataset

_OF_HDF5_MODELS = "model_weights"
_OF_OPTIMIZERS = {"optimizer_weights", "optimizer"}
_OF_METRICS = {"metrics", "compile_metrics", "loss_tracker", "_loss_tracker"}
_LAYERS = {"layers", "_layer_checkpoint_dependencies"}
_VARIABLES = "vars"
_WORDS = (
    (re.compile(r"\W+"), ""),
    (re.compile("(.)([A-Z][a-z]+)"), r"\1_\2"),
    (re.compile("([a-z])([A-Z])"), r"\1_\2"),
)


@dataclass(frozen=True)
class Weight:
    """An array: its name within its layer, its shape and dtype, the number of its elements and their bytes."""

    name: str
    shape: tuple[int, ...]
    dtype: str
    elements: int
    size: int


@dataclass
class Sorted:
    """The arrays of a file: by the layers that lead to them, of the optimizer, and of nothing known."""

    layers: dict[tuple[str, ...], list[Weight]]
    optimizer: list[Weight]
    others: list[Weight]


def _weight(dataset: Dataset, path: Sequence[str]) -> Weight:
    elements = math.prod(dataset.shape)
    # Arrays of text have a dtype of objects.
    width = np.dtype(dataset.dtype).itemsize if dataset.dtype != "object" else 0
    name = "/".join(part for part in path if part != _VARIABLES)
    return Weight(name, dataset.shape, dataset.dtype, elements, elements * width)


def _key(class_name: str) -> str:
    """A class as Keras's ``to_snake_case`` writes it."""
    for pattern, replacement in _WORDS:
        class_name = pattern.sub(replacement, class_name)
    return class_name.lower()


class _Model:
    """The layers of a model by their names and by the names of their groups; each is a model of its own layers."""

    def __init__(self, layers: Iterable[LayerConfig]) -> None:
        self.by_name: dict[str, _Model] = {}
        self.by_key: dict[str, tuple[str, _Model]] = {}
        counts: dict[str, int] = {}
        for layer in layers:
            key = _key(layer.class_name)
            counts[key] = counts.get(key, -1) + 1
            model = self.by_name[layer.name] = _Model(layer.layers)
            self.by_key[f"{key}_{counts[key]}" if counts[key] else key] = (layer.name, model)


_UNKNOWN = _Model(())


def _in_groups(dataset: Dataset, model: _Model) -> tuple[tuple[str, ...], Sequence[str]]:
    """The layers that lead to an array by classes and numbers, and the rest of its path."""
    found, path = [], dataset.path
    while len(path) > 2 and path[0] in _LAYERS:
        # Without a configuration the group may say the layer's name; else its class and number have to do.
        said = dataset.owner if dataset.owner and path[2] == _VARIABLES else path[1]
        name, model = model.by_key.get(path[1], (said, _UNKNOWN))
        found.append(name)
        path = path[2:]
    return tuple(found), path


def _by_names(path: Sequence[str], model: _Model) -> tuple[tuple[str, ...], Sequence[str]]:
    """The layers that lead to an array by names, and the rest of its path; a name with slashes is several groups."""
    if not model.by_name:
        return tuple(path[:1]), path[1:]
    for size in range(len(path) - 1, 0, -1):
        name = "/".join(path[:size])
        if name in model.by_name:
            return (name, *_nested(path[size:-1], model.by_name[name])), path[size:]
    return (), path


def _nested(parts: Sequence[str], model: _Model) -> tuple[str, ...]:
    """The layers of nested models among the parts of a path."""
    for place, part in enumerate(parts):
        if part in model.by_name:
            return part, *_nested(parts[place + 1 :], model.by_name[part])
    return ()


def sort_weights(datasets: Iterable[Dataset], model: LayerConfig | None) -> Sorted:
    """Sorts the arrays of a file, of which ``model`` is the configuration, or None if it has none."""
    found = Sorted({}, [], [])
    layers = _Model(model.layers if model else ())
    for dataset in datasets:
        path = dataset.path
        owners: tuple[str, ...] = ()
        rest: Sequence[str] = path
        if path[0] in _OF_OPTIMIZERS:
            found.optimizer.append(_weight(dataset, path[1:]))
            continue
        if path[0] in _LAYERS:
            owners, rest = _in_groups(dataset, layers)
        elif path[0] not in _OF_METRICS:
            owners, rest = _by_names(path[1:] if path[0] == _OF_HDF5_MODELS else path, layers)
        listed = found.layers.setdefault(owners, []) if owners else found.others
        listed.append(_weight(dataset, rest))
    return found
