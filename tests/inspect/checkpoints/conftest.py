"""Object-based checkpoints, which a process of its own writes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

WRITE = """
import sys
import numpy as np
import keras
import tensorflow as tf
import tf_keras

folder = sys.argv[1]

class Module(tf.Module):
    def __init__(self):
        super().__init__()
        self.w = tf.Variable(tf.ones([2, 3]), name="w")
        self.blocks = [tf.Variable(1.0)]
        self.itself = self

module = Module()
optimizer = tf_keras.optimizers.legacy.Adam()
optimizer.apply_gradients([(tf.ones([2, 3]), module.w)])
saved = tf.train.Checkpoint(model=module, optimizer=optimizer, step=tf.Variable(3))
manager = tf.train.CheckpointManager(saved, folder + "/module", max_to_keep=2)
for _ in range(3):
    manager.save()

model = tf_keras.Sequential([tf_keras.layers.Dense(2, input_shape=(3,), name="dense")])
model.compile("adam", "mse")
model.fit(np.ones([2, 3]), np.ones([2, 2]), verbose=0)
model.save_weights(folder + "/keras_2/weights")

model = keras.Sequential([keras.Input([3]), keras.layers.Dense(2, name="dense")])
model.compile("adam", "mse")
model.fit(np.ones([2, 3]), np.ones([2, 2]), verbose=0)
tf.train.Checkpoint(model=model, optimizer=model.optimizer).write(folder + "/keras_3/all")
"""


@pytest.fixture(scope="session")
def of_objects(tmp_path_factory: pytest.TempPathFactory, python: Callable[..., Any]) -> Path:
    """The directories ``module``, ``keras_2`` and ``keras_3``, each with checkpoints."""
    folder = tmp_path_factory.mktemp("of_objects")
    done = python("-c", WRITE, str(folder))
    assert done.returncode == 0, done.stderr
    return folder
