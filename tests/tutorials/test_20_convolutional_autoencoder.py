"""The ways up from a small image are what they are said to be, and all of them learn to give images back."""

from __future__ import annotations

import re

import pytest

NAME = "20_convolutional_autoencoder"
WAYS = ["nearest neighbour", "bed of nails", "max unpooling", "transposed convolution"]


@pytest.fixture(params=["tf1", "tf2"])
def run(request, pair_of):
    """The run of each version."""
    return getattr(pair_of(NAME), request.param)


@pytest.mark.parametrize(
    "way, rows",
    [
        ("maxima", "[3, 5] [4, 6]"),
        ("nearest neighbour", "[3, 3, 5, 5] [3, 3, 5, 5] [4, 4, 6, 6] [4, 4, 6, 6]"),
        ("bed of nails", "[3, 0, 5, 0] [0, 0, 0, 0] [4, 0, 6, 0] [0, 0, 0, 0]"),
        ("max unpooling", "[0, 0, 0, 0] [3, 0, 5, 0] [4, 0, 0, 0] [0, 0, 0, 6]"),
    ],
)
def test_way_up(way, rows, run):
    assert f"{way}: {rows}\n" in run.recorded.out


def test_convolutions_are_a_matrix_and_the_same_matrix_turned(run):
    assert "conv2d is C x: True\nconv2d_transpose is C^T y: True\n" in run.recorded.out


def test_every_way_learns_with_equally_many_parameters(run):
    costs = re.findall(r"Avg\. cost = (\S+)$", run.recorded.out, re.MULTILINE)
    found = re.findall(r"^(.*): (\d+) parameters, cost on test images (\S+)$", run.recorded.out, re.MULTILINE)
    assert [way for way, _, _ in found] == WAYS
    assert len({parameters for _, parameters, _ in found}) == 1
    for first, (_, _, last) in zip(costs[::2], found, strict=True):
        assert float(last) < float(first)


def test_all_pictures_are_saved(run):
    for name in ("picture", "ways_up", "matrices"):
        assert (run.logdir / f"{name}.png").read_bytes().startswith(b"\x89PNG")
