"""The variables of a graph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tf1graphs.inspect.graphs import attributes, optimizers
from tf1graphs.inspect.graphs.attributes import Shape
from tf1graphs.inspect.graphs.collections import Collections
from tf1graphs.inspect.graphs.nodes import Graph, Node
from tf1graphs.inspect.graphs.optimizers import VARIABLE_OPS, Slot
from tf1graphs.inspect.graphs.shapes.operation import product
from tf1graphs.inspect.reading.dtypes import numpy_dtype
from tf1graphs.inspect.reading.tensors import shape_of

# Freezing turns a variable into a constant and what reads it into an Identity.
_READ = re.compile(r".*/read(_\d+)?|.*/ReadVariableOp(_\d+)?")
# Where the weights of an op come in. Optimizers of graphs drop the Identity between.
_WEIGHTS = {
    **dict.fromkeys(("Conv2D", "Conv3D", "DepthwiseConv2dNative", "MatMul", "BiasAdd"), (1,)),
    **dict.fromkeys(("QuantizedConv2D", "QuantizedMatMul", "Conv2DBackpropInput", "Conv3DBackpropInputV2"), (1,)),
    **dict.fromkeys(("FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"), (1, 2, 3, 4)),
    **dict.fromkeys(("Gather", "GatherV2"), (0,)),
}
_SUMS = ("Add", "AddV2")
_PART = re.compile(r"(.+)/part_(\d+)")


@dataclass(frozen=True)
class Variable:
    """A variable.

    Attributes:
        name: the name of its node.
        kind: the op that makes it, such as ``"VariableV2"`` or ``"VarHandleOp"``; ``"frozen"`` for a constant that was
            one.
        shape: its shape.
        dtype: its dtype.
        elements: their number; None if the shape is not known.
        bytes: what they take in memory; None for strings too.
        trainable: whether it is; None if the file does not say so.
        optimizer: the optimizer that keeps it beside the variables it trains, else None.
        slot: what it is to that optimizer, such as ``"m"`` or ``"beta1_power"``.
        slot_of: the variable that it belongs to; None if to none or to all.
    """

    name: str
    kind: str
    shape: Shape
    dtype: str
    elements: int | None
    bytes: int | None
    trainable: bool | None
    optimizer: str | None
    slot: str | None
    slot_of: str | None


@dataclass(frozen=True)
class PartitionedVariable:
    """A variable that is cut into parts along one axis, each a variable.

    Attributes:
        name: the name of the whole.
        shape: the shape of the whole.
        dtype: its dtype.
        parts: the names of the parts, in order.
    """

    name: str
    shape: Shape
    dtype: str
    parts: tuple[str, ...]


def find_variables(graph: Graph, collections: Collections) -> tuple[Variable, ...]:
    """The variables, in the order of the file; if there are none, the constants that were variables."""
    nodes = [node for node in graph.nodes.values() if node.op in VARIABLE_OPS]
    if not nodes:
        return tuple(_variable(node, "frozen", None, None) for node in _frozen(graph))
    slots = optimizers.find_slots(graph)
    trained = {update.variable for update in optimizers.find_updates(graph)}
    return tuple(
        _variable(node, node.op, _is_trainable(node.name, collections, trained, slots), slots.get(node.name))
        for node in nodes
    )


def _is_trainable(
    name: str, collections: Collections, trained: Iterable[str], slots: Mapping[str, Slot]
) -> bool | None:
    if name in collections.trainable:
        return True
    if collections.lists_variables or name in collections.untrained or name in slots:
        return False
    return True if name in trained else None


def _shape(node: Node) -> Shape:
    """The shape of a variable, or of the constant that it has become."""
    if node.op == "Const":
        attribute = node.proto.attr.get("value")
        return None if attribute is None else shape_of(attribute.tensor.tensor_shape)
    shape = attributes.shape(node.proto, "shape")
    # Of the first kind of variables, a scalar's shape cannot be told from an unknown one.
    return None if shape == () and node.op == "Variable" else shape


def _variable(node: Node, kind: str, trainable: bool | None, slot: Slot | None) -> Variable:
    shape = _shape(node)
    dtype = attributes.dtype(node.proto, "dtype")
    elements = None if shape is None else product(shape)
    stored = numpy_dtype(dtype)
    size = None if elements is None or stored is None else elements * stored.itemsize
    optimizer, role, owner = (slot.optimizer, slot.role, slot.variable) if slot else (None, None, None)
    return Variable(node.name, kind, shape, dtype, elements, size, trainable, optimizer, role, owner)


def _frozen(graph: Graph) -> list[Node]:
    """The constants that are read as variables are, or that stand where an op takes its weights."""
    found = set()
    for name, node in graph.nodes.items():
        if node.op == "Identity" and _READ.fullmatch(name) and node.inputs:
            found.add(node.inputs[0].node)
        is_biased = node.op in _SUMS and node.inputs and graph.nodes[node.inputs[0].node].op in _WEIGHTS
        for index in (1,) if is_biased else _WEIGHTS.get(node.op, ()):
            if index < len(node.inputs):
                source = graph.origin(node.inputs[index], ("Identity", "Enter", "Dequantize"))
                # Scalars beside an activation are numbers of the program.
                if _shape(graph.nodes[source.node]):
                    found.add(source.node)
    return [
        node
        for name, node in graph.nodes.items()
        if name in found and node.op == "Const" and attributes.dtype(node.proto, "dtype") not in ("int32", "string")
    ]


def find_partitioned(variables: Iterable[Variable], collections: Collections) -> tuple[PartitionedVariable, ...]:
    """The variables that are cut into parts: those named ``NAME/part_0``, ``NAME/part_1`` and so on."""
    groups: dict[str, dict[int, Variable]] = {}
    for variable in variables:
        match = _PART.fullmatch(variable.name)
        if match and len(match[2]) < 6:
            groups.setdefault(match[1], {})[int(match[2])] = variable
    found = []
    for name, by_index in groups.items():
        parts = [by_index[index] for index in sorted(by_index)]
        if sorted(by_index) == list(range(len(parts))):
            stated = collections.partitions.get(parts[0].name)
            shape = _whole([part.shape for part in parts]) if stated is None else stated
            found.append(PartitionedVariable(name, shape, parts[0].dtype, tuple(part.name for part in parts)))
    return tuple(found)


def _whole(shapes: list[Shape]) -> Shape:
    """The shape of parts that differ, or are joined, along one axis; None if that is not told by their shapes."""
    known = [shape for shape in shapes if shape is not None]
    if len(known) < len(shapes) or len({len(shape) for shape in known}) > 1 or not known[0]:
        return None
    if len(shapes) == 1:
        return known[0]
    differing = [axis for axis in range(len(known[0])) if len({shape[axis] for shape in known}) > 1]
    if len(differing) > 1:
        return None
    # TensorFlow's partitioners cut the first axis unless told otherwise.
    axis = differing[0] if differing else 0
    sizes = [shape[axis] for shape in known]
    total = None if None in sizes else sum(size for size in sizes if size is not None)
    return (*known[0][:axis], total, *known[0][axis + 1 :])
