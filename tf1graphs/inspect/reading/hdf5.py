"""HDF5 files as Keras writes them: text in attributes, and what arrays there are. The values of arrays are not read.

HDF5's library is no match for damaged files: on some it runs without end, on others it ends the process. So it reads
them in a process of its own, whose time and memory are limited.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tf1graphs.inspect.errors import InvalidFile

HDF5_SIGNATURE = b"\x89HDF\r\n\x1a\n"
_READER = "tf1graphs.inspect.reading.hdf5_process"
_PACKAGES = Path(__file__).parents[3]
_SECONDS = 60.0


@dataclass(frozen=True)
class Dataset:
    """An array in the file.

    Attributes:
        path: the names of the groups that lead to it, and its own.
        shape: of the array.
        dtype: NumPy's name of it.
        owner: what the group says whose it is: Keras 3 writes the name of the layer there; empty if it says nothing.
    """

    path: tuple[str, ...]
    shape: tuple[int, ...]
    dtype: str
    owner: str


@dataclass(frozen=True)
class Hdf5Content:
    """What is in an HDF5 file.

    Attributes:
        texts: the attributes of the file that are text, and those of its groups as ``"group/attribute"``.
        datasets: its arrays, group by group, in the order that Keras lists them in.
    """

    texts: dict[str, str]
    datasets: tuple[Dataset, ...]


def read_hdf5(path: Path, start: int = 0, size: int | None = None, shown: Path | None = None) -> Hdf5Content:
    """Reads an HDF5 file, or the one that lies in ``size`` bytes of another from the byte ``start`` on.

    Links to other files are not followed.

    Args:
        path: the file.
        start: where HDF5 begins in it.
        size: its bytes; None for all of the file.
        shown: the path that errors name, if it is another.

    Raises:
        InvalidFile: it is no HDF5 file, or damaged.
    """
    shown = shown or path
    size = path.stat().st_size if size is None else size
    # In this working directory a module of the package is found, and none that lies beside the user's files.
    command = [sys.executable, "-m", _READER, str(path.resolve()), f"{start}", f"{size}"]
    try:
        done = subprocess.run(command, cwd=_PACKAGES, capture_output=True, timeout=_SECONDS, check=False)
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise InvalidFile(shown, "damaged: HDF5's library fails on it") from None
    if "problem" in answer:
        raise InvalidFile(shown, f"damaged: {answer['problem']}")
    datasets = [Dataset(tuple(names), tuple(shape), dtype, owner) for names, shape, dtype, owner in answer["datasets"]]
    return Hdf5Content(answer["texts"], tuple(datasets))
