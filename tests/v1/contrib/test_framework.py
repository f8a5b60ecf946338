"""Checkpoints with ``tf.contrib.framework``."""

from __future__ import annotations

import numpy as np
import pytest

import tf1graphs.v1 as tf

framework = tf.contrib.framework


@pytest.fixture
def checkpoint(tmp_path) -> str:
    with tf.Graph().as_default(), tf.Session() as session:
        with tf.variable_scope("old"):
            tf.get_variable("w", initializer=np.array([[1.0, 2.0], [3.0, 4.0]], np.float32))
            tf.get_variable("b", initializer=np.array([5.0, 6.0], np.float32))
        session.run(tf.global_variables_initializer())
        return str(tf.train.Saver().save(session, str(tmp_path / "model.ckpt"), global_step=3))


@pytest.fixture
def session(checkpoint):
    with tf.Graph().as_default(), tf.Session() as session:
        yield session


def new_variables(scope: str = "new") -> list[tf.Variable]:
    with tf.variable_scope(scope):
        return [tf.get_variable("w", [2, 2]), tf.get_variable("b", [2])]


def test_a_checkpoint_is_read_without_a_graph(checkpoint, tmp_path):
    assert framework.list_variables(str(tmp_path)) == [("old/b", [2]), ("old/w", [2, 2])]
    assert framework.load_variable(checkpoint, "old/b:0").tolist() == [5.0, 6.0]
    assert framework.load_checkpoint(checkpoint).has_tensor("old/w")
    with pytest.raises(tf.errors.NotFoundError):
        framework.load_checkpoint(str(tmp_path / "nothing"))


def test_a_folder_without_checkpoints_is_refused(tmp_path):
    with pytest.raises(ValueError, match="checkpoint"):
        framework.load_checkpoint(str(tmp_path))


@pytest.mark.parametrize(
    "make_map",
    [
        lambda w, b: {"old/w": w, "old/b": b},
        lambda w, b: {"old/w": "new/w", "old/b": "new/b"},
        lambda w, b: {"old/": "new/"},
    ],
)
def test_init_from_checkpoint(session, checkpoint, make_map):
    w, b = new_variables()
    framework.init_from_checkpoint(checkpoint, make_map(w, b))
    session.run(tf.global_variables_initializer())
    assert session.run([w[1], b])[1].tolist() == [5.0, 6.0]


def test_init_from_checkpoint_refuses_another_shape_and_name(session, checkpoint):
    w, b = new_variables()
    with pytest.raises(ValueError, match="Shape"):
        framework.init_from_checkpoint(checkpoint, {"old/w": b})
    with pytest.raises(ValueError, match="not found"):
        framework.init_from_checkpoint(checkpoint, {"old/c": b})


def test_assign_from_checkpoint_fn(session, checkpoint):
    w, b = new_variables()
    assign = framework.assign_from_checkpoint_fn(checkpoint, {"old/w": w, "old/b": b})
    assign(session)
    assert session.run(w).tolist() == [[1.0, 2.0], [3.0, 4.0]]


def test_assign_from_checkpoint_fn_may_ignore_missing_variables(session, checkpoint):
    w, b = new_variables()
    assert framework.assign_from_checkpoint_fn(checkpoint, {"nothing": w}, ignore_missing_vars=True) is None
    framework.assign_from_checkpoint_fn(checkpoint, {"nothing": w, "old/b": b}, ignore_missing_vars=True)(session)
    assert session.run(b).tolist() == [5.0, 6.0]


def test_assign_from_checkpoint_fn_may_reshape(session, checkpoint):
    flat = tf.get_variable("flat", [4])
    framework.assign_from_checkpoint_fn(checkpoint, {"old/w": flat}, reshape_variables=True)(session)
    assert session.run(flat).tolist() == [1.0, 2.0, 3.0, 4.0]


def test_assign_from_checkpoint_gives_an_op_and_what_to_feed_it(session, checkpoint):
    w, b = new_variables()
    op, feed = framework.assign_from_checkpoint(checkpoint, {"old/w": w, "old/b": b})
    session.run(op, feed)
    assert session.run(b).tolist() == [5.0, 6.0]
    with pytest.raises(ValueError):
        framework.assign_from_checkpoint(checkpoint, {"old/w": b})


def test_initializers_reorder_rows_to_a_new_vocabulary(session, checkpoint, tmp_path):
    (tmp_path / "old.txt").write_text("a\nb\n")
    (tmp_path / "new.txt").write_text("b\na\nc\n")
    files = str(tmp_path / "old.txt"), str(tmp_path / "new.txt")
    embedding = tf.get_variable(
        "embedding",
        [3, 2],
        initializer=framework.load_embedding_initializer(
            checkpoint, "old/w", 3, 2, *files, initializer=tf.zeros_initializer()
        ),
    )
    session.run(tf.global_variables_initializer())
    assert session.run(embedding).tolist() == [[3.0, 4.0], [1.0, 2.0], [0.0, 0.0]]
