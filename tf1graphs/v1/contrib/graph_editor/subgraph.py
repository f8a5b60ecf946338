"""``tf.contrib.graph_editor.subgraph``: some operations of a graph, with the tensors that go in and out."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from tensorflow.python.framework import ops as framework_ops

from tf1graphs.v1.contrib.graph_editor import select, util

__all__ = ["SubGraphView", "make_view", "make_view_from_scope"]


class SubGraphView:
    """Operations of a graph, and tensors that pass through without one of them.

    Inputs and outputs are ordered, and can be mapped anew: outputs may then repeat or be left out, inputs left out.
    """

    def __init__(self, inside_ops: Any = (), passthrough_ts: Any = ()) -> None:
        self._ops = list(util.make_list_of_op(inside_ops))
        passing = util.make_list_of_t(passthrough_ts)
        members = self._ops + passing
        self._graph = util.get_unique_graph(members) if members else None
        inputs, outputs, inside = select.compute_boundary_ts(self._ops)
        own = frozenset(inputs + outputs + inside)
        self._passthrough_ts = [tensor for tensor in passing if tensor not in own]
        self._input_ts = inputs + self._passthrough_ts
        self._output_ts = outputs + self._passthrough_ts

    def __copy__(self) -> SubGraphView:
        other = SubGraphView.__new__(type(self))
        vars(other).update({name: copy.copy(value) for name, value in vars(self).items() if name != "_graph"})
        other._graph = self._graph
        return other

    def _assign_from(self, other: SubGraphView) -> None:
        vars(self).update(vars(copy.copy(other)))

    def copy(self) -> SubGraphView:
        """Returns a view that can be changed without this one."""
        return copy.copy(self)

    @property
    def graph(self) -> Any:
        """The graph, or None if the view is empty."""
        return self._graph

    @property
    def ops(self) -> list[Any]:
        """The operations."""
        return self._ops

    @property
    def inputs(self) -> list[Any]:
        """The tensors that go in."""
        return list(self._input_ts)

    @property
    def outputs(self) -> list[Any]:
        """The tensors that come out."""
        return list(self._output_ts)

    @property
    def passthroughs(self) -> list[Any]:
        """The tensors that pass through."""
        return list(self._passthrough_ts)

    @property
    def connected_inputs(self) -> list[Any]:
        """The inputs that do not just pass through."""
        return [tensor for tensor in self._input_ts if not self.is_passthrough(tensor)]

    @property
    def connected_outputs(self) -> list[Any]:
        """The outputs that do not just pass through."""
        return [tensor for tensor in self._output_ts if not self.is_passthrough(tensor)]

    def __bool__(self) -> bool:
        return self._graph is not None

    def __enter__(self) -> SubGraphView:
        return self

    def __exit__(self, *error: Any) -> None:
        pass

    def op(self, op_id: int) -> Any:
        """Returns an operation by its index."""
        return self._ops[op_id]

    def is_passthrough(self, t: Any) -> bool:
        """Whether a tensor just passes through."""
        return any(t is tensor for tensor in self._passthrough_ts)

    def find_op_by_name(self, op_name: str) -> Any:
        """Returns an operation by its name; raises ``ValueError`` if it is not there."""
        for op in self._ops:
            if op.name == op_name:
                return op
        raise ValueError(f"{op_name} not in subgraph.")

    def input_index(self, t: Any) -> int:
        """Returns the index of an input; raises ``ValueError`` if it is none."""
        return _index(t, self._input_ts)

    def output_index(self, t: Any) -> int:
        """Returns the index of an output; raises ``ValueError`` if it is none."""
        return _index(t, self._output_ts)

    def consumers(self) -> list[Any]:
        """Returns the operations outside that take an output."""
        found: list[Any] = []
        for output in self._output_ts:
            util.concatenate_unique(found, [op for op in output.consumers() if op not in self._ops])
        return found

    def remap(
        self, new_input_indices: Sequence[Any] | None = None, new_output_indices: Sequence[Any] | None = None
    ) -> SubGraphView:
        """Returns a view with other inputs and outputs, given as indices or as tensors.

        Raises:
            ValueError: An index is out of range, or that of an input repeats.
        """
        other = self.copy()
        if new_input_indices is not None:
            other._input_ts = _chosen(self._input_ts, new_input_indices, may_repeat=False)
        if new_output_indices is not None:
            other._output_ts = _chosen(self._output_ts, new_output_indices, may_repeat=True)
        return other

    def remap_inputs(self, new_input_indices: Sequence[Any]) -> SubGraphView:
        """Returns a view with other inputs; see ``remap``."""
        return self.remap(new_input_indices)

    def remap_outputs(self, new_output_indices: Sequence[Any]) -> SubGraphView:
        """Returns a view with other outputs; see ``remap``."""
        return self.remap(None, new_output_indices)

    def remap_default(self, remove_input_map: bool = True, remove_output_map: bool = True) -> SubGraphView:
        """Returns a view with the inputs and outputs that the operations have."""
        other = self.copy()
        inputs, outputs, _ = select.compute_boundary_ts(self._ops)
        if remove_input_map:
            other._input_ts = inputs + self._passthrough_ts
        if remove_output_map:
            other._output_ts = outputs + self._passthrough_ts
        return other

    def remap_outputs_make_unique(self) -> SubGraphView:
        """Returns a view that has each output once."""
        other = self.copy()
        other._output_ts = util.concatenate_unique([], self._output_ts)
        return other

    def remap_outputs_to_consumers(self) -> SubGraphView:
        """Returns a view that has each output as often as it has consumers."""
        other = self.remap_outputs_make_unique()
        other._output_ts = [tensor for tensor in other._output_ts for _ in tensor.consumers()]
        return other

    def remove_unused_ops(self, control_inputs: bool = True) -> SubGraphView:
        """Returns a view without the operations that no input or output is connected to."""
        other = self.copy()
        used = select.get_walks_union_ops(
            self.connected_inputs, self.connected_outputs, within_ops=self._ops, control_inputs=control_inputs
        )
        other._ops = [op for op in self._ops if op in used]
        return other

    def __str__(self) -> str:
        if not self:
            return "SubGraphView: empty"
        lines = [f"SubGraphView (graphid={id(self.graph)}):"]
        for title, members in (("ops", self._ops), ("inputs", self._input_ts), ("outputs", self._output_ts)):
            lines.append(f"** {title}[{len(members)}]:" if members else f"** {title}: empty")
            lines += [f"  {member.name} *" if self.is_passthrough(member) else f"  {member.name}" for member in members]
        return "\n".join([*lines, ""])


def _index(t: Any, tensors: Sequence[Any]) -> int:
    for index, tensor in enumerate(tensors):
        if tensor is t:
            return index
    raise ValueError(f"Can't find {t.name} in the inputs or outputs of the subgraph.")


def _chosen(tensors: list[Any], chosen: Sequence[Any], may_repeat: bool) -> list[Any]:
    indices = [each if isinstance(each, int) else _index(each, tensors) for each in chosen]
    for index in indices:
        if not 0 <= index < len(tensors):
            raise ValueError(f"Out of [0, {len(tensors)}[ range: {index}")
    if not may_repeat and len(set(indices)) != len(indices):
        raise ValueError(f"Found repetition in mapping: {indices}")
    return [tensors[index] for index in indices]


def make_view(*args: Any, **kwargs: Any) -> SubGraphView:
    """Returns a view of what ``select_ops_and_ts`` selects; a view is returned as it is.

    Raises:
        TypeError: ``graph`` is no graph.
        ValueError: ``graph`` is not that of the view.
    """
    is_view = len(args) == 1 and isinstance(args[0], SubGraphView)
    view = args[0] if is_view else SubGraphView(*select.select_ops_and_ts(*args, **kwargs))
    graph = kwargs.get("graph")
    if graph is not None and view.graph:
        if not isinstance(graph, framework_ops.Graph):
            raise TypeError(f"Expected a tf.Graph, got: {type(graph)}")
        if view.graph is not graph:
            raise ValueError("Graph mismatch.")
    return view


def make_view_from_scope(scope: str, graph: Any) -> SubGraphView:
    """Returns a view of a name scope."""
    return SubGraphView(select.get_name_scope_ops(graph, scope))
