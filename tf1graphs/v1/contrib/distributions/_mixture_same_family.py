"""Mixtures whose components are one batch of a distribution."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import ops, tensor_shape
from tensorflow.python.ops import array_ops, check_ops, math_ops, nn_ops
from tensorflow.python.ops.distributions import distribution, util

from tf1graphs.v1.contrib.distributions import _mixture_shapes, _static


class MixtureSameFamily(distribution.Distribution):  # type: ignore[misc]
    """The distribution that first draws a component, the last dimension of a batch, and then from it.

    Args:
        mixture_distribution: A ``Categorical`` over the ``k`` components, of the batch shape or a scalar one.
        components_distribution: A distribution of the batch shape ``[..., k]``.
        validate_args: Whether a run checks shapes that are not known before.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.

    Raises:
        ValueError: ``mixture_distribution`` is not over integers, or the shapes do not fit.
    """

    def __init__(
        self,
        mixture_distribution: Any,
        components_distribution: Any,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "MixtureSameFamily",
    ) -> None:
        parameters = dict(locals())
        with ops.name_scope(name) as scope:
            self.mixture_distribution = mixture_distribution
            self.components_distribution = components_distribution
            self._assertions: list[Any] = []
            self._event_ndims = _static.first_dimension(components_distribution.event_shape_tensor())
            self._check_mixture(validate_args)
            self._check_batches(validate_args)
            self._num_components = self._check_numbers(validate_args)
            super().__init__(
                dtype=components_distribution.dtype,
                reparameterization_type=distribution.NOT_REPARAMETERIZED,
                validate_args=validate_args,
                allow_nan_stats=allow_nan_stats,
                parameters=parameters,
                graph_parents=mixture_distribution._graph_parents + components_distribution._graph_parents,
                name=scope,
            )

    def _check_mixture(self, validate_args: bool) -> None:
        mixture = self.mixture_distribution
        if not mixture.dtype.is_integer:
            raise ValueError(f"`mixture_distribution.dtype` ({mixture.dtype.name}) is not over integers")
        message = "`mixture_distribution` must have scalar `event_dim`s"
        if mixture.event_shape.ndims not in (None, 0):
            raise ValueError(message)
        if mixture.event_shape.ndims is None and validate_args:
            size = array_ops.size(mixture.event_shape_tensor())
            self._assertions.append(check_ops.assert_equal(size, 0, message=message))

    def _check_batches(self, validate_args: bool) -> None:
        mixture, components = self.mixture_distribution, self.components_distribution
        own, expected = mixture.batch_shape, components.batch_shape.with_rank_at_least(1)[:-1]
        if own.is_fully_defined() and expected.is_fully_defined():
            if own.ndims != 0 and own != expected:
                raise ValueError(
                    f"`mixture_distribution.batch_shape` (`{own.as_list()}`) is not compatible with "
                    f"`components_distribution.batch_shape` (`{expected.as_list()}`)"
                )
        elif validate_args:
            expected = components.batch_shape_tensor()[:-1]
            own = util.pick_vector(mixture.is_scalar_batch(), expected, mixture.batch_shape_tensor())
            message = "`mixture_distribution.batch_shape` is not compatible with `components_distribution.batch_shape`"
            self._assertions.append(check_ops.assert_equal(own, expected, message=message))

    def _check_numbers(self, validate_args: bool) -> Any:
        """Returns the number of components."""
        logits, components = self.mixture_distribution.logits, self.components_distribution
        number = tensor_shape.dimension_value(logits.shape.with_rank_at_least(1)[-1])
        other = tensor_shape.dimension_value(components.batch_shape.with_rank_at_least(1)[-1])
        if number is not None and other is not None and number != other:
            raise ValueError(
                f"`mixture_distribution components` ({number}) does not equal "
                f"`components_distribution.batch_shape[-1]` ({other})"
            )
        if number is not None and not validate_args:
            return number
        number = array_ops.shape(logits)[-1]
        if validate_args:
            other = components.batch_shape_tensor()[-1]
            message = "`mixture_distribution components` does not equal `components_distribution.batch_shape[-1:]`"
            self._assertions.append(check_ops.assert_equal(number, other, message=message))
        return number

    def _batch_shape_tensor(self) -> Any:
        with ops.control_dependencies(self._assertions):
            return self.components_distribution.batch_shape_tensor()[:-1]

    def _batch_shape(self) -> Any:
        return self.components_distribution.batch_shape.with_rank_at_least(1)[:-1]

    def _event_shape_tensor(self) -> Any:
        with ops.control_dependencies(self._assertions):
            return self.components_distribution.event_shape_tensor()

    def _event_shape(self) -> Any:
        return self.components_distribution.event_shape

    def _padded(self, x: Any) -> Any:
        return _mixture_shapes.pad(x, self, self.mixture_distribution, self._event_shape().ndims)

    def _over_components(self, x: Any) -> Any:
        return math_ops.reduce_sum(x, axis=-1 - self._event_ndims)

    def _sample_n(self, n: Any, seed: Any) -> Any:
        # 1.15 left the seed out: samples hang on the graph's seed alone.
        with ops.control_dependencies(self._assertions):
            x = self.components_distribution.sample(n)
            chosen = self.mixture_distribution.sample(n)
            mask = _mixture_shapes.one_hot(chosen, self._num_components, x.dtype)
            return self._over_components(x * self._padded(mask))

    def _with_component_axis(self, x: Any) -> Any:
        with ops.name_scope("pad_sample_dims", values=[x]):
            ndims = array_ops.rank(x) if x.shape.ndims is None else x.shape.ndims
            shape = array_ops.shape(x)
            place = ndims - self._event_ndims
            return array_ops.reshape(x, shape=array_ops.concat([shape[:place], [1], shape[place:]], axis=0))

    def _log_of_sum(self, method: str, x: Any) -> Any:
        logarithms = getattr(self.components_distribution, method)(self._with_component_axis(x))
        weights = nn_ops.log_softmax(self.mixture_distribution.logits, axis=-1)
        return math_ops.reduce_logsumexp(logarithms + weights, axis=-1)

    def _log_prob(self, x: Any) -> Any:
        with ops.control_dependencies(self._assertions):
            return self._log_of_sum("log_prob", x)

    def _log_cdf(self, x: Any) -> Any:
        return self._log_of_sum("log_cdf", x)

    def _mean(self) -> Any:
        with ops.control_dependencies(self._assertions):
            probs = self._padded(self.mixture_distribution.probs)
            return self._over_components(probs * self.components_distribution.mean())

    def _variance(self) -> Any:
        components = self.components_distribution
        with ops.control_dependencies(self._assertions):
            probs = self._padded(self.mixture_distribution.probs)
            within = self._over_components(probs * components.variance())
            mean = components.mean()
            distances = math_ops.squared_difference(mean, self._with_component_axis(self._mean()))
            return within + self._over_components(probs * distances)

    def _covariance(self) -> Any:
        if self.event_shape.ndims != 1:
            raise NotImplementedError("covariance is not implemented")
        components = self.components_distribution
        with ops.control_dependencies(self._assertions):
            probs = self._padded(self._padded(self.mixture_distribution.probs))
            within = math_ops.reduce_sum(probs * components.covariance(), axis=-3)
            mean = components.mean()
            distance = mean - self._with_component_axis(self._mean())
            products = distance[..., array_ops.newaxis, :] * distance[..., array_ops.newaxis]
            return within + math_ops.reduce_sum(probs * products, axis=-3)
