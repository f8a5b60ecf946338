"""``tf.data.experimental.CheckpointInputPipelineHook`` lets training go on with the next input."""

from __future__ import annotations

import os

import tf1graphs.v1 as tf


def _train(folder, steps, seen, with_hook):
    def input_fn():
        return tf.data.Dataset.range(100)

    def model_fn(features, labels, mode):
        step = tf.train.get_or_create_global_step()
        noted = tf.py_func(lambda value: seen.append(int(value)) or value, [features], tf.int64)
        noted.set_shape([])
        with tf.control_dependencies([noted]):
            train = tf.assign_add(step, 1)
        return tf.estimator.EstimatorSpec(mode, loss=tf.constant(0.0), train_op=train)

    config = tf.estimator.RunConfig(save_checkpoints_steps=2)
    estimator = tf.estimator.Estimator(model_fn, folder, config)
    hooks = [tf.data.experimental.CheckpointInputPipelineHook(estimator)] if with_hook else []
    estimator.train(input_fn, hooks=hooks, steps=steps)


def test_the_input_goes_on_where_it_was_stopped(tmp_path):
    for with_hook, expected in ((True, [0, 1, 2, 3, 4, 5]), (False, [0, 1, 2, 0, 1, 2])):
        folder, seen = str(tmp_path / str(with_hook)), []
        _train(folder, 3, seen, with_hook)
        _train(folder, 3, seen, with_hook)
        assert seen == expected
    saved = tf.train.list_variables(str(tmp_path / "True" / "input.ckpt-6"))
    assert [name for name, _ in saved] == ["IteratorV2:0-state"], "the name of 1.15"
    files = os.listdir(tmp_path / "True")
    assert "checkpoint_input" in files
    assert "input.ckpt-6.index" in files
    assert "model.ckpt-6.index" in files
