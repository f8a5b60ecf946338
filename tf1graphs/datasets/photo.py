"""Photographs as arrays: the user's, or the one that every installation has."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from .errors import DatasetError


def read(path: Path | None, longest: int) -> npt.NDArray[np.float32]:
    """Read a photograph and scale it down.

    Args:
        path: A file in a format that Pillow reads; None for the portrait of Grace Hopper among matplotlib's sample
            data, a photograph of the United States Navy and in the public domain.
        longest: The most pixels that the longer side may have.

    Returns:
        float32 [height, width, 3], values in [0, 1].

    Raises:
        DatasetError: If the file cannot be read as a picture.
    """
    import PIL.Image

    try:
        with PIL.Image.open(path or _portrait()) as opened:
            picture = opened.convert("RGB")
    except OSError as error:
        raise DatasetError(f"{path} cannot be read as a picture ({error}); give a JPEG or PNG file") from error
    picture.thumbnail((longest, longest), PIL.Image.Resampling.LANCZOS)
    return np.asarray(picture, np.float32) / np.float32(255)


def _portrait() -> str:
    from matplotlib.cbook import get_sample_data

    return str(get_sample_data("grace_hopper.jpg", asfileobj=False))
