"""``tf.contrib.graph_editor.select``: operations and tensors by name, by neighbourhood, and by walks over the graph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from tensorflow.python.framework import ops as framework_ops

from tf1graphs.v1.contrib.graph_editor import util
from tf1graphs.v1.contrib.graph_editor._walks import (
    check_cios,
    compute_boundary_ts,
    get_backward_walk_ops,
    get_forward_walk_ops,
    get_ops_ios,
    get_walks_intersection_ops,
    get_walks_union_ops,
    get_within_boundary_ops,
    inputs_of,
    outputs_of,
)

__all__ = [
    "can_be_regex",
    "check_cios",
    "compute_boundary_ts",
    "filter_ops",
    "filter_ops_from_regex",
    "filter_ts",
    "filter_ts_from_regex",
    "get_backward_walk_ops",
    "get_forward_walk_ops",
    "get_name_scope_ops",
    "get_ops_ios",
    "get_walks_intersection_ops",
    "get_walks_union_ops",
    "get_within_boundary_ops",
    "make_regex",
    "select_ops",
    "select_ops_and_ts",
    "select_ts",
]

_Finder = Callable[[Any], list[Any]]


def can_be_regex(obj: Any) -> bool:
    """Whether it is a string or a compiled regular expression."""
    return isinstance(obj, (str, re.Pattern))


def make_regex(obj: Any) -> re.Pattern[str]:
    """Returns a compiled regular expression; raises ``ValueError`` if it cannot be one."""
    if not can_be_regex(obj):
        raise ValueError(f"Expected a string or a regex, got: {type(obj)}")
    return re.compile(obj)


def filter_ts(ops: Any, positive_filter: Any) -> list[Any]:
    """Returns the inputs and outputs of operations that the filter, a function or True, accepts."""
    ops = util.make_list_of_op(ops)
    return util.matching(util.concatenate_unique(inputs_of(ops), outputs_of(ops)), positive_filter)


def filter_ts_from_regex(ops: Any, regex: Any) -> list[Any]:
    """Returns the inputs and outputs of operations whose names have a match."""
    pattern = make_regex(regex)
    return filter_ts(ops, lambda tensor: bool(pattern.search(tensor.name)))


def filter_ops(ops: Any, positive_filter: Any) -> list[Any]:
    """Returns the operations that the filter, a function or True, accepts."""
    return util.matching(util.make_list_of_op(ops), positive_filter)


def filter_ops_from_regex(ops: Any, regex: Any) -> list[Any]:
    """Returns the operations whose names have a match."""
    pattern = make_regex(regex)
    return filter_ops(ops, lambda op: bool(pattern.search(op.name)))


def get_name_scope_ops(ops: Any, scope: str) -> list[Any]:
    """Returns the operations in a name scope."""
    return filter_ops_from_regex(ops, f"^{scope.removesuffix('/')}(/.*)?$")


_OPTIONS = {"graph", "positive_filter", "restrict_ops_regex", "restrict_ts_regex"}


def _selected(
    kind: str, arguments: Iterable[Any], options: dict[str, Any], by_name: _Finder, by_list: _Finder
) -> list[Any]:
    wrong = options.keys() - _OPTIONS
    if wrong:
        raise ValueError(f"Wrong keywords argument: {', '.join(wrong)}.")
    graph = options.get("graph")
    if graph is not None and not isinstance(graph, framework_ops.Graph):
        raise TypeError(f"Expected a tf.Graph, got: {type(graph)}")
    found: list[Any] = []
    for argument in arguments:
        candidates: Any = []
        if not can_be_regex(argument):
            candidates = by_list(argument)
        elif graph is None:
            raise ValueError("Use the keyword argument 'graph' to use regex.")
        elif _is_meant(kind, make_regex(argument).pattern, options):
            candidates = by_name(argument)
        util.concatenate_unique(found, util.matching(candidates, options.get("positive_filter")))
    return found


def _is_meant(kind: str, pattern: str, options: dict[str, Any]) -> bool:
    # A pattern can say which of the two it selects.
    other = "ts" if kind == "ops" else "ops"
    marked = pattern.startswith(f"(?#{kind})")
    return not pattern.startswith(f"(?#{other})") and (marked or not options.get(f"restrict_{kind}_regex", False))


def select_ops(*args: Any, **kwargs: Any) -> list[Any]:
    """Returns operations, from lists of them, single ones, or regular expressions of names (with ``graph=``).

    Args:
        *args: What to select; ``(?#ts)`` before an expression leaves it to ``select_ts``.
        **kwargs: ``graph``, ``positive_filter`` (a function), and ``restrict_ops_regex``: whether only expressions
            that begin with ``(?#ops)`` count.

    Raises:
        TypeError: Something is no operation or graph.
        ValueError: A keyword is unknown, or an expression comes without a graph.
    """
    return _selected(
        "ops",
        args,
        kwargs,
        lambda regex: filter_ops_from_regex(kwargs["graph"], regex),
        lambda listed: util.make_list_of_op(listed, ignore_ts=True),
    )


def select_ts(*args: Any, **kwargs: Any) -> list[Any]:
    """Returns tensors, as ``select_ops`` does operations."""
    return _selected(
        "ts",
        args,
        kwargs,
        lambda regex: filter_ts_from_regex(kwargs["graph"], regex),
        lambda listed: util.make_list_of_t(listed, ignore_ops=True),
    )


def select_ops_and_ts(*args: Any, **kwargs: Any) -> tuple[list[Any], list[Any]]:
    """Returns operations and tensors; expressions select tensors if they begin with ``(?#ts)``."""
    return select_ops(*args, restrict_ops_regex=False, **kwargs), select_ts(*args, restrict_ts_regex=True, **kwargs)
