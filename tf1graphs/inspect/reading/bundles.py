"""Checkpoints of version 2: an index, which is a table, and files of data. Source: TensorFlow's ``tensor_bundle.h``."""

from __future__ import annotations

import functools
import math
import struct
from pathlib import Path
from typing import Any

import numpy as np

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.reading import coding, dtypes, protos, slices, tensors
from tf1graphs.inspect.reading.checkpoints import Checkpoint, Entry
from tf1graphs.inspect.reading.tables import Table

HEADER_KEY = b""
_SLICE_KEYS = b"\x00"
_BIG_ENDIAN = 1
_CHECKSUM_BYTES = 4


def index_of(prefix: Path) -> Path:
    """The index of a checkpoint."""
    return prefix.with_name(f"{prefix.name}.index")


def shard_of(prefix: Path, shard: int, shards: int) -> Path:
    """One of the files of data of a checkpoint."""
    return prefix.with_name(f"{prefix.name}.data-{shard:05d}-of-{shards:05d}")


def bytes_of(array: np.ndarray) -> memoryview:
    """The memory of a contiguous array, whatever its dtype."""
    return array.reshape(-1).view(np.uint8).data


def checksum_of_lengths(lengths: list[int]) -> int:
    """What the lengths of strings add to a checksum: each as 32 bits, as 64 where it does not fit."""
    return coding.crc32c(b"".join(struct.pack("<I" if length < 1 << 32 else "<Q", length) for length in lengths))


class Bundle(Checkpoint):
    """A checkpoint of version 2, name-based or object-based."""

    format = "V2"

    def __init__(self, prefix: Path) -> None:
        """Reads the index.

        Raises:
            InvalidFile: it is damaged, or does not fit the files of data.
        """
        self.path = prefix
        self._index = index_of(prefix)
        self._protos = {key: self._parse(key, value) for key, value in Table(self._index).items()}
        header = self._protos.pop(HEADER_KEY, None)
        if header is None:
            raise InvalidFile(self._index, "no index of a checkpoint: it has no header")
        if header.endianness == _BIG_ENDIAN:
            raise InvalidFile(self._index, "written on a big-endian machine; read it there and save it again")
        self._shards = header.num_shards
        self._size_of_shard = functools.cache(self._stat)
        keys = {key.decode("utf-8", "replace"): key for key in self._protos if not key.startswith(_SLICE_KEYS)}
        self.entries = {name: self._entry(name, self._protos[key]) for name, key in sorted(keys.items())}

    def read(self, name: str) -> np.ndarray:
        """Reads the bytes of the tensor and checks their checksum."""
        entry, proto = self.entries[name], self._protos[name.encode()]
        if not proto.slices:
            return self._values(proto, entry.shape)
        places = [place for place, _ in self._parts(name, proto)]
        # Savers that name each slice as a tensor of its own leave such entries; nothing is damaged then.
        if not slices.cover(places, entry.shape):
            raise InvalidFile(self._index, f"only some slices of {name} were saved, not all of {list(entry.shape)}")
        parts = [(place, self._values(part, slices.shape_of(place))) for place, part in self._parts(name, proto)]
        return slices.join(parts, entry.shape)

    def _parse(self, key: bytes, value: memoryview) -> Any:
        message = protos.BundleHeaderProto if key == HEADER_KEY else protos.BundleEntryProto
        return protos.parse(message, bytes(value), self._index)

    def _stat(self, shard: int) -> int:
        file = shard_of(self.path, shard, self._shards)
        try:
            return file.stat().st_size
        except OSError as error:
            raise InvalidFile(file, f"{error.strerror}: the index is of no use without it") from None

    def _shape(self, name: str, proto: Any) -> tuple[int, ...]:
        shape = tensors.complete(tensors.shape_of(proto.shape))
        if shape is None:
            raise InvalidFile(self._index, f"{name} has no complete shape")
        return shape

    def _entry(self, name: str, proto: Any) -> Entry:
        shape = self._shape(name, proto)
        dtype = dtypes.name_of(proto.dtype)
        if not proto.slices:
            self._check(name, proto, shape)
            return Entry(name, dtype, shape, proto.size)
        parts = self._parts(name, proto)
        for place, part in parts:
            self._check(name, part, slices.shape_of(place))
        return Entry(name, dtype, shape, sum(part.size for _, part in parts), len(parts))

    def _parts(self, name: str, proto: Any) -> list[tuple[tuple[slice, ...], Any]]:
        """The slices of a partitioned tensor: the place of each, and its own entry."""
        try:
            parts = []
            for part in proto.slices:
                extents = slices.extents_of(part)
                place = slices.place_of(extents, self._shape(name, proto))
                parts.append((place, self._protos[coding.slice_key(name, extents)]))
            return parts
        except (ValueError, OverflowError, KeyError):
            raise InvalidFile(self._index, f"the slices of {name} are damaged") from None

    def _check(self, name: str, proto: Any, shape: tuple[int, ...]) -> None:
        """Refuses an entry that does not lie in its file, or whose bytes are too few or many for its shape."""
        dtype = dtypes.numpy_dtype(dtypes.name_of(proto.dtype))
        in_shards = 0 <= proto.shard_id < self._shards
        if not in_shards or proto.offset < 0 or proto.size < 0:
            raise InvalidFile(self._index, f"the entry of {name} is damaged")
        if proto.offset + proto.size > self._size_of_shard(proto.shard_id):
            shard = shard_of(self.path, proto.shard_id, self._shards)
            raise InvalidFile(shard, f"the file ends before {name} does; it was cut off: copy it again")
        if dtype is not None and proto.size != math.prod(shape) * dtype.itemsize:
            raise InvalidFile(self._index, f"{name} of shape {list(shape)} has {proto.size} bytes")

    def _values(self, proto: Any, shape: tuple[int, ...]) -> np.ndarray:
        name = dtypes.name_of(proto.dtype)
        dtype = dtypes.numpy_dtype(name)
        shard = shard_of(self.path, proto.shard_id, self._shards)
        if dtype is None and name != "string":
            raise InvalidFile(shard, f"values of dtype {name} cannot be read outside of TensorFlow")
        with shard.open("rb") as file:
            file.seek(proto.offset)
            content = np.fromfile(file, np.uint8, proto.size)
        if dtype is None:
            values, checksum = self._strings(content.tobytes(), math.prod(shape), shard)
        else:
            values, checksum = content.view(dtype), coding.crc32c(bytes_of(content))
        if coding.masked(checksum) != proto.crc32c:
            raise InvalidFile(shard, f"wrong checksum at byte {proto.offset}: the file is damaged, copy it again")
        return values.reshape(shape)

    def _strings(self, content: bytes, count: int, shard: Path) -> tuple[np.ndarray, int]:
        """Strings stand behind their lengths and the checksum of these; the values, and the checksum of all."""
        if count > len(content):
            raise InvalidFile(shard, f"{count} strings cannot lie in {len(content)} bytes")
        lengths, offset = [], 0
        try:
            for _ in range(count):
                length, offset = coding.read_varint(content, offset)
                lengths.append(length)
        except ValueError:
            raise InvalidFile(shard, "the lengths of strings are damaged") from None
        start = offset + _CHECKSUM_BYTES
        if start + sum(lengths) != len(content):
            raise InvalidFile(shard, "strings are longer or shorter than the file says")
        values = np.empty(count, object)
        for place, length in enumerate(lengths):
            values[place] = content[start : start + length]
            start += length
        return values, coding.crc32c(content[offset:], checksum_of_lengths(lengths))
