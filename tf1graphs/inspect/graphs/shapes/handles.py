"""Handles: what variables, queues, arrays of tensors and stacks hold, so that what is read from them has a shape."""

from __future__ import annotations

from collections.abc import Mapping

from tf1graphs.inspect.graphs import attributes
from tf1graphs.inspect.graphs.attributes import Shape
from tf1graphs.inspect.graphs.shapes.operation import Handle, Operation, agreed

_PASS_ON = ("Identity", "Enter", "RefEnter", "Switch", "Exit", "NextIteration")
_STATED_AS = {"VarHandleOp": "shape", "TensorArrayV3": "element_shape", "StackV2": "element_shape"}
# By op, the input that is stored, and whether each of its rows is an element.
_STORING = {"TensorArrayWriteV3": (2, False), "TensorArrayScatterV3": (2, True), "StackPushV2": (1, False)}


def handle_of(operation: Operation, elements: Mapping[str, Shape]) -> Handle | None:
    """The handle that an operation gives.

    Args:
        operation: the operation.
        elements: by the name of an array or a stack, the shape of all that is stored in it.
    """
    op, name = operation.proto.op, operation.proto.name
    if op in _PASS_ON:
        return operation.inputs[0].handle if operation.inputs else None
    if op == "TensorArrayGradV3" and operation.inputs and (handle := operation.inputs[0].handle):
        return handle._replace(is_gradient=True)
    if op in _STATED_AS:
        return Handle(name, (agreed(attributes.shape(operation.proto, _STATED_AS[op]), elements.get(name)),))
    if op.endswith("QueueV2"):
        return Handle(name, attributes.shapes(operation.proto, "shapes"))
    return None


def stored_by(operation: Operation) -> tuple[str | None, Shape] | None:
    """The array or stack into which an operation stores, None if it is not known, and the shape of what it stores.

    Gradients are left out: they have the shapes of that of which they are gradients.
    """
    if operation.proto.op not in _STORING or not operation.inputs:
        return None
    handle = operation.inputs[0].handle
    if handle and handle.is_gradient:
        return None
    index, has_rows = _STORING[operation.proto.op]
    shape = operation.inputs[index].shape if index < len(operation.inputs) else None
    return handle.name if handle else None, shape[1:] if shape and has_rows else shape
