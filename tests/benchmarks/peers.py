"""Seconds of some training steps of a tutorial, each function called in a process of its own kind."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import short
from cases import CASES, folder
from loading import load


def _seconds(act: Callable[[], Any]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


class _Graph:
    """A TF1 version's graph and session."""

    def __init__(self, name: str, tf: Any) -> None:
        self._case = CASES[name]
        with tf.Graph().as_default():
            self._ends = load(short.TUTORIALS / folder(name) / "tf1.py").build(**self._case.options)
            self._session = tf.Session()
            self._session.run(tf.global_variables_initializer())

    def _feed(self, names: tuple[str, ...], values: dict[str, Any]) -> dict[Any, Any]:
        fed = {**{name: values[name] for name in names}, **self._case.settings}
        return {getattr(self._ends, name): value for name, value in fed.items()}

    def train(self, batches: list[dict[str, Any]]) -> None:
        """Takes one step of each optimizer per batch."""
        for batch in batches:
            for train_op, cost, names in self._case.steps:
                fetches = [getattr(self._ends, train_op), getattr(self._ends, cost)]
                self._session.run(fetches, self._feed(names, batch))


_graph = cache(_Graph)


def tf1(name: str, steps: int) -> float:
    """Session steps of the TF1 version on ``tf1graphs.v1``."""
    import tf1graphs.v1

    graph, batches = _graph(name, tf1graphs.v1), CASES[name].batches(steps)
    return _seconds(lambda: graph.train(batches))


def bare(name: str, steps: int) -> float:
    """Session steps of the same script on ``tf.compat.v1`` itself."""
    from tf1graphs import tutorial  # noqa: F401, I001 (first, to keep TensorFlow quiet)
    import tensorflow.compat.v1

    tensorflow.compat.v1.disable_v2_behavior()
    sys.modules["tf1graphs.v1"] = tensorflow.compat.v1
    graph, batches = _graph(name, tensorflow.compat.v1), CASES[name].batches(steps)
    return _seconds(lambda: graph.train(batches))


@cache
def _model(name: str) -> Any:
    return load(short.TUTORIALS / folder(name) / "tf2.py").Model(**CASES[name].options)


@cache
def _tf2(name: str, steps: int) -> tuple[Any, Any]:
    batches = CASES[name].batches(steps)
    return _model(name), [np.stack([batch[name] for batch in batches]) for name in batches[0]]


def tf2(name: str, steps: int) -> float:
    """The TF2 version's ``train`` over as many batches."""
    model, batches = _tf2(name, steps)
    return _seconds(lambda: model.train(*batches).numpy())


@cache
def _keras(name: str) -> Any:
    import tensorflow as tf

    model = _model(name)

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
