"""Says of files in a folder that is not there what 1.15 said; today there are just no such files.

Source: ``GetMatchingPaths`` in ``core/platform/file_system_helper.cc`` of 1.15, which listed the folder before the
first wildcard. The ops that list files are kernels, and keep today's answer.
"""

from __future__ import annotations

import functools
import os
import re
from typing import Any

_WILDCARD = re.compile(r"[*?\[\\]")


def _missing(pattern: Any) -> tuple[str, str] | None:
    """Returns what is wrong with the folder of a local pattern: the kind of error, and its text."""
    path = os.fsdecode(pattern)
    folder = os.path.dirname(_WILDCARD.split(path)[0])
    if "://" in path or not folder:
        return None
    try:
        os.scandir(folder).close()
    except NotADirectoryError:
        return "Failed precondition", f"{folder}; Not a directory"
    except FileNotFoundError:
        return "Not found", f"{folder}; No such file or directory"
    return None


def restore() -> None:
    """Changes the functions that list files and open checkpoints, for this process."""
    from tensorflow.python.framework import errors_impl
    from tensorflow.python.lib.io import file_io
    from tensorflow.python.training import py_checkpoint_reader

    errors = {"Failed precondition": errors_impl.FailedPreconditionError, "Not found": errors_impl.NotFoundError}
    list_files = file_io.get_matching_files_v2
    open_checkpoint = py_checkpoint_reader.NewCheckpointReader

    @functools.wraps(list_files)
    def list_files_in_folder(pattern: Any) -> Any:
        for each in pattern if isinstance(pattern, (list, tuple)) else [pattern]:
            missing = _missing(each)
            if missing:
                raise errors[missing[0]](None, None, missing[1])
        return list_files(pattern)

    @functools.wraps(open_checkpoint)
    def open_checkpoint_in_folder(filepattern: Any) -> Any:
        missing = _missing(filepattern)
        if missing:
            listing = f"Failed to get matching files on {os.fsdecode(filepattern)}: {': '.join(missing)}"
            text = f"Unsuccessful TensorSliceReader constructor: {listing}"
            raise errors_impl.InvalidArgumentError(None, None, text)
        return open_checkpoint(filepattern)

    file_io.get_matching_files_v2 = list_files_in_folder
    py_checkpoint_reader.NewCheckpointReader = open_checkpoint_in_folder
