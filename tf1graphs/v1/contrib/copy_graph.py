"""``tf.contrib.copy_graph``: copies of single operations and variables in another graph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tensorflow.core.framework import node_def_pb2
from tensorflow.python.client import session
from tensorflow.python.framework import ops, tensor
from tensorflow.python.ops import variable_v1, variables

__all__ = ["copy_op_to_graph", "copy_variable_to_graph", "get_copied_op"]

_KEPT_COLLECTIONS = (ops.GraphKeys.GLOBAL_VARIABLES, ops.GraphKeys.TRAINABLE_VARIABLES)


def copy_variable_to_graph(org_instance: Any, to_graph: Any, scope: str = "") -> Any:
    """Returns a new variable in ``to_graph``, with the initial value of ``org_instance`` and below ``scope``.

    It is in the collections of the original, whose names also get the scope, but for those that initialize and train.

    Raises:
        TypeError: ``org_instance`` is no variable.
    """
    if not isinstance(org_instance, variables.Variable):
        raise TypeError(f"{org_instance} is not a Variable")
    collections = [
        name if name in _KEPT_COLLECTIONS else _below(scope, name) for name in _collections_with(org_instance)
    ]
    trainable = ops.GraphKeys.TRAINABLE_VARIABLES in collections
    with org_instance.graph.as_default(), session.Session() as temporary:
        value = temporary.run(org_instance.initialized_value())
    with to_graph.as_default():
        return variable_v1.VariableV1(
            value,
            trainable,
            name=_below(scope, org_instance.op.name),
            collections=collections,
            validate_shape=False,
        )


def copy_op_to_graph(org_instance: Any, to_graph: Any, variables: Iterable[Any], scope: str = "") -> Any:
    """Returns a copy of an operation or tensor in ``to_graph``, below ``scope``, with all that it depends on.

    Args:
        org_instance: The operation or tensor.
        to_graph: The graph to copy to; what has the name there already is used as it is.
        variables: The copies of the variables that it depends on.
        scope: Stands before all names.

    Raises:
        TypeError: ``org_instance`` is neither an operation nor a tensor.
    """
    name = _below(scope, org_instance.name)
    variables = list(variables)
    if name in [variable.name for variable in variables]:
        return to_graph.get_tensor_by_name(name)
    try:
        return to_graph.as_graph_element(name, allow_tensor=True, allow_operation=True)
    except (KeyError, ValueError):
        pass  # It is not there yet.
    if isinstance(org_instance, tensor.Tensor):
        operation = copy_op_to_graph(org_instance.op, to_graph, variables, scope)
        output = operation.outputs[org_instance.value_index]
        for collection in _collections_with(org_instance):
            to_graph.add_to_collection(_below(scope, collection), output)
        return output
    if not isinstance(org_instance, ops.Operation):
        raise TypeError(f"Could not copy instance: {org_instance}")
    control_inputs = [copy_op_to_graph(each, to_graph, variables, scope) for each in org_instance.control_inputs]
    inputs = [copy_op_to_graph(each, to_graph, variables, scope) for each in org_instance.inputs]
    node = node_def_pb2.NodeDef()
    node.CopyFrom(org_instance.node_def)
    node.name = name
    return ops.Operation.from_node_def(node, to_graph, inputs, control_inputs=control_inputs)


def get_copied_op(org_instance: Any, graph: Any, scope: str = "") -> Any:
    """Returns the copy of an operation or tensor in ``graph``; raises ``KeyError`` if it was not copied."""
    return graph.as_graph_element(_below(scope, org_instance.name), allow_tensor=True, allow_operation=True)


def _below(scope: str, name: str) -> str:
    return f"{scope}/{name}" if scope else name


def _collections_with(instance: Any) -> list[str]:
    graph = instance.graph
    return [
        name
        for name in graph.get_all_collection_keys()
        if any(member is instance for member in graph.get_collection_ref(name))
    ]
