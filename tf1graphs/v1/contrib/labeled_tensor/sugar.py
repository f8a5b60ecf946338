"""``contrib.labeled_tensor.sugar``: reshapes tensors and back."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from tensorflow.python.framework import ops as tf_ops

from tf1graphs.v1.contrib.labeled_tensor import _reshaping, core
from tf1graphs.v1.contrib.labeled_tensor import _typecheck as tc
from tf1graphs.v1.contrib.labeled_tensor._axes import is_axis_like, is_string
from tf1graphs.v1.contrib.labeled_tensor._labeled_tensor import is_labeled_tensor_like

__all__ = ["ReshapeCoder"]


class ReshapeCoder:
    """Reshapes axes to others, and back after other functions.

    Args:
        existing_axis_names: The names of the old axes, which follow each other.
        new_axes: The new axes, of which one may be a name alone.
        name: The name of the ops.
    """

    @tc.accepts(
        tc.anything,
        tc.collection(is_string),
        tc.collection(tc.union(is_string, is_axis_like)),
        tc.optional(is_string),
    )
    def __init__(
        self, existing_axis_names: Collection[str], new_axes: Collection[Any], name: str | None = None
    ) -> None:
        self._name = name
        self._existing_axis_names = existing_axis_names
        self._new_axes = new_axes
        self._existing_axes: list[core.Axis] | None = None

    @tc.accepts(tc.anything, is_labeled_tensor_like)
    def encode(self, labeled_tensor: Any) -> core.LabeledTensor:
        """Returns the tensor with the new axes; raises ``ValueError`` if the old ones are not those of before."""
        with tf_ops.name_scope(self._name, "lt_reshape_encode", [labeled_tensor]) as scope:
            labeled_tensor = core.convert_to_labeled_tensor(labeled_tensor)
            encoded = _reshaping.reshape(labeled_tensor, self._existing_axis_names, self._new_axes, name=scope)
            axes = [labeled_tensor.axes[name] for name in self._existing_axis_names]
            if self._existing_axes not in (None, axes):
                raise ValueError(
                    f"input axes {axes!r} do not match axes from previous method call {self._existing_axes!r}"
                )
            self._existing_axes = axes
            return encoded

    @tc.accepts(tc.anything, is_labeled_tensor_like)
    def decode(self, labeled_tensor: Any) -> core.LabeledTensor:
        """Returns the tensor with the old axes; raises ``ValueError`` if nothing has been encoded."""
        if self._existing_axes is None:
            raise ValueError("decode called before encode")
        with tf_ops.name_scope(self._name, "lt_reshape_decode", [labeled_tensor]) as scope:
            labeled_tensor = core.convert_to_labeled_tensor(labeled_tensor)
            names = [axis if isinstance(axis, str) else core.as_axis(axis).name for axis in self._new_axes]
            return _reshaping.reshape(labeled_tensor, names, self._existing_axes, name=scope)
