"""Pictures of twelve textures, made by code: what a small network can learn to see where no photographs are."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

_Floats = npt.NDArray[np.float64]
_WHOLE_TURN = 2 * np.pi


def _rest(x: _Floats) -> _Floats:
    """Return how far each number is from the nearest whole one, -0.5 to 0.5."""
    return x - np.round(x)


def _from_centre(u: _Floats, v: _Floats) -> _Floats:
    """Return the distance to the middle of the unit square that each point is in."""
    return np.hypot(_rest(u), _rest(v))


def _scales(u: _Floats, v: _Floats) -> _Floats:
    row = np.floor(2 * v)
    return np.abs(np.hypot(_rest(u + row / 2), v - row / 2) - 0.45) - 0.1


def _bricks(u: _Floats, v: _Floats) -> _Floats:
    joint_between_rows = np.abs(_rest(v))
    joint_in_row = 2 * np.abs(_rest((u + np.floor(v)) / 2))
    inside: _Floats = np.minimum(joint_between_rows, joint_in_row) - 0.1
    return inside


# The surface is where the function is positive; u and v count periods.
_SURFACES: Mapping[str, Callable[[_Floats, _Floats], _Floats]] = {
    "stripes": lambda u, v: np.abs(_rest(u)) - 0.25,
    "checkers": lambda u, v: np.sin(u * _WHOLE_TURN / 2) * np.sin(v * _WHOLE_TURN / 2) / 4,
    "dots": lambda u, v: 0.3 - _from_centre(u, v),
    "eyes": lambda u, v: np.abs(_from_centre(u, v) - 0.26) - 0.11,
    "rings": lambda u, v: np.abs(_rest(np.hypot(u, v))) - 0.25,
    "rays": lambda u, v: np.abs(_rest(np.arctan2(v, u) / _WHOLE_TURN * 12)) - 0.25,
    "spirals": lambda u, v: np.abs(_rest(np.hypot(u, v) / 2 + np.arctan2(v, u) / _WHOLE_TURN * 2)) - 0.25,
    "waves": lambda u, v: np.abs(_rest(v + 0.3 * np.sin(u * _WHOLE_TURN / 2))) - 0.25,
    "zigzag": lambda u, v: np.abs(_rest(v + np.abs(_rest(u / 2)) * 2)) - 0.25,
    "grid": lambda u, v: 0.12 - np.minimum(np.abs(_rest(u)), np.abs(_rest(v))),
    "bricks": _bricks,
    "scales": _scales,
}

NAMES = tuple(_SURFACES)
"""The textures, in the order of their labels."""


def batch(
    random: np.random.RandomState, count: int, side: int
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Draw pictures of random textures, turned, scaled, shifted and coloured at random, under some noise.

    Args:
        random: Where all choices are drawn from.
        count: How many pictures.
        side: Their height and width in pixels.

    Returns:
        Pictures, float32 [count, side, side, 3] in [0, 1], and their labels, one-hot float32 [count, 12] in the order
        of ``NAMES``.
    """
    labels = random.randint(len(NAMES), size=count)
    pictures = np.stack([_picture(random, NAMES[label], side) for label in labels])
    return pictures, np.eye(len(NAMES), dtype=np.float32)[labels]


def _picture(random: np.random.RandomState, name: str, side: int) -> npt.NDArray[np.float32]:
    angle, period = random.uniform(0, _WHOLE_TURN), random.uniform(6, 12)
    y, x = (np.indices((side, side)) - random.uniform(0, side, size=(2, 1, 1))) / period
    u, v = np.cos(angle) * x - np.sin(angle) * y, np.sin(angle) * x + np.cos(angle) * y
    # Without a soft edge of about a pixel slanting lines would have steps.
    cover = np.clip(0.5 + period / 1.5 * _SURFACES[name](u, v), 0, 1)[..., np.newaxis]
    colours = _two_colours(random)
    noise = random.normal(scale=0.15, size=(side, side, 3))
    picture: _Floats = np.clip(cover * colours[0] + (1 - cover) * colours[1] + noise, 0, 1)
    return picture.astype(np.float32)


def _two_colours(random: np.random.RandomState) -> _Floats:
    while True:
        colours = random.uniform(size=(2, 3))
        if np.abs(colours[0] - colours[1]).sum() > 0.9:
            return colours


_TILES = np.array([[20, 50, 120], [30, 130, 160], [240, 190, 60], [220, 90, 40], [250, 235, 200]]) / 255
_TILE_SIDE = 12
_JOINT = 2.5


def mosaic(random: np.random.RandomState, side: int) -> npt.NDArray[np.float32]:
    """Lay a mosaic of tiles of five colours with dark joints: a picture with a style and no content.

    Args:
        random: Where the places and colours of the tiles are drawn from.
        side: Its height and width in pixels.

    Returns:
        float32 [side, side, 3], values in [0, 1].
    """
    y, x = np.indices((side, side))
    count = max(2, (side // _TILE_SIDE) ** 2)
    nearest, second = np.full((2, side, side), np.inf)
    picture = np.zeros((side, side, 3))
    for _ in range(count):
        centre, colour = random.uniform(0, side, size=2), _TILES[random.randint(len(_TILES))]
        distance = np.hypot(y - centre[0], x - centre[1])
        second = np.minimum(second, np.maximum(nearest, distance))
        picture[distance < nearest] = colour
        nearest = np.minimum(nearest, distance)
    # Between two tiles both centres are equally far.
    light: _Floats = np.clip((second - nearest) / _JOINT, 0, 1)
    return (picture * light[..., np.newaxis]).astype(np.float32)
