"""A bijector that shifts and scales some elements of a vector by a function of the others.

Source: Dinh, Sohl-Dickstein and Bengio, Density Estimation using Real NVP, ICLR 2017.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tensorflow.python.framework import constant_op, ops
from tensorflow.python.ops import array_ops, math_ops, nn_ops, template
from tensorflow.python.ops.distributions import bijector

from tf1graphs.v1.contrib.distributions.bijectors._autoregressive import (
    ShiftAndLogScale,
    depth,
    shifted_and_scaled,
    shifted_and_scaled_back,
)


class RealNVP(bijector.Bijector):  # type: ignore[misc]
    """Of vectors ``[batch, k]`` keeps the first elements, and shifts and scales the others by a function of them.

    Args:
        num_masked: The number of elements that are kept.
        shift_and_log_scale_fn: From ``[batch, num_masked]`` and ``k - num_masked`` to ``shift`` and ``log_scale``,
            each ``[batch, k - num_masked]`` or None.
        is_constant_jacobian: Whether ``log_scale`` is the same everywhere.
        validate_args: Whether a run checks what cannot be checked before.
        name: The name scope.

    Raises:
        ValueError: ``num_masked`` is not above 0; on use: not below ``k``.
        NotImplementedError: On use: ``k`` is not known.
    """

    def __init__(
        self,
        num_masked: int,
        shift_and_log_scale_fn: ShiftAndLogScale,
        is_constant_jacobian: bool = False,
        validate_args: bool = False,
        name: str | None = None,
    ) -> None:
        if num_masked <= 0:
            raise ValueError("num_masked must be a positive integer.")
        self._num_masked = num_masked
        self._input_depth: int | None = None
        self._shift_and_log_scale_fn = shift_and_log_scale_fn
        super().__init__(
            forward_min_event_ndims=1,
            is_constant_jacobian=is_constant_jacobian,
            validate_args=validate_args,
            name=name or "real_nvp",
        )

    def _units(self, x: Any) -> int:
        """Returns the number of elements that change; the first use says how many there are."""
        if self._input_depth is None:
            self._input_depth = depth(x)
            if self._input_depth is None:
                raise NotImplementedError("Rightmost dimension must be known prior to graph execution.")
            if self._num_masked >= self._input_depth:
                raise ValueError("Number of masked units must be smaller than the event size.")
        return self._input_depth - self._num_masked

    def _forward(self, x: Any) -> Any:
        units = self._units(x)
        kept, others = x[:, : self._num_masked], x[:, self._num_masked :]
        changed = shifted_and_scaled(others, *self._shift_and_log_scale_fn(kept, units))
        return array_ops.concat([kept, changed], axis=-1)

    def _inverse(self, y: Any) -> Any:
        units = self._units(y)
        kept, others = y[:, : self._num_masked], y[:, self._num_masked :]
        changed = shifted_and_scaled_back(others, *self._shift_and_log_scale_fn(kept, units))
        return array_ops.concat([kept, changed], axis=-1)

    def _log_scale(self, x: Any) -> Any:
        units = self._units(x)
        return self._shift_and_log_scale_fn(x[:, : self._num_masked], units)[1]

    def _inverse_log_det_jacobian(self, y: Any) -> Any:
        log_scale = self._log_scale(y)
        if log_scale is None:
            return constant_op.constant(0.0, dtype=y.dtype, name="ildj")
        return -math_ops.reduce_sum(log_scale, axis=-1)

    def _forward_log_det_jacobian(self, x: Any) -> Any:
        log_scale = self._log_scale(x)
        if log_scale is None:
            return constant_op.constant(0.0, dtype=x.dtype, name="fldj")
        return math_ops.reduce_sum(log_scale, axis=-1)


def real_nvp_default_template(
    hidden_layers: Sequence[int],
    shift_only: bool = False,
    activation: Any = nn_ops.relu,
    name: str | None = None,
    *args: Any,
    **kwargs: Any,
) -> Any:
    """Returns a function for ``RealNVP``: dense layers with variables of their own.

    Args:
        hidden_layers: Their units.
        shift_only: Whether ``log_scale`` is None.
        activation: Of the hidden layers.
        name: The name scope in which it is made.
        *args: Further arguments of ``tf.layers.dense``.
        **kwargs: Further ones by name.
    """
    from tf1graphs.v1.contrib.distributions.bijectors import _layers

    def shift_and_log_scale(x: Any, output_units: int) -> Any:
        for units in hidden_layers:
            x = _layers.dense(*args, inputs=x, units=units, activation=activation, **kwargs)
        units = (1 if shift_only else 2) * output_units
        x = _layers.dense(*args, inputs=x, units=units, activation=None, **kwargs)
        return (x, None) if shift_only else tuple(array_ops.split(x, 2, axis=-1))

    with ops.name_scope(name, "real_nvp_default_template"):
        return template.make_template("real_nvp_default_template", shift_and_log_scale)
