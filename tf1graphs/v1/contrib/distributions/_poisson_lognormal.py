"""Counts whose logarithmic rate is normal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from tensorflow.python.framework import ops, tensor_shape
from tensorflow.python.ops import array_ops, array_ops_stack, math_ops, random_ops
from tensorflow.python.ops.distributions import categorical, distribution, util

from tf1graphs.v1.contrib.distributions import _static
from tf1graphs.v1.contrib.distributions._counts import Poisson
from tf1graphs.v1.contrib.distributions._quadrature import quadrature_scheme_lognormal_quantiles


class PoissonLogNormalQuadratureCompound(distribution.Distribution):  # type: ignore[misc]
    """A mixture of Poisson distributions whose rates stand for a log-normal variable.

    Args:
        loc: The means of the rate's logarithm, floats.
        scale: Its standard deviations; the batch shape is what both broadcast to.
        quadrature_size: The number of rates.
        quadrature_fn: From ``loc``, ``scale``, ``quadrature_size`` and ``validate_args`` to logarithmic rates
            ``[..., size]`` and their probabilities ``[size]``.
        validate_args: Whether a run checks parameters and values.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.

    Raises:
        TypeError: Rates and probabilities have different dtypes.
    """

    def __init__(
        self,
        loc: Any,
        scale: Any,
        quadrature_size: int = 8,
        quadrature_fn: Callable[..., tuple[Any, Any]] = quadrature_scheme_lognormal_quantiles,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "PoissonLogNormalQuadratureCompound",
    ) -> None:
        parameters = dict(locals())
        with ops.name_scope(name, values=[loc, scale]) as scope:
            if loc is not None:
                loc = ops.convert_to_tensor(loc, name="loc")
            if scale is not None:
                scale = ops.convert_to_tensor(scale, dtype=None if loc is None else loc.dtype, name="scale")
            grid, probs = quadrature_fn(loc, scale, quadrature_size, validate_args)
            if grid.dtype.base_dtype != probs.dtype.base_dtype:
                raise TypeError(
                    f"Quadrature grid dtype ({grid.dtype.name}) does not match quadrature probs dtype "
                    f"({probs.dtype.name})."
                )
            self.distribution = Poisson(log_rate=grid, validate_args=validate_args, allow_nan_stats=allow_nan_stats)
            self.mixture_distribution = categorical.Categorical(
                logits=math_ops.log(probs), validate_args=validate_args, allow_nan_stats=allow_nan_stats
            )
            self.loc, self.scale, self.quadrature_size = loc, scale, quadrature_size
            super().__init__(
                dtype=grid.dtype,
                reparameterization_type=distribution.NOT_REPARAMETERIZED,
                validate_args=validate_args,
                allow_nan_stats=allow_nan_stats,
                parameters=parameters,
                graph_parents=[loc, scale],
                name=scope,
            )

    def _batch_shape_tensor(self) -> Any:
        logits_shape = array_ops.shape(self.mixture_distribution.logits)
        return array_ops.broadcast_dynamic_shape(self.distribution.batch_shape_tensor(), logits_shape)[:-1]

    def _batch_shape(self) -> Any:
        logits_shape = self.mixture_distribution.logits.shape
        return array_ops.broadcast_static_shape(self.distribution.batch_shape, logits_shape)[:-1]

    def _event_shape(self) -> Any:
        return tensor_shape.TensorShape([])

    def _sample_n(self, n: Any, seed: Any = None) -> Any:
        batch_size = self.batch_shape.num_elements()
        if batch_size is None:
            batch_size = math_ops.reduce_prod(self.batch_shape_tensor())
        # One rate for each sample and each element of the batch, by its place among all rates.
        none = np.array([], np.int32)
        per_element = util.pick_vector(self.mixture_distribution.is_scalar_batch(), [batch_size], none)
        chosen = self.mixture_distribution.sample(
            sample_shape=_static.concat_vectors([n], per_element),
            seed=util.gen_new_seed(seed, "poisson_lognormal_quadrature_compound"),
        )
        columns = util.pick_vector(self.is_scalar_batch(), none, np.array([-1], np.int32))
        chosen = array_ops.reshape(chosen, shape=_static.concat_vectors([n], columns))
        size = self.quadrature_size
        chosen += math_ops.range(start=0, limit=batch_size * size, delta=size, dtype=chosen.dtype)
        rate = array_ops.gather(array_ops.reshape(self.distribution.rate, shape=[-1]), chosen)
        rate = array_ops.reshape(rate, shape=_static.concat_vectors([n], self.batch_shape_tensor()))
        return random_ops.random_poisson(lam=rate, shape=[], dtype=self.dtype, seed=seed)

    def _log_prob(self, x: Any) -> Any:
        log_probs = self.distribution.log_prob(x[..., array_ops.newaxis])
        return math_ops.reduce_logsumexp(self.mixture_distribution.logits + log_probs, axis=-1)

    def _mean(self) -> Any:
        log_means = self.mixture_distribution.logits + self.distribution.log_rate
        return math_ops.exp(math_ops.reduce_logsumexp(log_means, axis=-1))

    def _variance(self) -> Any:
        return math_ops.exp(self._log_variance())

    def _stddev(self) -> Any:
        return math_ops.exp(0.5 * self._log_variance())

    def _log_variance(self) -> Any:
        # The mean of the variances, which are the rates, and the variance of the means.
        distance = self.distribution.mean() - self._mean()[..., array_ops.newaxis]
        log_square = 2.0 * math_ops.log(math_ops.abs(distance))
        terms = array_ops_stack.stack([self.distribution.log_rate, log_square], axis=-1)
        return math_ops.reduce_logsumexp(
            self.mixture_distribution.logits[..., array_ops.newaxis] + terms, axis=[-2, -1]
        )
