"""What a graph without signatures was made to compute: the predictions, not the loss and what trains and watches.

What is left when the machinery of training is taken away, and what hangs on the labels, ends in the predictions. A
label is a feed that meets no weights: it is only compared with what has been computed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.graphs import feeds
from tf1graphs.convert.graphs.nodes import Tensor, by_name, consumers, data_inputs
from tf1graphs.convert.graphs.programs import VARIABLES
from tf1graphs.inspect.reading.protos import DataType

_CLEAR_AT_MOST = 4
_GRADIENT = re.compile(r"(?:^|/)gradients(?:_\d+)?/(?:(.+?)_grad/)?")
# Name scopes of TensorFlow's own losses and metrics.
_LOSS_SCOPE = re.compile(
    r"(?:^|/)(?:sparse_)?(?:softmax|sigmoid)_cross_entropy\w*/|SparseSoftmaxCrossEntropy\w*/|(?:^|/)\w*logistic_loss\w*/"
    r"|(?:^|/)(?:absolute_difference|cosine_distance|hinge_loss|huber_loss|log_loss|mean_squared_error)\w*/"
    r"|(?:^|/)mean_pairwise_squared_error\w*/|(?:^|/)(?:CTCLoss|sequence_loss|metrics|report_uninitialized_variables)\w*/"
)
_WATCHING = re.compile(r"\w*Summary(V2)?|Save\w*|Restore\w*|Assert|Print|PrintV2|NoOp|CheckNumerics")
# Where batches come from; those that are read are fed.
_PIPELINE = re.compile(r"\w*Dataset(V\d)?|MakeIterator|Iterator\w*|Queue(Enqueue|Close)\w*|VarIsInitializedOp")
_CHANGING = re.compile(
    r"(Resource)?(Sparse)?Apply\w+|Assign\w*|\w*StridedSliceAssign|(Resource)?Scatter(Nd)?(Update|Add|Sub|Mul|Div|Min|Max)"
)
# What depends on the shape of a tensor does not depend on its values.
_SHAPES = frozenset({"Shape", "ShapeN", "Size", "Rank", "ZerosLike", "OnesLike"})
# What loops and conditions leave behind where nobody asks for it.
_LOOPS = re.compile(r"(Ref)?(Enter|Exit|Merge|Switch|NextIteration)|LoopCond|TensorArray\w*|(Stateless)?(While|If)")
_CONDITION = re.compile(r"(?:^|/)(?:switch_[tf]|pred_id)$")
_INTEGERS = frozenset({DataType.DT_INT32, DataType.DT_INT64})
# What passes weights on as they are.
_PASSING = frozenset(
    {
        *("Identity", "ReadVariableOp", "Reshape", "Transpose", "Cast", "ConcatV2", "Concat", "Enter", "Switch"),
        *("Merge", "Split", "SplitV", "StridedSlice", "Slice", "Unpack", "Pack", "ExpandDims", "Squeeze"),
    }
)
# What losses and watched numbers are made of, behind the predictions.
_MEASURING = frozenset(
    {
        *("Mean", "Sum", "Max", "Min", "L2Loss", "Square", "SquaredDifference", "Sub", "Neg", "Log", "Mul", "RealDiv"),
        *("AddN", "Add", "AddV2", "Pow", "Abs", "Sqrt", "Cast", "Maximum", "DivNoNan", "ArgMax", "Equal"),
    }
)
_RESULTS = {"TopK": 2, "TopKV2": 2}


def outputs(meta_graph: Any, given: Sequence[Tensor]) -> list[Tensor]:
    """The tensors that a graph was made to compute from what is fed, in the graph's order.

    Args:
        meta_graph: the graph.
        given: tensors that are fed; without any, placeholders and the results of input pipelines.

    Raises:
        CouldNotConvert: there are none, or too many to tell.
    """
    nodes = by_name(meta_graph.graph_def.node)
    users = consumers(nodes.values())
    fed = list(given) or _feeds(nodes)
    training = _behind([node.name for node in nodes.values() if _is_training(node)], users)
    differentiated = {match[1] for match in map(_GRADIENT.search, nodes) if match and match[1]}
    users = {name: [user for user in waiting if user.name not in training] for name, waiting in users.items()}
    forward = {tensor: _forward(tensor, nodes, users) - training for tensor in fed}
    computed = set().union(*forward.values()) if fed else _of_variables(nodes, users) - training
    labels = _labels(forward, nodes)
    kept = computed - set().union(*(forward[label] for label in labels))
    kept -= {name for name in kept if _LOSS_SCOPE.search(name)}
    losses = (differentiated & kept) - _before(differentiated, nodes)
    watchers = {name for name in kept if any(kind.fullmatch(nodes[name].op) for kind in (_WATCHING, _PIPELINE))}
    kept -= _measuring(losses | watchers, nodes, users)
    ends = [name for name in nodes if name in kept and not any(user.name in kept for user in users.get(name, ()))]
    ends = [name for name in ends if not _CHANGING.fullmatch(nodes[name].op) and not _CONDITION.search(name)]
    ends = [name for name in ends if not _is_left_over(nodes[name], nodes)] or ends
    _refuse_unclear(ends)
    return [Tensor(name, index) for name in ends for index in range(_RESULTS.get(nodes[name].op, 1))]


def _refuse_unclear(ends: Sequence[str]) -> None:
    if not ends:
        raise CouldNotConvert("no outputs are found in the graph: name them with --outputs")
    if len(ends) > _CLEAR_AT_MOST:
        raise CouldNotConvert(f"it is not clear what the outputs are: type --outputs with some of {' '.join(ends)}")


def _feeds(nodes: Mapping[str, Any]) -> list[Tensor]:
    used = {tensor for node in nodes.values() for tensor in data_inputs(node)}
    sources = {name for name, node in nodes.items() if node.op in feeds.PLACEHOLDERS or feeds.is_pipeline(node)}
    return sorted(tensor for tensor in used if tensor.node in sources)


def _is_training(node: Any) -> bool:
    return bool(_GRADIENT.search(node.name) or node.op.startswith(("Apply", "ResourceApply", "SparseApply")))


def _behind(names: Iterable[str], users: Mapping[str, Sequence[Any]]) -> set[str]:
    """Nodes and all that wait for them."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(user.name for user in users.get(name, ()))
    return found


def _forward(fed: Tensor, nodes: Mapping[str, Any], users: Mapping[str, Sequence[Any]]) -> set[str]:
    """The nodes whose values hang on a fed tensor."""
    found: set[str] = set()
    waiting = [user.name for user in users.get(fed.node, ()) if fed in data_inputs(user)]
    while waiting:
        name = waiting.pop()
        if name in found or nodes[name].op in _SHAPES:
            continue
        found.add(name)
        waiting.extend(user.name for user in users.get(name, ()) if any(i.node == name for i in data_inputs(user)))
    return found


def _weights(nodes: Mapping[str, Any]) -> set[str]:
    """Variables, and the nodes that pass on nothing but variables."""
    found = {name for name, node in nodes.items() if node.op in VARIABLES}
    constant = {name for name, node in nodes.items() if node.op == "Const"}
    for name, node in nodes.items():  # a graph lists nodes in the order in which they were made
        inputs = {tensor.node for tensor in data_inputs(node)}
        if node.op in _PASSING and inputs & found and inputs <= found | constant:
            found.add(name)
    return found


def _of_variables(nodes: Mapping[str, Any], users: Mapping[str, Sequence[Any]]) -> set[str]:
    """What is computed where nothing is fed: the nodes whose values hang on variables; all, if there are none."""
    variables = [Tensor(name, 0) for name, node in nodes.items() if node.op in VARIABLES]
    if not variables:
        return set(nodes)
    return set().union(*(_forward(variable, nodes, users) for variable in variables)) - _weights(nodes)


def _labels(forward: Mapping[Tensor, Collection[str]], nodes: Mapping[str, Any]) -> list[Tensor]:
    """The feeds that meet no weights, where others do."""
    weights = _weights(nodes)
    meeting = {
        name
        for name, node in nodes.items()
        if not _CHANGING.fullmatch(node.op) and any(tensor.node in weights for tensor in data_inputs(node))
    }
    labels = [tensor for tensor, reached in forward.items() if not meeting.intersection(reached)]
    return labels if len(labels) < len(forward) else []


def _before(names: Iterable[str], nodes: Mapping[str, Any]) -> set[str]:
    """The nodes that are needed for nodes; one that is in a loop is needed for itself."""
    found: set[str] = set()
    waiting = [tensor.node for name in names if name in nodes for tensor in data_inputs(nodes[name])]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(tensor.node for tensor in data_inputs(nodes[name]))
    return found


def _is_left_over(node: Any, nodes: Mapping[str, Any]) -> bool:
    """Whether a node that nobody uses is what loops have beside their results, such as their counters."""
    if node.op in ("Min", "Max"):  # of the lengths, in dynamic_rnn
        return node.attr["T"].type in _INTEGERS
    inputs = data_inputs(node)
    source = nodes[inputs[0].node] if node.op == "Identity" and inputs else node
    return bool(_LOOPS.fullmatch(source.op))


def _measuring(ends: set[str], nodes: Mapping[str, Any], users: Mapping[str, Sequence[Any]]) -> set[str]:
    """Losses and what is watched, with the nodes before them that only measure, and for nothing else."""
    found = set(ends)
    waiting = list(ends)
    while waiting:
        for tensor in data_inputs(nodes[waiting.pop()]):
            measures = nodes[tensor.node].op in _MEASURING
            if tensor.node not in found and measures and all(user.name in found for user in users[tensor.node]):
                found.add(tensor.node)
                waiting.append(tensor.node)
    return found
