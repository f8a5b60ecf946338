"""Where MNIST's four files are published, and their checksums."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pooch

from . import download
from .errors import DatasetError
from .idx_files import TEST_IMAGES, TEST_LABELS, TRAIN_IMAGES, TRAIN_LABELS

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


def complete(directory: Path, present: Iterable[Path], missing: Sequence[str]) -> None:
    """Download the missing ones of the four files into the cache; whole ones are kept.

    Args:
        directory: The cache directory, made if need be.
        present: The files of the four that are in the cache.
        missing: The published names of the others.

    Raises:
        UnavailableError: As ``download.files`` raises it.
        DatasetError: As ``download.files`` raises it, or if a present file is not MNIST's.
    """
    _refuse_strangers(present, missing)
    download.files(directory, {name: SHA256[name] for name in missing}, MIRRORS, "MNIST (12 MB)")


def _refuse_strangers(present: Iterable[Path], missing: Sequence[str]) -> None:
    """Refuse to add MNIST's files to those of another set, say Fashion-MNIST."""
    for path in present:
        if pooch.file_hash(str(path)) not in SHA256.values():
            raise DatasetError(
                f"{path} is not a file of MNIST's as published, so the missing "
                f"{', '.join(missing)} are not downloaded beside it; "
                "put these there too, or move that file away"
            )
