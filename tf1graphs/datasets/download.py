"""Downloading MNIST's files into the cache, from the first mirror that has a good copy."""

from __future__ import annotations

import logging
import os
import queue
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pooch
import requests

from .errors import DatasetError
from .idx_files import TEST_IMAGES, TEST_LABELS, TRAIN_IMAGES, TRAIN_LABELS
from .progress import Bar, bars

MIRRORS: Sequence[str] = (
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "http://yann.lecun.com/exdb/mnist/",
)

SHA256 = {
    TRAIN_IMAGES: "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    TRAIN_LABELS: "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
    TEST_IMAGES: "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
    TEST_LABELS: "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
}

PATIENCE = 2.0
"""Seconds that a mirror has to show that it is there."""

STALL = 10.0
"""Seconds without a byte after which a download that began is given up."""

_CHUNK = 1 << 16


class UnavailableError(Exception):
    """The files cannot be had from the network; the message says why."""


def complete(directory: Path, present: Iterable[Path], missing: Sequence[str]) -> None:
    """Download the missing ones of the four files into the cache.

    Each file gets its name only after its SHA-256 was found right, so that a download
    that broke off is never taken for a whole one; a further call begins that file again
    and keeps the files that are whole.

    Args:
        directory: The cache directory, made if need be.
        present: The files of the four that are in the cache.
        missing: The published names of the others.

    Raises:
        UnavailableError: If the network is switched off by ``TF1GRAPHS_OFFLINE``, no
            mirror answers in time, or none of them hands out a file.
        DatasetError: If a present file is not MNIST's, the directory cannot be written,
            or mirrors hand out a file with a wrong checksum and none a good one.
    """
    _refuse_strangers(present, missing)
    if os.environ.get("TF1GRAPHS_OFFLINE", "0") not in ("", "0"):
        raise UnavailableError("TF1GRAPHS_OFFLINE is set")
    mirrors = answering(MIRRORS, missing[0])
    if not mirrors:
        raise UnavailableError(f"no mirror answered within {PATIENCE:g} s")
    display = bars()
    if display.disable:
        print(f"tf1graphs: downloading MNIST (12 MB) into {directory}", file=sys.stderr)
    with display, _quiet_pooch():
        for name in missing:
            good = fetch(directory, name, mirrors, Bar(display, name))
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


def fetch(directory: Path, name: str, mirrors: Sequence[str], bar: Bar) -> str:
    """Download one file from the first of the mirrors that has a good copy.

    Args:
        directory: Where the file goes, made if need be.
        name: The file, a key of ``SHA256``.
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
            path = pooch.retrieve(mirror + name, "sha256:" + SHA256[name], name, directory, downloader=downloader)
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


def _refuse_strangers(present: Iterable[Path], missing: Sequence[str]) -> None:
    """Refuse to add MNIST's files to those of another set, say Fashion-MNIST."""
    for path in present:
        if pooch.file_hash(str(path)) not in SHA256.values():
            raise DatasetError(
                f"{path} is not a file of MNIST's as published, so the missing "
                f"{', '.join(missing)} are not downloaded beside it; "
                "put these there too, or move that file away"
            )


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
