"""Reading the IDX files in which MNIST and its kin are published.

The format is described at the foot of the MNIST page,
http://yann.lecun.com/exdb/mnist/: two zero bytes, one byte for the element type (8 is
the unsigned byte), one byte for the number of dimensions, each dimension as a big-endian
32-bit integer, then the elements in row-major order.
"""

from __future__ import annotations

import gzip
import math
import os
import struct
import zlib
from pathlib import Path
from typing import BinaryIO, NoReturn

import numpy as np
import numpy.typing as npt

from .errors import DatasetError

_GZIP_MAGIC = b"\x1f\x8b"
_UNSIGNED_BYTE = 0x08
# Deflate cannot expand further than this (zlib.net/zlib_tech.html), so a header that
# promises more than this many times the file's size lies, and nothing need be unpacked.
_MOST_EXPANSION = 1032
_CHUNK = 1 << 20


def read_idx(path: Path, item_shape: tuple[int, ...]) -> npt.NDArray[np.uint8]:
    """Read an IDX file of unsigned bytes, gzipped or not.

    Whether the file is gzipped is read from its first bytes and not from its name,
    because browsers unpack such a download and keep the name. No more memory is taken
    than the file can fill, whatever its header says.

    Args:
        path: The file.
        item_shape: The shape that each item must have; () for a file of labels.

    Returns:
        The items, uint8 [n, *item_shape].

    Raises:
        DatasetError: If the file cannot be read, is not an IDX file of unsigned bytes
            of that shape, or holds fewer or more bytes than its header says.
    """
    try:
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            gzipped = file.read(len(_GZIP_MAGIC)) == _GZIP_MAGIC
            file.seek(0)
            if not gzipped:
                return _read_plain(path, file, size, item_shape)
            with gzip.GzipFile(fileobj=file) as unpacked:
                return _read_plain(path, unpacked, size * _MOST_EXPANSION, item_shape)
    except EOFError:
        _refuse(path, "is truncated within its gzip data")
    except (gzip.BadGzipFile, zlib.error) as error:
        _refuse(path, f"has damaged gzip data ({error})")
    except OSError as error:
        raise DatasetError(f"{path} cannot be read ({error.strerror or error}); make it a readable file") from error


def _read_plain(
    path: Path, stream: BinaryIO | gzip.GzipFile, most_bytes: int, item_shape: tuple[int, ...]
) -> npt.NDArray[np.uint8]:
    """Read unpacked IDX data that can be no longer than ``most_bytes``."""
    dimensions = 1 + len(item_shape)
    header = stream.read(4 + 4 * dimensions)
    _check_magic(path, header[:4], dimensions)
    if len(header) < 4 + 4 * dimensions:
        _refuse(path, "is truncated within its header")
    count, *found_shape = struct.unpack(f">{dimensions}I", header[4:])
    if tuple(found_shape) != item_shape:
        _refuse(path, f"holds items of shape {found_shape}, not {list(item_shape)}")
    wanted = count * math.prod(item_shape)
    if len(header) + wanted > most_bytes:
        _refuse(path, f"is truncated: too small for the {count} items that its header promises")
    body = _read_at_most(stream, wanted + 1)
    if len(body) < wanted:
        _refuse(path, f"is truncated: {len(body)} bytes where its header promises {wanted}")
    if len(body) > wanted:
        _refuse(path, f"goes on after the {wanted} bytes that its header promises")
    items: npt.NDArray[np.uint8] = np.frombuffer(body, np.uint8).reshape(count, *item_shape)
    return items


def _check_magic(path: Path, magic: bytes, dimensions: int) -> None:
    """Refuse a file that does not begin as an IDX file of these dimensions."""
    expected = bytes([0, 0, _UNSIGNED_BYTE, dimensions])
    if magic == expected:
        return
    if len(magic) < len(expected):
        _refuse(path, "is truncated within its magic number")
    if magic[:2] != expected[:2]:
        what = "it is not an IDX file"
    elif magic[2] != _UNSIGNED_BYTE:
        what = "its elements are not unsigned bytes"
    else:
        what = f"it has {magic[3]} dimensions, not {dimensions}"
    _refuse(path, f"has the magic number 0x{magic.hex()}, not 0x{expected.hex()}: {what}")


def _read_at_most(stream: BinaryIO | gzip.GzipFile, limit: int) -> bytearray:
    """Read ``limit`` bytes, or all there are.

    One read of ``limit`` bytes would set that much memory aside before looking at the
    data; chunks take only what the data fills.
    """
    body = bytearray()
    while chunk := stream.read(min(_CHUNK, limit - len(body))):
        body += chunk
    return body


def _refuse(path: Path, what: str) -> NoReturn:
    """Raise the error that names the file, what is wrong with it, and the remedy."""
    raise DatasetError(f"{path} {what}; replace it with a whole copy, or delete it")
