"""The order of axes: what is required, and what two tensors are aligned to."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator
from typing import Any

from tensorflow.python.framework import ops

from tf1graphs.v1.contrib.labeled_tensor import _typecheck as tc
from tf1graphs.v1.contrib.labeled_tensor._axes import is_string
from tf1graphs.v1.contrib.labeled_tensor._labeled_tensor import convert_to_labeled_tensor, is_labeled_tensor_like

_KEY = ("__axis_order",)


class AxisOrderError(ValueError):
    """Axes are in another order than they should be."""


def get_axis_order() -> list[str] | None:
    """Returns the order of the ``axis_order_scope`` around, or None."""
    orders = ops.get_collection(_KEY)
    return orders[0] if orders else None


@contextlib.contextmanager
def axis_order_scope(axis_order: list[str] | None = None) -> Iterator[list[str] | None]:
    """Sets the order of axes, a list of names, in the default graph."""
    before, orders = get_axis_order(), ops.get_collection_ref(_KEY)
    orders[:] = [axis_order]
    try:
        yield axis_order
    finally:
        orders[:] = [before]


def valid_axis_order(axis_order: Collection[str] | None) -> Collection[str]:
    """Returns an order, or that of the scope around for None; raises ``AxisOrderError`` if there is none."""
    found = get_axis_order() if axis_order is None else axis_order
    if found is None:
        raise AxisOrderError(
            "an explicit axis order must be provided with the axis_order argument or by using an axis_order_scope"
        )
    return found


@tc.accepts(is_labeled_tensor_like, tc.optional(tc.collection(is_string)))
def check_axis_order(labeled_tensor: Any, axis_order: Collection[str] | None = None) -> None:
    """Raises ``AxisOrderError`` if the axes are not in an order, by default that of the scope around."""
    labeled_tensor = convert_to_labeled_tensor(labeled_tensor)
    axis_order = valid_axis_order(axis_order)
    relevant = [name for name in axis_order if name in labeled_tensor.axes]
    if len(relevant) < len(labeled_tensor.axes):
        raise AxisOrderError(f"not all axis names appear in the required axis order {axis_order!r}: {labeled_tensor!r}")
    if relevant != list(labeled_tensor.axes):
        raise AxisOrderError(
            "axes on a labeled tensor do not appear in the same order as the required axis order "
            f"{axis_order!r}: {labeled_tensor!r}"
        )


def consistent_order(first: list[str], second: list[str]) -> list[str] | None:
    """Returns an order that contains both, None if what they share is not in one order."""
    if [name for name in first if name in second] != [name for name in second if name in first]:
        return None
    order, rest = [], list(second)
    for name in first:
        if name in rest:
            shared = rest.index(name)
            order += rest[:shared]
            rest = rest[shared + 1 :]
        order.append(name)
    return order + rest
