"""Which variable of one program is which of another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tf1graphs.verify.recorder.matching import Described, match, plain
from tf1graphs.verify.recorder.names import Names


def _variables(*names, shape=(2, 3), trainable=True):
    return [Described(name, shape, trainable) for name in names]


def _names(first, second):
    return {second[j].name: first[i].name for j, i in match(first, second).items()}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        # equal names win over order
        (["a", "b"], ["b", "a"], {"a": "a", "b": "b"}),
        # one is the other within further scopes
        (["W", "V"], ["net/V", "net/W"], {"net/W": "W", "net/V": "V"}),
        (["tower/net/W:0", "tower/net/V:0"], ["V", "W"], {"W": "tower/net/W:0", "V": "tower/net/V:0"}),
        # the same role in layers of other names: slim beside Keras
        (["bn/beta", "bn/gamma"], ["batch/gamma", "batch/beta"], {"batch/beta": "bn/beta", "batch/gamma": "bn/gamma"}),
        (["fc/biases", "fc/weights"], ["d/kernel", "d/bias"], {"d/kernel": "fc/weights", "d/bias": "fc/biases"}),
        # as many of each role, in order
        (["1/weights", "2/weights"], ["x/kernel", "y/kernel"], {"x/kernel": "1/weights", "y/kernel": "2/weights"}),
        # nothing alike: in order
        (["Variable", "Variable_1"], ["link", "chain"], {"link": "Variable", "chain": "Variable_1"}),
        # a name in two scopes is no proof: in order
        (["W", "V"], ["a/W", "b/W"], {"a/W": "W", "b/W": "V"}),
        # one has more than the other
        (["W"], ["W", "V"], {"W": "W"}),
        ([], ["W"], {}),
    ],
)
def test_names_then_roles_then_order(first, second, expected):
    assert _names(_variables(*first), _variables(*second)) == expected


def test_other_shapes_never_match():
    assert match(_variables("W", shape=(2, 3)), _variables("W", shape=(3, 2))) == {}


def test_what_is_not_trained_matches_by_name_only():
    first = _variables("count", "mean", trainable=False)
    assert _names(first, _variables("iterations", "mean", trainable=False)) == {"mean": "mean"}


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (["d/kernel", "e/kernel"], {"d/kernel": "eval/kernel", "e/kernel": "target/kernel"}),
        # no frozen layer, or more than the first program has
        (["d/kernel"], {"d/kernel": "eval/kernel"}),
        (["d/kernel", "e/kernel", "f/kernel"], {"d/kernel": "eval/kernel"}),
        (["d/kernel", "e/bias"], {"d/kernel": "eval/kernel"}),
    ],
)
def test_frozen_layers_of_keras_come_after_what_is_trained(second, expected):
    first = [*_variables("eval/kernel"), *_variables("target/kernel", trainable=False)]
    assert _names(first, _variables(*second)) == expected


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([(), (2,), (2, 2)]), st.booleans()), max_size=8))
def test_a_program_matches_itself(variables):
    fresh = Names()
    described = [Described(fresh.new(name), shape, trainable) for name, shape, trainable in variables]
    assert match(described, described) == {i: i for i in range(len(described))}


@given(
    st.lists(st.tuples(st.sampled_from(["a/W", "W", "b", "s/b"]), st.sampled_from([(2,), (3,)])), max_size=8),
    st.lists(st.tuples(st.sampled_from(["W", "c/W", "b"]), st.sampled_from([(2,), (3,)])), max_size=8),
)
def test_matches_are_one_to_one_and_of_one_shape(first, second):
    first, second = ([Described(*variable, True) for variable in variables] for variables in (first, second))
    found = match(first, second)
    assert len(set(found.values())) == len(found)
    assert all(first[i].shape == second[j].shape for j, i in found.items())
    shapes = {variable.shape for variable in first + second}
    # What is trained and has one shape is left over in one program at most.
    assert len(found) == sum(min(sum(v.shape == s for v in first), sum(v.shape == s for v in second)) for s in shapes)


def test_plain_drops_the_number_of_the_output_only():
    assert [plain(name) for name in ("W:0", "W", "W:1", "a:0/W")] == ["W", "W", "W:1", "a:0/W"]


def test_names_made_again_are_numbered():
    fresh = Names()
    assert [fresh.new(name) for name in ("W", "b", "W", "W", "b")] == ["W", "b", "W#2", "W#3", "b#2"]
