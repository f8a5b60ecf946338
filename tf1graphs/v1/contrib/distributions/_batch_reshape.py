"""A distribution with another batch shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from tensorflow.python.framework import dtypes, ops, tensor_shape, tensor_util
from tensorflow.python.ops import array_ops, check_ops, math_ops
from tensorflow.python.ops.distributions import distribution as distribution_lib


def _check_size(distribution: Any, batch_shape: Any) -> None:
    if batch_shape.shape.ndims not in (None, 1):
        raise ValueError(f"`batch_shape` must be a vector (saw rank: {batch_shape.shape.ndims}).")
    static = tensor_util.constant_value_as_shape(batch_shape)
    size, expected = static.num_elements(), distribution.batch_shape.num_elements()
    if size is not None and expected is not None and size != expected:
        raise ValueError(f"`batch_shape` size ({size}) must match `distribution.batch_shape` size ({expected}).")
    if static.dims is not None and any(dim.value is not None and dim.value < 1 for dim in static.dims):
        raise ValueError("`batch_shape` elements must be >=-1.")


def _with_implicit_size(original: Any, shape: Any, validate_args: bool) -> tuple[Any, Any, list[Any]]:
    """Returns a shape without -1, its static shape, and what a run has to check."""
    static = tensor_util.constant_value_as_shape(shape)
    if static.is_fully_defined():
        return np.array(static.as_list(), np.int32), static, []
    with ops.name_scope("calculate_reshape", values=[original, shape]):
        size = math_ops.reduce_prod(original)
        is_implicit = math_ops.equal(shape, -1)
        implicit = size // math_ops.maximum(1, -math_ops.reduce_prod(shape))
        sizes = array_ops.fill(array_ops.shape(shape), implicit)
        expanded = array_ops.where_v2(is_implicit, sizes, shape)
        if not validate_args:
            return expanded, static, []
        number = math_ops.count_nonzero(is_implicit, dtype=dtypes.int32)
        product = math_ops.reduce_prod(expanded)
        checks = [
            check_ops.assert_rank(original, 1, message="Original shape must be a vector."),
            check_ops.assert_rank(shape, 1, message="New shape must be a vector."),
            check_ops.assert_less_equal(number, 1, message="At most one dimension can be unknown."),
            check_ops.assert_positive(expanded, message="Shape elements must be >=-1."),
            check_ops.assert_equal(product, size, message="Shape sizes do not match."),
        ]
        return expanded, static, checks


class BatchReshape(distribution_lib.Distribution):  # type: ignore[misc]
    """A distribution whose batch has another shape of the same size.

    Args:
        distribution: The distribution.
        batch_shape: The shape; one size may be -1.
        validate_args: Whether a run checks what is not known before.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope, by default ``BatchReshape`` and that of the distribution.

    Raises:
        ValueError: ``batch_shape`` has another size or is not a vector.
        NotImplementedError: On use: a value would have to be broadcast to the batch.
    """

    def __init__(
        self,
        distribution: Any,
        batch_shape: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str | None = None,
    ) -> None:
        parameters = dict(locals())
        with ops.name_scope(name or "BatchReshape" + distribution.name, values=[batch_shape]) as scope:
            self._unexpanded = ops.convert_to_tensor(batch_shape, dtype=dtypes.int32, name="batch_shape")
            _check_size(distribution, self._unexpanded)
            original = distribution.batch_shape_tensor()
            self._expanded, self._static, self._assertions = _with_implicit_size(
                original, self._unexpanded, validate_args
            )
            self.distribution = distribution
            super().__init__(
                dtype=distribution.dtype,
                reparameterization_type=distribution.reparameterization_type,
                validate_args=validate_args,
                allow_nan_stats=allow_nan_stats,
                parameters=parameters,
                graph_parents=[self._unexpanded, *distribution._graph_parents],
                name=scope,
            )

    def _batch_shape_tensor(self) -> Any:
        with ops.control_dependencies(self._assertions):
            return array_ops.identity(self._expanded)

    def _batch_shape(self) -> Any:
        return self._static

    def _event_shape_tensor(self) -> Any:
        with ops.control_dependencies(self._assertions):
            return array_ops.identity(self.distribution.event_shape_tensor())

    def _event_shape(self) -> Any:
        return self.distribution.event_shape

    def _sample_n(self, n: Any, seed: Any = None) -> Any:
        with ops.control_dependencies(self._assertions):
            x = self.distribution.sample(sample_shape=n, seed=seed)
            shape = array_ops.concat([[n], self._unexpanded, self.event_shape_tensor()], axis=0)
            return array_ops.reshape(x, shape)

    def _log_prob(self, x: Any) -> Any:
        return self._of_value(self.distribution.log_prob, x)

    def _prob(self, x: Any) -> Any:
        return self._of_value(self.distribution.prob, x)

    def _log_cdf(self, x: Any) -> Any:
        return self._of_value(self.distribution.log_cdf, x)

    def _cdf(self, x: Any) -> Any:
        return self._of_value(self.distribution.cdf, x)

    def _log_survival_function(self, x: Any) -> Any:
        return self._of_value(self.distribution.log_survival_function, x)

    def _survival_function(self, x: Any) -> Any:
        return self._of_value(self.distribution.survival_function, x)

    def _entropy(self) -> Any:
        return self._statistic(self.distribution.entropy, [], [tensor_shape.TensorShape([])])

    def _mean(self) -> Any:
        return self._statistic(self.distribution.mean)

    def _mode(self) -> Any:
        return self._statistic(self.distribution.mode)

    def _stddev(self) -> Any:
        return self._statistic(self.distribution.stddev)

    def _variance(self) -> Any:
        return self._statistic(self.distribution.variance)

    def _covariance(self) -> Any:
        shapes = [self.event_shape_tensor()] * 2, [self.event_shape] * 2
        return self._statistic(self.distribution.covariance, *shapes)

    def _statistic(
        self, method: Callable[[], Any], sizes: list[Any] | None = None, static_sizes: list[Any] | None = None
    ) -> Any:
        with ops.control_dependencies(self._assertions):
            sizes = [self._event_shape_tensor()] if sizes is None else sizes
            static_sizes = [self.event_shape] if static_sizes is None else static_sizes
            shape = array_ops.concat([self._unexpanded, *sizes], axis=0)
            result = array_ops.reshape(method(), shape)
            if self.batch_shape.ndims is not None and self.event_shape.ndims is not None:
                static = self.batch_shape
                for each in static_sizes:
                    static = static.concatenate(each)
                result.set_shape(result.shape.merge_with(static))
            return result

    def _ndims(self, x: Any) -> tuple[Any, Any]:
        """Returns the numbers of dimensions of ``x``, and of batch and event together."""

        def known_or(ndims: Any, otherwise: Callable[[], Any]) -> Any:
            return otherwise() if ndims is None else ndims

        x_ndims = known_or(x.shape.ndims, lambda: array_ops.rank(x))
        event_ndims = known_or(self.event_shape.ndims, lambda: array_ops.size(self.event_shape_tensor()))
        batch_ndims = known_or(self.batch_shape.ndims, lambda: array_ops.size(self._unexpanded))
        return x_ndims, batch_ndims + event_ndims

    def _of_value(self, method: Callable[[Any], Any], x: Any) -> Any:
        with ops.control_dependencies(self._assertions + self._valid_value(x)):
            ndims, own_ndims = self._ndims(x)
            sample_ndims = ndims - own_ndims
            is_known = isinstance(sample_ndims, int)
            static = x.shape[:sample_ndims] if is_known else tensor_shape.TensorShape(None)
            if static.is_fully_defined():
                sample_shape = np.array(static.as_list(), np.int32)
            else:
                sample_shape = array_ops.shape(x)[:sample_ndims]
            original = [sample_shape, self.distribution.batch_shape_tensor(), self.event_shape_tensor()]
            result = method(array_ops.reshape(x, array_ops.concat(original, axis=0)))
            result = array_ops.reshape(result, array_ops.concat([sample_shape, self._unexpanded], axis=0))
            if static.ndims is not None and self.batch_shape.ndims is not None:
                result.set_shape(result.shape.merge_with(static.concatenate(self.batch_shape)))
            return result

    def _valid_value(self, x: Any) -> list[Any]:
        with ops.name_scope("validate_sample_arg", values=[x]):
            ndims, expected_ndims = self._ndims(x)
            is_known = isinstance(ndims, int) and isinstance(expected_ndims, int)
            checks = []
            if is_known and ndims < expected_ndims:
                raise NotImplementedError(
                    "Broadcasting is not supported; too few batch and event dims "
                    f"(expected at least {expected_ndims}, saw {ndims})."
                )
            if not is_known and self.validate_args:
                message = "Broadcasting is not supported; too few batch and event dims."
                checks.append(check_ops.assert_greater_equal(ndims, expected_ndims, message=message))
            found, expected = self._found_shape(x, ndims - expected_ndims), self._expected_shape()
            if isinstance(expected, np.ndarray) and isinstance(found, np.ndarray):
                if any(expected != found):
                    raise NotImplementedError(
                        "Broadcasting is not supported; unexpected batch and event shape "
                        f"(expected {expected}, saw {found})."
                    )
                return checks
            if not self.validate_args:
                return []
            message = "Broadcasting is not supported; unexpected batch and event shape."
            with ops.control_dependencies(checks):
                return [check_ops.assert_equal(expected, found, message=message)]

    def _expected_shape(self) -> Any:
        if self.batch_shape.is_fully_defined() and self.event_shape.is_fully_defined():
            return np.array(self.batch_shape.concatenate(self.event_shape).as_list(), np.int32)
        return array_ops.concat([self.batch_shape_tensor(), self.event_shape_tensor()], axis=0)

    @staticmethod
    def _found_shape(x: Any, sample_ndims: Any) -> Any:
        if isinstance(sample_ndims, int):
            static = x.shape[max(sample_ndims, 0) :]
            if static.is_fully_defined():
                return np.array(static.as_list(), np.int32)
        return array_ops.shape(x)[math_ops.maximum(sample_ndims, 0) :]
