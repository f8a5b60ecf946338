"""``scipy.misc``: the image functions that SciPy 1.2 and 1.3 removed, on Pillow.

Source: the documentation of SciPy 1.1, https://docs.scipy.org/doc/scipy-1.1.0/reference/misc.html. Images are uint8
arrays [height, width] or [height, width, channels].
"""

from __future__ import annotations

import os
from typing import IO, Any

import numpy as np
import numpy.typing as npt
from PIL import Image

Array = npt.NDArray[Any]
File = str | os.PathLike[str] | IO[bytes]

_INTERPOLATIONS = {
    "nearest": Image.Resampling.NEAREST,
    "lanczos": Image.Resampling.LANCZOS,
    "bilinear": Image.Resampling.BILINEAR,
    "bicubic": Image.Resampling.BICUBIC,
    "cubic": Image.Resampling.BICUBIC,
}
_CHANNELS = (3, 4)


def bytescale(
    data: Array, cmin: float | None = None, cmax: float | None = None, high: int = 255, low: int = 0
) -> npt.NDArray[np.uint8]:
    """Returns ``data`` scaled from [cmin, cmax], by default its own range, to [low, high]; uint8 stays as it is.

    Raises:
        ValueError: the bounds are not in order, or outside 0 to 255.
    """
    if data.dtype == np.uint8:
        return data
    if not 0 <= low <= high <= 255:
        raise ValueError("`low` and `high` should be in order and between 0 and 255.")
    smallest = data.min() if cmin is None else cmin
    largest = data.max() if cmax is None else cmax
    if largest < smallest:
        raise ValueError("`cmax` should be larger than `cmin`.")
    scale = (high - low) / ((largest - smallest) or 1)
    scaled = ((data - smallest) * scale + low).clip(low, high)
    return (scaled + 0.5).astype(np.uint8)


def toimage(
    arr: Array,
    high: int = 255,
    low: int = 0,
    cmin: float | None = None,
    cmax: float | None = None,
    pal: Any = None,
    mode: str | None = None,
    channel_axis: int | None = None,
) -> Image.Image:
    """Returns a Pillow image of an array, scaled by ``bytescale``; mode "F" keeps floats as they are.

    Raises:
        ValueError: the array is no image, or has no axis of 3 or 4 channels.
    """
    data = np.asarray(arr)
    if np.iscomplexobj(data):
        raise ValueError("Cannot convert a complex-valued array.")
    if data.ndim == 2:
        if mode == "F":
            return Image.fromarray(data.astype(np.float32))
        image = Image.fromarray(bytescale(data, cmin, cmax, high, low))
        return image.convert(mode) if mode else image
    # The first axis of 3, else the first of 4, as SciPy chose it.
    axes = [axis for channels in _CHANNELS for axis, size in enumerate(data.shape) if size == channels]
    if data.ndim != 3 or not axes:
        raise ValueError("'arr' does not have a suitable array shape for any mode.")
    chosen = axes[0] if channel_axis is None else channel_axis
    image = Image.fromarray(bytescale(np.moveaxis(data, chosen, 2), cmin, cmax, high, low))
    return image.convert(mode) if mode else image


def fromimage(im: Image.Image, flatten: bool = False, mode: str | None = None) -> Array:
    """Returns the array of a Pillow image; with ``flatten`` as float32 greys.

    Raises:
        TypeError: ``im`` is no Pillow image.
    """
    if not isinstance(im, Image.Image):
        raise TypeError("Input is not a PIL image.")
    if mode:
        im = im.convert(mode)
    elif im.mode == "P":
        im = im.convert("RGBA" if "transparency" in im.info else "RGB")
    return np.array(im.convert("F") if flatten else im.convert("L") if im.mode == "1" else im)


def imread(name: File, flatten: bool = False, mode: str | None = None) -> Array:
    """Returns the image in a file; see ``fromimage``."""
    with Image.open(name) as image:
        return fromimage(image, flatten, mode)


def imsave(name: File, arr: Array, format: str | None = None) -> None:
    """Writes an array as an image whose format the name, or ``format``, gives."""
    toimage(arr, channel_axis=2).save(name, format=format)


def imresize(arr: Array, size: Any, interp: str = "bilinear", mode: str | None = None) -> Array:
    """Returns an image of another size: percent for an int, a factor for a float, (height, width) for a tuple."""
    image = toimage(arr, mode=mode)
    if isinstance(size, (int, np.integer)):
        new = tuple((np.array(image.size) * size / 100.0).astype(int))
    elif isinstance(size, (float, np.floating)):
        new = tuple((np.array(image.size) * size).astype(int))
    else:
        new = (size[1], size[0])
    return fromimage(image.resize((int(new[0]), int(new[1])), _INTERPOLATIONS[interp]))


def imrotate(arr: Array, angle: float, interp: str = "bilinear") -> Array:
    """Returns an image turned by ``angle`` degrees, against the clock, in its old frame."""
    return fromimage(toimage(arr).rotate(angle, resample=_INTERPOLATIONS[interp]))
