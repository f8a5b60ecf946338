"""Pictures of random dots that show depths to who looks past them.

Source: Thimbleby, Inglis and Witten 1994, https://www.cs.waikato.ac.nz/~ihw/papers/94-HWT-SI-IHW-SIRDS-paper.pdf, and
the kernel of 1.15, whose ways of joining dots are kept.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import numpy as np
from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import script_ops

# As with C's rand(), which nobody seeds, each process draws the same dots.
_DOTS = np.random.RandomState(1)


@dataclasses.dataclass(frozen=True)
class _Stereogram:
    """The options, under the names of the function below."""

    hidden_surface_removal: bool = True
    convergence_dots_size: int = 8
    dots_per_inch: int = 72
    eye_separation: float = 2.5
    mu: float = 0.3333
    normalize: bool = True
    normalize_max: float = -100.0
    normalize_min: float = 100.0
    border_level: float = 0.0
    number_colors: int = 256
    output_image_shape: Sequence[int] = (1024, 768, 1)
    output_data_window: Sequence[int] = (1022, 757)

    @property
    def shape(self) -> tuple[int, int, int]:
        """The height, the width and the channels."""
        width, height, channels = self.output_image_shape
        return height, width, 3 if self.number_colors > 256 else channels

    @property
    def eyes(self) -> int:
        """The number of dots from eye to eye."""
        return int(self.eye_separation * self.dots_per_inch)

    @property
    def depth_of_field(self) -> float:
        """``mu``, as a float of 32 bits has it."""
        return float(np.float32(self.mu))

    @property
    def rest_above(self) -> int:
        """The number of rows above the depths."""
        rest = self.shape[0] - self.output_data_window[1]
        dots = self.convergence_dots_size
        return max(0, rest - dots) // 3 if dots > 0 else rest // 2

    def draw(self, depths: np.ndarray) -> np.ndarray:
        """Returns the picture, uint8 ``[height, width, channels]``, of depths ``[rows, columns]``."""
        height, width, channels = self.shape
        depths = self._normalized(depths.astype(np.float64))
        drawn: dict[bytes, np.ndarray] = {}
        picture = np.empty((height, width, channels), np.uint8)
        for y in range(height):
            row = self._row_of(depths, y)
            key = row.tobytes()
            if key not in drawn:
                drawn[key] = self._joined(row)
            picture[y] = self._colors(width, channels)[drawn[key]]
        self._mark(picture)
        return picture

    def _colors(self, width: int, channels: int) -> np.ndarray:
        if self.number_colors == 2:
            return _DOTS.randint(0, 2, (width, channels)).astype(np.uint8) * np.uint8(255)
        return _DOTS.randint(0, 256, (width, channels)).astype(np.uint8)

    def _normalized(self, depths: np.ndarray) -> np.ndarray:
        if self.normalize:
            low, high = self.normalize_min, self.normalize_max
            if high < low:
                low, high = depths.min(), depths.max()
            # A plane has no depth.
            depths = (depths - low) / (high - low) if high != low else np.zeros_like(depths)
        clipped: np.ndarray = np.clip(depths, 0.0, 1.0)
        return clipped

    def _row_of(self, depths: np.ndarray, y: int) -> np.ndarray:
        """Returns the depths along a row of the picture, and as far beyond its ends as another dot may hide them."""
        window_width, window_height = self.output_data_window
        rows, columns = depths.shape
        beyond = self._reach
        places = np.arange(-beyond, self.shape[1] + beyond)
        x = columns * (places - (self.shape[1] - window_width) // 2) / window_width
        row = rows * (y - self.rest_above) / window_height
        found = np.full(places.shape, float(np.float32(self.border_level)))
        if 0 <= row < rows:
            inside = (x >= 0) & (x < columns)
            found[inside] = depths[int(row), x[inside].astype(int)]
        return found

    @property
    def _reach(self) -> int:
        return int(self.eyes * self.depth_of_field) + 1

    def _joined(self, row: np.ndarray) -> np.ndarray:
        """Returns for each dot of a row the dot whose color it has."""
        beyond, width = self._reach, self.shape[1]
        depth = row[beyond : beyond + width]
        mu = self.depth_of_field
        apart = ((1 - mu * depth) * self.eyes / (2 - mu * depth) + 0.5).astype(int)
        visible = self._visible(row, depth) if self.hidden_surface_removal else np.ones(width, bool)
        same = list(range(width))
        for x in np.flatnonzero(visible).tolist():
            left = x - int(apart[x]) // 2
            right = left + int(apart[x])
            if left >= 0 and right < width:
                _join(same, left, right)
        for x in range(width - 1, -1, -1):
            same[x] = same[same[x]]
        return np.array(same)

    def _visible(self, row: np.ndarray, depth: np.ndarray) -> np.ndarray:
        """Returns which dots both eyes see."""
        beyond, width = self._reach, self.shape[1]
        visible = np.ones(width, bool)
        steps = 2 * (2 - self.depth_of_field * depth) / float(np.float32(self.mu) * np.float32(self.eyes))
        going = visible
        for distance in range(1, beyond):
            height = depth + steps * distance
            seen = row[beyond - distance :][:width] < height
            seen &= row[beyond + distance :][:width] < height
            visible = visible & (seen | ~going)
            going = going & seen & (height < 1)
        return visible

    def _mark(self, picture: np.ndarray) -> None:
        """Draws the two black squares that the eyes are to see as three."""
        height, width, _ = picture.shape
        size = self.convergence_dots_size
        half = int(self.eyes / 2 + 0.5) // 2
        bottom = height - (self.rest_above if size > 0 else 0)
        for middle in (width // 2 - half, width // 2 + half):
            picture[max(0, bottom - size) : bottom, max(0, middle - size // 2) : max(0, middle - size // 2 + size)] = 0


def _join(same: list[int], left: int, right: int) -> None:
    """Gives two dots one color, where those that either is joined with allow it."""
    joined = same[left]
    while joined not in (left, right):
        if joined < right:
            left = joined
            joined = same[left]
        else:
            same[left] = right
            left = right
            joined = right = same[left]
    same[left] = right


def single_image_random_dot_stereograms(
    depth_values: Any,
    hidden_surface_removal: bool | None = None,
    convergence_dots_size: int | None = None,
    dots_per_inch: int | None = None,
    eye_separation: float | None = None,
    mu: float | None = None,
    normalize: bool | None = None,
    normalize_max: float | None = None,
    normalize_min: float | None = None,
    border_level: float | None = None,
    number_colors: int | None = None,
    output_image_shape: Any = None,
    output_data_window: Any = None,
) -> Any:
    """Returns a picture of random dots, uint8 ``[height, width, channels]``, that shows depths.

    TensorFlow 1.15 had a kernel for this; here it is Python, and the colors of the dots are others.

    Args:
        depth_values: The depths, ``[rows, columns]``, of which the largest is the nearest.
        hidden_surface_removal: Whether dots that one eye cannot see are left free, True by default.
        convergence_dots_size: The size of the two squares at the bottom, 8 by default.
        dots_per_inch: 72 by default.
        eye_separation: The inches from eye to eye, 2.5 by default.
        mu: The depth of field, as a part of the distance, 0.3333 by default.
        normalize: Whether depths are scaled to 0 to 1, True by default.
        normalize_max: The depth that becomes 1; by default, as wherever it is below the minimum, the largest.
        normalize_min: The depth that becomes 0.
        border_level: The depth of the border, 0 by default.
        number_colors: 2 for black and white, up to 256 for gray, the default, and more for color.
        output_image_shape: ``[width, height, channels]``, by default ``[1024, 768, 1]``.
        output_data_window: ``[width, height]`` of the depths in the picture, by default ``[1022, 757]``.

    Raises:
        ValueError: ``depth_values`` is no matrix.
    """
    given = {key: value for key, value in locals().items() if key != "depth_values" and value is not None}
    for key in given.keys() & {"output_image_shape", "output_data_window"}:
        given[key] = [int(size) for size in given[key]]
    stereogram = _Stereogram(**given)
    depths = ops.convert_to_tensor(depth_values)
    depths.shape.assert_has_rank(2)
    picture = script_ops.py_func(stereogram.draw, [depths], dtypes.uint8, name="SingleImageRandomDotStereograms")
    picture.set_shape(stereogram.shape)
    return picture
