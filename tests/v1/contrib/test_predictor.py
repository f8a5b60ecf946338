"""What ``tf.contrib.predictor`` refuses although TensorFlow 1.15 let it pass."""

from __future__ import annotations

import pytest

import tf1graphs.v1 as tf


def test_an_unknown_signature_is_refused_with_the_known_ones(tmp_path):
    folder = str(tmp_path / "model")
    with tf.Graph().as_default(), tf.Session() as session:
        x = tf.placeholder(tf.float32)
        tf.saved_model.simple_save(session, folder, {"x": x}, {"y": x * 2.0})
    with pytest.raises(ValueError, match=r"signature_def_key \"other\".*\['serving_default'\]"):
        tf.contrib.predictor.from_saved_model(folder, signature_def_key="other")
