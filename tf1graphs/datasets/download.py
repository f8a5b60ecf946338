"""Downloading files into the cache, from the first mirror that has a good copy."""

from __future__ import annotations

import logging
import os
import queue
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pooch
import requests

from .errors import DatasetError, UnavailableError
from .progress import Bar, bars

PATIENCE = 2.0
"""Seconds that a mirror has to show that it is there."""

STALL = 10.0
"""Seconds without a byte after which a download that began is given up."""

_CHUNK = 1 << 16


def files(directory: Path, checksums: Mapping[str, str], mirrors: Sequence[str], title: str) -> None:
    """Download files into the cache.

    Each file gets its name only after its checksum was found right, so that a download
    that broke off is never taken for a whole one; a further call begins that file again.

    Args:
        directory: The cache directory, made if need be.
        checksums: The checksum of each file, by name, as ``pooch`` takes it: the hexadecimal digits of its SHA-256,
            or another algorithm, a colon and the digits, as ``md5:...``.
        mirrors: Addresses, each ending in a slash, before a file's name.
        title: What the files are, and how large.

    Raises:
        UnavailableError: If the network is switched off by ``TF1GRAPHS_OFFLINE``, no
            mirror answers in time, or none of them hands out a file.
        DatasetError: If the directory cannot be written, or mirrors hand out a file with
            a wrong checksum and none a good one.
    """
    if os.environ.get("TF1GRAPHS_OFFLINE", "0") not in ("", "0"):
        raise UnavailableError("TF1GRAPHS_OFFLINE is set")
    mirrors = answering(mirrors, next(iter(checksums)))
    if not mirrors:
        raise UnavailableError(f"no mirror answered within {PATIENCE:g} s")
    display = bars()
    if display.disable:
        print(f"tf1graphs: downloading {title} into {directory}", file=sys.stderr)
    with display, _quiet_pooch():
        for name, checksum in checksums.items():
            good = fetch(directory, name, checksum, mirrors, Bar(display, name))
            mirrors = [good, *(mirror for mirror in mirrors if mirror != good)]


def answering(mirrors: Sequence[str], name: str) -> list[str]:
    """Return the mirrors that say within ``PATIENCE`` seconds that they have a file.

    Args:
        mirrors: Addresses, each ending in a slash.
        name: The file.

    Returns:
        The mirrors that have it, in the order given.
    """
    answers: queue.SimpleQueue[tuple[str, bool]] = queue.SimpleQueue()

    def ask(mirror: str) -> None:
        there = False
        try:
            head = pooch.HTTPDownloader(timeout=PATIENCE)
            there = bool(head(mirror + name, None, None, check_only=True))
        except (OSError, ValueError):
            # Refused, unknown, not HTTP, a broken proxy: all the same here, not there.
            pass
        finally:
            answers.put((mirror, there))

    # No timeout of a socket bounds the look-up of a host's name, which can hang for long
    # without a network; a daemon thread can be left behind, even at the program's end.
    for mirror in mirrors:
        threading.Thread(target=ask, args=(mirror,), daemon=True).start()
    deadline = time.monotonic() + PATIENCE
    there = set()
    for _ in mirrors:
        try:
            mirror, has_it = answers.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            break
        if has_it:
            there.add(mirror)
    return [mirror for mirror in mirrors if mirror in there]


def fetch(directory: Path, name: str, checksum: str, mirrors: Sequence[str], bar: Bar) -> str:
    """Download one file from the first of the mirrors that has a good copy.

    Args:
        directory: Where the file goes, made if need be.
        name: The file.
        checksum: Its checksum, as ``files`` takes it.
        mirrors: Addresses, each ending in a slash.
        bar: The file's progress bar.

    Returns:
        The mirror it came from.

    Raises:
        UnavailableError: If no mirror hands out the file.
        DatasetError: If the directory cannot be written, or mirrors hand out the file
            with a wrong checksum and none a good one.
    """
    # Without this header a server may say of the .gz file that it is packed for the way,
    # and requests would unpack it before its checksum is taken.
    headers = {"Accept-Encoding": "identity"}
    downloader = pooch.HTTPDownloader(progressbar=bar, chunk_size=_CHUNK, timeout=(PATIENCE, STALL), headers=headers)
    wrong = []
    for mirror in mirrors:
        try:
            path = pooch.retrieve(mirror + name, checksum, name, directory, downloader=downloader)
            # pooch leaves its temporary file's mode, which shuts out the others with whom
            # a cache may be shared.
            os.chmod(path, 0o644)
        except requests.RequestException:
            continue
        except ValueError:
            wrong.append(mirror)
        except OSError as error:
            raise DatasetError(
                f"{directory / name} cannot be written ({error}); "
                "make room or set TF1GRAPHS_DATA to a directory that can be written"
            ) from error
        else:
            return mirror
    if wrong:
        raise DatasetError(
            f"{name} has a wrong checksum at {' and '.join(wrong)}; try again later, put "
            f"the file into {directory} by hand, or set TF1GRAPHS_OFFLINE=1"
        )
    raise UnavailableError(f"no mirror handed out {name}")


@contextmanager
def _quiet_pooch() -> Iterator[None]:
    """Keep pooch's log lines out of the progress bars."""

    def no_chatter(record: logging.LogRecord) -> bool:
        return record.levelno >= logging.WARNING

    # A filter and not a level, whose end pooch's logger does not notice: being no
    # logger of logging's own list, it keeps what it remembers of which levels are on.
    logger = pooch.get_logger()
    logger.addFilter(no_chatter)
    try:
        yield
    finally:
        logger.removeFilter(no_chatter)
