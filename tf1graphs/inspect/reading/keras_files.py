"""Files of Keras: ``.keras`` archives of Keras 2.12 and later, HDF5 models, and HDF5 weights of both kinds.

A ``.keras`` file is a zip archive with ``config.json``, ``metadata.json`` and ``model.weights.h5``. An HDF5 model has
its configuration in the attribute ``model_config`` and its weights in the group ``model_weights``; a file of weights
alone has these groups at its root. What a model would execute, such as the code of a Lambda layer, stays text.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.reading.archives import ArchiveFile
from tf1graphs.inspect.reading.hdf5 import HDF5_SIGNATURE, Dataset, read_hdf5

_CONFIG, _METADATA, _WEIGHTS = "config.json", "metadata.json", "model.weights.h5"
_MOST_TEXT = 1 << 26


@dataclass(frozen=True)
class KerasFile:
    """What a Keras file holds.

    Attributes:
        path: the file.
        kind: ``"keras"``, ``"h5"`` for an HDF5 model, or ``"weights"``.
        keras_version: of the Keras that wrote it; empty if the file does not say.
        model: class name and configuration of the model, None if the file has weights alone.
        training: what the model was compiled with, None if it was not.
        weights: the arrays in the file, in its order; those of the optimizer among them.
    """

    path: Path
    kind: str
    keras_version: str
    model: dict[str, Any] | None
    training: dict[str, Any] | None
    weights: tuple[Dataset, ...]


def _object(text: str | bytes, path: Path, part: str) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise InvalidFile(path, f"damaged: {part} is no valid JSON") from None
    if not isinstance(content, dict):
        raise InvalidFile(path, f"damaged: {part} describes no object")
    return content


def _from_archive(path: Path) -> KerasFile:
    with ArchiveFile(path) as archive:
        config = _object(archive.read(_CONFIG, _MOST_TEXT), path, _CONFIG)
        metadata = _object(archive.read(_METADATA, _MOST_TEXT), path, _METADATA) if _METADATA in archive else {}
        weights: tuple[Dataset, ...] = ()
        if _WEIGHTS in archive:
            with archive.place_of(_WEIGHTS) as (file, start, size):
                weights = read_hdf5(file, start, size, shown=path).datasets
    compiled = config.get("compile_config")
    training = compiled if isinstance(compiled, dict) else None
    return KerasFile(path, "keras", str(metadata.get("keras_version", "")), config, training, weights)


def _from_hdf5(path: Path) -> KerasFile:
    content = read_hdf5(path)
    texts = content.texts
    objects = {name: _object(texts[name], path, name) for name in ("model_config", "training_config") if name in texts}
    return KerasFile(
        path=path,
        kind="h5" if "model_config" in objects else "weights",
        keras_version=texts.get("keras_version") or texts.get("model_weights/keras_version", ""),
        model=objects.get("model_config"),
        training=objects.get("training_config"),
        weights=content.datasets,
    )


def read_keras(path: str | os.PathLike[str]) -> KerasFile:
    """Reads a ``.keras``, ``.h5`` or ``.weights.h5`` file; shapes and dtypes of weights, and not their values.

    Raises:
        InvalidFile: it is none, is damaged, or would fill the memory.
    """
    file = Path(path)
    try:
        with file.open("rb") as opened:
            start = opened.read(len(HDF5_SIGNATURE))
    except OSError as error:
        raise InvalidFile(file, str(error.strerror)) from None
    if start == HDF5_SIGNATURE:
        return _from_hdf5(file)
    if start.startswith(b"PK"):
        return _from_archive(file)
    raise InvalidFile(file, "no file of Keras: neither a .keras archive nor HDF5")
