"""Saves a checkpoint of each TF1 version and prints what it gives as output: ``save_checkpoints.py FOLDER``."""

from __future__ import annotations

import json
import sys
from typing import Any

import numpy as np
import short
from cases import CASES, Case, folder
from loading import load

import tf1graphs.v1 as tf


def _trained(variable: Any, random: np.random.RandomState) -> np.ndarray:
    """Returns values that a training might have led to, which keep signals the same from layer to layer."""
    shape = variable.shape.as_list()
    scale = 0.1 if len(shape) < 2 else np.prod(shape[:-1]) ** -0.5
    around = 1.0 if variable.op.name.endswith(("gamma", "moving_variance")) else 0.0
    return random.normal(around, scale, size=shape).astype(np.float32)


def _outputs(name: str, case: Case, prefix: str) -> dict[str, Any]:
    graph = load(short.TUTORIALS / folder(name) / "tf1.py").build(**case.options)
    random = np.random.RandomState(0)
    inputs = case.inputs()
    settings = {getattr(graph, name): value for name, value in case.evaluation.items()}
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for variable in [*tf.trainable_variables(), *_averages()]:
            variable.load(_trained(variable, random), sess)
        tf.train.Saver().save(sess, prefix)

        def output(rows: slice) -> Any:
            feed = {getattr(graph, name): array[rows] for name, array in inputs.items()}
            return sess.run(getattr(graph, case.output[0]), {**feed, **settings}).tolist()

        return {"all": output(slice(None)), "first": output(slice(1))}


def _averages() -> list[Any]:
    return [variable for variable in tf.global_variables() if "/moving_" in variable.op.name]


def main() -> None:
    found = {}
    for name, case in CASES.items():
        with tf.Graph().as_default():
            found[name] = _outputs(name, case, f"{sys.argv[1]}/{name}")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
