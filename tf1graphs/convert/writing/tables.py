"""Writes sorted tables, the format of checkpoint indexes: LevelDB's ``table_format.md``, TensorFlow's magic number."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable
from typing import BinaryIO

from tf1graphs.inspect.reading import coding, tables

_BLOCK_BYTES = 1 << 18  # As TensorFlow's own tables.
_ENTRIES_TO_A_RESTART = 16


class _Block:
    """Entries with rising keys, of which each says how many bytes it shares with the one before."""

    def __init__(self, entries_to_a_restart: int) -> None:
        self._content = bytearray()
        self.last_key = b""
        self._restarts = [0]
        self._entries = 0
        self._entries_to_a_restart = entries_to_a_restart

    def add(self, key: bytes, value: bytes) -> None:
        shared = 0
        if self._entries and self._entries % self._entries_to_a_restart == 0:
            self._restarts.append(len(self._content))
        else:
            pairs = zip(key, self.last_key, strict=False)
            shared = next((place for place, (one, other) in enumerate(pairs) if one != other), len(self.last_key))
        own = key[shared:]
        self._content += coding.varint(shared) + coding.varint(len(own)) + coding.varint(len(value)) + own + value
        self.last_key = key
        self._entries += 1

    def is_full(self) -> bool:
        """Whether LevelDB would begin another block."""
        return len(self._content) + 4 * (len(self._restarts) + 1) >= _BLOCK_BYTES

    def finished(self) -> bytes:
        restarts = [*self._restarts, len(self._restarts)]
        return bytes(self._content) + struct.pack(f"<{len(restarts)}I", *restarts)


def _write_block(file: BinaryIO, block: _Block) -> bytes:
    """Writes a block with its trailer; its handle, which is where it starts and how long it is."""
    content, start = block.finished(), file.tell()
    kind = bytes([tables.UNCOMPRESSED])
    checksum = coding.masked(coding.crc32c(content + kind))
    file.write(content + kind + struct.pack("<I", checksum))
    return coding.varint(start) + coding.varint(len(content))


def _successor(key: bytes) -> bytes:
    """A short key that is not before ``key``."""
    place = next((place for place, byte in enumerate(key) if byte < 0xFF), None)
    return key if place is None else key[:place] + bytes([key[place] + 1])


def _separator(key: bytes, following: bytes) -> bytes:
    """A short key that is not before ``key`` and before ``following``."""
    place = len(os.path.commonprefix([key, following]))
    if place < len(key) and key[place] + 1 < following[place]:
        return key[:place] + bytes([key[place] + 1])
    return key


def write_table(file: BinaryIO, items: Iterable[tuple[bytes, bytes]]) -> None:
    """Writes a table; ``items`` are keys and values, sorted by key, at least one."""
    index, block = _Block(1), _Block(_ENTRIES_TO_A_RESTART)
    for key, value in items:
        if block.is_full():
            index.add(_separator(block.last_key, key), _write_block(file, block))
            block = _Block(_ENTRIES_TO_A_RESTART)
        block.add(key, value)
    index.add(_successor(block.last_key), _write_block(file, block))
    handles = _write_block(file, _Block(1)) + _write_block(file, index)
    padding = bytes(tables.FOOTER_BYTES - 8 - len(handles))
    file.write(handles + padding + tables.MAGIC.to_bytes(8, "little"))
