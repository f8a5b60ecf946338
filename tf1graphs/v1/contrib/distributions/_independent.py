"""A batch of distributions as one distribution whose events are larger."""

from __future__ import annotations

from typing import Any

import numpy as np
from tensorflow.python.framework import dtypes, ops, tensor_shape, tensor_util
from tensorflow.python.ops import array_ops, check_ops, math_ops
from tensorflow.python.ops.distributions import distribution as distribution_lib
from tensorflow.python.ops.distributions import kullback_leibler

from tf1graphs.v1.contrib.distributions import _static


class Independent(distribution_lib.Distribution):  # type: ignore[misc]
    """The distribution whose event shape has taken the last dimensions of another's batch shape.

    Args:
        distribution: The other.
        reinterpreted_batch_ndims: How many dimensions, by default all but the first.
        validate_args: Whether a run checks that there are as many where that is not known before.
        name: The name scope, by default ``Independent`` and that of the other.

    Raises:
        ValueError: The other has fewer batch dimensions.
    """

    def __init__(
        self,
        distribution: Any,
        reinterpreted_batch_ndims: Any = None,
        validate_args: bool = False,
        name: str | None = None,
    ) -> None:
        parameters = dict(locals())
        self.distribution = distribution
        with ops.name_scope(name or "Independent" + distribution.name) as scope:
            if reinterpreted_batch_ndims is None:
                reinterpreted_batch_ndims = self._all_but_one()
            tensor = ops.convert_to_tensor(
                reinterpreted_batch_ndims, dtype=dtypes.int32, name="reinterpreted_batch_ndims"
            )
            self._static_ndims = tensor_util.constant_value(tensor)
            self.reinterpreted_batch_ndims = tensor if self._static_ndims is None else self._static_ndims
            super().__init__(
                dtype=distribution.dtype,
                reparameterization_type=distribution.reparameterization_type,
                validate_args=validate_args,
                allow_nan_stats=distribution.allow_nan_stats,
                parameters=parameters,
                graph_parents=[tensor, *distribution._graph_parents],
                name=scope,
            )
            self._assertions = self._has_dimensions(tensor)

    def _all_but_one(self) -> Any:
        ndims = self.distribution.batch_shape.ndims
        if ndims is None:
            return math_ops.maximum(0, array_ops.shape(self.distribution.batch_shape_tensor())[0] - 1)
        return np.maximum(0, ndims - 1)

    def _has_dimensions(self, reinterpreted: Any) -> list[Any]:
        ndims = self.distribution.batch_shape.ndims
        if ndims is not None and self._static_ndims is not None:
            if self._static_ndims > ndims:
                raise ValueError(
                    f"reinterpreted_batch_ndims({self._static_ndims}) cannot exceed distribution.batch_ndims({ndims})"
                )
            return []
        if not self.validate_args:
            return []
        ndims = _static.first_dimension(self.distribution.batch_shape_tensor())
        message = "reinterpreted_batch_ndims cannot exceed distribution.batch_ndims"
        return [check_ops.assert_less_equal(reinterpreted, ndims, message=message)]

    def _batch_shape_tensor(self) -> Any:
        with ops.control_dependencies(self._assertions):
            shape = self.distribution.batch_shape_tensor()
            return shape[: _static.first_dimension(shape) - self.reinterpreted_batch_ndims]

    def _batch_shape(self) -> Any:
        shape = self.distribution.batch_shape
        if self._static_ndims is None or shape.ndims is None:
            return tensor_shape.TensorShape(None)
        return shape[: shape.ndims - self._static_ndims]

    def _event_shape_tensor(self) -> Any:
        with ops.control_dependencies(self._assertions):
            shape = self.distribution.batch_shape_tensor()
            taken = shape[_static.first_dimension(shape) - self.reinterpreted_batch_ndims :]
            return array_ops.concat([taken, self.distribution.event_shape_tensor()], axis=0)

    def _event_shape(self) -> Any:
        shape = self.distribution.batch_shape
        if self._static_ndims is None or shape.ndims is None:
            return tensor_shape.TensorShape(None)
        return shape[shape.ndims - self._static_ndims :].concatenate(self.distribution.event_shape)

    def _sample_n(self, n: Any, seed: Any) -> Any:
        with ops.control_dependencies(self._assertions):
            return self.distribution.sample(sample_shape=n, seed=seed)

    def _summed(self, method: str, *arguments: Any) -> Any:
        with ops.control_dependencies(self._assertions):
            numbers = getattr(self.distribution, method)(*arguments)
            if self._static_ndims is None:
                axes = math_ops.range(self.reinterpreted_batch_ndims)
            else:
                axes = np.arange(self._static_ndims)
            return math_ops.reduce_sum(numbers, axis=-1 - axes)

    def _log_prob(self, x: Any) -> Any:
        return self._summed("log_prob", x)

    def _entropy(self) -> Any:
        return self._summed("entropy")

    def _moment(self, method: str) -> Any:
        with ops.control_dependencies(self._assertions):
            return getattr(self.distribution, method)()

    def _mean(self) -> Any:
        return self._moment("mean")

    def _variance(self) -> Any:
        return self._moment("variance")

    def _stddev(self) -> Any:
        return self._moment("stddev")

    def _mode(self) -> Any:
        return self._moment("mode")


@kullback_leibler.RegisterKL(Independent, Independent)  # type: ignore[untyped-decorator, unused-ignore]
def _divergence(a: Independent, b: Independent, name: str = "kl_independent") -> Any:
    p, q = a.distribution, b.distribution
    if a.event_shape.is_fully_defined() and b.event_shape.is_fully_defined():
        if a.event_shape != b.event_shape:
            raise ValueError("Event shapes do not match.")
        if p.event_shape != q.event_shape:
            raise NotImplementedError("KL between Independents with different event shapes not supported.")
        axes = [-1 - axis for axis in range(a.event_shape.ndims - p.event_shape.ndims)]
        return math_ops.reduce_sum(kullback_leibler.kl_divergence(p, q, name=name), axis=axes)
    checks = [
        check_ops.assert_equal(a.event_shape_tensor(), b.event_shape_tensor()),
        check_ops.assert_equal(p.event_shape_tensor(), q.event_shape_tensor()),
    ]
    with ops.control_dependencies(checks):
        number = array_ops.size(a.event_shape_tensor()) - array_ops.size(p.event_shape_tensor())
        divergence = kullback_leibler.kl_divergence(p, q, name=name)
        return math_ops.reduce_sum(divergence, axis=math_ops.range(-number, 0, 1))
