"""How numbers, names and checksums are written in TensorFlow's tables and bundles.

Sources: LevelDB's ``coding.h`` (varints) and ``crc32c.h`` (masked checksums), TensorFlow's ``ordered_code.h``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_MASK_DELTA = 0xA282EAD8
_PIECE = 1 << 20
_LONGEST_VARINT = 10


def read_varint(data: Any, offset: int) -> tuple[int, int]:
    """The number at ``offset``, seven bits a byte, and the offset behind it.

    Raises:
        ValueError: the data end within the number, or it is longer than 64 bits.
    """
    value = 0
    for place, byte in enumerate(data[offset : offset + _LONGEST_VARINT]):
        value |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:
            return value, offset + place + 1
    raise ValueError("no complete varint")


def varint(value: int) -> bytes:
    """A number that is not negative, seven bits a byte."""
    encoded = bytearray()
    while value >= 0x80:
        encoded.append(value & 0x7F | 0x80)
        value >>= 7
    encoded.append(value)
    return bytes(encoded)


def crc32c(data: Any, value: int = 0) -> int:
    """The CRC-32C of bytes or of a view of bytes, going on from ``value``."""
    import google_crc32c

    view = memoryview(data)
    # The library takes nothing that can be written to, so that it gets a copy of one piece at a time.
    for start in range(0, len(view), _PIECE):
        value = google_crc32c.extend(value, bytes(view[start : start + _PIECE]))
    return value


def masked(checksum: int) -> int:
    """A checksum as files hold it, so that the checksum of data with checksums stays good."""
    return ((checksum >> 15 | checksum << 17) + _MASK_DELTA) & 0xFFFFFFFF


def _ordered_number(value: int) -> bytes:
    content = value.to_bytes((value.bit_length() + 7) // 8, "big")
    return bytes([len(content)]) + content


def _ordered_signed_number(value: int) -> bytes:
    """As many leading ones as there are bytes, then the number; a negative one has all bits turned."""
    size = ((~value if value < 0 else value).bit_length() + 7) // 7
    header = ((1 << size) - 1) << (7 * size)
    return ((value & ((1 << (8 * size)) - 1)) ^ header).to_bytes(size, "big")


def _ordered_string(text: str) -> bytes:
    """The bytes 0 and 255 would be escaped; UTF-8 has no 255."""
    return text.encode().replace(b"\x00", b"\x00\xff") + b"\x00\x01"


def slice_key(name: str, extents: Sequence[tuple[int, int]]) -> bytes:
    """The key of one slice of a tensor; ``extents`` are start and length by dimension, length -1 for all of it."""
    numbers = [number for extent in extents for number in extent]
    return b"".join(
        [
            _ordered_number(0),
            _ordered_string(name),
            _ordered_number(len(extents)),
            *map(_ordered_signed_number, numbers),
        ]
    )


def name_in_key(key: bytes) -> str:
    """The tensor's name in a key that ``slice_key`` made.

    Raises:
        ValueError: the key is none of a slice.
    """
    end = key.find(b"\x00\x01", 1)
    if not key.startswith(b"\x00") or end < 0:
        raise ValueError("no key of a slice")
    return key[1:end].replace(b"\x00\xff", b"\x00").decode()
