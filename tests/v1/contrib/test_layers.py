"""What of ``tf.contrib.layers`` is no single call: how it loads, and columns that start from a checkpoint."""

from __future__ import annotations

import importlib

import numpy as np
import pytest

import tf1graphs.v1 as tf

layers = tf.contrib.layers


def test_contrib_loads_neither_tensorflow_2_nor_keras_3(python):
    done = python(
        "-c",
        "import sys, tf1graphs.v1 as tf\n"
        "layer, slim = tf.contrib.layers.fully_connected, tf.contrib.slim.learning.train\n"
        "names = tf.contrib.framework.arg_scope, tf.contrib.losses.log_loss, tf.contrib.metrics.accuracy\n"
        "print(type(sys.modules['tensorflow']).__name__, 'keras' in sys.modules, 'sklearn' in sys.modules)\n",
    )
    assert done.stdout.split() == ["DeferredTensorFlow", "False", "False"], done.stderr
    assert done.stderr == ""


def test_contrib_loads_after_tensorflow_2_and_leaves_it_as_it_was(python):
    done = python(
        "-c",
        "import tensorflow\n"
        "import tf1graphs.v1 as tf\n"
        "import tensorflow.compat.v1 as before\n"
        "tf.contrib.slim\n"
        "import tensorflow.compat.v1 as after\n"
        "print(before is after is tensorflow.compat.v1, after is not tf)\n",
    )
    assert done.stdout.split() == ["True", "True"], done.stderr


@pytest.mark.parametrize(
    "module, name",
    [
        ("contrib.layers.utils", "collect_named_outputs"),
        ("contrib.slim.learning", "train_step"),
        ("contrib.slim.tfexample_decoder", "TFExampleDecoder"),
        ("contrib.slim.nets.resnet_v1", "resnet_v1_block"),
        ("contrib.framework.variables", "model_variable"),
        ("contrib.losses.metric_learning.metric_loss_ops", "pairwise_distance"),
    ],
)
def test_inner_modules_import_by_path(module, name):
    assert callable(getattr(importlib.import_module(f"tf1graphs.v1.{module}"), name))


def test_inner_modules_and_private_names_are_there():
    assert layers.layers.conv2d is layers.conv2d
    assert callable(layers._model_variable_getter)
    assert callable(layers._clip_gradients_by_norm)
    with pytest.raises(AttributeError):
        _ = layers._no_such_name


@pytest.fixture
def checkpoint(tmp_path) -> str:
    with tf.Graph().as_default(), tf.Session() as session:
        tf.get_variable("old", initializer=np.arange(6, dtype=np.float32).reshape(3, 2))
        session.run(tf.global_variables_initializer())
        return str(tf.train.Saver().save(session, str(tmp_path / "model.ckpt")))


@pytest.fixture
def session():
    with tf.Graph().as_default(), tf.Session() as session:
        yield session


def run(session, tensor):
    session.run([tf.global_variables_initializer(), tf.tables_initializer()])
    return session.run(tensor).tolist()


def test_embedding_column_starts_from_a_checkpoint(session, checkpoint):
    words = layers.sparse_column_with_keys("word", ["a", "b", "c"])
    column = layers.embedding_column(words, 2, ckpt_to_load_from=checkpoint, tensor_name_in_ckpt="old")
    output = layers.input_from_feature_columns({"word": tf.constant([["c"], ["a"]])}, [column])
    assert run(session, output) == [[4.0, 5.0], [0.0, 1.0]]


def test_crossed_column_starts_from_a_checkpoint(session, checkpoint):
    columns = [layers.sparse_column_with_hash_bucket(name, 3) for name in ("word", "other")]
    cross = layers.crossed_column(columns, 3, ckpt_to_load_from=checkpoint, tensor_name_in_ckpt="old")
    features = {"word": tf.constant([["a"]]), "other": tf.constant([["b"]])}
    output, variables, _ = layers.weighted_sum_from_feature_columns(features, [cross], 2)
    assert run(session, output)[0] in session.run(variables[cross][0]).tolist()
    assert session.run(variables[cross][0]).tolist() == [[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]


def test_shared_embedding_refuses_another_shape(session):
    def embedded(dimension):
        words = layers.sparse_column_with_hash_bucket("word", 3)
        (column,) = layers.shared_embedding_columns([words], dimension, shared_embedding_name="shared")
        return layers.input_from_feature_columns({"word": tf.constant([["c"]])}, [column])

    assert embedded(2).shape.as_list() == embedded(2).shape.as_list()
    with pytest.raises(ValueError, match="shared_embedding_name"):
        embedded(3)


def test_batch_norm_trains_and_predicts(session):
    inputs = tf.constant(np.random.RandomState(0).normal(3, 2, [64, 4]).astype(np.float32))
    training = tf.placeholder_with_default(False, [])
    outputs = layers.batch_norm(inputs, decay=0.5, is_training=training)
    update = tf.group(*tf.get_collection(tf.GraphKeys.UPDATE_OPS))
    session.run(tf.global_variables_initializer())
    for _ in range(30):
        session.run(update, {training: True})
    predicted, trained = session.run(outputs), session.run(outputs, {training: True})
    np.testing.assert_allclose(predicted, trained, atol=0.05)
