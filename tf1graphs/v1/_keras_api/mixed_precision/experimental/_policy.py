"""The dtypes of a layer: policies that infer one from the first input, or have a loss scale, as tf-keras' no longer do.

Source: ``python/keras/mixed_precision/experimental/policy.py`` and ``engine/base_layer.py`` of 1.15.
"""

from __future__ import annotations

import functools
from typing import Any

from tensorflow.python.framework import dtypes
from tensorflow.python.platform import tf_logging
from tensorflow.python.training.experimental import loss_scale as loss_scales
from tensorflow.python.training.experimental import mixed_precision_global_state as global_state
from tf_keras.src.engine import base_layer_utils, base_layer_v1
from tf_keras.src.mixed_precision import policy as of_tf_keras

_FLOAT32_VARIABLES = "_with_float32_vars"
_SAME = {"infer_float32_vars": "infer_with_float32_vars", "float32_with_float32_vars": "float32"}
_MIXED = {f"mixed_{dtype}": dtype + _FLOAT32_VARIABLES for dtype in ("float16", "bfloat16")}
_DEFAULT = "USE_DEFAULT"


class Policy(of_tf_keras.Policy):  # type: ignore[misc]
    """The dtypes in which a layer computes and keeps its variables, and the loss scale of a model.

    Args:
        name: A dtype, ``DTYPE_with_float32_vars``, ``mixed_float16``, ``mixed_bfloat16``, or one of ``infer`` and
            ``infer_with_float32_vars``, which take the dtype of the layer's first input.
        loss_scale: A ``tf.train.experimental.LossScale``, a number, "dynamic" or None; by default "dynamic" for
            ``mixed_float16`` and None for others.

    Raises:
        TypeError: ``name`` is no string.
        ValueError: ``name`` is none of these.
    """

    def __init__(self, name: Any, loss_scale: Any = _DEFAULT) -> None:
        if not isinstance(name, str):
            of_dtype = f", not a DType. Instead, pass DType.name. Got: {getattr(name, 'name', '')}"
            raise TypeError(
                f"'name' must be a string{of_dtype if isinstance(name, dtypes.DType) else f', got: {name}'}"
            )
        self._name = _SAME.get(name, name)
        self._compute_dtype, self._variable_dtype = self._parse_name(self._name)
        if isinstance(loss_scale, str) and loss_scale == _DEFAULT:
            loss_scale = "dynamic" if name == "mixed_float16" else None
        if loss_scale and self._compute_dtype not in (None, "float16"):
            tf_logging.warn(f"A loss scale, here {loss_scale!r}, is only useful for float16; the policy is {name}.")
        self._loss_scale = loss_scales.get(loss_scale)

    def _parse_name(self, name: str) -> tuple[str | None, str | None]:
        name = _MIXED.get(name, name)
        base = name.removesuffix(_FLOAT32_VARIABLES)
        try:
            dtype = None if base == "infer" else dtypes.as_dtype(base).name
        except TypeError:
            raise ValueError(
                f"Cannot convert value {name} to a mixed precision Policy. Valid policies include include those in "
                f'the form "<dtype>" and "<dtype>{_FLOAT32_VARIABLES}", where <dtype> is the name of a dtype.'
            ) from None
        return dtype, dtype if base == name else "float32"

    @property
    def should_cast_variables(self) -> bool:
        """Whether a layer casts its variables for its computations."""
        return bool(self.variable_dtype != self.compute_dtype)

    @property
    def loss_scale(self) -> Any:
        """The ``tf.train.experimental.LossScale``, or None."""
        return self._loss_scale

    def __repr__(self) -> str:
        return f'<Policy "{self._name}", loss_scale={self.loss_scale}>'


def global_policy() -> Any:
    """Returns the policy of layers that are given none: ``infer`` unless another has been set."""
    return Policy("infer") if of_tf_keras._global_policy is None else of_tf_keras._global_policy


def set_policy(policy: Any) -> None:
    """Sets the policy of layers that are given none.

    Args:
        policy: A ``Policy``, the name of one, or None for the default.

    Raises:
        ValueError: The policy does not infer its dtype, which took TensorFlow 2; or the graph is rewritten for
            mixed precision already.
    """
    if global_state.is_mixed_precision_graph_rewrite_enabled():
        raise ValueError(
            "The mixed precision policy cannot be set, because the mixed precision graph rewrite has already been "
            "enabled: tf.train.experimental.enable_mixed_precision_graph_rewrite() was called first"
        )
    policy = Policy(policy) if isinstance(policy, str) else policy
    if policy and policy.compute_dtype and not base_layer_utils.v2_dtype_behavior_enabled():
        raise ValueError("The global policy can only be set to a non-infer policy in TensorFlow 2")
    of_tf_keras._global_policy = policy
    global_state.set_using_mixed_precision_policy(policy is not None)


def _with_input_dtype(set_policy_of: Any) -> Any:
    """Lets a layer that has inferred its dtype from an input keep float32 variables where its policy says so."""

    @functools.wraps(set_policy_of)
    def set_layer_policy(self: Any, dtype: Any) -> None:
        known = getattr(self, "_dtype_policy", None)
        if isinstance(known, Policy) and known.name == f"infer{_FLOAT32_VARIABLES}" and hasattr(dtype, "name"):
            dtype = Policy(dtype.name + _FLOAT32_VARIABLES)
        set_policy_of(self, dtype)

    return set_layer_policy


def _by_variable_dtype(serialize: Any) -> Any:
    """Lets the configuration of a layer name the dtype of its variables, as 1.15's does."""

    @functools.wraps(serialize)
    def serialize_policy(policy: Any) -> Any:
        return policy.variable_dtype if isinstance(policy, Policy) else serialize(policy)

    return serialize_policy


base_layer_v1.Layer._set_dtype_policy = _with_input_dtype(base_layer_v1.Layer._set_dtype_policy)
of_tf_keras.serialize = _by_variable_dtype(of_tf_keras.serialize)
