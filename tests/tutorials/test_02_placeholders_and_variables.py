"""Both versions compute the same from the same W and b, given directly or by a checkpoint of the TF1 version."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
import twin
from loading import load

NAME = "02_placeholders_and_variables"
TITLES = ["=== x_data ===", "=== W ===", "=== b ===", "=== expr ==="]


@dataclass
class Run:
    """What the TF1 version computed."""

    x: np.ndarray
    weights: dict[str, np.ndarray]
    expr: np.ndarray
    checkpoint: str


def expr_in_tf2(weights: dict[str, np.ndarray], x: np.ndarray) -> np.ndarray:
    model = load(twin.TUTORIALS / NAME / "tf2.py").Model()
    for variable in model.trainable_variables:
        variable.assign(weights[variable.name.removesuffix(":0")])
    expr: np.ndarray = model(x).numpy()
    return expr


def expr_of_checkpoint_in_tf2(checkpoint: str, x: np.ndarray) -> np.ndarray:
    model = load(twin.TUTORIALS / NAME / "tf2.py").Model()
    model.restore_tf1(checkpoint)
    expr: np.ndarray = model(x).numpy()
    return expr


@pytest.fixture(scope="module")
def tf1(tmp_path_factory: pytest.TempPathFactory) -> Run:
    import tf1graphs.v1 as tf

    x = np.array([[1, 2, 3], [4, 5, 6]], np.float32)
    with tf.Graph().as_default(), tf.Session() as sess:
        graph = load(twin.TUTORIALS / NAME / "tf1.py").build()
        saver = tf.train.Saver()
        sess.run(tf.global_variables_initializer())
        weights = {variable.op.name: sess.run(variable) for variable in tf.trainable_variables()}
        expr = sess.run(graph.expr, {graph.X: x})
        checkpoint = saver.save(sess, str(tmp_path_factory.mktemp(NAME) / "tf1.ckpt"))
    return Run(x, weights, expr, checkpoint)


def test_column_b_is_added_to_each_column(tf1):
    np.testing.assert_allclose(tf1.expr, tf1.x @ tf1.weights["W"] + np.hstack([tf1.weights["b"]] * 2), rtol=1e-5)


def test_same_weights_give_the_same_expr(tf1, in_tf2):
    np.testing.assert_allclose(in_tf2(expr_in_tf2, tf1.weights, tf1.x), tf1.expr, rtol=1e-6, atol=1e-6)


def test_tf1_checkpoint_gives_the_tf2_version_the_same_expr(tf1, in_tf2):
    expr = in_tf2(expr_of_checkpoint_in_tf2, tf1.checkpoint, tf1.x)
    np.testing.assert_allclose(expr, tf1.expr, rtol=1e-6, atol=1e-6)


def test_scripts_print_what_they_computed(in_tf2, tmp_path, capsys):
    import tf1graphs.v1 as tf

    with tf.Graph().as_default():
        load(twin.TUTORIALS / NAME / "tf1.py").main(["--logdir", str(tmp_path / "tf1")])
    printed = {
        "tf1": capsys.readouterr().out.splitlines(),
        "tf2": in_tf2(twin.run_script, NAME, ["--logdir", str(tmp_path / "tf2")]).splitlines(),
    }
    assert printed["tf1"][0] == 'Tensor("X:0", shape=(?, 3), dtype=float32)'
    assert printed["tf2"][0] == "TensorSpec(shape=(None, 3), dtype=tf.float32, name='X')"
    for lines in printed.values():
        assert [line for line in lines if line.startswith("===")] == TITLES
