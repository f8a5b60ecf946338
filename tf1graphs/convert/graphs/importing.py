"""Programs become functions of TensorFlow 2, by ``tf.graph_util.import_graph_def``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.graphs.nodes import by_name, data_inputs
from tf1graphs.convert.graphs.programs import Program, program
from tf1graphs.inspect.graphs.feeds import is_pipeline
from tf1graphs.inspect.graphs.nodes import Tensor
from tf1graphs.inspect.reading.tensors import shape_of


def _imported(part: Program, given: Mapping[str, Any], producer: int) -> list[Any]:
    """Imports a program into TensorFlow's current graph; returns its outputs, and then its targets.

    Shapes are those that ops have in graphs of TensorFlow's version ``producer``.
    """
    import tensorflow as tf

    graph_def = tf.compat.v1.GraphDef.FromString(part.graph_def.SerializeToString())
    graph_def.versions.producer = producer
    used = {str(tensor) for node in part.graph_def.node for tensor in data_inputs(node)}
    wanted = [str(output) for output in part.outputs if str(output) not in given]
    try:
        elements = tf.graph_util.import_graph_def(
            graph_def,
            input_map={name: value for name, value in given.items() if name in used},
            return_elements=[*wanted, *part.targets],
            name="graph",
        )
    except (ValueError, tf.errors.OpError) as error:
        raise CouldNotConvert(f"TensorFlow cannot import the graph: {str(error).splitlines()[0]}") from None
    imported = dict(zip(wanted, elements, strict=False))
    outputs = [imported.get(str(output), given.get(str(output))) for output in part.outputs]
    return [*outputs, *elements[len(wanted) :]]


def specs(graph_def: Any, tensors: Mapping[str, Tensor]) -> dict[str, Any]:
    """The shape and dtype of tensors as a ``tf.TensorSpec`` each, by the keys of ``tensors``.

    Raises:
        CouldNotConvert: the graph has no such tensor.
    """
    import tensorflow as tf

    nodes = by_name(graph_def.node)
    inferred = [tensor for tensor in tensors.values() if not is_pipeline(nodes[tensor.node])]
    with tf.Graph().as_default():
        part = program(graph_def, [], inferred, made_here=nodes)
        values = dict(zip(inferred, _imported(part, {}, graph_def.versions.producer), strict=True))
    found = {}
    for key, tensor in tensors.items():
        if tensor in values:
            shape, dtype = values[tensor].shape, values[tensor].dtype
        else:
            shape, dtype = _of_pipeline(nodes, tensor)
        found[key] = tf.TensorSpec(shape, dtype, name=key)
    return found


def _of_pipeline(nodes: Mapping[str, Any], tensor: Tensor) -> tuple[Any, Any]:
    """Shape and dtype of what an input pipeline returns, as far as its iterator or queue says."""
    import tensorflow as tf

    node = nodes[tensor.node]
    types = [*node.attr["output_types"].list.type, *node.attr["component_types"].list.type]
    types += node.attr["dtypes"].list.type  # of staging areas and infeeds
    dtype = tf.dtypes.as_dtype(types[tensor.output]) if tensor.output < len(types) else tf.string
    shapes = [*node.attr["output_shapes"].list.shape, *node.attr["shapes"].list.shape]
    for queue in data_inputs(node)[:1]:
        shapes += nodes[queue.node].attr["shapes"].list.shape
    if tensor.output >= len(shapes):
        return tf.TensorShape(None), dtype
    shape = tf.TensorShape(shape_of(shapes[tensor.output]))
    is_batch = "Many" in node.op or "UpTo" in node.op
    return tf.TensorShape([None]).concatenate(shape) if is_batch else shape, dtype


def function(part: Program, handles: Mapping[str, Any], given_specs: Sequence[Any] = ()) -> Any:
    """A concrete function that takes tensors of ``given_specs`` and returns what the program computes, as a list.

    Args:
        part: what is computed.
        handles: handles of variables and tables, and paths of assets, by the tensor that they stand for.
        given_specs: a ``tf.TensorSpec`` for each input of ``part``.

    Raises:
        CouldNotConvert: TensorFlow does not take the graph.
    """
    import tensorflow as tf

    def imported(*arguments: Any) -> list[Any]:
        given = _captured(handles) | {str(tensor): value for tensor, value in zip(part.inputs, arguments, strict=True)}
        return [tf.identity(output) for output in _imported(part, given, tf.version.GRAPH_DEF_VERSION)]

    return tf.compat.v1.wrap_function(imported, list(given_specs))


def action(part: Program, handles: Mapping[str, Any]) -> Any:
    """A concrete function without arguments that runs the targets of a program, whoever asks for its result.

    Raises:
        CouldNotConvert: TensorFlow does not take the graph.
    """
    import tensorflow as tf

    @tf.function(autograph=False)  # type: ignore[untyped-decorator]
    def run() -> None:
        _imported(part, _captured(handles), tf.version.GRAPH_DEF_VERSION)

    return run.get_concrete_function()


def _captured(handles: Mapping[str, Any]) -> dict[str, Any]:
    import tensorflow as tf

    graph = tf.compat.v1.get_default_graph()
    return {name: graph.capture(handle) for name, handle in handles.items()}
