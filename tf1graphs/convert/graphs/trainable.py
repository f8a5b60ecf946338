"""Makes a frozen graph trainable again: the constants that were its weights become variables."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.graphs.nodes import consumers, data_inputs
from tf1graphs.inspect.reading import dtypes
from tf1graphs.inspect.reading.protos import GraphDef, NodeDef

# Which inputs of an op are weights.
_WEIGHTS: dict[str, Collection[int]] = {
    **dict.fromkeys(("MatMul", "BatchMatMul", "BatchMatMulV2", "SparseMatMul", "Add", "AddV2", "Mul"), (0, 1)),
    **dict.fromkeys(("Conv2D", "Conv3D", "DepthwiseConv2dNative", "Conv2DBackpropInput", "BiasAdd"), (1,)),
    **dict.fromkeys(("BiasAddV1", "Conv3DBackpropInputV2", "Dilation2D"), (1,)),
    **dict.fromkeys(("Gather", "GatherV2"), (0,)),
    **dict.fromkeys(("FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"), (1, 2, 3, 4)),
    "SparseTensorDenseMatMul": (3,),
    "BatchNormWithGlobalNormalization": (1, 2, 3, 4),
}
# Inputs that are averages of what was seen in training: kept as variables, but not trained.
_AVERAGES = {**dict.fromkeys(("FusedBatchNorm", "FusedBatchNormV2", "FusedBatchNormV3"), (3, 4))}
_AVERAGES["BatchNormWithGlobalNormalization"] = (1, 2)
_AVERAGE_NAMES = frozenset({"moving_mean", "moving_variance"})
_PASSING = frozenset({"Identity", "Enter", "Switch", "FakeQuantWithMinMaxVars", "FakeQuantWithMinMaxArgs"})


def weights(graph_def: Any, nodes: Iterable[str]) -> dict[str, bool]:
    """The constants among ``nodes`` that were variables, or are used as weights, and whether they are to be trained.

    Raises:
        CouldNotConvert: there are none.
    """
    users = consumers(graph_def.node)
    inside = set(nodes)
    found = {}
    for node in graph_def.node:
        if node.name in inside and node.op == "Const" and dtypes.name_of(node.attr["dtype"].type) in dtypes.FLOATS:
            uses = list(_uses(node.name, users))
            if _was_variable(node, users) or (_size(node) > 1 and any(at in _WEIGHTS.get(op, ()) for op, at in uses)):
                found[node.name] = not _is_average(node, uses)
    if not any(found.values()):
        raise CouldNotConvert(
            "no constant of the graph is used as a weight: there is nothing to train, and nothing for a checkpoint"
        )
    return found


def _size(node: Any) -> int:
    size = 1
    for dimension in node.attr["value"].tensor.tensor_shape.dim:
        size *= dimension.size
    return size


def _was_variable(node: Any, users: Mapping[str, list[Any]]) -> bool:
    """Freezing leaves the op that read the variable: ``w/read`` or ``.../ReadVariableOp``."""
    readers = [user for user in users.get(node.name, ()) if user.op == "Identity"]
    return any(user.name == f"{node.name}/read" or "ReadVariableOp" in user.name for user in readers)


def _uses(name: str, users: Mapping[str, list[Any]]) -> Iterable[tuple[str, int]]:
    """The ops that use a node, and at which input, behind ops that pass it on."""
    for user in users.get(name, ()):
        for position, tensor in enumerate(data_inputs(user)):
            if tensor.node == name:
                yield user.op, position
                if user.op in _PASSING:
                    yield from _uses(user.name, users)


def _is_average(node: Any, uses: Iterable[tuple[str, int]]) -> bool:
    return node.name.rpartition("/")[2] in _AVERAGE_NAMES or any(at in _AVERAGES.get(op, ()) for op, at in uses)


def refuse_loops(graph_def: Any, trained: Iterable[str]) -> None:
    """Refuses to train what is used in a loop of TensorFlow 1, which TensorFlow 2 does not differentiate.

    Raises:
        CouldNotConvert: with the loop.
    """
    users = consumers(graph_def.node)
    waiting, found = list(trained), set()
    while waiting:
        for user in users.get(waiting.pop(), ()):
            if user.op == "Enter":
                raise CouldNotConvert(
                    f"TensorFlow 2 cannot train what is used in the loop {user.attr['frame_name'].s.decode()} of "
                    "TensorFlow 1: name tensors behind it with --inputs, or convert without --trainable"
                )
            if user.name not in found:
                found.add(user.name)
                waiting.append(user.name)


def with_variables(graph_def: Any, names: Collection[str]) -> Any:
    """The graph with variables of the same names in place of constants."""
    new = GraphDef()
    new.CopyFrom(graph_def)
    for node in new.node:
        if node.name in names:
            variable = NodeDef(name=node.name, op="VariableV2")
            variable.attr["dtype"].CopyFrom(node.attr["dtype"])
            variable.attr["shape"].shape.CopyFrom(node.attr["value"].tensor.tensor_shape)
            node.CopyFrom(variable)
    return new
