"""Where downloaded files are kept."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path


def directory(collection: str) -> Path:
    """Return the folder of a collection of files, such as ``mnist``.

    Returns:
        ``$TF1GRAPHS_DATA/<collection>``, or the same in the platform's user cache.
    """
    root = os.environ.get("TF1GRAPHS_DATA")
    if root:
        return Path(root) / collection
    # Imported here because reading from a directory does without it.
    import pooch

    return Path(pooch.os_cache("tf1graphs")) / collection


def file(collection: str, name: str, checksum: str, mirrors: Sequence[str], title: str) -> Path:
    """Return a file of the cache, downloaded first if it is not there.

    Args:
        collection: The folder.
        name: The file's name in the folder and at the mirrors.
        checksum: Its SHA-256 in hexadecimal digits, or ``md5:`` and the MD5 where only that is published.
        mirrors: Addresses, each ending in a slash.
        title: What the file is, and how large.

    Raises:
        UnavailableError: As ``download.files`` raises it: no network.
        DatasetError: As ``download.files`` raises it: the wrong file, or no place for it.
    """
    path = directory(collection) / name
    if not path.exists():
        # Only a download needs pooch, requests and rich, which are slow to import.
        from . import download

        download.files(path.parent, {name: checksum}, mirrors, title)
    return path
