"""Checkpoints of version 1: tables of ``SavedTensorSlices``, a file or several shards."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.reading import coding, dtypes, protos, slices, tensors
from tf1graphs.inspect.reading.checkpoints import Checkpoint, Entry
from tf1graphs.inspect.reading.tables import Table

_META_KEY = b""


class SliceFiles(Checkpoint):
    """A checkpoint of version 1."""

    format = "V1"

    def __init__(self, prefix: Path, files: Sequence[Path]) -> None:
        """Reads what each file lists; the values stay on disk.

        Raises:
            InvalidFile: a file is damaged.
        """
        self.path = prefix
        self._metas: dict[str, Any] = {}
        self._values: dict[str, list[memoryview]] = {}
        for file in files:
            self._open(file)
        self.entries = {name: self._entry(name) for name in sorted(self._metas)}

    def read(self, name: str) -> np.ndarray:
        """Reads the slices of the tensor, whose checksum was checked when the file was opened."""
        entry = self.entries[name]
        parts = [self._part(name, content) for content in self._values[name]]
        if not slices.cover([place for place, _ in parts], entry.shape):
            raise InvalidFile(self.path, f"the slices of {name} do not make up its shape {list(entry.shape)}")
        return slices.join(parts, entry.shape)

    def _open(self, file: Path) -> None:
        for key, value in Table(file).items():
            if key == _META_KEY:
                saved = protos.parse(protos.SavedTensorSlices, bytes(value), file)
                self._metas |= {meta.name: meta for meta in saved.meta.tensor}
                continue
            try:
                self._values.setdefault(coding.name_in_key(key), []).append(value)
            except ValueError:
                raise InvalidFile(file, "no checkpoint of version 1: a key names no tensor") from None
        if not self._metas:
            raise InvalidFile(file, "no checkpoint of version 1: it lists no tensors")

    def _entry(self, name: str) -> Entry:
        meta = self._metas[name]
        shape = tensors.complete(tensors.shape_of(meta.shape))
        if shape is None or name not in self._values:
            raise InvalidFile(self.path, f"{name} has no complete shape or no values")
        parts = self._values[name]
        return Entry(name, dtypes.name_of(meta.type), shape, sum(map(len, parts)), len(parts))

    def _part(self, name: str, content: memoryview) -> tuple[tuple[slice, ...], np.ndarray]:
        """The place of a slice and its values, which stand one by one."""
        saved = protos.parse(protos.SavedTensorSlices, bytes(content), self.path).data
        entry = self.entries[name]
        try:
            place = slices.place_of(slices.extents_of(saved.slice), entry.shape)
            values = tensors.listed(saved.data, entry.dtype, dtypes.numpy_dtype(entry.dtype))
            shape = slices.shape_of(place)
            if len(values) != math.prod(shape):
                raise ValueError("not as many values as the slice has places")
            return place, values.reshape(shape)
        except (ValueError, OverflowError):
            raise InvalidFile(self.path, f"the values of {name} are damaged") from None
