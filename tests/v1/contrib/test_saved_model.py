"""What ``tf.contrib.saved_model`` reads of a SavedModel."""

from __future__ import annotations

import pytest

import tf1graphs.v1 as tf

reader = tf.contrib.saved_model.reader


def test_the_reader_returns_the_saved_model_and_its_tags(tmp_path):
    folder = str(tmp_path / "model")
    with tf.Graph().as_default(), tf.Session() as session:
        tf.get_variable("v", initializer=1.0)
        session.run(tf.global_variables_initializer())
        builder = tf.saved_model.Builder(folder)
        builder.add_meta_graph_and_variables(session, ["serve"])
        builder.add_meta_graph(["serve", "gpu"])
        builder.save()
    assert len(reader.read_saved_model(folder).meta_graphs) == 2
    assert reader.get_saved_model_tag_sets(folder) == [["gpu", "serve"], ["serve"]]


def test_the_reader_refuses_a_folder_without_a_model(tmp_path):
    with pytest.raises(IOError, match="SavedModel file does not exist"):
        reader.read_saved_model(str(tmp_path))


def test_a_predictor_refuses_a_signature_that_is_not_there(tmp_path):
    folder = str(tmp_path / "model")
    with tf.Graph().as_default(), tf.Session() as session:
        x = tf.placeholder(tf.float32, [2])
        v = tf.get_variable("v", initializer=1.0)
        session.run(tf.global_variables_initializer())
        tf.saved_model.simple_save(session, folder, {"x": x}, {"y": x * v})
    with pytest.raises(ValueError, match="Available signatures are .'serving_default'."):
        tf.contrib.predictor.from_saved_model(folder, signature_def_key="none")
