"""``tf.contrib.graph_editor.edit``: cuts views out of a graph, and puts them behind each other."""

from __future__ import annotations

from typing import Any

from tensorflow.python.ops import array_ops

from tf1graphs.v1.contrib.graph_editor import reroute, select, subgraph, util

__all__ = [
    "bypass",
    "connect",
    "detach",
    "detach_control_inputs",
    "detach_control_outputs",
    "detach_inputs",
    "detach_outputs",
]


def detach_control_inputs(sgv: Any) -> None:
    """Lets the operations of a view no longer wait for any outside."""
    view = subgraph.make_view(sgv)
    for op in view.ops:
        reroute.remove_control_inputs(op, [each for each in op.control_inputs if each not in view.ops])


def detach_control_outputs(sgv: Any, control_outputs: Any) -> None:
    """Lets no operation outside wait for those of a view; raises ``TypeError`` without a ``ControlOutputs``."""
    if not isinstance(control_outputs, util.ControlOutputs):
        raise TypeError(f"Expected a util.ControlOutputs, got: {type(control_outputs)}")
    control_outputs.update()
    view = subgraph.make_view(sgv)
    for op in view.ops:
        for waiting in control_outputs.get(op):
            if waiting not in view.ops:
                reroute.remove_control_inputs(waiting, op)


def detach_inputs(sgv: Any, control_inputs: bool = False) -> tuple[subgraph.SubGraphView, list[Any]]:
    """Gives a view placeholders for its inputs, and returns both."""
    view = subgraph.make_view(sgv)
    with view.graph.as_default():
        placeholders = [
            array_ops.placeholder(dtype=tensor.dtype, name=util.placeholder_name(tensor)) for tensor in view.inputs
        ]
    reroute.swap_inputs(view, placeholders)
    if control_inputs:
        detach_control_inputs(view)
    return view, placeholders


def detach_outputs(sgv: Any, control_outputs: Any = None) -> tuple[subgraph.SubGraphView, list[Any]]:
    """Gives the consumers of a view's outputs placeholders; returns the view of these outputs, and the placeholders."""
    view = subgraph.make_view(sgv)
    view = view.remap_outputs([i for i, tensor in enumerate(view.outputs) if tensor.consumers()])
    consumers = subgraph.SubGraphView(view.consumers())
    outputs = view.outputs
    consumers = consumers.remap_inputs([i for i, tensor in enumerate(consumers.inputs) if tensor in outputs])
    with view.graph.as_default():
        placeholders = [util.make_placeholder_from_tensor(tensor) for tensor in consumers.inputs]
    reroute.swap_outputs(view, placeholders)
    if control_outputs is not None:
        detach_control_outputs(view, control_outputs)
    return view, placeholders


def detach(
    sgv: Any, control_inputs: bool = False, control_outputs: Any = None, control_ios: Any = None
) -> tuple[Any, list[Any], list[Any]]:
    """Detaches inputs and outputs; returns the view, and the placeholders of both."""
    control_inputs, control_outputs = select.check_cios(control_inputs, control_outputs, control_ios)
    _, detached_inputs = detach_inputs(sgv, control_inputs)
    _, detached_outputs = detach_outputs(sgv, control_outputs)
    return sgv, detached_inputs, detached_outputs


def connect(sgv0: Any, sgv1: Any, disconnect_first: bool = False) -> tuple[Any, Any]:
    """Feeds the outputs of ``sgv0`` to ``sgv1``, and returns the views.

    Args:
        sgv0: A view.
        sgv1: A view with as many inputs as ``sgv0`` has outputs.
        disconnect_first: Whether to detach the outputs of ``sgv0`` first.
    """
    view0, view1 = subgraph.make_view(sgv0), subgraph.make_view(sgv1)
    util.check_graphs(view0, view1)
    if disconnect_first:
        detach_outputs(view0)
    reroute.reroute_inputs(subgraph.SubGraphView(passthrough_ts=view0.outputs), view1)
    return view0, view1


def bypass(sgv: Any) -> tuple[subgraph.SubGraphView, list[Any]]:
    """Gives the consumers of a view its inputs; returns the view, and placeholders for its inputs."""
    view = subgraph.make_view(sgv)
    inputs = view.inputs
    view, placeholders = detach_inputs(view)
    reroute.reroute_ts(inputs, view.outputs)
    return view, placeholders
