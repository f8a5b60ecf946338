"""Sorted tables, the format of checkpoint indexes: LevelDB's ``table_format.md``, with TensorFlow's magic number."""

from __future__ import annotations

import mmap
import os
import struct
from collections.abc import Iterator
from pathlib import Path

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.reading import coding

MAGIC = 0xDB4775248B80FB57
FOOTER_BYTES = 48
TRAILER_BYTES = 5
UNCOMPRESSED = 0
_DAMAGED = "the table is damaged: copy the file again"


def is_table(path: Path) -> bool:
    """Whether a file ends as a table does."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - 8, 0))
        return file.read(8) == MAGIC.to_bytes(8, "little")


class Table:
    """The keys and values of a table file, in the order of its keys, read as they are asked for."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Opens the table.

        Raises:
            InvalidFile: there is no such file, or it is no table.
        """
        self.path = Path(path)
        try:
            with self.path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except OSError as error:
            raise InvalidFile(path, str(error.strerror)) from None
        except ValueError:
            raise InvalidFile(path, "the file is empty") from None
        footer = self._data[-FOOTER_BYTES:]
        if len(footer) < FOOTER_BYTES or footer[-8:] != MAGIC.to_bytes(8, "little"):
            raise InvalidFile(path, "no checkpoint, or one whose end is missing")
        self._footer = footer

    def items(self) -> Iterator[tuple[bytes, memoryview]]:
        """All keys with their values.

        Raises:
            InvalidFile: a block of the table is damaged.
        """
        try:
            _, offset = self._handle(self._footer, 0)
            index, _ = self._handle(self._footer, offset)
            for _, handle in self._entries(*index):
                block, _ = self._handle(handle, 0)
                yield from self._entries(*block)
        except (ValueError, IndexError, struct.error):
            raise InvalidFile(self.path, _DAMAGED) from None

    @staticmethod
    def _handle(data: bytes | memoryview, offset: int) -> tuple[tuple[int, int], int]:
        start, offset = coding.read_varint(data, offset)
        size, offset = coding.read_varint(data, offset)
        return (start, size), offset

    def _block(self, start: int, size: int) -> memoryview:
        """The content of a block whose checksum is right."""
        if start + size + TRAILER_BYTES > len(self._data):
            raise InvalidFile(self.path, "a block lies behind the end of the file, which was cut off: copy it again")
        view = memoryview(self._data)[start : start + size + TRAILER_BYTES]
        (checksum,) = struct.unpack("<I", view[-4:])
        if coding.masked(coding.crc32c(view[:-4])) != checksum:
            raise InvalidFile(self.path, f"wrong checksum at byte {start}; {_DAMAGED}")
        if view[size] != UNCOMPRESSED:
            raise InvalidFile(self.path, f"the block at byte {start} is compressed, as no TensorFlow writes it")
        return view[:size]

    def _entries(self, start: int, size: int) -> Iterator[tuple[bytes, memoryview]]:
        """Keys share their beginnings: an entry says how many bytes of the key before it holds."""
        block = self._block(start, size)
        (restarts,) = struct.unpack("<I", block[-4:])
        end = size - 4 - 4 * restarts
        key, offset = b"", 0
        while offset < end:
            shared, offset = coding.read_varint(block, offset)
            own, offset = coding.read_varint(block, offset)
            length, offset = coding.read_varint(block, offset)
            if shared > len(key) or offset + own + length > end:
                raise ValueError("an entry is longer than its block")
            key = key[:shared] + bytes(block[offset : offset + own])
            offset += own
            yield key, block[offset : offset + length]
            offset += length
