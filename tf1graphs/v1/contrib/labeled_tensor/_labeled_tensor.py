"""The tensor with named axes, and its operators."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import numpy as np
from tensorflow.python.framework import ops, tensor_conversion_registry
from tensorflow.python.framework import tensor as tensor_lib

from tf1graphs.v1.contrib.labeled_tensor import _typecheck as tc
from tf1graphs.v1.contrib.labeled_tensor._axes import Axes, is_axis_like, is_string, listed


def _operator(name: str, swapped: bool = False) -> Callable[..., Any]:
    """Returns the method that applies a function of ``core`` to the tensor and what else there is."""

    def method(self: Any, *others: Any) -> Any:
        function = getattr(importlib.import_module("tf1graphs.v1.contrib.labeled_tensor.core"), name)
        return function(*others, self) if swapped else function(self, *others)

    return method


class LabeledTensor:
    """A tensor whose axes have names; operators align the axes of their tensors.

    Args:
        tensor: A ``tf.Tensor`` of known rank.
        axes: For each dimension an axis, a name with a value, or a name alone, which takes the size of the tensor.

    Raises:
        ValueError: There are other axes than the tensor has, or other sizes.
    """

    @tc.accepts(
        tc.anything,
        tc.instance(tensor_lib.Tensor),
        tc.union(tc.instance(Axes), tc.collection(tc.union(is_string, is_axis_like))),
    )
    def __init__(self, tensor: Any, axes: Any) -> None:
        self._tensor = tensor
        shape = tensor.get_shape()
        if not isinstance(axes, Axes):
            axes = Axes([(axis, shape[i]) if isinstance(axis, str) else axis for i, axis in enumerate(axes)])
        if len(shape) != len(axes):
            raise ValueError(f"Tensor rank was not equal to the number of axes: {shape!r}, {axes!r}")
        for dimension, axis in zip(shape.as_list(), axes.values(), strict=True):
            if None not in (dimension, axis.size) and dimension != axis.size:
                raise ValueError(
                    f"Provided axis size {axis.size} does not match tensor dimension size {dimension}"
                    f"in tensor {tensor!r}"
                )
        self._axes: Axes = axes

    def __repr__(self) -> str:
        return (
            f"<{type(self).__name__} '{self.name}' shape={self.shape} dtype={self.dtype.name}\n"
            f" axes=[{listed(self.axes, len(' axes=['))}]>"
        )

    def _as_graph_element(self) -> Any:
        return self.tensor

    @property
    def tensor(self) -> Any:
        """The tensor."""
        return self._tensor

    @property
    def axes(self) -> Axes:
        """The axes."""
        return self._axes

    @property
    def dtype(self) -> Any:
        """The dtype of the tensor."""
        return self._tensor.dtype

    @property
    def shape(self) -> Any:
        """The shape of the tensor."""
        return self._tensor.shape

    @property
    def name(self) -> Any:
        """The name of the tensor."""
        return self._tensor.name

    def get_shape(self) -> Any:
        """Returns the shape of the tensor."""
        return self._tensor.get_shape()

    def __getitem__(self, key: Any) -> Any:
        key = key if isinstance(key, tuple) else (key,)
        if len(key) != len(self.axes):
            raise ValueError(f"indexer {key!r} must have the same length as the Tensor rank ({len(self.axes)!r})")
        return _operator("slice_function")(self, dict(zip(self.axes, key, strict=True)))

    def __pos__(self) -> LabeledTensor:
        return self

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LabeledTensor) and self.tensor is other.tensor and self.axes == other.axes

    def __hash__(self) -> int:
        return hash((id(self.tensor), self.axes))

    __abs__, __neg__, __invert__ = (_operator(name) for name in ("abs_function", "neg", "logical_not"))
    __add__, __radd__ = _operator("add"), _operator("add", swapped=True)
    __sub__, __rsub__ = _operator("sub"), _operator("sub", swapped=True)
    __mul__, __rmul__ = _operator("mul"), _operator("mul", swapped=True)
    __truediv__, __rtruediv__ = _operator("div"), _operator("div", swapped=True)
    __div__, __rdiv__ = __truediv__, __rtruediv__
    __mod__, __rmod__ = _operator("mod"), _operator("mod", swapped=True)
    __pow__, __rpow__ = _operator("pow_function"), _operator("pow_function", swapped=True)
    __and__, __or__, __xor__ = _operator("logical_and"), _operator("logical_or"), _operator("logical_xor")
    __lt__, __le__, __gt__, __ge__ = map(_operator, ("less", "less_equal", "greater", "greater_equal"))


def _to_tensor(value: LabeledTensor, dtype: Any = None, name: str | None = None, as_ref: bool = False) -> Any:
    return ops.convert_to_tensor(value.tensor, dtype=dtype, name=name)


tensor_conversion_registry.register_tensor_conversion_function(LabeledTensor, _to_tensor)

is_labeled_tensor_like = tc.instance(
    LabeledTensor, tensor_lib.Tensor, np.ndarray, int, float, complex, np.number, bool, bytes, str
)


@tc.accepts(is_labeled_tensor_like, tc.anything, tc.optional(is_string))
def convert_to_labeled_tensor(value: Any, dtype: Any = None, name: str | None = None) -> LabeledTensor:
    """Returns a labeled tensor as it is, or a scalar as one without axes.

    Args:
        value: A labeled tensor, or a scalar.
        dtype: The dtype to convert to.
        name: The name of the op.

    Raises:
        ValueError: ``value`` is neither.
    """
    axes: list[Any] = []
    if isinstance(value, LabeledTensor):
        axes, value = list(value.axes.values()), value.tensor
    tensor = ops.convert_to_tensor(value, dtype=dtype, name=name)
    if len(tensor.get_shape()) != len(axes):
        raise ValueError(
            f"cannot automatically convert unlabeled arrays or tensors with rank>0 into LabeledTensors: {value!r}"
        )
    return LabeledTensor(tensor, axes)
