"""Regularizers of ``tf.contrib.layers``: those of Keras, which do not halve the sum of squares."""

from __future__ import annotations

import ast

from tf1graphs.migrate.calls import Call, Outcome, Replace
from tf1graphs.migrate.keras_layers import enclosed, kind, later
from tf1graphs.migrate.rules import rule

_MODULES = ("tf.contrib.layers", "tf.contrib.slim")


def _half(call: Call, parameter: str, default: str = "") -> str:
    text = call.text(parameter, default)
    is_number = kind(text) is ast.Constant
    return repr(float(text) / 2) if is_number else f"{enclosed(text)} / 2"


@rule(
    *(f"{module}.l2_regularizer" for module in _MODULES),
    signature="scale, scope=None",
    becomes="`tf.keras.regularizers.L2` of half the scale",
)
def l2_regularizer(call: Call) -> Outcome:
    """Half the sum of squares, scaled."""
    return later(call, "scale") or Replace(f"{call.tf}.keras.regularizers.L2({_half(call, 'scale')})")


@rule(
    *(f"{module}.l1_regularizer" for module in _MODULES),
    signature="scale, scope=None",
    becomes="`tf.keras.regularizers.L1`",
)
def l1_regularizer(call: Call) -> Outcome:
    """The sum of absolute values, scaled."""
    return later(call, "scale") or Replace(f"{call.tf}.keras.regularizers.L1({call.text('scale')})")


@rule(
    *(f"{module}.l1_l2_regularizer" for module in _MODULES),
    signature="scale_l1=1.0, scale_l2=1.0, scope=None",
    becomes="`tf.keras.regularizers.L1L2`, with half the scale of squares",
)
def l1_l2_regularizer(call: Call) -> Outcome:
    """Both."""
    refusal = later(call, "scale_l1", "scale_l2")
    inner = f"{call.text('scale_l1', '1.0')}, {_half(call, 'scale_l2', '1.0')}"
    return refusal or Replace(f"{call.tf}.keras.regularizers.L1L2({inner})")
