"""Graphs for what no recorded one has, made with today's TensorFlow in the style of 1.x."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from keras_models import Arrays

from tf1graphs.convert.keras.report import Report
from tf1graphs.convert.keras.weights import from_keras, to_keras
from tf1graphs.inspect.reading import protos
from tf1graphs.inspect.reading.graphs import GraphFile


def _partitioned(v1: Any) -> Any:
    x = v1.placeholder("float32", [None, 4], name="x")
    parts = [v1.get_variable(f"w/part_{number}", [2, 3], use_resource=False) for number in (0, 1)]
    return v1.matmul(x, v1.concat(parts, 0), name="output")


def _training_switch(v1: Any) -> Any:
    x = v1.placeholder("float32", [None, 4], name="x")
    training = v1.placeholder("bool", [], name="training")
    return v1.identity(v1.cond(training, lambda: x * 3.0, lambda: x * 2.0), name="output")


def _switch_on_a_number(v1: Any) -> Any:
    x = v1.placeholder("float32", [None, 4], name="x")
    return v1.identity(v1.cond(v1.reduce_sum(x) > 0, lambda: x * 3.0, lambda: x * 2.0), name="output")


def _variable_of_no_layer(v1: Any) -> Any:
    x = v1.placeholder("float32", [None, 3], name="x")
    return v1.multiply(x, v1.get_variable("gain", [3], use_resource=False), name="output")


def _divided_by_the_batch(v1: Any) -> Any:
    x = v1.placeholder("float32", [None, 3], name="x")
    size = v1.cast(v1.shape(x)[0], "float32")
    return v1.divide(x, size * size, name="output")


def _divided_by_a_known_size(v1: Any) -> Any:
    x = v1.placeholder("float32", [None, 3], name="x")
    return v1.divide(x, v1.cast(v1.shape(x)[1], "float32"), name="output")


def _cut_by_an_open_size(v1: Any) -> Any:
    x = v1.placeholder("float32", [None, None, 3], name="x")
    return v1.identity(x[:, : v1.shape(x)[1] - 1], name="output")


def _classes(v1: Any) -> Any:
    x = v1.placeholder("float32", [None, 4], name="x")
    return v1.argmax(x, 1, output_type="int32", name="output")


def _best_of_batch(v1: Any) -> Any:
    x = v1.placeholder("float32", [None, 4], name="x")
    return v1.argmin(x, 0, name="output")


def _batch_of_five(v1: Any) -> Any:
    x = v1.placeholder("float32", [5, 2, 2], name="x")
    return v1.reshape(x, [5, 4], name="output")


def _batch_of_five_split(v1: Any) -> Any:
    x = v1.placeholder("float32", [5, 2, 2], name="x")
    return v1.reshape(x, [10, 2], name="output")


def _float64(v1: Any) -> Any:
    return v1.identity(v1.placeholder("float64", [None, 2], name="x") * 2.0, name="output")


def _no_shape(v1: Any) -> Any:
    return v1.identity(v1.placeholder("float32", name="x") * 2.0, name="output")


def _two_ends(v1: Any) -> Any:
    x = v1.placeholder("float32", [None, 2], name="x")
    return v1.nn.relu(x, name="one"), v1.nn.tanh(x, name="two")


def _tied(v1: Any) -> Any:
    x = v1.placeholder("int32", [None, 2], name="x")
    table = v1.get_variable("table", [4, 3], use_resource=False)
    found = v1.reduce_sum(v1.nn.embedding_lookup(table, x), 1)
    return v1.matmul(found, table, transpose_b=True, name="output")


def _deep(v1: Any) -> Any:
    y = v1.placeholder("float32", [None, 2], name="x")
    for number in range(300):
        y = v1.nn.relu(y, name=f"relu_{number}")
    return v1.identity(y, name="output")


MAKERS: dict[str, Callable[[Any], Any]] = {
    name.removeprefix("_"): value for name, value in list(globals().items()) if name.startswith("_") and callable(value)
}


def build(
    maker: str, tensors: dict[str, np.ndarray], inputs: Sequence[str] = (), outputs: Sequence[str] = ("output",)
) -> tuple[Callable[..., Any], Report]:
    """The model of a graph in ``MAKERS`` and the report."""
    import tensorflow as tf

    with tf.Graph().as_default() as graph:
        # Loops and branches of 1.x, not functions.
        tf.compat.v1.disable_control_flow_v2()
        MAKERS[maker](tf.compat.v1)
    meta_graph = protos.MetaGraphDef()
    meta_graph.graph_def.ParseFromString(graph.as_graph_def().SerializeToString())
    file = GraphFile(Path(f"{maker}.meta"), "MetaGraphDef", (meta_graph,))
    return to_keras(Arrays(tensors), graph=file, inputs=inputs, outputs=outputs)


def of_text(text: str) -> None:
    """Builds a model of a GraphDef in protobuf's text format, with an output ``y``."""
    meta_graph = protos.MetaGraphDef()
    meta_graph.graph_def.CopyFrom(protos.parse_text(protos.GraphDef, text, "made.pbtxt"))
    to_keras(Arrays({}), graph=GraphFile(Path("made.pbtxt"), "MetaGraphDef", (meta_graph,)), outputs=["y"])


def run(maker: str, tensors: dict[str, np.ndarray], value: np.ndarray) -> tuple[np.ndarray, Report]:
    """What the model computes of ``value``, and the report."""
    model, report = build(maker, tensors)
    return np.asarray(model(value)), report


def back(maker: str, tensors: dict[str, np.ndarray], changed: str = "") -> dict[str, np.ndarray]:
    """What comes back of the model's weights, of which the one that ends with ``changed`` was set to zeros."""
    model, report = build(maker, tensors)
    for weight in model.weights:
        if changed and weight.path.endswith(changed):
            weight.assign(np.zeros(weight.shape, np.float32))
    return dict(from_keras(model, report.rows))


def report_of(maker: str, inputs: Sequence[str] = (), outputs: Sequence[str] = ("output",)) -> Report:
    """The report alone: a model cannot be sent to another process."""
    return build(maker, {}, inputs, outputs)[1]
