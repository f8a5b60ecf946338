"""``contrib.labeled_tensor.io_ops``: placeholders, and examples parsed to labeled tensors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, parsing_ops

from tf1graphs.v1.contrib.labeled_tensor import _typecheck as tc
from tf1graphs.v1.contrib.labeled_tensor import core
from tf1graphs.v1.contrib.labeled_tensor._axes import is_axis_like, is_string
from tf1graphs.v1.contrib.labeled_tensor._labeled_tensor import is_labeled_tensor_like

__all__ = ["FixedLenFeature", "parse_example", "parse_single_example", "placeholder"]

_is_name = tc.optional(is_string)


class FixedLenFeature:
    """How a feature of known axes is parsed.

    Args:
        axes: The axes, with sizes or labels.
        dtype: The dtype.
        default_value: The value of examples that lack the feature, or None for an error.
    """

    def __init__(self, axes: Any, dtype: Any, default_value: Any = None) -> None:
        self._axes = [core.as_axis(axis) for axis in axes]
        self._dtype = dtype
        self._default_value = default_value

    @property
    def axes(self) -> list[core.Axis]:
        """The axes."""
        return self._axes

    @property
    def dtype(self) -> Any:
        """The dtype."""
        return self._dtype

    @property
    def default_value(self) -> Any:
        """The value of examples that lack the feature, or None."""
        return self._default_value


_is_features = tc.mapping(tc.instance(FixedLenFeature))


def _unlabeled(features: Mapping[str, FixedLenFeature]) -> dict[str, Any]:
    unlabeled = {}
    for key, feature in features.items():
        shape = [axis.size for axis in feature.axes]
        if None in shape:
            raise ValueError("axes with unknown size are not supported")
        unlabeled[key] = parsing_ops.FixedLenFeature(shape, feature.dtype, feature.default_value)
    return unlabeled


@tc.accepts(is_labeled_tensor_like, _is_features, _is_name, tc.anything)
def parse_example(
    serialized: Any, features: Mapping[str, FixedLenFeature], name: str | None = None, example_names: Any = None
) -> dict[str, core.LabeledTensor]:
    """Returns features by name, whose axes are those of the examples and their own; see ``tf.parse_example``.

    Raises:
        ValueError: An axis has no size.
    """
    serialized = core.convert_to_labeled_tensor(serialized)
    parsed = parsing_ops.parse_example(serialized.tensor, _unlabeled(features), name, example_names)
    axes = list(serialized.axes.values())
    return {key: core.LabeledTensor(tensor, axes + features[key].axes) for key, tensor in parsed.items()}


@tc.accepts(is_labeled_tensor_like, _is_features, _is_name, tc.anything)
def parse_single_example(
    serialized: Any, features: Mapping[str, FixedLenFeature], name: str | None = None, example_names: Any = None
) -> dict[str, core.LabeledTensor]:
    """Returns the features of one example by name; see ``tf.parse_single_example``.

    Raises:
        ValueError: An axis has no size.
    """
    serialized = core.convert_to_labeled_tensor(serialized)
    parsed = parsing_ops.parse_single_example(serialized.tensor, _unlabeled(features), name, example_names)
    return {key: core.LabeledTensor(tensor, features[key].axes) for key, tensor in parsed.items()}


@tc.accepts(tc.instance(dtypes.DType), tc.collection(tc.union(is_string, is_axis_like)), _is_name)
def placeholder(dtype: Any, axes: Any, name: str | None = None) -> core.LabeledTensor:
    """Returns a placeholder of axes, of which names alone have any size."""
    with ops.name_scope(name, "lt_placeholder", []) as scope:
        made = core.Axes([(axis, None) if isinstance(axis, str) else axis for axis in axes])
        tensor = array_ops.placeholder(dtype, [axis.size for axis in made.values()], name=scope)
        return core.LabeledTensor(tensor, made)
