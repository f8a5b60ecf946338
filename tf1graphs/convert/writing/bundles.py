"""Writes checkpoints of version 2, tensor by tensor. Source of the format: TensorFlow's ``tensor_bundle.h``."""

from __future__ import annotations

import struct
import types
from pathlib import Path
from typing import Any

import numpy as np

from tf1graphs.convert.writing.tables import write_table
from tf1graphs.inspect.reading import bundles, coding, dtypes, protos


def _string_parts(array: np.ndarray) -> tuple[list[bytes], int]:
    """What stands in the file for strings (lengths, their checksum, the strings), and the checksum of all."""
    strings = [bytes(value) for value in array.reshape(-1)]
    lengths = [len(string) for string in strings]
    of_lengths = bundles.checksum_of_lengths(lengths)
    head = struct.pack("<I", coding.masked(of_lengths))
    checksum = coding.crc32c(b"".join(strings), coding.crc32c(head, of_lengths))
    return [b"".join(map(coding.varint, lengths)), head, *strings], checksum


class BundleWriter:
    """Writes a name-based checkpoint; as a context manager it puts the files in place when the block ends well.

    Until then they have temporary names, and nothing is left of them if the block raises. The index comes into place
    last, as with TensorFlow's savers.
    """

    def __init__(self, prefix: Path) -> None:
        self._index = bundles.index_of(prefix)
        self._shard = bundles.shard_of(prefix, 0, 1)
        self._entries: dict[bytes, Any] = {}

    def __enter__(self) -> BundleWriter:
        self._shard.parent.mkdir(parents=True, exist_ok=True)
        self._file = _unfinished(self._shard).open("wb")
        return self

    def __exit__(self, error: type[BaseException] | None, value: Any, traceback: types.TracebackType | None) -> None:
        self._file.close()
        try:
            if error is None:
                self._finish()
        finally:
            for file in (self._shard, self._index):
                _unfinished(file).unlink(missing_ok=True)

    def add(self, name: str, array: np.ndarray) -> None:
        """Writes a tensor; strings are an array of ``bytes`` objects.

        Raises:
            ValueError: the name was written before, or the array's dtype is none of TensorFlow's.
        """
        dtype = "string" if array.dtype == object else array.dtype.name
        number = dtypes.number_of(dtype)
        if number is None or name.encode() in self._entries:
            raise ValueError(f"{name}: {'written twice' if number else f'TensorFlow has no dtype {dtype}'}")
        entry = protos.BundleEntryProto(dtype=number, offset=self._file.tell())
        entry.shape.SetInParent()
        for size in array.shape:
            entry.shape.dim.add(size=size)
        entry.crc32c = coding.masked(self._write(array))
        entry.size = self._file.tell() - entry.offset
        self._entries[name.encode()] = entry

    def _write(self, array: np.ndarray) -> int:
        """Writes the values and returns their checksum."""
        if array.dtype == object:
            parts, checksum = _string_parts(array)
            self._file.writelines(parts)
            return checksum
        content = bundles.bytes_of(np.ascontiguousarray(array))
        self._file.write(content)
        return coding.crc32c(content)

    def _finish(self) -> None:
        header = protos.BundleHeaderProto(num_shards=1)
        header.version.producer = 1
        entries = {bundles.HEADER_KEY: header} | self._entries
        with _unfinished(self._index).open("wb") as index:
            write_table(index, ((key, entries[key].SerializeToString()) for key in sorted(entries)))
        _unfinished(self._shard).replace(self._shard)
        _unfinished(self._index).replace(self._index)


def _unfinished(file: Path) -> Path:
    return file.with_name(f"{file.name}.unfinished")
