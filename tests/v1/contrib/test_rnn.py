"""What programs take from ``tf.contrib.rnn`` and the modules below it that no single call shows."""

from __future__ import annotations

import copy

import numpy as np
import pytest

import tf1graphs.v1 as tf


def test_core_cells_are_those_of_tf_nn_rnn_cell():
    for name in ("BasicLSTMCell", "DropoutWrapper", "GRUCell", "LSTMStateTuple", "RNNCell"):
        assert getattr(tf.contrib.rnn, name) is getattr(tf.nn.rnn_cell, name)


@pytest.mark.parametrize("bias, names", [(True, ["kernel", "bias"]), (False, ["kernel"])])
def test_linear_creates_kernel_and_bias_in_the_scope(bias, names):
    with tf.Graph().as_default(), tf.variable_scope("scope"):
        product = tf.contrib.rnn._linear([tf.ones([2, 3]), tf.ones([2, 1])], 5, bias)
        assert [variable.op.name for variable in tf.global_variables()] == ["scope/" + name for name in names]
    assert product.shape.as_list() == [2, 5]


@pytest.mark.parametrize("shapes", [[], [[2]], [[2, None]]])
def test_linear_refuses_other_arguments(shapes):
    with tf.Graph().as_default(), pytest.raises(ValueError, match="args|2D|shape"):
        tf.contrib.rnn._Linear([tf.placeholder(tf.float32, shape) for shape in shapes], 5, True)


@pytest.mark.parametrize(
    "make",
    [
        lambda rnn: rnn.UGRNNCell(2),
        lambda rnn: rnn.NASCell(2),
        lambda rnn: rnn.GLSTMCell(2),
        lambda rnn: rnn.CoupledInputForgetGateLSTMCell(2),
        lambda rnn: rnn.LSTMBlockCell(2),
        lambda rnn: rnn.GRUBlockCell(2),
        lambda rnn: rnn.IndRNNCell(2),
    ],
)
def test_cells_refuse_inputs_of_unknown_size(make):
    with tf.Graph().as_default(), pytest.raises(ValueError):
        cell = make(tf.contrib.rnn)
        cell(tf.placeholder(tf.float32, [2, None]), cell.zero_state(2, tf.float32))


def test_a_copied_cell_has_variables_of_its_own():
    with tf.Graph().as_default():
        cell = tf.contrib.rnn.AttentionCellWrapper(tf.contrib.rnn.LayerNormBasicLSTMCell(2), 2)
        for name, one in (("first", cell), ("second", copy.deepcopy(cell))):
            with tf.variable_scope(name):
                one(tf.ones([1, 3]), one.zero_state(1, tf.float32))
        names = [variable.op.name for variable in tf.global_variables()]
    first = [name for name in names if name.startswith("first/")]
    assert [name.replace("first/", "second/") for name in first] == names[len(first) :]


def test_block_cells_take_the_variables_of_plain_cells(tmp_path):
    pairs = [("BasicLSTMCell", "LSTMBlockCell"), ("GRUCell", "GRUBlockCellV2")]
    inputs = np.random.RandomState(1).normal(size=(2, 3)).astype(np.float32)
    found = {}
    for names in zip(*pairs):
        with tf.Graph().as_default(), tf.Session() as session:
            tf.set_random_seed(1)
            cells = [getattr(tf.contrib.rnn, name)(4, name=f"cell_{i}") for i, name in enumerate(names)]
            outputs = [cell(inputs, cell.zero_state(2, tf.float32))[0] for cell in cells]
            saver = tf.train.Saver()
            if found:
                saver.restore(session, str(tmp_path / "model"))
            else:
                session.run(tf.global_variables_initializer())
                saver.save(session, str(tmp_path / "model"))
            found[names] = np.concatenate(session.run(outputs))
    plain, block = found.values()
    np.testing.assert_allclose(block, plain, rtol=1e-5, atol=1e-6)
