"""The format of a recording: one JSON object a line, written as things happen, so that memory stays bounded.

The first line names format and version. Every other one has a ``kind``; arrays are objects with ``dtype`` and
``shape``, and either all ``values`` of a small one, or the base64 ``bytes`` of its elements, little-endian. Of an
array past ``LARGEST_WHOLE`` elements only one of ``every`` so many is kept, beside ``norm`` and ``sum`` of all.
"""

from __future__ import annotations

import base64
import gzip
import json
import threading
from typing import IO, Any

import numpy as np

FORMAT = "tf1graphs recording"
VERSION = 1
LARGEST_WRITTEN_OUT = 16
LARGEST_WHOLE = 4096


def is_numeric(array: np.ndarray) -> bool:
    """Whether an array holds numbers or truth values, and not text or objects."""
    return bool(array.dtype.kind in "biufc") or array.dtype.name == "bfloat16"


def encode(value: Any, whole: bool = False) -> dict[str, Any]:
    """Returns the JSON form of a numeric array; ``whole`` keeps every element whatever its size."""
    array = np.asarray(value)
    if array.dtype.name == "bfloat16":
        array = array.astype(np.float32)
    form: dict[str, Any] = {"dtype": array.dtype.name, "shape": list(array.shape)}
    if array.size <= LARGEST_WRITTEN_OUT and array.dtype.kind != "c":
        form["values"] = array.ravel().tolist()
        return form
    kept = array.ravel()
    if not whole and array.size > LARGEST_WHOLE:
        with np.errstate(all="ignore"):
            wide = kept.astype(np.complex128 if array.dtype.kind == "c" else np.float64)
            form["norm"] = float(np.linalg.norm(wide))
            form["sum"] = float(np.real(wide.sum()))
        form["every"] = _every(array.size, LARGEST_WHOLE)
        kept = kept[:: form["every"]]
    little = kept.astype(kept.dtype.newbyteorder("<"))
    form["bytes"] = base64.b64encode(little.tobytes()).decode("ascii")
    return form


def _every(size: int, largest: int) -> int:
    """Returns the smallest power of three that leaves at most ``largest`` of ``size`` elements.

    So the elements that one recording keeps are among those of a fuller one, and all columns of matrices are among
    them, whose lengths are often powers of two.
    """
    every = 1
    while -(-size // every) > largest:
        every *= 3
    return every


def thinned(form: dict[str, Any], largest: int) -> dict[str, Any]:
    """Returns a form that ``encode`` has made with at most ``largest`` elements left."""
    size = int(np.prod(form["shape"]))
    if size <= largest:
        return form
    dtype = np.dtype(form["dtype"]).newbyteorder("<")
    kept = np.frombuffer(base64.b64decode(form["bytes"]), dtype)
    with np.errstate(all="ignore"):
        totals = {"norm": float(np.linalg.norm(kept.astype(np.complex128))), "sum": float(np.real(kept.sum()))}
    every = _every(size, largest)
    fewer = kept[:: every // form.get("every", 1)]
    encoded = base64.b64encode(fewer.tobytes()).decode("ascii")
    return dict(totals, **dict(form, every=every, bytes=encoded))


def decode(form: dict[str, Any]) -> np.ndarray:
    """Returns the elements that ``encode`` has kept, flat."""
    dtype = np.dtype(form["dtype"])
    if "values" in form:
        return np.array(form["values"], dtype)
    return np.frombuffer(base64.b64decode(form["bytes"]), dtype.newbyteorder("<")).astype(dtype)


class Stream:
    """Writes events to a file; threads may share it."""

    def __init__(self, path: str, **header: Any) -> None:
        self._file = open(path, "w", encoding="utf-8")  # noqa: SIM115 closed by close()
        self._lock = threading.RLock()
        self.write("header", format=FORMAT, version=VERSION, **header)

    def write(self, kind: str, **fields: Any) -> None:
        """Appends one event."""
        line = json.dumps(dict(fields, kind=kind))
        with self._lock:
            if not self._file.closed:
                self._file.write(line + "\n")

    def close(self) -> None:
        """Ends the recording; later events are dropped."""
        with self._lock:
            self._file.close()


def reading(path: Any) -> IO[str]:
    """Opens a recording for reading, gzipped or not."""
    path = str(path)
    return gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8")
