"""Seconds of some training steps of a tutorial, each function called in a process of its own kind."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import twin
from cases import CASES, folder
from loading import load
from recording import Tf1Run


def _seconds(act: Callable[[], Any]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


@cache
def _tf1(name: str, tf: Any) -> Tf1Run:
    return Tf1Run(tf, load(twin.TUTORIALS / folder(name) / "tf1.py"), CASES[name])


def tf1(name: str, steps: int) -> float:
    """Session steps of the TF1 version on ``tf1graphs.v1``."""
    import tf1graphs.v1

    run, batches = _tf1(name, tf1graphs.v1), CASES[name].batches(steps)
    return _seconds(lambda: run.train(batches))


def bare(name: str, steps: int) -> float:
    """Session steps of the same script on ``tf.compat.v1`` itself."""
    from tf1graphs import tutorial  # noqa: F401, I001 (first, to keep TensorFlow quiet)
    import tensorflow.compat.v1

    tensorflow.compat.v1.disable_v2_behavior()
    sys.modules["tf1graphs.v1"] = tensorflow.compat.v1
    run, batches = _tf1(name, tensorflow.compat.v1), CASES[name].batches(steps)
    return _seconds(lambda: run.train(batches))


@cache
def _tf2(name: str, steps: int) -> tuple[Any, Any]:
    return twin.new_model(name), twin.stacked(CASES[name].batches(steps))


def tf2(name: str, steps: int) -> float:
    """The TF2 version's ``train`` over as many batches."""
    model, batches = _tf2(name, steps)
    return _seconds(lambda: model.train(*batches).numpy())


@cache
def _keras(name: str) -> Any:
    import tensorflow as tf

    model = twin.new_model(name)

    class Fitted(tf.keras.Model):
        def train_step(self, data: Any) -> dict[str, Any]:
            with tf.GradientTape() as tape:
                cost = model.cost(*data)
            model.optimizer.apply(tape.gradient(cost, model.trainable_variables))
            return {"cost": cost}

    fitted = Fitted()
    fitted.compile()
    return fitted


def keras_fit(name: str, steps: int) -> float:
    """Keras 3's ``fit`` driving the TF2 version's cost and optimizer over as many batches."""
    import tensorflow as tf

    _, batches = _tf2(name, steps)
    dataset = tf.data.Dataset.from_tensor_slices(tuple(batches))
    return _seconds(lambda: _keras(name).fit(dataset, shuffle=False, verbose=0))
