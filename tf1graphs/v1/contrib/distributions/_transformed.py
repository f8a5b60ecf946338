"""The distribution of ``bijector(x)`` for an ``x`` of another distribution."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import constant_op, dtypes, ops, tensor_util
from tensorflow.python.ops import array_ops, array_ops_stack, check_ops, control_flow_ops, math_ops
from tensorflow.python.ops.distributions import distribution as distribution_lib
from tensorflow.python.ops.distributions import identity_bijector, util

from tf1graphs.v1.contrib.distributions import _static

Options = dict[str, Any]


def _is_maybe_given(shape: Any) -> bool:
    value = tensor_util.constant_value(shape)
    return value is None or value.size != 0


def _ones_like(vector: Any) -> Any:
    if vector.shape.is_fully_defined():
        return array_ops.ones(vector.shape.as_list(), dtype=vector.dtype)
    return array_ops.ones_like(vector)


class TransformedDistribution(distribution_lib.Distribution):  # type: ignore[misc]
    """The distribution of ``y = bijector.forward(x)``.

    ``prob(y)`` is ``prob(x) exp(inverse_log_det_jacobian(y))``, summed over all ``x`` of a bijector that is not
    injective.

    Args:
        distribution: The distribution of ``x``.
        bijector: What is done to ``x``, by default nothing.
        batch_shape: The batch shape where ``distribution`` has a scalar one.
        event_shape: The shape of ``x`` where ``distribution`` is over numbers, which are then independent.
        validate_args: Whether a run checks what cannot be checked before.
        name: The name scope, by default the names of bijector and distribution.

    Raises:
        ValueError: A shape is given and the distribution already has one, or it is not a vector of positive integers.
        NotImplementedError: On ``cdf()``, ``quantile()`` and their like with ``event_shape`` or a bijector that is not
            injective, and on ``entropy()`` of a bijector whose Jacobian is not constant.
    """

    def __init__(
        self,
        distribution: Any,
        bijector: Any = None,
        batch_shape: Any = None,
        event_shape: Any = None,
        validate_args: bool = False,
        name: str | None = None,
    ) -> None:
        parameters = dict(locals())
        name = name or ("" if bijector is None else bijector.name) + distribution.name
        with ops.name_scope(name, values=[event_shape, batch_shape]) as scope:
            zero = constant_op.constant(0, dtype=dtypes.int32, name="zero")
            self._empty = constant_op.constant([], dtype=dtypes.int32, name="empty")
            if bijector is None:
                bijector = identity_bijector.Identity(validate_args=validate_args)
            self._override_batch_shape = self._override(
                batch_shape, distribution.is_scalar_batch(), validate_args, "batch_shape"
            )
            self._is_batch_override = _static.logical_not(
                _static.logical_equal(_static.ndims_of_shape(self._override_batch_shape), zero)
            )
            self._override_event_shape = self._override(
                event_shape, distribution.is_scalar_event(), validate_args, "event_shape"
            )
            self._is_event_override = _static.logical_not(
                _static.logical_equal(_static.ndims_of_shape(self._override_event_shape), zero)
            )
            self._set_rotation(distribution)
        self._is_maybe_batch_override = _is_maybe_given(self._override_batch_shape)
        self._is_maybe_event_override = _is_maybe_given(self._override_event_shape)
        self._distribution = distribution
        self._bijector = bijector
        super().__init__(
            dtype=distribution.dtype,
            reparameterization_type=distribution.reparameterization_type,
            validate_args=validate_args,
            allow_nan_stats=distribution.allow_nan_stats,
            parameters=parameters,
            graph_parents=distribution._graph_parents + bijector.graph_parents,
            name=scope,
        )

    def _override(self, shape: Any, base_is_scalar: Any, validate_args: bool, name: str) -> Any:
        """Returns the shape that takes the place of the distribution's, empty where there is none."""
        shape = ops.convert_to_tensor([] if shape is None else shape, dtype=dtypes.int32, name=name)
        is_scalar = _static.logical_equal(_static.ndims_of_shape(shape), 0)
        if tensor_util.constant_value(is_scalar):
            return self._empty
        assertions = []
        if shape.shape.ndims is None and validate_args:
            assertions.append(check_ops.assert_rank(shape, 1, message="shape override must be a vector"))
        sizes = tensor_util.constant_value(shape)
        if sizes is not None and any(size <= 0 for size in sizes):
            raise ValueError("shape override must have positive elements")
        if sizes is None and validate_args:
            message = "shape override must have positive elements"
            assertions.append(check_ops.assert_positive(shape, message=message))
        both = _static.logical_and(_static.logical_not(base_is_scalar), _static.logical_not(is_scalar))
        if tensor_util.constant_value(both):
            raise ValueError("base distribution not scalar")
        if tensor_util.constant_value(both) is None and validate_args:
            assertions.append(check_ops.assert_equal(both, False, message="base distribution not scalar"))
        return control_flow_ops.with_dependencies(assertions, shape) if assertions else shape

    def _set_rotation(self, distribution: Any) -> None:
        # Samples of a batch of numbers come as [event, n, batch], and are to be [n, batch, event].
        self._needs_rotation = _static.logical_and(
            self._is_event_override,
            _static.logical_not(self._is_batch_override),
            _static.logical_not(distribution.is_scalar_batch()),
        )
        event_ndims = _static.ndims_of_shape(self._override_event_shape)
        needs = _static.static_value(self._needs_rotation)
        if needs is None:
            self._rotate_ndims = array_ops.where_v2(self._needs_rotation, event_ndims, 0)
        else:
            self._rotate_ndims = event_ndims if needs else 0
        self._reduce_event_indices = math_ops.range(self._rotate_ndims - event_ndims, self._rotate_ndims)

    @property
    def distribution(self) -> Any:
        """The distribution of ``x``."""
        return self._distribution

    @property
    def bijector(self) -> Any:
        """What is done to ``x``."""
        return self._bijector

    def _event_shape_tensor(self) -> Any:
        own = self.distribution.event_shape_tensor()
        return self.bijector.forward_event_shape_tensor(
            util.pick_vector(self._is_event_override, self._override_event_shape, own)
        )

    def _event_shape(self) -> Any:
        override = tensor_util.constant_value_as_shape(self._override_event_shape)
        return self.bijector.forward_event_shape(
            override if self._is_maybe_event_override else self.distribution.event_shape
        )

    def _batch_shape_tensor(self) -> Any:
        own = self.distribution.batch_shape_tensor()
        return util.pick_vector(self._is_batch_override, self._override_batch_shape, own)

    def _batch_shape(self) -> Any:
        override = tensor_util.constant_value_as_shape(self._override_batch_shape)
        return override if self._is_maybe_batch_override else self.distribution.batch_shape

    def _sample_n(
        self,
        n: Any,
        seed: Any = None,
        bijector_kwargs: Options | None = None,
        distribution_kwargs: Options | None = None,
    ) -> Any:
        vectors = [
            util.pick_vector(self._needs_rotation, self._empty, [n]),
            self._override_batch_shape,
            self._override_event_shape,
            util.pick_vector(self._needs_rotation, [n], self._empty),
        ]
        sizes = _static.joined(*vectors)
        sample_shape = array_ops.concat(vectors, 0) if sizes is None else constant_op.constant(sizes)
        return self._rotated(self.distribution.sample(sample_shape, seed=seed, **(distribution_kwargs or {})))

    def _call_sample_n(
        self,
        sample_shape: Any,
        seed: Any,
        name: str,
        bijector_kwargs: Options | None = None,
        distribution_kwargs: Options | None = None,
    ) -> Any:
        with self._name_scope(name, values=[sample_shape]):
            sample_shape = ops.convert_to_tensor(sample_shape, dtype=dtypes.int32, name="sample_shape")
            sample_shape, n = self._expand_sample_shape_to_vector(sample_shape, "sample_shape")
            x = self._sample_n(n, seed, bijector_kwargs, distribution_kwargs)
            final_shape = array_ops.concat([sample_shape, array_ops.shape(x)[1:]], 0)
            # The bijector sees the final shape, so that it finds x again when it is asked about y.
            y = self.bijector.forward(array_ops.reshape(x, final_shape), **(bijector_kwargs or {}))
            return self._set_sample_static_shape(y, sample_shape)

    def _rotated(self, x: Any, to_right: bool = False) -> Any:
        needs = tensor_util.constant_value(self._needs_rotation)
        if needs is not None and not needs:
            return x
        ndims = array_ops.rank(x)
        n = ndims - self._rotate_ndims if to_right else self._rotate_ndims
        parts = [math_ops.range(n, ndims), math_ops.range(0, n)]
        order = _static.joined(*parts)
        return array_ops.transpose(x, array_ops.concat(parts, 0) if order is None else constant_op.constant(order))

    def _event_ndims(self) -> Any:
        if self.event_shape.ndims is not None:
            return self.event_shape.ndims
        ndims = array_ops.size(self.event_shape_tensor())
        static = util.maybe_get_static_value(ndims)
        return ndims if static is None else static

    def _on_fibers(
        self, y: Any, is_log: bool, bijector_kwargs: Options | None, distribution_kwargs: Options | None
    ) -> list[Any]:
        """Returns the (log) density of ``y`` by each ``x`` that is mapped to it."""
        x = self.bijector.inverse(y, **(bijector_kwargs or {}))
        ndims = self._event_ndims()
        ildj = self.bijector.inverse_log_det_jacobian(y, event_ndims=ndims, **(bijector_kwargs or {}))
        fibers = [(x, ildj)] if self.bijector._is_injective else list(zip(x, ildj, strict=True))
        return [self._on_fiber(y, *fiber, ndims, is_log, distribution_kwargs) for fiber in fibers]

    def _on_fiber(self, y: Any, x: Any, ildj: Any, ndims: Any, is_log: bool, options: Options | None) -> Any:
        density = self.distribution.log_prob if is_log else self.distribution.prob
        result = density(self._rotated(x, to_right=True), **(options or {}))
        if self._is_maybe_event_override:
            reduce = math_ops.reduce_sum if is_log else math_ops.reduce_prod
            result = reduce(result, self._reduce_event_indices)
        ildj = math_ops.cast(ildj, result.dtype)
        result = result + ildj if is_log else result * math_ops.exp(ildj)
        if self._is_maybe_event_override and isinstance(ndims, int):
            of_samples = y.shape.with_rank_at_least(1)[:-ndims]
            result.set_shape(array_ops.broadcast_static_shape(of_samples, self.batch_shape))
        return result

    def _log_prob(
        self, y: Any, bijector_kwargs: Options | None = None, distribution_kwargs: Options | None = None
    ) -> Any:
        log_probs = self._on_fibers(y, True, bijector_kwargs, distribution_kwargs)
        if self.bijector._is_injective:
            return log_probs[0]
        return math_ops.reduce_logsumexp(array_ops_stack.stack(log_probs), axis=0)

    def _prob(self, y: Any, bijector_kwargs: Options | None = None, distribution_kwargs: Options | None = None) -> Any:
        probs = self._on_fibers(y, False, bijector_kwargs, distribution_kwargs)
        return probs[0] if self.bijector._is_injective else sum(probs)

    def _refuse_unless_monotonic(self, method: str) -> None:
        if self._is_maybe_event_override:
            raise NotImplementedError(f"{method} is not implemented when overriding event_shape")
        if not self.bijector._is_injective:
            raise NotImplementedError(f"{method} is not implemented when bijector is not injective.")

    def _of_inverse(
        self, method: str, y: Any, bijector_kwargs: Options | None = None, distribution_kwargs: Options | None = None
    ) -> Any:
        self._refuse_unless_monotonic(method)
        x = self.bijector.inverse(y, **(bijector_kwargs or {}))
        return getattr(self.distribution, method)(x, **(distribution_kwargs or {}))

    def _log_cdf(self, y: Any, **options: Any) -> Any:
        return self._of_inverse("log_cdf", y, **options)

    def _cdf(self, y: Any, **options: Any) -> Any:
        return self._of_inverse("cdf", y, **options)

    def _log_survival_function(self, y: Any, **options: Any) -> Any:
        return self._of_inverse("log_survival_function", y, **options)

    def _survival_function(self, y: Any, **options: Any) -> Any:
        return self._of_inverse("survival_function", y, **options)

    def _quantile(
        self, value: Any, bijector_kwargs: Options | None = None, distribution_kwargs: Options | None = None
    ) -> Any:
        self._refuse_unless_monotonic("quantile")
        x = self.distribution.quantile(value, **(distribution_kwargs or {}))
        return self.bijector.forward(x, **(bijector_kwargs or {}))

    def _entropy(self) -> Any:
        if not self.bijector.is_constant_jacobian:
            raise NotImplementedError("entropy is not implemented")
        if not self.bijector._is_injective:
            raise NotImplementedError("entropy is not implemented when bijector is not injective.")
        entropy = self.distribution.entropy()
        if self._is_maybe_event_override:
            number = math_ops.reduce_prod(self._override_event_shape)
            entropy *= math_ops.cast(number, dtype=entropy.dtype.base_dtype)
        if self._is_maybe_batch_override:
            own = self.distribution.batch_shape_tensor()
            shape = array_ops.concat([_ones_like(self._override_batch_shape), own], 0)
            entropy = array_ops.reshape(entropy, shape)
            own = self.distribution.batch_shape_tensor()
            entropy = array_ops.tile(entropy, array_ops.concat([self._override_batch_shape, _ones_like(own)], 0))
        shape = array_ops.concat([self.batch_shape_tensor(), self.event_shape_tensor()], 0)
        anywhere = array_ops.zeros(shape=shape, dtype=self.dtype)
        ndims = self.event_shape.ndims
        ndims = array_ops.size(self.event_shape_tensor()) if ndims is None else ndims
        ildj = self.bijector.inverse_log_det_jacobian(anywhere, event_ndims=ndims)
        entropy -= math_ops.cast(ildj, entropy.dtype)
        entropy.set_shape(self.batch_shape)
        return entropy
