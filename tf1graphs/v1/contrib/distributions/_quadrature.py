"""Grids and probabilities that stand for integrals over a normal variable."""

from __future__ import annotations

from typing import Any

import numpy as np
from tensorflow.python.framework import dtypes, ops, tensor_shape
from tensorflow.python.ops import array_ops, check_ops, control_flow_ops, gen_math_ops, math_ops, nn_ops
from tensorflow.python.ops.distributions import normal, util

from tf1graphs.v1.contrib.distributions import _static, bijectors
from tf1graphs.v1.contrib.distributions._transformed import TransformedDistribution


def _gauss_hermite(size: int, dtype: Any) -> tuple[Any, Any]:
    """Returns the points of a Gauss-Hermite quadrature, ``[size]``, and their weights, which sum to 1."""
    grid, probs = np.polynomial.hermite.hermgauss(deg=size)
    grid, probs = grid.astype(dtype.as_numpy_dtype), probs.astype(dtype.as_numpy_dtype)
    probs /= np.linalg.norm(probs, ord=1, axis=0, keepdims=True)
    return grid, ops.convert_to_tensor(probs, name="probs", dtype=dtype)


def _edges(distribution: Any, size: int, batch_ndims: Any) -> Any:
    """Returns probabilities between equal parts, without the outermost, ``[size + 1, 1, ..., 1]``."""
    zero = array_ops.zeros([], dtype=distribution.dtype)
    edges = gen_math_ops.lin_space(zero, 1.0, size + 3)[1:-1]
    ones = array_ops.ones([batch_ndims], dtype=dtypes.int32)
    return array_ops.reshape(edges, shape=array_ops.concat([[-1], ones], axis=0))


def _first_axis_last(x: Any, batch_ndims: Any) -> Any:
    return array_ops.transpose(x, array_ops.concat([math_ops.range(1, 1 + batch_ndims), [0]], axis=0))


def _equal_probs(distribution: Any, size: int) -> Any:
    return array_ops.fill(dims=[size], value=1.0 / math_ops.cast(size, distribution.dtype))


def quadrature_scheme_lognormal_gauss_hermite(
    loc: Any, scale: Any, quadrature_size: int, validate_args: bool = False, name: str | None = None
) -> tuple[Any, Any]:
    """Returns points of a normal variable, ``[..., size]``, and their probabilities, ``[size]``, by Gauss and Hermite.

    Args:
        loc: Its means, ``[...]``.
        scale: Its standard deviations, ``[...]``.
        quadrature_size: ``size``.
        validate_args: Not used, as in 1.15.
        name: The name scope.
    """
    with ops.name_scope(name, "vector_diffeomixture_quadrature_gauss_hermite", [loc, scale]):
        grid, probs = _gauss_hermite(quadrature_size, loc.dtype)
        grid = loc[..., array_ops.newaxis] + np.sqrt(2.0) * scale[..., array_ops.newaxis] * grid
        return grid, probs


def quadrature_scheme_lognormal_quantiles(
    loc: Any, scale: Any, quadrature_size: int, validate_args: bool = False, name: str | None = None
) -> tuple[Any, Any]:
    """Returns points of a log-normal variable between its quantiles, ``[..., size]``, all as probable, ``[size]``.

    Args:
        loc: The means of its logarithm, ``[...]``.
        scale: The standard deviations of its logarithm, ``[...]``.
        quadrature_size: ``size``.
        validate_args: Whether a run checks what cannot be checked before.
        name: The name scope.
    """
    with ops.name_scope(name, "quadrature_scheme_lognormal_quantiles", [loc, scale]):
        lognormal = TransformedDistribution(
            distribution=normal.Normal(loc=loc, scale=scale), bijector=bijectors.Exp(), validate_args=validate_args
        )
        batch_ndims = _static.batch_ndims(lognormal)
        quantiles = lognormal.quantile(_edges(lognormal, quadrature_size, batch_ndims))
        quantiles = _first_axis_last(quantiles, batch_ndims)
        grid = (quantiles[..., :-1] + quantiles[..., 1:]) / 2.0
        grid.set_shape(lognormal.batch_shape.concatenate([quadrature_size]))
        return grid, _equal_probs(lognormal, quadrature_size)


def _of_two(param: Any, name: str, validate_args: bool) -> Any:
    """Returns parameters ``[..., 1]`` of mixtures of two, checked to be that.

    Raises:
        ValueError: They are a scalar.
        NotImplementedError: They are parameters of more.
    """
    with ops.name_scope(f"check_{name}", values=[param]):
        assertions = []
        if param.shape.ndims == 0:
            raise ValueError(f"Mixing params must be a (batch of) vector; {name}.rank=0 is not at least one.")
        if param.shape.ndims is None and validate_args:
            message = f"Mixing params must be a (batch of) vector; {name}.rank is not at least one."
            assertions.append(check_ops.assert_rank_at_least(param, 1, message=message))
        size = tensor_shape.dimension_value(param.shape.with_rank_at_least(1)[-1])
        if size != 1:
            raise NotImplementedError(f"Currently only bimixtures are supported; {name}.shape[-1]={size} is not 1.")
        return control_flow_ops.with_dependencies(assertions, param) if assertions else param


def _normal_parameters(loc: Any, scale: Any, validate_args: bool) -> tuple[Any, Any]:
    loc = ops.convert_to_tensor(loc, name="normal_loc")
    scale = ops.convert_to_tensor(scale, dtype=loc.dtype.base_dtype, name="normal_scale")
    return loc, _of_two(scale, "normal_scale", validate_args)


def quadrature_scheme_softmaxnormal_gauss_hermite(
    normal_loc: Any, normal_scale: Any, quadrature_size: int, validate_args: bool = False, name: str | None = None
) -> tuple[Any, Any]:
    """Returns points of the softmax of a normal variable, ``[..., 2, size]``, and their probabilities, ``[size]``.

    Args:
        normal_loc: The means of the variable, ``[..., 1]``.
        normal_scale: Its standard deviations, ``[..., 1]``.
        quadrature_size: ``size``.
        validate_args: Whether a run checks shapes that are not known before.
        name: The name scope.

    Raises:
        NotImplementedError: There are more than one variable.
    """
    with ops.name_scope(name, "quadrature_scheme_softmaxnormal_gauss_hermite", [normal_loc, normal_scale]):
        loc, scale = _normal_parameters(normal_loc, normal_scale, validate_args)
        grid, probs = _gauss_hermite(quadrature_size, loc.dtype.base_dtype)
        points = loc[..., array_ops.newaxis] + np.sqrt(2.0) * scale[..., array_ops.newaxis] * grid
        return nn_ops.softmax(-util.pad(points, axis=-2, front=True), axis=-2), probs


def quadrature_scheme_softmaxnormal_quantiles(
    normal_loc: Any, normal_scale: Any, quadrature_size: int, validate_args: bool = False, name: str | None = None
) -> tuple[Any, Any]:
    """Returns the softmax of points between a normal variable's quantiles, ``[..., 2, size]``, all as probable.

    Args:
        normal_loc: The means of the variable, ``[..., 1]``.
        normal_scale: Its standard deviations, ``[..., 1]``.
        quadrature_size: ``size``.
        validate_args: Whether a run checks shapes that are not known before.
        name: The name scope.

    Raises:
        NotImplementedError: There are more than one variable.
    """
    with ops.name_scope(name, "softmax_normal_grid_and_probs", [normal_loc, normal_scale]):
        loc, scale = _normal_parameters(normal_loc, normal_scale, validate_args)
        variable = normal.Normal(loc=loc, scale=scale)
        batch_ndims = _static.batch_ndims(variable)

        def shape(size: int) -> Any:
            batch_shape = variable.batch_shape.with_rank_at_least(1)
            number = tensor_shape.dimension_value(batch_shape[-1])
            return batch_shape[:-1].concatenate([None if number is None else number + 1, size])

        quantiles = variable.quantile(_edges(variable, quadrature_size, batch_ndims))
        quantiles = _first_axis_last(bijectors.SoftmaxCentered().forward(quantiles), batch_ndims)
        quantiles.set_shape(shape(quadrature_size + 1))
        grid = (quantiles[..., :-1] + quantiles[..., 1:]) / 2.0
        grid.set_shape(shape(quadrature_size))
        return grid, _equal_probs(variable, quadrature_size)
