"""What is next to operations of a graph, and walks from one to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tensorflow.python.framework import tensor as tensor_lib
from tensorflow.python.ops import op_selector

from tf1graphs.v1.contrib.graph_editor import util

_Test = Callable[[Any], bool]


def inputs_of(operations: Iterable[Any]) -> list[Any]:
    """Returns the inputs of operations, each once."""
    found: list[Any] = []
    for op in operations:
        util.concatenate_unique(found, op.inputs)
    return found


def outputs_of(operations: Iterable[Any]) -> list[Any]:
    """Returns the outputs of operations."""
    return [output for op in operations for output in op.outputs]


def check_cios(control_inputs: bool = False, control_outputs: Any = None, control_ios: Any = None) -> tuple[bool, Any]:
    """Returns whether to follow control inputs, and the ``ControlOutputs`` to follow; ``control_ios`` means both.

    Raises:
        TypeError: One is no ``ControlOutputs``.
        ValueError: Both are given.
    """
    for each in (control_ios, control_outputs):
        if each is not None and not isinstance(each, util.ControlOutputs):
            raise TypeError(f"Expected a util.ControlOutputs, got: {type(each)}")
    if control_ios is not None:
        if control_outputs is not None:
            raise ValueError("control_outputs should be None when using control_ios.")
        control_inputs, control_outputs = True, control_ios
    if control_outputs is not None:
        control_outputs.update()
    return control_inputs, control_outputs


def get_ops_ios(
    ops: Any, control_inputs: bool = False, control_outputs: Any = None, control_ios: Any = None
) -> list[Any]:
    """Returns the operations next to some: those of their inputs, and their consumers."""
    control_inputs, control_outputs = check_cios(control_inputs, control_outputs, control_ios)
    found: list[Any] = []
    for op in util.make_list_of_op(ops):
        util.concatenate_unique(found, [tensor.op for tensor in op.inputs])
        util.concatenate_unique(found, _next(op, control_outputs))
        if control_inputs:
            util.concatenate_unique(found, op.control_inputs)
    return found


def _next(op: Any, control_outputs: Any, stop_at: frozenset[Any] = frozenset()) -> list[Any]:
    consumers = [consumer for output in op.outputs if output not in stop_at for consumer in output.consumers()]
    return consumers + list(control_outputs.get(op) if control_outputs else ())


def compute_boundary_ts(ops: Any) -> tuple[list[Any], list[Any], list[Any]]:
    """Returns the inputs of operations from outside, their outputs that are used outside or not, and those inside."""
    ops = util.make_list_of_op(ops)
    inputs, outputs = inputs_of(ops), outputs_of(ops)
    made_here, members = frozenset(outputs), frozenset(ops)
    inside = [tensor for tensor in inputs if tensor in made_here]
    only_inside = frozenset(tensor for tensor in inside if members.issuperset(tensor.consumers()))
    return (
        [tensor for tensor in inputs if tensor not in made_here],
        [tensor for tensor in outputs if tensor not in only_inside],
        inside,
    )


def get_within_boundary_ops(
    ops: Any,
    seed_ops: Any,
    boundary_ops: Any = (),
    inclusive: bool = True,
    control_inputs: bool = False,
    control_outputs: Any = None,
    control_ios: Any = None,
) -> list[Any]:
    """Returns those of ``ops`` that can be reached from the seeds without crossing the boundary.

    Raises:
        ValueError: A seed is on the boundary.
    """
    control_inputs, control_outputs = check_cios(control_inputs, control_outputs, control_ios)
    reached = set(util.make_list_of_op(seed_ops, allow_graph=False))
    boundary = set(util.make_list_of_op(boundary_ops))
    if boundary & reached:
        raise ValueError("Boundary is intersecting with the seeds.")
    wave = set(reached)
    while wave:
        neighbours = set(get_ops_ios(wave, control_inputs, control_outputs)) - reached
        wave = neighbours - boundary
        reached |= neighbours if inclusive else wave
    return [op for op in util.make_list_of_op(ops) if op in reached]


def get_forward_walk_ops(
    seed_ops: Any,
    inclusive: bool = True,
    within_ops: Any = None,
    within_ops_fn: _Test | None = None,
    stop_at_ts: Any = (),
    control_outputs: Any = None,
) -> list[Any]:
    """Returns the operations that depend on the seeds, which are operations or tensors.

    Args:
        seed_ops: Where to start.
        inclusive: Whether the seeds themselves are returned.
        within_ops: If given, the walk stays in these.
        within_ops_fn: If given, the walk stays where it is true.
        stop_at_ts: Tensors that are not followed.
        control_outputs: The control outputs to follow.
    """
    _, control_outputs = check_cios(False, control_outputs)
    seeds = list(seed_ops) if util.is_iterable(seed_ops) else [seed_ops]
    if not seeds:
        return []
    if isinstance(seeds[0], tensor_lib.Tensor):
        seeds = util.get_consuming_ops(seeds)
    seeds = util.make_list_of_op(seeds, allow_graph=False)
    stop_at = frozenset(util.make_list_of_t(stop_at_ts))
    within = frozenset(util.make_list_of_op(within_ops, allow_graph=False)) if within_ops else None
    found: list[Any] = []
    util.concatenate_unique(found, [op for op in seeds if within is None or op in within])
    first = len(found)
    known = set(found)
    for op in found:  # It grows while it is walked.
        for following in _next(op, control_outputs, stop_at):
            inside = (within is None or following in within) and (within_ops_fn is None or within_ops_fn(following))
            if inside and following not in known:
                known.add(following)
                found.append(following)
    return found if inclusive else found[first:]


def get_backward_walk_ops(
    seed_ops: Any,
    inclusive: bool = True,
    within_ops: Any = None,
    within_ops_fn: _Test | None = None,
    stop_at_ts: Any = (),
    control_inputs: bool = False,
) -> list[Any]:
    """Returns the operations that the seeds depend on; see ``get_forward_walk_ops``."""
    found: list[Any] = op_selector.get_backward_walk_ops(
        seed_ops,
        inclusive=inclusive,
        within_ops=within_ops,
        within_ops_fn=within_ops_fn,
        stop_at_ts=stop_at_ts,
        control_inputs=control_inputs,
    )
    return found


def _walks(
    forward_seed_ops: Any,
    backward_seed_ops: Any,
    forward_inclusive: bool,
    backward_inclusive: bool,
    within: dict[str, Any],
    controls: tuple[bool, Any, Any],
) -> tuple[list[Any], list[Any]]:
    control_inputs, control_outputs = check_cios(*controls)
    forward = get_forward_walk_ops(forward_seed_ops, forward_inclusive, control_outputs=control_outputs, **within)
    backward = get_backward_walk_ops(backward_seed_ops, backward_inclusive, control_inputs=control_inputs, **within)
    return forward, backward


def get_walks_intersection_ops(
    forward_seed_ops: Any,
    backward_seed_ops: Any,
    forward_inclusive: bool = True,
    backward_inclusive: bool = True,
    within_ops: Any = None,
    within_ops_fn: _Test | None = None,
    control_inputs: bool = False,
    control_outputs: Any = None,
    control_ios: Any = None,
) -> list[Any]:
    """Returns the operations between the seeds of a forward and of a backward walk."""
    within = {"within_ops": within_ops, "within_ops_fn": within_ops_fn}
    controls = (control_inputs, control_outputs, control_ios)
    forward, backward = _walks(
        forward_seed_ops, backward_seed_ops, forward_inclusive, backward_inclusive, within, controls
    )
    both = set(backward)
    return [op for op in forward if op in both]


def get_walks_union_ops(
    forward_seed_ops: Any,
    backward_seed_ops: Any,
    forward_inclusive: bool = True,
    backward_inclusive: bool = True,
    within_ops: Any = None,
    within_ops_fn: _Test | None = None,
    control_inputs: bool = False,
    control_outputs: Any = None,
    control_ios: Any = None,
) -> list[Any]:
    """Returns the operations of a forward walk or of a backward walk."""
    within = {"within_ops": within_ops, "within_ops_fn": within_ops_fn}
    controls = (control_inputs, control_outputs, control_ios)
    walks = _walks(forward_seed_ops, backward_seed_ops, forward_inclusive, backward_inclusive, within, controls)
    union: list[Any] = util.concatenate_unique(*walks)
    return union
