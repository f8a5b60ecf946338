"""Prints the metrics of tutorial 27 for examples in a file: ``stream_metrics.py tf1|tf2 EXAMPLES POSITIVE``.

The file has one-hot labels and probabilities of each task; they go through the tutorial's ``evaluate`` in batches.
"""

from __future__ import annotations

import json
import sys
from types import SimpleNamespace
from typing import Any

import numpy as np
import short
from loading import load

from tf1graphs.datasets import DataSet

FOLDER = short.TUTORIALS / "27_evaluation"


def tf1(task: str, examples: DataSet, positive: int) -> dict[str, Any]:
    tutorial = load(FOLDER / "tf1.py")
    tf = tutorial.tf
    with tf.Graph().as_default(), tf.Session() as sess:
        X, Y = (tf.placeholder(tf.float32, [None, *each.shape[1:]]) for each in (examples.images, examples.labels))
        graph = SimpleNamespace(X=X, Y=Y, probabilities=tf.identity(X))
        if task == "classification":
            found = tutorial.tf1_metrics.classification(Y, graph.probabilities, positive)
        else:
            found = tutorial.tf1_metrics.segmentation(Y, graph.probabilities)
        values: dict[str, Any] = tutorial.evaluate(sess, graph, found, examples)[0]
    return values


def tf2(task: str, examples: DataSet, positive: int) -> dict[str, Any]:
    tutorial = load(FOLDER / "tf2.py")
    if task == "classification":
        found = tutorial.tf2_metrics.Classification(positive)
    else:
        found = tutorial.tf2_metrics.Segmentation(examples.labels.shape[-1])
    # The tutorial takes the softmax of what the model gives.
    values: dict[str, Any] = tutorial.evaluate(tutorial.tf.math.log, found, examples)[0]
    return values


def main() -> None:
    version, path, positive = sys.argv[1:]
    results = {}
    with np.load(path) as arrays:
        for task in ("classification", "segmentation"):
            examples = DataSet(arrays[f"{task} probabilities"], arrays[f"{task} labels"])
            values = {"tf1": tf1, "tf2": tf2}[version](task, examples, int(positive))
            results[task] = {name: np.asarray(value).tolist() for name, value in values.items()}
    print(json.dumps(results))


if __name__ == "__main__":
    main()
