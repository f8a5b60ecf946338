"""Walks through TensorFlow 1 graphs."""

from __future__ import annotations

from typing import Any, Iterable, Iterator

import numpy as np


def leaves(value: Any) -> Iterator[Any]:
    """Yields the elements of nested lists, tuples and dictionaries."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)) and not is_sparse(value):
        for part in value:
            yield from leaves(part)
    else:
        yield value


def is_sparse(value: Any) -> bool:
    """Whether a value is that of a sparse tensor, or of the slices of a gradient."""
    return hasattr(value, "dense_shape") and hasattr(value, "values")


def elements(graph: Any, fetches: Any) -> Iterator[tuple[Any, Any]]:
    """Yields (what was fetched, its tensor or op); what is neither, such as a sparse tensor, has None."""
    for fetch in leaves(fetches):
        try:
            yield fetch, graph.as_graph_element(fetch)
        except (TypeError, ValueError, KeyError):
            yield fetch, None


def ancestors(wanted: Iterable[Any]) -> set[Any]:
    """Returns the ops that computing the tensors and ops ``wanted`` runs."""
    waiting = [getattr(element, "op", element) for element in wanted if element is not None]
    seen: set[Any] = set()
    while waiting:
        op = waiting.pop()
        if op not in seen:
            seen.add(op)
            waiting += [tensor.op for tensor in op.inputs]
            waiting += list(op.control_inputs)
    return seen


def placeholders_behind(tensor: Any) -> list[Any]:
    """Returns the placeholders that a tensor is computed from."""
    return [op.outputs[0] for op in ancestors([tensor]) if op.type == "Placeholder"]


def read_op(element: Any) -> Any:
    """Returns the op that a fetched tensor is, or only reads; None if it is no tensor."""
    op = getattr(element, "op", None)
    while op is not None and op.type in ("Identity", "ReadVariableOp"):
        op = op.inputs[0].op
    return op


def present(gradients: Iterable[Any]) -> list[Any]:
    """Returns the gradients that are there: a loss need not depend on every variable."""
    return [gradient for gradient in gradients if gradient is not None]


def tensor_of(gradient: Any) -> Any:
    """Returns the tensor of a gradient, or that of its slices."""
    return getattr(gradient, "values", gradient)


def dense(gradient: Any, variable: Any) -> np.ndarray:
    """Returns the array of a fetched gradient, which may be the slices of one."""
    if not is_sparse(gradient):
        return np.asarray(gradient)
    whole = np.zeros(variable.shape.as_list(), gradient.values.dtype)
    np.add.at(whole, gradient.indices, gradient.values)
    return whole
