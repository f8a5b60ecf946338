"""What of ``tf.contrib.eager`` needs files or a class: checkpoints by name and test cases in both modes."""

from __future__ import annotations

import pytest
from tensorflow.python.eager import context

import tf1graphs.v1 as tf

tfe = tf.contrib.eager


@pytest.fixture
def eagerly():
    with tf.Graph().as_default(), context.eager_mode():
        yield


def test_saver_restores_what_it_saved(tmp_path, eagerly):
    variables = [tfe.Variable([1.0, 2.0], name="w"), tfe.Variable(3, name="n")]
    path = tfe.Saver(variables).save(str(tmp_path / "model"), global_step=5)
    assert path.endswith("model-5")
    for variable in variables:
        variable.assign(variable * 0)
    tfe.Saver({"w": variables[0]}).restore(path)
    assert [variable.numpy().tolist() for variable in variables] == [[1.0, 2.0], 0]


def test_variables_start_from_a_checkpoint(tmp_path, eagerly):
    path = tfe.Saver({"old/w": tfe.Variable(4.0)}).save(str(tmp_path / "model"))
    with tfe.restore_variables_on_create(path, map_func=lambda name: f"old/{name}"):
        first, second = tfe.Variable(0.0, name="w"), tfe.Variable(0.0, name="w")
        with pytest.raises(tf.errors.NotFoundError, match="old/other"):
            tfe.Variable(0.0, name="other")
    assert [first.numpy(), second.numpy(), tfe.Variable(0.0, name="w").numpy()] == [4.0, 0.0, 0.0]


def test_without_a_checkpoint_variables_are_new(eagerly):
    with tfe.restore_variables_on_create(None):
        assert tfe.Variable(1.0, name="w").numpy() == 1.0
    with pytest.raises(ValueError, match="callable"), tfe.restore_variables_on_create("x", map_func=3):
        pass


def test_a_test_runs_in_both_modes():
    modes = []

    @tfe.run_all_tests_in_graph_and_eager_modes
    class Case(tf.test.TestCase):
        def test_sum(self):
            modes.append(tf.executing_eagerly())
            assert self.evaluate(tf.add(1, 2)) == 3

        @tfe.run_test_in_graph_and_eager_modes(config=tf.ConfigProto())
        def once(self):
            modes.append(None)

    Case("test_sum").debug()
    Case("once").debug()
    assert sorted(modes[:2]) == [False, True]
    assert modes[2:] == [None, None]
