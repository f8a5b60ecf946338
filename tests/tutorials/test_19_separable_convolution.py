"""What separable convolutions save is what the framework counts, and the moving averages are TF1's."""

from __future__ import annotations

import json
import re

import pytest
import short
from loading import load

from tf1graphs.verify import compare

NAME = "19_separable_convolution"
KINDS = ["plain", "separable"]
by_hand = load(short.TUTORIALS / NAME / "by_hand.py")

# Operations of both convolutions on 14 x 14 pixels, 16 channels and 32 filters, as TensorFlow's profiler counts them.
PROFILED = """
import json
import tensorflow.compat.v1 as tf

def profiled(convolve):
    with tf.Graph().as_default() as graph:
        convolve(tf.zeros([1, 14, 14, 16]))
        options = tf.profiler.ProfileOptionBuilder.float_operation()
        options["output"] = "none"
        return tf.profiler.profile(graph, options=options).total_float_ops

print(json.dumps({
    "plain": profiled(lambda x: tf.nn.conv2d(x, tf.zeros([3, 3, 16, 32]), strides=1, padding="SAME")),
    "separable": profiled(lambda x: tf.nn.separable_conv2d(
        x, tf.zeros([3, 3, 16, 1]), tf.zeros([1, 1, 16, 32]), strides=[1, 1, 1, 1], padding="SAME")),
}))
"""


@pytest.fixture(params=["tf1", "tf2"])
def printed(request, pair_of) -> str:
    """What each version prints."""
    return getattr(pair_of(NAME), request.param).recorded.out


def test_multiply_adds_by_hand_are_half_of_the_profiled_operations(python):
    done = python("-c", PROFILED)
    profiled = json.loads(done.stdout.splitlines()[-1])
    for kind in KINDS:
        assert 2 * getattr(by_hand, kind)(14 * 14, 9, 16, 32)[1] == profiled[kind]


def test_networks_have_as_many_fewer_parameters_as_worked_out_by_hand(printed):
    weights = {kind: re.findall(rf"^{kind}: (\d+) weights", printed, re.MULTILINE) for kind in KINDS}
    saved = sum(int(plain) - int(separable) for plain, separable in zip(*weights.values(), strict=True))
    for normalized in ("", ", normalized"):
        counts = [re.search(rf"^{kind}{normalized}: (\d+) parameters", printed, re.MULTILINE)[1] for kind in KINDS]
        assert int(counts[0]) - int(counts[1]) == saved > 0


def test_batch_normalization_learns_faster(printed):
    costs = [float(cost) for cost in re.findall(r"Avg\. cost = (\S+)$", printed, re.MULTILINE)]
    *plain, plain_normalized, separable_normalized = costs[1::2]
    assert max(plain_normalized, separable_normalized) < min(plain)


def test_every_moving_average_agrees(pair_of):
    pair = pair_of(NAME)
    comparison = compare(pair.tf1.recorded.path, pair.tf2.recorded.path)
    averages = [each for each in comparison.quantities if "/moving_" in each.series.name]
    # Two networks with four normalizations each.
    assert len({each.series.name for each in averages if each.series.kind == "final"}) == 16
    assert all(each.relative < 1e-3 for each in averages)
