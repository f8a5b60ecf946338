"""What trains the variables of a graph: the ops of optimizers, and what they keep beside each variable."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.graphs import attributes
from tf1graphs.inspect.graphs.nodes import Graph, Node, Tensor
from tf1graphs.inspect.reading.tensors import to_array

VARIABLE_OPS = ("VariableV2", "Variable", "VarHandleOp", "TemporaryVariable", "AutoReloadVariable")
# The inputs of Apply ops (two of them call the learning rate alpha, which is lr here); those of SparseApply have the
# indices after the gradient.
_INPUTS = {
    "GradientDescent": "var lr delta",
    "ProximalGradientDescent": "var lr l1 l2 delta",
    "Adadelta": "var accum accum_update lr rho epsilon grad",
    "Adagrad": "var accum lr grad",
    "AdagradV2": "var accum lr epsilon grad",
    "AdagradDA": "var gradient_accumulator gradient_squared_accumulator grad lr l1 l2 global_step",
    "ProximalAdagrad": "var accum lr l1 l2 grad",
    "Ftrl": "var accum linear grad lr l1 l2 lr_power",
    "FtrlV2": "var accum linear grad lr l1 l2 l2_shrinkage lr_power",
    "Momentum": "var accum lr grad momentum",
    "KerasMomentum": "var accum lr grad momentum",
    "Adam": "var m v beta1_power beta2_power lr beta1 beta2 epsilon grad",
    "AdamWithAmsgrad": "var m v vhat beta1_power beta2_power lr beta1 beta2 epsilon grad",
    "AdaMax": "var m v beta1_power lr beta1 beta2 epsilon grad",
    "RMSProp": "var ms mom lr rho momentum epsilon grad",
    "CenteredRMSProp": "var mg ms mom lr rho momentum epsilon grad",
    "AddSign": "var m lr alpha sign_decay beta grad",
    "PowerSign": "var m lr logbase sign_decay beta grad",
}
_SLOTS = {
    *("m", "v", "vhat", "accum", "accum_update", "linear", "ms", "mg", "mom"),
    *("gradient_accumulator", "gradient_squared_accumulator"),
}
# Of all variables together.
_SHARED = {"beta1_power", "beta2_power"}
_NO_NUMBER = {"var", "grad", "delta", "indices", "global_step", *_SLOTS, *_SHARED}
_APPLY = re.compile(r"(?:Resource)?(Sparse)?Apply(.+)")
_CHANGES = re.compile(r"Assign(Add|Sub)?(VariableOp)?|(Resource)?Scatter(Nd)?(Add|Sub|Update)")
# Slots by the ends of their names, where no op tells.
_NAMED_SLOTS = {
    "Adam": ("Adam", "m"),
    "Adam_1": ("Adam", "v"),
    "Momentum": ("Momentum", "accum"),
    "Adagrad": ("Adagrad", "accum"),
    "RMSProp": ("RMSProp", "ms"),
    "RMSProp_1": ("RMSProp", "mom"),
    "Ftrl": ("Ftrl", "accum"),
    "Ftrl_1": ("Ftrl", "linear"),
    "Adadelta": ("Adadelta", "accum"),
    "Adadelta_1": ("Adadelta", "accum_update"),
    "ExponentialMovingAverage": ("ExponentialMovingAverage", "average"),
}
_MOST_SCOPES = 64
_PASSING = ("Identity", "RefIdentity", "ReadVariableOp", "Enter", "RefEnter", "Switch", "RefSwitch", "Cast")


@dataclass(frozen=True)
class Slot:
    """What an optimizer keeps in a variable.

    Attributes:
        optimizer: its name.
        role: what it keeps, by the name of the input of its op, such as ``"m"``.
        variable: the variable for which; None for all.
    """

    optimizer: str
    role: str
    variable: str | None


@dataclass(frozen=True)
class Update:
    """An op that trains a variable.

    Attributes:
        op: its node.
        optimizer: which optimizer it belongs to, by the type of the op (``"Adam"`` for ``ResourceApplyAdam``) or, of an
            op that assigns, by its scope.
        variable: the variable that it changes.
        numbers: the learning rate and the like, by the names of inputs: a constant, or the name of the tensor.
    """

    op: str
    optimizer: str
    variable: str
    numbers: dict[str, float | str]


@dataclass(frozen=True)
class Optimizer:
    """Updates of one optimizer with the same numbers.

    Attributes:
        name: its name, such as ``"Adam"``.
        ops: how many ops of which type train variables.
        variables: the variables that it trains.
        numbers: the learning rate and the like: a constant, or the name of the tensor that gives it.
    """

    name: str
    ops: dict[str, int]
    variables: tuple[str, ...]
    numbers: dict[str, float | str]


@cache
def apply_inputs(op: str) -> tuple[str, tuple[str, ...]] | None:
    """The optimizer and the names of the inputs of an op such as ``ResourceSparseApplyAdagrad``, None for others."""
    match = _APPLY.fullmatch(op)
    if not match or match[2] not in _INPUTS:
        return None
    names = _INPUTS[match[2]].split()
    if match[1]:
        names = [part for name in names for part in (["grad", "indices"] if name in ("grad", "delta") else [name])]
    return match[2], tuple(names)


def variable_behind(graph: Graph, tensor: Tensor) -> str | None:
    """The variable that a tensor is, or is read from."""
    node = graph.origin(tensor, _PASSING).node
    return node if graph.nodes[node].op in VARIABLE_OPS else None


def _number(graph: Graph, tensor: Tensor) -> float | str:
    """The constant in a tensor, or its name."""
    source = graph.origin(tensor, _PASSING)
    node = graph.nodes[source.node]
    if node.op == "Const" and "value" in node.proto.attr:
        try:
            array = to_array(node.proto.attr["value"].tensor, node.name)
        except InvalidFile:
            return node.name
        if array.size == 1 and array.dtype.kind in "fiu":
            # The shortest number that is the same in float32 is the one in the program.
            return float(str(array.reshape(())[()]))
    return node.name if source.output == 0 else str(source)


def _applied(graph: Graph, node: Node) -> Update | None:
    found = apply_inputs(node.op)
    if not found or len(node.inputs) < len(found[1]):
        return None
    optimizer, names = found
    variable = variable_behind(graph, node.inputs[0])
    if variable is None:
        return None
    numbers: dict[str, float | str] = {
        "learning_rate" if name == "lr" else name: _number(graph, tensor)
        for name, tensor in zip(names, node.inputs, strict=False)
        if name not in _NO_NUMBER
    }
    if attributes.flag(node.proto, "use_nesterov"):
        numbers["use_nesterov"] = True
    return Update(node.name, optimizer, variable, numbers)


def _assigned(graph: Graph, node: Node) -> tuple[str, str, str] | None:
    """Optimizer, changed variable, and the variable for which, of an op that assigns in an optimizer's scope.

    An optimizer puts what it does for the variable ``w`` into a scope such as ``Adam/update_w``.
    """
    if not node.inputs or not _CHANGES.fullmatch(node.op):
        return None
    before, scope, variable = node.name.rpartition("/")[0].rpartition("/update_")
    changed = variable_behind(graph, node.inputs[0]) if scope else None
    # The scope of an op that comes again has a number.
    return (re.sub(r"_\d+$", "", before.rpartition("/")[2]), changed, variable) if changed else None


def find_updates(graph: Graph) -> list[Update]:
    """The ops that train variables, in the order of the file."""
    updates = []
    for node in graph.nodes.values():
        update = _applied(graph, node)
        if update:
            updates.append(update)
        elif assigned := _assigned(graph, node):
            optimizer, changed, variable = assigned
            if changed == variable:
                updates.append(Update(node.name, optimizer, variable, {}))
    return updates


def find_optimizers(graph: Graph) -> tuple[Optimizer, ...]:
    """The optimizers, each with what it trains."""
    groups: dict[tuple[str, str], list[Update]] = {}
    first_of: dict[str, tuple[str, str]] = {}
    # What an optimizer assigns to an embedding has no numbers of its own: it joins what has.
    for update in sorted(find_updates(graph), key=lambda update: not update.numbers):
        key = update.optimizer, repr(sorted(update.numbers.items()))
        first = first_of.setdefault(update.optimizer, key)
        groups.setdefault(key if update.numbers else first, []).append(update)
    optimizers = []
    for (name, _), updates in groups.items():
        ops: dict[str, int] = defaultdict(int)
        for update in updates:
            ops[graph.nodes[update.op].op] += 1
        variables = tuple(dict.fromkeys(update.variable for update in updates))
        optimizers.append(Optimizer(name, dict(ops), variables, updates[0].numbers))
    return tuple(optimizers)


def find_slots(graph: Graph) -> dict[str, Slot]:
    """What optimizers keep, by the name of the variable: as their ops say, else as names do."""
    slots = {}
    for node in graph.nodes.values():
        found = apply_inputs(node.op)
        if found and len(node.inputs) >= len(found[1]):
            optimizer, names = found
            owner = variable_behind(graph, node.inputs[0])
            for name, tensor in zip(names, node.inputs, strict=False):
                variable = variable_behind(graph, tensor) if name in _SLOTS | _SHARED else None
                if variable:
                    slots[variable] = Slot(optimizer, name, owner if name in _SLOTS else None)
        elif assigned := _assigned(graph, node):
            optimizer, changed, owner = assigned
            if changed != owner:
                slots.setdefault(changed, Slot(optimizer, changed.rsplit("/", 1)[-1], owner))
    for node in graph.nodes.values():
        if node.op in VARIABLE_OPS and node.name not in slots and (slot := _named(graph, node.name)):
            slots[node.name] = slot
    return slots


def _named(graph: Graph, name: str) -> Slot | None:
    """The slot that a name says: ``w/Adam`` of ``w``, also below the scope in which the optimizer was made."""
    owner, _, end = name.rpartition("/")
    if re.fullmatch(r"beta[12]_power(_\d+)?", end):
        return Slot("Adam", re.sub(r"_\d+$", "", end), None)
    if end not in _NAMED_SLOTS:
        return None
    optimizer, role = _NAMED_SLOTS[end]
    for _ in range(_MOST_SCOPES):
        if owner in graph.nodes and graph.nodes[owner].op in VARIABLE_OPS:
            return Slot(optimizer, role, owner)
        owner = owner.partition("/")[2]
    return None
