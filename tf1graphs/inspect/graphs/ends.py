"""What a graph without signatures was made to compute: the predictions, not the loss and what trains and watches.

What is left when the machinery of training is taken away, and what hangs on the labels, ends in the predictions. A
label is a feed that meets no weights: it is only compared with what has been computed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Set

from tf1graphs.inspect.graphs import attributes
from tf1graphs.inspect.graphs.feeds import is_fed
from tf1graphs.inspect.graphs.machinery import CHANGING, WATCHING, is_machinery
from tf1graphs.inspect.graphs.nodes import Graph, Node, Tensor, reached
from tf1graphs.inspect.graphs.ops import output_dtypes
from tf1graphs.inspect.graphs.optimizers import VARIABLE_OPS

_GRADIENT = re.compile(r"(?:^|/)gradients(?:_\d+)?/(?:(.+?)_grad/)?")
_APPLYING = re.compile(r"(Resource)?(Sparse)?Apply")
# Name scopes of TensorFlow's own losses and metrics.
_LOSS_SCOPE = re.compile(
    r"(?:^|/)(?:sparse_)?(?:softmax|sigmoid)_cross_entropy\w*/|SparseSoftmaxCrossEntropy\w*/|(?:^|/)\w*logistic_loss\w*/"
    r"|(?:^|/)(?:absolute_difference|cosine_distance|hinge_loss|huber_loss|log_loss|mean_squared_error)\w*/"
    r"|(?:^|/)mean_pairwise_squared_error\w*/|(?:^|/)(?:CTCLoss|sequence_loss|nce_loss|sampled_softmax_loss|metrics|report_uninitialized_variables)\w*/"
)
# What depends on the shape of a tensor does not depend on its values.
_SHAPES = frozenset({"Shape", "ShapeN", "Size", "Rank", "ZerosLike", "OnesLike"})
# What loops and conditions leave behind where nobody asks for it.
_LOOPS = re.compile(r"(Ref)?(Enter|Exit|Merge|Switch|NextIteration)|LoopCond|TensorArray\w*|(Stateless)?(While|If)")
_INTEGERS = ("int32", "int64")
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
        *("AddN", "Add", "AddV2", "Pow", "Abs", "Sqrt", "Cast", "Maximum", "Minimum", "DivNoNan", "ArgMax", "Equal"),
    }
)
# Ops whose other results are for their gradients, or say where the first comes from.
_ONE_RESULT = re.compile(r"Fused\w*BatchNorm\w*|(Sparse)?SoftmaxCrossEntropyWithLogits|(Ref)?Merge")


def find_ends(graph: Graph, given: Collection[Tensor] = ()) -> list[Tensor]:
    """The tensors that a graph was made to compute from what is fed, in the graph's order; there may be none.

    Args:
        graph: the graph.
        given: tensors that are fed; without any, placeholders and the results of input pipelines.
    """
    nodes, waiting = graph.nodes, _waiting(graph)
    training = reached([name for name, node in nodes.items() if _is_training(node)], waiting.__getitem__)
    users = {name: [user for user in all_users if user not in training] for name, all_users in waiting.items()}
    computed, compared, unweighted = _computed(graph, set(given) or _feeds(graph), training)
    kept = computed - training - compared
    inside = {name for name in kept if _LOSS_SCOPE.search(name)}
    kept -= inside
    watched = reached(inside, graph.consumers.__getitem__) | _losses(graph) | _settings(graph, training, users)
    watched |= {name for name in kept if WATCHING.fullmatch(nodes[name].op)}
    # As in the cross-entropy that a program writes out: -sum(labels * log(predictions)).
    watched |= {name for name in kept if nodes[name].op == "Log" and users[name] and compared.issuperset(users[name])}
    # As in the error of two feeds that a program computes beside its network.
    watched |= {name for name in unweighted if not users[name] and nodes[name].op in _MEASURING}
    kept -= _measuring(kept & watched, kept, nodes, users)
    ends = [name for name in nodes if name in kept and kept.isdisjoint(users[name])]
    ends = [name for name in ends if not is_machinery(nodes[name], nodes)]
    ends = [name for name in ends if not _is_left_over(nodes[name], nodes)] or ends
    return [Tensor(name, index) for name in ends for index in range(_results(nodes[name]))]


def _waiting(graph: Graph) -> dict[str, list[str]]:
    """By the name of a node those that take its tensors, or run after it."""
    found = {name: list(consumers) for name, consumers in graph.consumers.items()}
    for name, node in graph.nodes.items():
        for control in {*node.controls}.difference(tensor.node for tensor in node.inputs):
            found[control].append(name)
    return found


def _feeds(graph: Graph) -> set[Tensor]:
    used = {tensor for node in graph.nodes.values() for tensor in node.inputs}
    return {tensor for tensor in used if is_fed(graph.nodes[tensor.node])}


def _is_training(node: Node) -> bool:
    return bool(_GRADIENT.search(node.name) or _APPLYING.match(node.op))


def _computed(graph: Graph, fed: Set[Tensor], training: Set[str]) -> tuple[set[str], set[str], set[str]]:
    """The nodes whose values hang on what is fed; or on variables, if nothing is.

    Returns:
        These nodes, those that hang on labels, and those that hang on any feed that meets no weights, where others do.
    """
    nodes, weights = graph.nodes, _weights(graph)

    def values(names: Iterable[str]) -> Iterable[str]:
        return (name for name in names if name not in training and nodes[name].op not in _SHAPES)

    def behind(tensors: Set[Tensor]) -> set[str]:
        takers = values(name for name, node in nodes.items() if not tensors.isdisjoint(node.inputs))
        return reached(takers, lambda name: values(graph.consumers[name]))

    def read_for(names: Iterable[str]) -> set[Tensor]:
        before = reached(values(names), lambda name: values(tensor.node for tensor in nodes[name].inputs))
        return {tensor for name in before for tensor in nodes[name].inputs}

    if not fed:
        variables = {Tensor(name, 0) for name, node in nodes.items() if node.op in VARIABLE_OPS}
        return behind(variables) - weights if variables else set(nodes), set(), set()
    meeting = [name for name, node in nodes.items() if not weights.isdisjoint(tensor.node for tensor in node.inputs)]
    unweighted = fed - read_for(name for name in meeting if not CHANGING.fullmatch(nodes[name].op))
    if unweighted == fed:
        return behind(fed), set(), set()
    labels = unweighted & read_for(behind(unweighted) & behind(fed - unweighted))
    return behind(fed), behind(labels), behind(unweighted)


def _weights(graph: Graph) -> set[str]:
    """Variables, and the nodes that pass on nothing but variables."""
    found = {name for name, node in graph.nodes.items() if node.op in VARIABLE_OPS}
    for name in graph.order:
        node = graph.nodes[name]
        inputs = {tensor.node for tensor in node.inputs}
        passed = inputs & found
        if node.op in _PASSING and passed and all(graph.nodes[each].op == "Const" for each in inputs - passed):
            found.add(name)
    return found


def _losses(graph: Graph) -> set[str]:
    """The nodes from which gradients start: they are differentiated, and what else is comes before them."""
    names = {match[1] for match in map(_GRADIENT.search, graph.nodes) if match and match[1]} & graph.nodes.keys()

    def inputs(name: str) -> Iterable[str]:
        return (tensor.node for tensor in graph.nodes[name].inputs)

    return names - reached([each for name in names for each in inputs(name)], inputs)


def _settings(graph: Graph, training: Set[str], users: Mapping[str, Collection[str]]) -> set[str]:
    """What only optimizers take, beside gradients, such as a learning rate."""
    updates = [graph.nodes[name] for name in training if not _GRADIENT.search(name)]
    updates = [node for node in updates if _APPLYING.match(node.op) or any(t.node in training for t in node.inputs)]
    return {tensor.node for node in updates for tensor in node.inputs if not users[tensor.node]}


def _measuring(
    ends: Set[str], kept: Set[str], nodes: Mapping[str, Node], users: Mapping[str, Collection[str]]
) -> set[str]:
    """Losses and what is watched, with the nodes before them in ``kept`` that only measure, and for nothing else."""
    left = {name: len(waiting) for name, waiting in users.items()}
    found = set(ends)
    ready = list(ends)
    while ready:
        node = nodes[ready.pop()]
        inputs = {tensor.node for tensor in node.inputs}
        for source in inputs.union(node.controls):
            left[source] -= 1
            if not left[source] and source in (inputs & kept) - found and nodes[source].op in _MEASURING:
                found.add(source)
                ready.append(source)
    return found


def _is_left_over(node: Node, nodes: Mapping[str, Node]) -> bool:
    """Whether a node that nobody uses is what loops have beside their results, such as their counters."""
    if node.op in ("Min", "Max"):  # of the lengths, in dynamic_rnn
        return attributes.dtype(node.proto, "T") in _INTEGERS
    if node.op == "Merge":  # of a condition; one that only asserts gives what it tested
        return attributes.dtype(node.proto, "T") == "bool"
    source = nodes[node.inputs[0].node] if node.op == "Identity" and node.inputs else node
    return bool(_LOOPS.fullmatch(source.op))


def _results(node: Node) -> int:
    return 1 if _ONE_RESULT.fullmatch(node.op) else len(output_dtypes(node.proto)) or 1
