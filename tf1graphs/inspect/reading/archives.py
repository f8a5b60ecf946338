"""Members of zip archives, read without letting an archive fill memory or disk."""

from __future__ import annotations

import contextlib
import io
import os
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from tf1graphs.inspect.errors import InvalidFile

# Keras stores its members as they are. A few bytes of a compressed one can stand for any number.
_MOST_UNPACKED = 1 << 30
_PIECE = 1 << 20
_ENCRYPTED = 1
_LOCAL_SIGNATURE = b"PK\3\4"
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError)


class _Part(io.RawIOBase):
    """A part of a file as a file."""

    def __init__(self, file: IO[bytes], start: int, size: int) -> None:
        self._file, self._start, self._size, self._position = file, start, size, 0

    def close(self) -> None:
        self._file.close()
        super().close()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size}[whence]
        self._position = max(base + offset, 0)
        return self._position

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)[: max(self._size - self._position, 0)]
        self._file.seek(self._start + self._position)
        count = self._file.readinto(view)  # type: ignore[attr-defined]
        self._position += count
        return int(count)


def open_part(path: Path, start: int, size: int) -> IO[bytes]:
    """Opens ``size`` bytes of a file, from the byte ``start`` on, as a file."""
    return io.BufferedReader(_Part(path.open("rb"), start, size))


class ArchiveFile:
    """A zip archive, opened for reading; a context manager."""

    def __init__(self, path: Path) -> None:
        """Reads the list of members.

        Raises:
            InvalidFile: the file is no zip archive.
        """
        self._path = path
        try:
            self._archive = zipfile.ZipFile(path)
        except (OSError, *_BROKEN):
            raise InvalidFile(path, "damaged: no valid zip archive") from None

    def __enter__(self) -> ArchiveFile:
        return self

    def __exit__(self, *error: object) -> None:
        self._archive.close()

    def __contains__(self, name: str) -> bool:
        return name in self._archive.namelist()

    def _info(self, name: str) -> zipfile.ZipInfo:
        try:
            info = self._archive.getinfo(name)
        except KeyError:
            raise InvalidFile(self._path, f"it has no {name}") from None
        if info.flag_bits & _ENCRYPTED:
            raise InvalidFile(self._path, f"{name} is encrypted")
        return info

    def read(self, name: str, most: int) -> bytes:
        """The content of a member of at most so many bytes.

        Raises:
            InvalidFile: there is no such member, or it is damaged or larger.
        """
        info = self._info(name)
        if info.file_size > most:
            raise InvalidFile(self._path, f"{name} claims {info.file_size} bytes, more than it can need")
        try:
            with self._archive.open(info) as member:
                return member.read(most)
        except (OSError, *_BROKEN):
            raise InvalidFile(self._path, f"damaged: {name} cannot be read") from None

    @contextlib.contextmanager
    def place_of(self, name: str) -> Iterator[tuple[Path, int, int]]:
        """Where a member can be read: a file, the byte at which it begins, and its size.

        A compressed one is unpacked into a temporary file, which is gone afterwards.

        Raises:
            InvalidFile: there is no such member, or it is damaged or too large to be unpacked.
        """
        info = self._info(name)
        if info.compress_type == zipfile.ZIP_STORED:
            yield self._path, self._start_of(info), info.file_size
            return
        if info.file_size > _MOST_UNPACKED:
            raise InvalidFile(self._path, f"{name} would unpack to {info.file_size} bytes; unpack the archive first")
        with tempfile.NamedTemporaryFile() as out:
            self._unpack(info, out)
            out.flush()
            yield Path(out.name), 0, out.tell()

    def _start_of(self, info: zipfile.ZipInfo) -> int:
        """The bytes of a member stand behind a header, and behind two fields whose lengths it says."""
        with self._path.open("rb") as file:
            file.seek(info.header_offset)
            header = file.read(_LOCAL_HEADER.size)
        if len(header) == _LOCAL_HEADER.size:
            signature, name_length, extra_length = _LOCAL_HEADER.unpack(header)
            start = info.header_offset + len(header) + name_length + extra_length
            if signature == _LOCAL_SIGNATURE and start + info.file_size <= self._path.stat().st_size:
                return int(start)
        raise InvalidFile(self._path, f"damaged: {info.filename} does not lie in the archive")

    def _unpack(self, info: zipfile.ZipInfo, out: IO[bytes]) -> None:
        try:
            with self._archive.open(info) as member:
                while piece := member.read(_PIECE):
                    out.write(piece)
        except (OSError, *_BROKEN):
            raise InvalidFile(self._path, f"damaged: {info.filename} cannot be unpacked") from None
