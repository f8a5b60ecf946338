"""Shapes, parameters and receptive fields worked out by hand are those that the framework finds."""

from __future__ import annotations

import re

import numpy as np
import pytest
import short
from loading import load

NAME = "18_linear_and_convolution_layers"
VERSIONS = ["tf1", "tf2"]
by_hand = load(short.TUTORIALS / NAME / "by_hand.py")
examples = load(short.TUTORIALS / NAME / "examples.py")


@pytest.fixture(params=VERSIONS)
def printed(request, pair_of) -> str:
    """What each version prints."""
    return getattr(pair_of(NAME), request.param).recorded.out


def test_layers_have_the_shapes_and_parameters_worked_out_by_hand(printed):
    found = re.findall(r"^.* by hand: (.*) by the layer: (.*)$", printed, re.MULTILINE)
    assert len(found) == len(examples.LAYERS)
    assert all(hand == layer for hand, layer in found)


def test_receptive_fields_are_as_wide_as_the_gradient(printed):
    found = re.findall(r"field by hand: (\d+) by the gradient: (\d+)$", printed, re.MULTILINE)
    assert [hand for hand, _ in found] == ["3", "5", "7", "3", "4", "8", "10", "18"]
    assert all(hand == gradient for hand, gradient in found)


def test_one_column_confuses_the_boxes_and_three_columns_do_not(printed):
    (one,) = re.findall(r"^corners x one column: (\[.*?\]) (\[.*?\])$", printed, re.MULTILINE)
    (number,) = re.findall(r"^then x \(3, 1\) and x \(4, 1\): (\S+) (\S+)$", printed, re.MULTILINE)
    assert one[0] == one[1]
    assert number[0] != number[1]


def test_bias_reaches_what_a_matrix_cannot(printed):
    distances = dict(re.findall(r"^(matrix.*) parameters: \d mean distance: (\S+)$", printed, re.MULTILINE))
    assert float(distances["matrix"]) > 1.0
    assert float(distances["matrix and bias"]) == 0.0


def test_maxima_overlook_a_move_inside_their_windows_only(printed):
    assert "shift: 1 pixels that change: 12 maxima that change: 0\n" in printed
    assert "shift: 2 pixels that change: 12 maxima that change: 8\n" in printed


def test_convolution_is_a_sparse_matrix_of_few_weights(printed):
    assert "matrix: 676 784 entries: 529984 not zero: 6084\ndifferent weights: 9\n" in printed
    assert "the matrix convolves: True\n" in printed


def test_convolution_learns_more_than_a_dense_layer_with_as_many_parameters(printed):
    found = re.findall(r"^(.*) parameters: (\d+) accuracy: (\S+)$", printed, re.MULTILINE)
    count, accuracy = ({row[0]: float(row[at]) for row in found} for at in (1, 2))
    assert count["convolution"] < count["dense 6"]
    assert accuracy["convolution"] > accuracy["dense 6"]


@pytest.mark.parametrize(
    "arguments, size",
    [((28, 3, 1, "valid"), 26), ((28, 3, 1, "same"), 28), ((7, 2, 2, "valid"), 3), ((7, 2, 2, "same"), 4)]
    + [((5, 5, 5, "valid"), 1), ((1, 1, 1, "same"), 1)],
)
def test_output_size(arguments, size):
    assert by_hand.output_size(*arguments) == size


def test_matrix_of_a_kernel_as_large_as_the_image_is_the_kernel_itself():
    np.testing.assert_array_equal(by_hand.convolution_matrix(examples.KERNEL, 3), examples.KERNEL.reshape(1, 9))
