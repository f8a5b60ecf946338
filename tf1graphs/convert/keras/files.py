"""Keras files: models that the user names, and files that are complete or not there."""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from typing import Any

from tf1graphs.convert.errors import CouldNotConvert

_WEIGHTS, _MODEL = ".weights.h5", ".keras"


def open_model(named: str) -> Any:
    """The model that ``named`` means: a ``.keras`` file, or ``module:function``, a function that returns the model.

    Importing the module executes it, as does calling the function.

    Raises:
        CouldNotConvert: there is no such file, module or function, or no model comes of it.
    """
    import keras

    module, _, function = named.rpartition(":")
    if named.endswith(_MODEL):
        if not Path(named).is_file():
            raise CouldNotConvert(f"{named}: no such file")
        try:
            return keras.saving.load_model(named)
        except Exception as error:  # Keras raises errors of every kind for a file that it cannot read
            raise CouldNotConvert(f"{named}: Keras cannot load it: {str(error).splitlines()[0]}") from None
    if not module:
        raise CouldNotConvert(f"{named}: name a .keras file, or module:function")
    try:
        make = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError) as error:
        raise CouldNotConvert(f"{named}: {error}") from None
    model = make()
    if not isinstance(model, keras.Model):
        raise CouldNotConvert(f"{named} returns a {type(model).__name__}, no keras.Model")
    return model


def load_weights(model: Any, path: Path) -> None:
    """Reads a ``.weights.h5`` file into a model.

    Raises:
        CouldNotConvert: it is none of this model.
    """
    try:
        model.load_weights(path)
    except Exception as error:  # As above.
        raise CouldNotConvert(f"{path}: Keras cannot load it: {str(error).splitlines()[0]}") from None


def save(model: Any, path: str | os.PathLike[str]) -> None:
    """Writes ``.weights.h5`` (the weights alone) or ``.keras`` (model, weights and optimizer), by the name's end.

    The file is written under another name and renamed, so that there is never half of one.

    Raises:
        CouldNotConvert: the name has neither end.
    """
    target = Path(path)
    ending = next((each for each in (_WEIGHTS, _MODEL) if target.name.endswith(each)), None)
    if ending is None:
        raise CouldNotConvert(f"{target}: the name of a Keras file ends with {_MODEL} or {_WEIGHTS}")
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}{ending}")
    try:
        (model.save_weights if ending == _WEIGHTS else model.save)(unfinished)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
