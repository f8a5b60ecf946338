"""The process in which HDF5's library reads a file: ``python -m … PATH START SIZE`` prints what is in it as JSON."""

from __future__ import annotations

import json
import math
import resource
import sys
from pathlib import Path
from typing import Any

import h5py

from tf1graphs.inspect.reading.archives import open_part

_MOST_BYTES = 4 << 30
_MOST_SECONDS = 10
_MOST_LEVELS = 64
_MOST_GROUPS = 100_000
_MOST_ATTRIBUTE_BYTES = 1 << 26
# What a Keras model is, and in which groups its version stands.
_TEXTS = ("keras_version", "model_config", "training_config", "model_weights/keras_version")
_BROKEN = (OSError, KeyError, RuntimeError, ValueError, TypeError, AttributeError, MemoryError, OverflowError)


class _Damaged(Exception):
    """The message says what is wrong with the file."""


def _attribute(group: Any, name: str, most: int) -> Any:
    """The value of an attribute that is no larger than the file can make it; None if there is none."""
    if name not in group.attrs:
        return None
    identity = group.attrs.get_id(name)
    size = math.prod(identity.shape) * identity.dtype.itemsize
    if size > min(_MOST_ATTRIBUTE_BYTES, most):
        raise _Damaged(f"the attribute {name} claims {size} bytes")
    return group.attrs[name]


def _text(value: Any) -> str | None:
    value = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    return value if isinstance(value, str) else None


def _order_of(name: str) -> tuple[int, str]:
    """Keras 3 numbers the arrays of a layer; shorter numbers are smaller."""
    return len(name) if name.isdecimal() else 0, name


class _Walk:
    """Finds the arrays of a file of so many bytes."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._seen: set[int] = set()

    def below(self, group: Any, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], list[int], str, str]]:
        """Path, shape, dtype and owner of each array of a group and those below it."""
        address = h5py.h5o.get_info(group.id).addr
        if address in self._seen or len(path) > _MOST_LEVELS or len(self._seen) > _MOST_GROUPS:
            raise _Damaged(f"the group {'/'.join(path)} is in two places, or there are too many")
        self._seen.add(address)
        owner = _text(_attribute(group, "name", self._size)) or ""
        found = []
        for name in self._names(group):
            child = group[name]
            if isinstance(child, h5py.Dataset):
                found.append(((*path, name), list(map(int, child.shape or ())), child.dtype.name, owner))
            elif isinstance(child, h5py.Group):
                found += self.below(child, (*path, name))
        weights = self._listed(group, "weight_names")
        return sorted(found, key=lambda dataset: weights.get("/".join(dataset[0][len(path) :]), len(weights)))

    def _names(self, group: Any) -> list[str]:
        """What a group holds itself, without links to elsewhere."""
        own = [name for name in group if isinstance(group.get(name, getlink=True), h5py.HardLink)]
        layers = self._listed(group, "layer_names")
        return sorted(own, key=lambda name: (layers.get(name, len(layers)), _order_of(name)))

    def _listed(self, group: Any, attribute: str) -> dict[str, int]:
        """The place of each name in an attribute; a list too long for one stands in several, which are numbered."""
        values = [_attribute(group, attribute, self._size)]
        while (part := _attribute(group, f"{attribute}{len(values) - 1}", self._size)) is not None:
            values.append(part)
        names = [_text(name) for value in values if value is not None for name in value]
        return {name: place for place, name in enumerate(names) if name is not None}


def _texts_in(file: Any, size: int) -> dict[str, str]:
    texts = {}
    for name in _TEXTS:
        group, _, attribute = name.rpartition("/")
        if not group or group in file:
            value = _text(_attribute(file[group] if group else file, attribute, size))
            if value is not None:
                texts[name] = value
    return texts


def _answer(path: Path, start: int, size: int) -> dict[str, Any]:
    try:
        with open_part(path, start, size) as part, h5py.File(part, "r") as file:
            return {"texts": _texts_in(file, size), "datasets": _Walk(size).below(file, ())}
    except _Damaged as error:
        return {"problem": str(error)}
    except _BROKEN:
        return {"problem": "no valid HDF5"}


def main() -> None:
    """Prints the answer, or ends without one where HDF5's library fails."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_SECONDS, _MOST_SECONDS))
    path, start, size = sys.argv[1:]
    print(json.dumps(_answer(Path(path), int(start), int(size))))


if __name__ == "__main__":
    main()
