"""``tf.contrib.model_pruning.train``: a loop with files, which 1.15 ends with an error once it is done."""

from __future__ import annotations

import numpy as np
import pytest

import tf1graphs.v1 as tf


def test_train_updates_masks_and_returns_the_loss(tmp_path):
    pruning = tf.contrib.model_pruning
    with tf.Graph().as_default():
        x = tf.constant(np.random.RandomState(0).normal(size=(8, 4)), tf.float32)
        loss = tf.losses.mean_squared_error(tf.ones([8, 2]), pruning.masked_fully_connected(x, 2, activation_fn=None))
        train_op = tf.contrib.slim.learning.create_train_op(loss, tf.train.GradientDescentOptimizer(0.01))
        update = pruning.Pruning(pruning.get_pruning_hparams().parse("sparsity_function_end_step=2")).mask_update_op()
        found = pruning.train(train_op, str(tmp_path), update, number_of_steps=3, log_every_n_steps=0)
        assert 0 < found < 10
    masks = tf.train.load_variable(str(tmp_path), "fully_connected/mask")
    assert masks.shape == (4, 2)
    assert masks.sum() == 4


def test_a_folder_without_checkpoints_is_refused(tmp_path):
    with tf.Graph().as_default(), pytest.raises(ValueError, match="Could not find a checkpoint at"):
        tf.contrib.model_pruning.graph_def_from_checkpoint(str(tmp_path), ["out"])
