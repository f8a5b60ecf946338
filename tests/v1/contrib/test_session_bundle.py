"""``session_bundle`` reads what TensorFlow 1.15's ``exporter`` wrote; 1.15 itself had no function for it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest

import tf1graphs.v1 as tf
from tf1graphs.v1.contrib.session_bundle import exporter, manifest_pb2, session_bundle

FIXTURES = Path(__file__).parents[2] / "fixtures" / "tf115" / "session_bundle"
ANSWERS = json.loads((FIXTURES / "answers.json").read_text(encoding="utf-8"))


def signatures(meta):
    found = manifest_pb2.Signatures()
    meta.collection_def["serving_signatures"].any_list.value[0].Unpack(found)
    return found


@pytest.mark.parametrize("version", ["00000001", "00000002", "00000003"])
def test_an_export_of_115_gives_what_it_gave(version):
    folder = str(FIXTURES / version)
    assert session_bundle.maybe_session_bundle_dir(folder)
    session, meta = session_bundle.load_session_bundle_from_path(folder)
    found = signatures(meta)
    bound = found.default_signature.classification_signature
    names = [bound.scores.tensor_name, bound.classes.tensor_name]
    with session:
        scores, classes = session.run(names, {bound.input.tensor_name: ANSWERS["x"]})
    np.testing.assert_allclose(scores, ANSWERS["scores"], rtol=1e-6)
    assert [name.decode() for name in classes] == ANSWERS["classes"]
    assert found.named_signatures["inputs"].generic_signature.map["x"].tensor_name == "x:0"


def test_an_export_is_read_with_the_graph_that_it_was_given(tmp_path):
    with tf.Graph().as_default() as served:
        tf.placeholder(tf.float32, [], name="x")
        tf.get_variable("w", initializer=2.0)
        tf.train.Saver()  # its ops restore the variable in this graph
    with tf.Graph().as_default(), tf.Session() as session:
        tf.get_variable("w", initializer=5.0)
        tf.constant(1.0, name="not_served")
        session.run(tf.global_variables_initializer())
        written = exporter.Exporter(tf.train.Saver())
        written.init(graph_def=served.as_graph_def())
        folder = written.export(str(tmp_path), tf.constant(3), session)
    session, _ = session_bundle.load_session_bundle_from_path(folder)
    names = {operation.name for operation in session.graph.get_operations()}
    assert "x" in names and "not_served" not in names
    assert session.run("w:0") == 5.0
    assert session.graph is tf.get_default_graph()


def test_a_meta_graph_in_place_of_that_of_the_folder():
    folder = str(FIXTURES / "00000001")
    meta = session_bundle.load_session_bundle_from_path(folder)[1]
    meta.graph_def.node.add(name="more", op="NoOp")
    session, given = session_bundle.load_session_bundle_from_path(folder, meta_graph_def=meta)
    assert given is meta
    session.run("more")


def test_what_is_no_export_is_refused(tmp_path):
    assert not session_bundle.maybe_session_bundle_dir(str(tmp_path))
    with pytest.raises(RuntimeError, match=f"Expected meta graph file missing {os.path.join(tmp_path, 'export.meta')}"):
        session_bundle.load_session_bundle_from_path(str(tmp_path))


@pytest.mark.parametrize("key, what", [("serving_graph", "GraphDef"), ("serving_init_op", "init op")])
def test_more_than_one_graph_or_operation_is_refused(key, what):
    folder = str(FIXTURES / "00000003")
    meta = session_bundle.load_session_bundle_from_path(folder)[1]
    collection = meta.collection_def[key]
    values = collection.any_list.value if key == "serving_graph" else collection.node_list.value
    values.extend(list(values))
    with pytest.raises(RuntimeError, match=f"Expected exactly one serving {what}"):
        session_bundle.load_session_bundle_from_path(folder, meta_graph_def=meta)
