"""A mixture of two affine transformations of independent numbers, interpolated on a grid.

Source: Dillon and Langmore, Quadrature Compound: An approximating family of distributions, arXiv:1801.03080, 2018.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from tensorflow.python.framework import dtypes, ops, tensor_shape
from tensorflow.python.ops import array_ops, array_ops_stack, control_flow_ops, math_ops
from tensorflow.python.ops.distributions import categorical, util
from tensorflow.python.ops.distributions import distribution as distribution_lib

from tf1graphs.v1.contrib.distributions import _interpolation, _static, bijectors
from tf1graphs.v1.contrib.distributions._quadrature import quadrature_scheme_softmaxnormal_quantiles
from tf1graphs.v1.contrib.distributions._sinh_arcsinh import scalar_assertions


def _plus(x: Any, y: Any) -> Any:
    return y if x is None else x if y is None else x + y


class VectorDiffeomixture(distribution_lib.Distribution):  # type: ignore[misc]
    """The mixture, over points ``w`` of a grid, of ``(w s0 + (1 - w) s1) x + w l0 + (1 - w) l1``.

    The grid stands for the softmax of a normal variable with mean ``mix_loc / temperature`` and standard deviation
    ``1 / temperature``.

    Args:
        mix_loc: ``[..., 1]``.
        temperature: ``[..., 1]``, above 0.
        distribution: That of the elements of ``x``: a scalar one whose samples have gradients.
        loc: ``l0`` and ``l1``, each ``[..., k]`` or None; by default both None.
        scale: ``s0`` and ``s1``: ``tf.linalg.LinearOperator`` of ``[..., k, k]``.
        quadrature_size: The number of points of the grid.
        quadrature_fn: From ``mix_loc / temperature``, ``1 / temperature``, ``quadrature_size`` and ``validate_args``
            to points ``[..., 2, size]`` and their probabilities ``[size]``.
        validate_args: Whether a run checks what cannot be checked before.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.

    Raises:
        ValueError: ``scale`` has fewer than two operators, or another number than ``loc``; or ``distribution`` is not
            over numbers or has a batch; or with ``validate_args``: an operator is not said to be positive definite.
        TypeError: The dtypes differ.
        NotImplementedError: ``scale`` has more than two operators.
    """

    def __init__(
        self,
        mix_loc: Any,
        temperature: Any,
        distribution: Any,
        loc: Sequence[Any] | None = None,
        scale: Sequence[Any] | None = None,
        quadrature_size: int = 8,
        quadrature_fn: Callable[..., tuple[Any, Any]] = quadrature_scheme_softmaxnormal_quantiles,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "VectorDiffeomixture",
    ) -> None:
        parameters = dict(locals())
        with ops.name_scope(name, values=[mix_loc, temperature]) as scope:
            if not scale or len(scale) < 2:
                raise ValueError(
                    "Must specify list (or list-like object) of scale LinearOperators, one for each component with "
                    "num_component >= 2."
                )
            loc = [None] * len(scale) if loc is None else loc
            if len(loc) != len(scale):
                raise ValueError("loc/scale must be same-length lists (or same-length list-like objects).")
            dtype = scale[0].dtype.base_dtype
            loc = [
                None if each is None else ops.convert_to_tensor(each, dtype=dtype, name=f"loc{k}")
                for k, each in enumerate(loc)
            ]
            self._check_scales(scale, validate_args)
            self.endpoint_affine = self._affine("endpoint", loc, scale, validate_args)
            if len(scale) != 2:
                raise NotImplementedError(f"Currently only bimixtures are supported; len(scale)={len(scale)} is not 2.")
            mix_loc = ops.convert_to_tensor(mix_loc, dtype=dtype, name="mix_loc")
            temperature = ops.convert_to_tensor(temperature, dtype=dtype, name="temperature")
            grid, probs = quadrature_fn(mix_loc / temperature, 1.0 / temperature, quadrature_size, validate_args)
            self.mixture_distribution = categorical.Categorical(
                logits=math_ops.log(probs), validate_args=validate_args, allow_nan_stats=allow_nan_stats
            )
            assertions = scalar_assertions(distribution, dtype, validate_args)
            self.grid = control_flow_ops.with_dependencies(assertions, grid) if assertions else grid
            self.distribution = distribution
            locs, scales = _interpolation.locs(self.grid, loc), _interpolation.scales(self.grid, scale)
            self.interpolated_affine = self._affine("interpolated", locs, scales, validate_args)
            self._set_shapes()
            super().__init__(
                dtype=dtype,
                reparameterization_type=distribution_lib.FULLY_REPARAMETERIZED,
                validate_args=validate_args,
                allow_nan_stats=allow_nan_stats,
                parameters=parameters,
                graph_parents=distribution._graph_parents + [each for each in loc if each is not None],
                name=scope,
            )

    @staticmethod
    def _check_scales(scale: Sequence[Any], validate_args: bool) -> None:
        dtype = scale[0].dtype.base_dtype
        for k, each in enumerate(scale):
            if validate_args and not each.is_positive_definite:
                raise ValueError(f"scale[{k}].is_positive_definite = {each.is_positive_definite} != True")
            if each.dtype.base_dtype != dtype:
                raise TypeError(
                    f'dtype mismatch; scale[{k}].base_dtype="{each.dtype.base_dtype.name}" != "{dtype.name}"'
                )

    @staticmethod
    def _affine(kind: str, locs: Sequence[Any], scales: Sequence[Any], validate_args: bool) -> list[Any]:
        return [
            bijectors.AffineLinearOperator(
                shift=loc, scale=scale, validate_args=validate_args, name=f"{kind}_affine_{k}"
            )
            for k, (loc, scale) in enumerate(zip(locs, scales, strict=True))
        ]

    def _set_shapes(self) -> None:
        """Finds the shapes that the grid and both transformations broadcast to, static and as vectors."""
        with ops.name_scope("determine_batch_event_shapes"):
            batch = [(self.grid.shape[:-2], array_ops.shape(self.grid)[:-2])]
            event = []
            for affine in self.endpoint_affine:
                if affine.shift is not None:
                    static, dynamic = affine.shift.shape, functools.partial(array_ops.shape, affine.shift)
                    batch.append((static[:-1], dynamic()[:-1]))
                    event.append((static[-1:], dynamic()[-1:]))
                size = affine.scale.range_dimension_tensor
                batch.append((affine.scale.batch_shape, affine.scale.batch_shape_tensor()))
                static = tensor_shape.TensorShape([affine.scale.range_dimension])
                event.append((static, size()[array_ops.newaxis]))
            self._batch, self._event = (
                (
                    functools.reduce(array_ops.broadcast_static_shape, [static for static, _ in shapes]),
                    functools.reduce(array_ops.broadcast_dynamic_shape, [dynamic for _, dynamic in shapes]),
                )
                for shapes in (batch, event)
            )

    def _batch_shape(self) -> Any:
        return self._batch[0]

    def _batch_shape_tensor(self) -> Any:
        return self._batch[1]

    def _event_shape(self) -> Any:
        return self._event[0]

    def _event_shape_tensor(self) -> Any:
        return self._event[1]

    def _sample_n(self, n: Any, seed: Any = None) -> Any:
        shape = _static.concat_vectors([n], self.batch_shape_tensor(), self.event_shape_tensor())
        x = self.distribution.sample(sample_shape=shape, seed=seed)
        first, second = (affine.forward(x) for affine in self.endpoint_affine)
        places = self._places(n, seed)
        weight = array_ops.gather(array_ops.reshape(self.grid, shape=[-1]), places)
        if self.batch_shape.is_fully_defined():
            new_shape = [-1, *self.batch_shape.as_list(), 1]
        else:
            new_shape = array_ops.concat(([-1], self.batch_shape_tensor(), [1]), axis=0)
        return array_ops.reshape(weight, shape=new_shape) * (first - second) + second

    def _places(self, n: Any, seed: Any) -> Any:
        """Returns the places in the flattened grid of the points that samples have."""

        def size(static: Any, dynamic: Callable[[], Any]) -> Any:
            number = static.num_elements()
            return math_ops.reduce_prod(dynamic()) if number is None else number

        batch_size = size(self.batch_shape, self.batch_shape_tensor)
        mixture = self.mixture_distribution
        per_mixture = batch_size // size(mixture.batch_shape, mixture.batch_shape_tensor)
        none = np.array([], np.int32)
        each = util.pick_vector(self.is_scalar_batch(), none, [per_mixture])
        chosen = mixture.sample(
            sample_shape=_static.concat_vectors([n], each), seed=util.gen_new_seed(seed, "vector_diffeomixture")
        )
        columns = util.pick_vector(self.is_scalar_batch(), none, np.array([-1], np.int32))
        chosen = array_ops.reshape(chosen, shape=_static.concat_vectors([n], columns))
        stride = size(self.grid.shape.with_rank_at_least(2)[-2:], lambda: array_ops.shape(self.grid)[-2:])
        return chosen + math_ops.range(start=0, limit=batch_size * stride, delta=stride, dtype=chosen.dtype)

    def _log_prob(self, x: Any) -> Any:
        y = array_ops_stack.stack([affine.inverse(x) for affine in self.interpolated_affine], axis=-1)
        log_prob = math_ops.reduce_sum(self.distribution.log_prob(y), axis=-2)
        # All events are vectors.
        fldj = [
            affine.forward_log_det_jacobian(x, event_ndims=array_ops.rank(self.event_shape_tensor()))
            for affine in self.interpolated_affine
        ]
        stacked = array_ops_stack.stack(fldj, axis=-1)
        return math_ops.reduce_logsumexp(self.mixture_distribution.logits - stacked + log_prob, axis=-1)

    def _mean(self) -> Any:
        probs, of_base = self._expanded_probs(), self._expanded_mean()
        terms = [probs[..., k] * affine.forward(of_base) for k, affine in enumerate(self.interpolated_affine)]
        return functools.reduce(_plus, terms)

    def _covariance(self) -> Any:
        within = _interpolation.covariance(self)
        return _plus(within, self._between(self._expanded_probs()[..., array_ops.newaxis, :], _outer_square))

    def _variance(self) -> Any:
        within = _interpolation.variance(self)
        return _plus(within, self._between(self._expanded_probs(), math_ops.square))

    def _between(self, probs: Any, square: Callable[[Any], Any]) -> Any:
        """Returns the (co)variance of the means of the grid's points."""
        of_base, mean = self._expanded_mean(), self._mean()
        terms = [
            probs[..., k] * square(affine.forward(of_base) - mean) for k, affine in enumerate(self.interpolated_affine)
        ]
        return functools.reduce(_plus, terms)

    def _expanded_mean(self) -> Any:
        shape = _static.concat_vectors(self.batch_shape_tensor(), self.event_shape_tensor())
        mean = array_ops.reshape(self.distribution.mean(), shape=array_ops.ones_like(shape, dtype=dtypes.int32))
        mean = array_ops.tile(mean, multiples=shape)
        mean.set_shape(self.batch_shape.concatenate(self.event_shape))
        return mean

    def _expanded_probs(self) -> Any:
        probs = self.mixture_distribution.probs
        number = tensor_shape.dimension_value(probs.shape.with_rank_at_least(1)[-1])
        number = array_ops.shape(probs)[-1] if number is None else number
        ndims = self.event_shape.ndims
        ndims = array_ops.shape(self.event_shape_tensor())[0] if ndims is None else ndims
        ones = array_ops.ones([ndims], dtype=dtypes.int32)
        shape = array_ops.concat([self.mixture_distribution.batch_shape_tensor(), ones, [number]], axis=0)
        return array_ops.reshape(probs, shape=shape)


def _outer_square(x: Any) -> Any:
    return x[..., :, array_ops.newaxis] * x[..., array_ops.newaxis, :]
