"""Functions that go along the first axis of labeled tensors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import functional_ops
from tensorflow.python.ops import map_fn as map_fn_lib

from tf1graphs.v1.contrib.labeled_tensor import _joining, core
from tf1graphs.v1.contrib.labeled_tensor import _typecheck as tc
from tf1graphs.v1.contrib.labeled_tensor._axes import is_string
from tf1graphs.v1.contrib.labeled_tensor._labeled_tensor import is_labeled_tensor_like

_is_name = tc.optional(is_string)


@tc.accepts(callable, is_labeled_tensor_like, _is_name)
def map_fn(fn: Callable[[Any], Any], labeled_tensor: Any, name: str | None = None) -> core.LabeledTensor:
    """Returns what a function makes of each labeled tensor along the first axis."""
    with ops.name_scope(name, "lt_map_fn", [labeled_tensor]) as scope:
        labeled_tensor = core.convert_to_labeled_tensor(labeled_tensor)
        first_axis, *others = labeled_tensor.axes.values()
        parts = _joining.unpack(labeled_tensor)
        if labeled_tensor.dtype == dtypes.string:
            return _joining.pack([fn(part) for part in parts], first_axis, name=scope)
        # The function is asked for its axes first.
        first = fn(parts[0])
        mapped = map_fn_lib.map_fn(
            lambda tensor: fn(core.LabeledTensor(tensor, others)).tensor, labeled_tensor.tensor, dtype=first.dtype
        )
        return core.identity(core.LabeledTensor(mapped, [first_axis, *first.axes.values()]), name=scope)


@tc.accepts(callable, is_labeled_tensor_like, is_labeled_tensor_like, _is_name)
def foldl(
    fn: Callable[[Any, Any], Any], labeled_tensor: Any, initial_value: Any, name: str | None = None
) -> core.LabeledTensor:
    """Returns what a function makes of an initial value and each labeled tensor along the first axis."""
    with ops.name_scope(name, "lt_foldl", [labeled_tensor, initial_value]) as scope:
        labeled_tensor = core.convert_to_labeled_tensor(labeled_tensor)
        initial_value = core.convert_to_labeled_tensor(initial_value)
        axes, others = initial_value.axes, list(labeled_tensor.axes.values())[1:]

        def step(folded: Any, element: Any) -> Any:
            return fn(core.LabeledTensor(folded, axes), core.LabeledTensor(element, others)).tensor

        folded = functional_ops.foldl(step, labeled_tensor.tensor, initializer=initial_value.tensor)
        return core.identity(core.LabeledTensor(folded, axes), name=scope)
