"""Distributions with one value."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import constant_op, dtypes, ops, tensor_shape, tensor_util
from tensorflow.python.ops import array_ops, check_ops, control_flow_ops, math_ops
from tensorflow.python.ops.distributions import distribution

from tf1graphs.v1.contrib.distributions._base import checked, non_negative


class _Deterministic(distribution.Distribution):  # type: ignore[misc]
    def __init__(
        self,
        loc: Any,
        atol: Any,
        rtol: Any,
        validate_args: bool,
        allow_nan_stats: bool,
        name: str,
        parameters: dict[str, Any],
    ) -> None:
        with ops.name_scope(name, values=[loc, atol, rtol]) as scope:
            self.loc = self._location(ops.convert_to_tensor(loc, name="loc"), validate_args)
            super().__init__(
                dtype=self.loc.dtype,
                reparameterization_type=distribution.NOT_REPARAMETERIZED,
                validate_args=validate_args,
                allow_nan_stats=allow_nan_stats,
                parameters=parameters,
                graph_parents=[self.loc],
                name=scope,
            )
            self.atol, self.rtol = self._tolerance(atol), self._tolerance(rtol)
            self._slack = self.atol if rtol is None else self.atol + self.rtol * math_ops.abs(self.loc)

    def _location(self, loc: Any, validate_args: bool) -> Any:
        return loc

    def _tolerance(self, tolerance: Any) -> Any:
        if tolerance is None:
            return ops.convert_to_tensor(0, dtype=self.loc.dtype)
        tolerance = ops.convert_to_tensor(tolerance, dtype=self.loc.dtype)
        return checked(self.validate_args, tolerance, non_negative("Argument 'tol' must be non-negative"))

    def _is_near(self, x: Any) -> Any:
        return math_ops.abs(x - self.loc) <= self._slack

    def _sample_n(self, n: Any, seed: Any = None) -> Any:
        number, ndims = tensor_util.constant_value(ops.convert_to_tensor(n)), self.loc.shape.ndims
        if number is None or ndims is None:
            multiples = array_ops.concat(([n], array_ops.ones_like(array_ops.shape(self.loc))), axis=0)
        else:
            multiples = [number] + [1] * ndims
        return array_ops.tile(self.loc[array_ops.newaxis, ...], multiples=multiples)

    def _entropy(self) -> Any:
        return array_ops.zeros(self.batch_shape_tensor(), dtype=self.dtype)

    def _mean(self) -> Any:
        return array_ops.identity(self.loc)

    def _variance(self) -> Any:
        return array_ops.zeros_like(self.loc)

    def _mode(self) -> Any:
        return self.mean()


class Deterministic(_Deterministic):
    """The distribution of a number that is always ``loc``.

    Args:
        loc: The numbers; their shape is the batch shape.
        atol: How far from ``loc`` a value still has the probability 1, by default 0.
        rtol: The same as a part of ``abs(loc)``, which is added.
        validate_args: Whether a run checks the tolerances.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.
    """

    def __init__(
        self,
        loc: Any,
        atol: Any = None,
        rtol: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "Deterministic",
    ) -> None:
        super().__init__(loc, atol, rtol, validate_args, allow_nan_stats, name, dict(locals()))

    def _batch_shape_tensor(self) -> Any:
        return array_ops.shape(self.loc)

    def _batch_shape(self) -> Any:
        return self.loc.shape

    def _event_shape_tensor(self) -> Any:
        return constant_op.constant([], dtype=dtypes.int32)

    def _event_shape(self) -> Any:
        return tensor_shape.TensorShape([])

    def _prob(self, x: Any) -> Any:
        return math_ops.cast(self._is_near(x), dtype=self.dtype)

    def _cdf(self, x: Any) -> Any:
        return math_ops.cast(x >= self.loc - self._slack, dtype=self.dtype)


class VectorDeterministic(_Deterministic):
    """The distribution of a vector that is always ``loc``.

    Args:
        loc: The vectors ``[..., k]``; the dimensions before are the batch shape.
        atol: How far from ``loc`` an element of a vector of probability 1 may be, by default 0.
        rtol: The same as a part of ``abs(loc)``, which is added.
        validate_args: Whether a run checks shapes and tolerances.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.

    Raises:
        ValueError: ``loc`` is a scalar, with ``validate_args``.
    """

    def __init__(
        self,
        loc: Any,
        atol: Any = None,
        rtol: Any = None,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "VectorDeterministic",
    ) -> None:
        super().__init__(loc, atol, rtol, validate_args, allow_nan_stats, name, dict(locals()))

    def _location(self, loc: Any, validate_args: bool) -> Any:
        message = "Argument loc must be at least rank 1."
        if not validate_args:
            return loc
        if loc.shape.ndims is None:
            is_vector = check_ops.assert_rank_at_least(loc, 1, message=message)
            return control_flow_ops.with_dependencies([is_vector], loc)
        if loc.shape.ndims < 1:
            raise ValueError(message)
        return loc

    def _batch_shape_tensor(self) -> Any:
        return array_ops.shape(self.loc)[:-1]

    def _batch_shape(self) -> Any:
        return self.loc.shape[:-1]

    def _event_shape_tensor(self) -> Any:
        return array_ops.shape(self.loc)[-1]

    def _event_shape(self) -> Any:
        return self.loc.shape[-1:]

    def _prob(self, x: Any) -> Any:
        if self.validate_args:
            is_vector = check_ops.assert_rank_at_least(x, 1)
            is_in_space = check_ops.assert_equal(
                self.event_shape_tensor(),
                array_ops.gather(array_ops.shape(x), array_ops.rank(x) - 1),
                message="Argument 'x' not defined in the same space R^k as this distribution",
            )
            with ops.control_dependencies([is_vector]), ops.control_dependencies([is_in_space]):
                x = array_ops.identity(x)
        return math_ops.cast(math_ops.reduce_all(self._is_near(x), axis=-1), dtype=self.dtype)
