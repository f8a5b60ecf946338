"""``tf.contrib.graph_editor.reroute``: gives the consumers of tensors other tensors."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import ops as framework_ops

from tf1graphs.v1.contrib.graph_editor import subgraph, util

__all__ = [
    "add_control_inputs",
    "remove_control_inputs",
    "reroute_inputs",
    "reroute_ios",
    "reroute_outputs",
    "reroute_ts",
    "swap_inputs",
    "swap_ios",
    "swap_outputs",
    "swap_ts",
]


def _check_compatible(ts0: list[Any], ts1: list[Any]) -> None:
    if len(ts0) != len(ts1):
        raise ValueError(f"ts0 and ts1 have different sizes: {len(ts0)} != {len(ts1)}")
    for t0, t1 in zip(ts0, ts1, strict=True):
        if not t0.dtype.is_compatible_with(t1.dtype):
            raise ValueError(f"Dtypes {t0.dtype} and {t1.dtype} are not compatible.")
        if not t0.shape.is_compatible_with(t1.shape):
            raise ValueError(f"Shapes {t0.shape} and {t1.shape} are not compatible.")


def _feed(tensor: Any, instead_of: Any, consumers: list[Any]) -> int:
    """Lets the consumers take ``tensor``; returns how many inputs that changed."""
    places = [(op, i) for op in consumers for i, taken in enumerate(op.inputs) if taken is instead_of]
    for op, i in places:
        op._update_input(i, tensor)
    return len(places)


def _reroute(ts0: Any, ts1: Any, both_ways: bool, can_modify: Any = None, cannot_modify: Any = None) -> int:
    ts0, ts1 = util.make_list_of_t(ts0), util.make_list_of_t(ts1)
    _check_compatible(ts0, ts1)
    allowed = None if can_modify is None else frozenset(util.make_list_of_op(can_modify))
    forbidden = frozenset(util.make_list_of_op(cannot_modify or []))

    def changeable(tensor: Any) -> list[Any]:
        consumers = dict.fromkeys(tensor.consumers())
        return [op for op in consumers if op not in forbidden and (allowed is None or op in allowed)]

    # All consumers are found before the first change.
    pairs = [(t0, t1, changeable(t0), changeable(t1)) for t0, t1 in zip(ts0, ts1, strict=True) if t0 is not t1]
    changed = 0
    for t0, t1, consumers0, consumers1 in pairs:
        changed += _feed(t0, t1, consumers1)
        if both_ways:
            changed += _feed(t1, t0, consumers0)
    return changed


def swap_ts(ts0: Any, ts1: Any, can_modify: Any = None, cannot_modify: Any = None) -> int:
    """Lets the consumers of ``ts0`` and ``ts1`` take each other's tensors; see ``reroute_ts``."""
    return _reroute(ts0, ts1, True, can_modify, cannot_modify)


def reroute_ts(ts0: Any, ts1: Any, can_modify: Any = None, cannot_modify: Any = None) -> int:
    """Lets the consumers of ``ts1`` take ``ts0`` instead; returns how many inputs that changed.

    Args:
        ts0: Tensors.
        ts1: As many tensors, of compatible dtypes and shapes.
        can_modify: If given, only these operations are changed.
        cannot_modify: These operations are not changed.

    Raises:
        ValueError: The tensors are not compatible.
    """
    return _reroute(ts0, ts1, False, can_modify, cannot_modify)


def _views(sgv0: Any, sgv1: Any) -> tuple[subgraph.SubGraphView, subgraph.SubGraphView]:
    views = subgraph.make_view(sgv0), subgraph.make_view(sgv1)
    util.check_graphs(*views)
    return views


def _reroute_inputs(sgv0: Any, sgv1: Any, both_ways: bool) -> tuple[Any, Any]:
    view0, view1 = _views(sgv0, sgv1)
    members = view0.ops + view1.ops
    passing = util.get_consuming_ops(view0.passthroughs) + util.get_consuming_ops(view1.passthroughs)
    _reroute(view0.inputs, view1.inputs, both_ways, can_modify=members + passing)
    inputs1, passing1 = view1.inputs, view1.passthroughs
    view1._input_ts, view1._passthrough_ts = view0.inputs, view0.passthroughs
    if both_ways:
        view0._input_ts, view0._passthrough_ts = inputs1, passing1
    _pass_outputs(view0, view1)
    if both_ways:
        _pass_outputs(view1, view0)
    return view0, view1


def _pass_outputs(view: subgraph.SubGraphView, other: subgraph.SubGraphView) -> None:
    # What passes through one view comes out of the other as that one's input of the same place.
    for i, output in enumerate(other._output_ts):
        if view.is_passthrough(output):
            other._output_ts[i] = other._input_ts[view.input_index(output)]


def _reroute_outputs(sgv0: Any, sgv1: Any, both_ways: bool) -> tuple[Any, Any]:
    view0, view1 = _views(sgv0, sgv1)
    _reroute(view0.outputs, view1.outputs, both_ways, cannot_modify=view0.ops + view1.ops)
    return view0, view1


def swap_inputs(sgv0: Any, sgv1: Any) -> tuple[Any, Any]:
    """Swaps the inputs of two views, and returns the views."""
    return _reroute_inputs(sgv0, sgv1, True)


def reroute_inputs(sgv0: Any, sgv1: Any) -> tuple[Any, Any]:
    """Gives ``sgv1`` the inputs of ``sgv0``, and returns the views."""
    return _reroute_inputs(sgv0, sgv1, False)


def swap_outputs(sgv0: Any, sgv1: Any) -> tuple[Any, Any]:
    """Swaps the outputs of two views, and returns the views."""
    return _reroute_outputs(sgv0, sgv1, True)


def reroute_outputs(sgv0: Any, sgv1: Any) -> tuple[Any, Any]:
    """Lets the consumers of ``sgv1`` take the outputs of ``sgv0``, and returns the views."""
    return _reroute_outputs(sgv0, sgv1, False)


def swap_ios(sgv0: Any, sgv1: Any) -> tuple[Any, Any]:
    """Swaps outputs and inputs of two views, and returns the views."""
    return _reroute_inputs(*_reroute_outputs(sgv0, sgv1, True), True)


def reroute_ios(sgv0: Any, sgv1: Any) -> tuple[Any, Any]:
    """Puts ``sgv0`` in the place of ``sgv1``, and returns the views."""
    return _reroute_inputs(*_reroute_outputs(sgv0, sgv1, False), False)


def _checked(op: Any, cops: Any) -> list[Any]:
    if not isinstance(op, framework_ops.Operation):
        raise TypeError(f"Expected a tf.Operation, got: {type(op)}")
    operations: list[Any] = util.make_list_of_op(cops, allow_graph=False)
    return operations


def remove_control_inputs(op: Any, cops: Any) -> None:
    """Lets ``op`` no longer wait for some operations; raises ``ValueError`` if it did not."""
    removed = _checked(op, cops)
    for each in removed:
        if each not in op.control_inputs:
            raise ValueError(f"{op.name} is not a control_input of {each.name}")
    kept = [each for each in op.control_inputs if each not in removed]
    op._remove_all_control_inputs()
    op._add_control_inputs(kept)


def add_control_inputs(op: Any, cops: Any) -> None:
    """Lets ``op`` wait for more operations; raises ``ValueError`` if it already does."""
    added = _checked(op, cops)
    for each in added:
        if each in op.control_inputs:
            raise ValueError(f"{each.name} is already a control_input of {op.name}")
    op._add_control_inputs(added)
