"""Linear operators that scale vectors, from their parts, and the shapes of what they scale."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import ops, tensor_shape, tensor_util
from tensorflow.python.ops import array_ops, check_ops
from tensorflow.python.ops.distributions import util
from tensorflow.python.ops.linalg import linalg

from tf1graphs.v1.contrib.distributions._base import Check, checked


def as_tensor(x: Any, name: str) -> Any:
    """Returns a tensor, or None for None."""
    return None if x is None else ops.convert_to_tensor(x, name=name)


def _of_diagonal(must_be_positive: bool, diagonal: Any) -> Check:
    def check(x: Any) -> Any:
        diag = diagonal(x)
        if must_be_positive:
            return check_ops.assert_positive(diag, message="diagonal part must be positive")
        zero = array_ops.zeros([], x.dtype)
        return check_ops.assert_none_equal(diag, zero, message="diagonal part must be non-zero")

    return check


def make_diag_scale(
    loc: Any = None,
    scale_diag: Any = None,
    scale_identity_multiplier: Any = None,
    shape_hint: Any = None,
    validate_args: bool = False,
    assert_positive: bool = False,
    name: str | None = None,
) -> Any:
    """Returns the operator of a diagonal matrix: the sum of what is given, or the identity.

    Args:
        loc: ``[..., k]``, what is added to scaled vectors.
        scale_diag: Diagonals, ``[..., k]``.
        scale_identity_multiplier: Multiples of the identity, ``[...]``.
        shape_hint: ``k`` where neither ``loc`` nor ``scale_diag`` say it.
        validate_args: Whether a run checks the diagonal.
        assert_positive: Whether it is to be above 0, rather than not 0.
        name: The name scope.

    Raises:
        ValueError: ``k`` is not known.
    """
    check = _of_diagonal(assert_positive, lambda x: x)
    with ops.name_scope(name, "make_diag_scale", values=[loc, scale_diag, scale_identity_multiplier]):
        loc = as_tensor(loc, "loc")
        scale_diag = as_tensor(scale_diag, "scale_diag")
        multiplier = as_tensor(scale_identity_multiplier, "scale_identity_multiplier")
        if scale_diag is not None:
            if multiplier is not None:
                scale_diag += multiplier[..., array_ops.newaxis]
            return linalg.LinearOperatorDiag(
                diag=checked(validate_args, scale_diag, check),
                is_non_singular=True,
                is_self_adjoint=True,
                is_positive_definite=assert_positive,
            )
        if loc is None and shape_hint is None:
            raise ValueError("Cannot infer `event_shape` unless `loc` or `shape_hint` is specified.")
        num_rows = loc.shape[-1] if shape_hint is None else shape_hint
        if multiplier is None:
            return linalg.LinearOperatorIdentity(
                num_rows=num_rows,
                dtype=loc.dtype.base_dtype,
                is_self_adjoint=True,
                is_positive_definite=True,
                assert_proper_shapes=validate_args,
            )
        return linalg.LinearOperatorScaledIdentity(
            num_rows=num_rows,
            multiplier=checked(validate_args, multiplier, check),
            is_non_singular=True,
            is_self_adjoint=True,
            is_positive_definite=assert_positive,
            assert_proper_shapes=validate_args,
        )


def make_tril_scale(
    loc: Any = None,
    scale_tril: Any = None,
    scale_diag: Any = None,
    scale_identity_multiplier: Any = None,
    shape_hint: Any = None,
    validate_args: bool = False,
    assert_positive: bool = False,
    name: str | None = None,
) -> Any:
    """Returns the operator of a lower triangular matrix, or what ``make_diag_scale`` returns without ``scale_tril``.

    Args:
        loc: ``[..., k]``, what is added to scaled vectors.
        scale_tril: ``[..., k, k]``; the rest is added to its diagonal.
        scale_diag: Diagonals, ``[..., k]``.
        scale_identity_multiplier: Multiples of the identity, ``[...]``.
        shape_hint: ``k`` where nothing else says it.
        validate_args: Whether a run checks the diagonal.
        assert_positive: Whether it is to be above 0, rather than not 0.
        name: The name scope.

    Raises:
        ValueError: ``k`` is not known.
    """
    check = _of_diagonal(assert_positive, array_ops.matrix_diag_part)
    with ops.name_scope(name, "make_tril_scale", values=[loc, scale_diag, scale_identity_multiplier]):
        loc = as_tensor(loc, "loc")
        scale_tril = as_tensor(scale_tril, "scale_tril")
        scale_diag = as_tensor(scale_diag, "scale_diag")
        multiplier = as_tensor(scale_identity_multiplier, "scale_identity_multiplier")
    if scale_tril is None:
        return make_diag_scale(loc, scale_diag, multiplier, shape_hint, validate_args, assert_positive, name)
    scale_tril = array_ops.matrix_band_part(scale_tril, -1, 0)
    diag = array_ops.matrix_diag_part(scale_tril)
    if scale_diag is not None:
        diag += scale_diag
    if multiplier is not None:
        diag += multiplier[..., array_ops.newaxis]
    return linalg.LinearOperatorLowerTriangular(
        tril=checked(validate_args, array_ops.matrix_set_diag(scale_tril, diag), check),
        is_non_singular=True,
        is_self_adjoint=False,
        is_positive_definite=assert_positive,
    )


def with_low_rank_update(scale: Any, factor: Any, diag: Any) -> Any:
    """Returns the operator of ``scale + factor diag(diag) factor^T``, for ``factor`` ``[..., k, r]``."""
    return linalg.LinearOperatorLowRankUpdate(
        scale,
        u=factor,
        diag_update=diag,
        is_diag_update_positive=diag is None,
        is_non_singular=True,
        is_self_adjoint=True,
        is_positive_definite=True,
        is_square=True,
    )


def shapes_from_loc_and_scale(loc: Any, scale: Any, name: str = "shapes_from_loc_and_scale") -> tuple[Any, Any]:
    """Returns the batch and the event shape of ``loc + scale x``, each static or a vector.

    Raises:
        ValueError: ``loc`` and ``scale`` have different sizes.
    """
    with ops.name_scope(name, values=[loc]):
        event_size = scale.range_dimension_tensor()
        size = tensor_util.constant_value(event_size)
        event_shape = event_size[array_ops.newaxis] if size is None else size.reshape([1])
        batch_shape = scale.batch_shape_tensor()
        if loc is None:
            known = tensor_util.constant_value(batch_shape)
            return batch_shape if known is None else known, event_shape
        loc_size = tensor_shape.dimension_value(loc.shape[-1])
        if None not in (loc_size, None if size is None else 0) and loc_size not in (1, size):
            raise ValueError(f"Event size of 'scale' ({size}) could not be broadcast up to that of 'loc' ({loc_size}).")
        loc_batch_shape = loc.shape.with_rank_at_least(1)[:-1]
        if loc.shape.ndims is None or not loc_batch_shape.is_fully_defined():
            loc_batch_shape = array_ops.shape(loc)[:-1]
        else:
            loc_batch_shape = ops.convert_to_tensor(loc_batch_shape, name="loc_batch_shape")
        return util.prefer_static_broadcast_shape(batch_shape, loc_batch_shape), event_shape


_DIAGONAL = (linalg.LinearOperatorIdentity, linalg.LinearOperatorScaledIdentity, linalg.LinearOperatorDiag)


def is_diagonal_scale(scale: Any) -> bool:
    """Whether an operator is that of a diagonal matrix.

    Raises:
        TypeError: It is no operator.
    """
    if not isinstance(scale, linalg.LinearOperator):
        raise TypeError(f"Expected argument 'scale' to be instance of LinearOperator. Found: {scale}")
    return isinstance(scale, _DIAGONAL)
