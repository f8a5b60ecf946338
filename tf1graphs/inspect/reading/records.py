"""TFRecord files, record by record.

A record is its length in 8 bytes, their checksum in 4, the data, and its checksum in 4, all little-endian; a checksum
is CRC32C, rotated and with a constant added ("masked"), as TensorFlow's ``record_writer.h`` says.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.reading import coding

_HEADER = struct.Struct("<QI")
_FOOTER = struct.Struct("<I")
# No message is larger, and neither TensorFlow nor TensorBoard reads a larger one.
_MOST_BYTES = 2**31 - 1


def masked_checksum(data: bytes) -> int:
    """The checksum that stands behind ``data``."""
    return coding.masked(coding.crc32c(data))


def frame(data: bytes) -> bytes:
    """The bytes of a record that holds ``data``."""
    length = struct.pack("<Q", len(data))
    return b"".join([length, _FOOTER.pack(masked_checksum(length)), data, _FOOTER.pack(masked_checksum(data))])


def starts_with_record(path: str | os.PathLike[str]) -> bool:
    """Whether a file begins with the length of a record and its checksum, whatever its name."""
    try:
        with open(path, "rb") as file:
            header = file.read(_HEADER.size)
    except OSError:
        return False
    return len(header) == _HEADER.size and masked_checksum(header[:8]) == _HEADER.unpack(header)[1]


class RecordFile:
    """The records of a file, read one at a time.

    Attributes:
        path: the file.
        size: its bytes when it was opened; what is appended later is not read.
        position: the bytes read so far.
        is_cut: whether the last record ends before it is complete, as that of a file that is still written does. It is
            known at the end.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Looks at the file and does not open it.

        Raises:
            InvalidFile: there is no such file.
        """
        self.path = Path(path)
        self.position = 0
        self.is_cut = False
        try:
            self.size = self.path.stat().st_size
        except OSError as error:
            raise InvalidFile(self.path, str(error.strerror)) from None

    def __iter__(self) -> Iterator[bytes]:
        """Yields the data of each record from the first on.

        Raises:
            InvalidFile: a checksum is wrong or the file cannot be read, with the byte at which the record begins.
        """
        self.position = 0
        try:
            with self.path.open("rb") as file:
                while (data := self._next(file)) is not None:
                    yield data
        except OSError as error:
            raise InvalidFile(self.path, str(error.strerror)) from None

    def _next(self, file: IO[bytes]) -> bytes | None:
        left = self.size - self.position
        if left < _HEADER.size:
            self.is_cut = left > 0
            return None
        header = file.read(_HEADER.size)
        if len(header) < _HEADER.size:
            self.is_cut = True
            return None
        length, checksum = _HEADER.unpack(header)
        if masked_checksum(header[:8]) != checksum:
            raise self._damage("the length of the record has a wrong checksum")
        if length > _MOST_BYTES:
            raise self._damage(f"the record claims {length} bytes, more than a record can hold")
        if _HEADER.size + length + _FOOTER.size > left:
            self.is_cut = True
            return None
        content = file.read(length + _FOOTER.size)
        if len(content) < length + _FOOTER.size:
            self.is_cut = True
            return None
        data = content[:length]
        if masked_checksum(data) != _FOOTER.unpack_from(content, length)[0]:
            raise self._damage("the data of the record has a wrong checksum")
        self.position += _HEADER.size + len(content)
        return data

    def _damage(self, problem: str) -> InvalidFile:
        return InvalidFile(self.path, f"damaged at byte {self.position}: {problem}")
