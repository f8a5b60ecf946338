"""``input_fn_utils``: the inputs that a model is served with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from tensorflow.python.framework import dtypes
from tensorflow.python.ops import array_ops, parsing_ops

__all__ = ["InputFnOps", "build_default_serving_input_fn", "build_parsing_serving_input_fn"]


class InputFnOps(NamedTuple):
    """What a function of inputs to serve with returns.

    Attributes:
        features: The tensors of the model by name.
        labels: None.
        default_inputs: The placeholders by name.
    """

    features: Any
    labels: Any
    default_inputs: Any


def build_parsing_serving_input_fn(
    feature_spec: Mapping[str, Any], default_batch_size: int | None = None
) -> Callable[[], InputFnOps]:
    """Returns a function that parses the placeholder ``input_example_tensor`` of ``tf.train.Example``s.

    Args:
        feature_spec: Name -> ``tf.VarLenFeature`` or ``tf.FixedLenFeature``.
        default_batch_size: The number of examples; any by default.
    """

    def input_fn() -> InputFnOps:
        examples = array_ops.placeholder(dtypes.string, [default_batch_size], name="input_example_tensor")
        features = parsing_ops.parse_example(examples, feature_spec)
        return InputFnOps(features, None, {"examples": examples})

    return input_fn


def build_default_serving_input_fn(
    features: Mapping[str, Any], default_batch_size: int | None = None
) -> Callable[[], InputFnOps]:
    """Returns a function that makes a placeholder like each of some tensors.

    Args:
        features: The tensors by name, ``[batch, ...]``.
        default_batch_size: The size of the batch of placeholders; any by default.
    """

    def input_fn() -> InputFnOps:
        placeholders = {
            key: array_ops.placeholder(each.dtype, [default_batch_size, *each.shape.as_list()[1:]], name=each.op.name)
            for key, each in features.items()
        }
        return InputFnOps(placeholders, None, placeholders)

    return input_fn
