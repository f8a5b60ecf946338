"""Reference variables, which TensorFlow 2 has not, become resource variables.

A reference (``VariableV2``) is passed from op to op: ``Assign`` returns it again, and any op may read it as a value. A
resource is a handle with ops of its own for reading and assigning. So each reference becomes the handle of its variable
and the op that must have run before it is used; reading it becomes a ``ReadVariableOp``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.graphs.nodes import by_name, control_inputs, data_inputs
from tf1graphs.inspect.graphs.nodes import Tensor
from tf1graphs.inspect.reading.protos import DataType, NodeDef

REFERENCES = frozenset({"Variable", "VariableV2", "AutoReloadVariable"})
_DTYPE, _RESOURCE_SCATTER = {"T": "dtype"}, {"T": "dtype", "Tindices": "Tindices"}
_SAME = {"T": "T", "Tindices": "Tindices", "use_locking": "use_locking"}
_MASKS = ("begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask")
# Ops that change a variable: their counterpart and the names that its attributes have there.
_ASSIGNMENTS = {
    "Assign": ("AssignVariableOp", _DTYPE),
    "AssignAdd": ("AssignAddVariableOp", _DTYPE),
    "AssignSub": ("AssignSubVariableOp", _DTYPE),
    **{f"Scatter{how}": (f"ResourceScatter{how}", _RESOURCE_SCATTER) for how in ("Update", "Add", "Sub", "Mul", "Div")},
    **{f"Scatter{how}": (f"ResourceScatter{how}", _RESOURCE_SCATTER) for how in ("Min", "Max")},
    **{f"ScatterNd{how}": (f"ResourceScatterNd{how}", _SAME) for how in ("Update", "Add", "Sub")},
    "StridedSliceAssign": (
        "ResourceStridedSliceAssign",
        {"T": "T", "Index": "Index", **{mask: mask for mask in _MASKS}},
    ),
}
# Ops that ask something of a variable and return a value.
_QUESTIONS = {
    "CountUpTo": ("ResourceCountUpTo", {"limit": "limit", "T": "T"}),
    "IsVariableInitialized": ("VarIsInitializedOp", {}),
}
# Ops that pass a reference on.
_PASSING = {f"Ref{op}": op for op in ("Identity", "Switch", "Merge", "Enter", "Exit", "NextIteration")}


@dataclass(frozen=True)
class _Handle:
    """A tensor of dtype resource, and the node that must have run before the variable is used through it."""

    tensor: Tensor
    after: str | None
    dtype: int


def with_resources(nodes: Iterable[Any], fetched: Iterable[Tensor]) -> tuple[list[Any], list[Tensor]]:
    """The nodes with each reference variable as a ``VarHandleOp``. The nodes that are given stay as they are.

    Args:
        nodes: with all that their inputs need.
        fetched: tensors whose values are wanted.

    Returns:
        The nodes, and for each of ``fetched`` the tensor that has its value now.

    Raises:
        CouldNotConvert: an op changes a variable in a way that resource variables have no op for.
    """
    rewriting = _Rewriting(by_name(nodes))
    values = [rewriting.value(tensor) for tensor in fetched]
    return rewriting.rewritten(), values


class _Rewriting:
    def __init__(self, nodes: Mapping[str, Any]) -> None:
        self._nodes = nodes
        self._handles: dict[Tensor, _Handle | None] = {}
        self._new: list[Any] = []

    def rewritten(self) -> list[Any]:
        for node in self._nodes.values():
            self._new.append(self._counterpart(node))
        return self._new

    def value(self, tensor: Tensor) -> Tensor:
        """The tensor whose value ``tensor`` has, which may be a reference."""
        handle = self._handle(tensor)
        return tensor if handle is None else Tensor(self._read_once(NodeDef(name=tensor.node), handle), 0)

    def _handle(self, tensor: Tensor) -> _Handle | None:
        """What a tensor that is a reference becomes; None for a tensor that is a value."""
        if tensor not in self._handles:
            self._handles[tensor] = None  # a loop returns here, and its Merge is known by its Enter
            self._handles[tensor] = self._found_handle(tensor)
        return self._handles[tensor]

    def _found_handle(self, tensor: Tensor) -> _Handle | None:
        node = self._nodes.get(tensor.node)
        if node is None:
            return None
        if node.op in REFERENCES:
            return _Handle(tensor, None, node.attr["dtype"].type)
        if node.op not in _ASSIGNMENTS and node.op not in _PASSING or (node.op == "RefMerge" and tensor.output):
            return None
        passed = self._handle(data_inputs(node)[0])
        if passed is None:
            return None
        if node.op in _PASSING:
            return _Handle(tensor, None, passed.dtype)
        return _Handle(passed.tensor, node.name, passed.dtype)

    def _counterpart(self, node: Any) -> Any:
        inputs = data_inputs(node)
        handles = [self._handle(tensor) for tensor in inputs]
        first = handles[0] if handles else None
        if node.op in REFERENCES:
            return self._variable(node)
        if first is not None and node.op == "Identity":
            return self._op(node, "ReadVariableOp", {"T": "dtype"}, first, [])
        if first is not None and node.op in _PASSING:
            return self._passing(node, handles)
        if first is not None and node.op in _ASSIGNMENTS | _QUESTIONS:
            op, attributes = (_ASSIGNMENTS | _QUESTIONS)[node.op]
            return self._op(node, op, attributes, first, self._read(node, inputs[1:], handles[1:]))
        if any(handles):
            self._refuse_unknown(node)
            return self._reader(node, inputs, handles)
        return node

    def _refuse_unknown(self, node: Any) -> None:
        if node.op.startswith(("Ref", "Apply", "SparseApply", "Scatter")) or node.op == "AccumulateNRef":
            raise CouldNotConvert(
                f"{node.name} ({node.op}) changes a variable as training does; "
                "name outputs that do not need it with --outputs"
            )

    def _variable(self, node: Any) -> Any:
        handle = NodeDef(name=node.name, op="VarHandleOp", input=[f"^{name}" for name in control_inputs(node)])
        for attribute in ("dtype", "shape", "shared_name", "container"):
            if attribute in node.attr:
                handle.attr[attribute].CopyFrom(node.attr[attribute])
        return handle

    def _op(self, node: Any, op: str, attributes: Mapping[str, str], handle: _Handle, others: list[str]) -> Any:
        """A node of the same name with the handle as its first input."""
        after = [handle.after] if handle.after else []
        controls = [f"^{name}" for name in dict.fromkeys([*after, *control_inputs(node)])]
        new = NodeDef(name=node.name, op=op, input=[str(handle.tensor), *others, *controls])
        for name, new_name in attributes.items():
            if name in node.attr:
                new.attr[new_name].CopyFrom(node.attr[name])
        return new

    def _passing(self, node: Any, handles: list[_Handle | None]) -> Any:
        new = NodeDef()
        new.CopyFrom(node)
        new.op = _PASSING[node.op]
        new.attr["T"].type = DataType.DT_RESOURCE
        data = [
            str(handle.tensor if handle else tensor) for tensor, handle in zip(data_inputs(node), handles, strict=True)
        ]
        after = [handle.after for handle in handles if handle and handle.after]
        del new.input[:]
        new.input.extend([*data, *(f"^{name}" for name in dict.fromkeys([*after, *control_inputs(node)]))])
        return new

    def _read(self, node: Any, inputs: list[Tensor], handles: list[_Handle | None]) -> list[str]:
        """The inputs of a node that takes values: a reference is read just before."""
        return [
            str(tensor) if handle is None else self._read_once(node, handle)
            for tensor, handle in zip(inputs, handles, strict=True)
        ]

    def _read_once(self, node: Any, handle: _Handle) -> str:
        name = f"{node.name}/read_{len(self._new)}_{handle.tensor.node.replace('/', '_')}"
        reading = NodeDef(name=name)
        reading.input.extend(f"^{control}" for control in control_inputs(node))
        reading.attr["T"].type = handle.dtype
        self._new.append(self._op(reading, "ReadVariableOp", {"T": "dtype"}, handle, []))
        return name

    def _reader(self, node: Any, inputs: list[Tensor], handles: list[_Handle | None]) -> Any:
        new = NodeDef()
        new.CopyFrom(node)
        del new.input[:]
        new.input.extend([*self._read(node, inputs, handles), *(f"^{name}" for name in control_inputs(node))])
        return new
