"""The folders of exports: named after the second at which they are made."""

from __future__ import annotations

import os
import time
from typing import Any

from tensorflow.python.framework import errors_impl
from tensorflow.python.platform import gfile, tf_logging

from tf1graphs.v1.contrib.learn.utils import gc

MAX_DIRECTORY_CREATION_ATTEMPTS = 10
_DIGITS = 10


def get_timestamped_export_dir(export_dir_base: Any) -> bytes:
    """Returns the path of a folder that is not there yet, named after the time.

    Args:
        export_dir_base: The folder of all exports.

    Raises:
        RuntimeError: For ten seconds there has been one.
    """
    for _ in range(MAX_DIRECTORY_CREATION_ATTEMPTS):
        folder = os.path.join(os.fsencode(export_dir_base), str(int(time.time())).encode())
        if not gfile.Exists(folder):
            return folder
        time.sleep(1)
        tf_logging.warn("Export directory %s already exists; retrying", folder)
    raise RuntimeError(
        f"Failed to obtain a unique export directory name after {MAX_DIRECTORY_CREATION_ATTEMPTS} attempts."
    )


def get_temp_export_dir(timestamped_export_dir: Any) -> bytes:
    """Returns the path to write an export to before it gets its own, which a server would look into."""
    folder, name = os.path.split(os.fsencode(timestamped_export_dir))
    return os.path.join(folder, b"temp-" + name)


def _with_version(path: gc.Path) -> gc.Path | None:
    name = os.path.basename(path.path)
    return path._replace(export_version=int(name)) if len(name) == _DIGITS and name.isdigit() else None


def get_most_recent_export(export_dir_base: Any) -> gc.Path | None:
    """Returns the last export in a folder, or None."""
    found = gc.largest_export_versions(1)(gc.get_paths(export_dir_base, _with_version))
    return next(iter(found), None)


def garbage_collect_exports(export_dir_base: Any, exports_to_keep: int | None) -> None:
    """Deletes all but the last exports in a folder; None keeps them all."""
    if exports_to_keep is None:
        return
    old = gc.negation(gc.largest_export_versions(exports_to_keep))
    for path in old(gc.get_paths(export_dir_base, _with_version)):
        try:
            gfile.DeleteRecursively(path.path)
        except errors_impl.NotFoundError as error:
            tf_logging.warn("Can not delete %s recursively: %s", path.path, error)
