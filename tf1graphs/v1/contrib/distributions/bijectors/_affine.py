"""Bijectors ``y = scale x + shift``, of numbers and of vectors."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, check_ops, math_ops
from tensorflow.python.ops.distributions import util
from tensorflow.python.ops.linalg import linear_operator

from tf1graphs.v1.contrib.distributions import _scales
from tf1graphs.v1.contrib.distributions._base import checked
from tf1graphs.v1.contrib.distributions._columns import Columns
from tf1graphs.v1.contrib.distributions.bijectors._base import ScopedBijector, no_change


def _non_zero(message: Any = None) -> Any:
    return lambda x: check_ops.assert_none_equal(x, array_ops.zeros([], dtype=x.dtype), message=message)


class AffineScalar(ScopedBijector):
    """``y = scale x + shift`` of numbers.

    Args:
        shift: Floats, by default none.
        scale: Floats that are not 0, by default none.
        validate_args: Whether a run checks ``scale``.
        name: The name scope.
    """

    def __init__(
        self, shift: Any = None, scale: Any = None, validate_args: bool = False, name: str = "affine_scalar"
    ) -> None:
        with self._init_scope(name, scale, shift):
            self.shift = _scales.as_tensor(shift, "shift")
            scale = _scales.as_tensor(scale, "scale")
            self.scale = scale if scale is None else checked(validate_args, scale, _non_zero())
            super().__init__(
                forward_min_event_ndims=0, is_constant_jacobian=True, validate_args=validate_args, name=name
            )

    def _forward(self, x: Any) -> Any:
        y = array_ops.identity(x)
        if self.scale is not None:
            y *= self.scale
        return y if self.shift is None else y + self.shift

    def _inverse(self, y: Any) -> Any:
        x = array_ops.identity(y)
        if self.shift is not None:
            x -= self.shift
        return x if self.scale is None else x / self.scale

    def _forward_log_det_jacobian(self, x: Any) -> Any:
        return no_change(x) if self.scale is None else math_ops.log(math_ops.abs(self.scale))


class _OfOperator(ScopedBijector):
    """``y = scale x + shift`` of vectors, where ``scale`` is a linear operator."""

    shift: Any
    scale: Any
    _columns: Columns

    def _batch_ndims(self) -> Any:
        rank = self.scale.tensor_rank
        return self.scale.tensor_rank_tensor() - 2 if rank is None else rank - 2

    def _is_non_singular(self) -> list[Any]:
        if not self.validate_args:
            return []
        try:
            return [self.scale.assert_non_singular()]
        except NotImplementedError:
            return []

    def _forward(self, x: Any) -> Any:
        columns, sample_shape = self._columns.gather(x)
        with ops.control_dependencies(self._is_non_singular()):
            columns = self.scale.matmul(columns)
        y = self._columns.spread(columns, sample_shape)
        return y if self.shift is None else y + self.shift

    def _inverse(self, y: Any) -> Any:
        columns, sample_shape = self._columns.gather(y if self.shift is None else y - self.shift)
        return self._columns.spread(self.scale.solve(columns), sample_shape)


class AffineLinearOperator(_OfOperator):
    """``y = scale x + shift`` of vectors ``[..., k]``.

    Args:
        shift: ``[..., k]``, by default none.
        scale: A ``tf.linalg.LinearOperator`` of ``[..., k, k]``, by default none.
        validate_args: Whether ``scale`` has to be non-singular.
        name: The name scope.

    Raises:
        TypeError: ``scale`` is no linear operator, or has another dtype than ``shift``.
        ValueError: ``scale`` is not said to be non-singular, with ``validate_args``.
    """

    def __init__(
        self, shift: Any = None, scale: Any = None, validate_args: bool = False, name: str = "affine_linear_operator"
    ) -> None:
        self._validate_args = validate_args
        with self._init_scope(name, shift):
            self.shift = _scales.as_tensor(shift, "shift")
            self.scale = scale
            dtype = dtypes.float32 if self.shift is None else self.shift.dtype.base_dtype
            batch_ndims = 0
            if scale is not None:
                self._check_scale(scale)
                batch_ndims = self._batch_ndims()
                dtype = scale.dtype.base_dtype
            self._columns = Columns(batch_ndims, validate_args)
            super().__init__(
                forward_min_event_ndims=1,
                graph_parents=[] if self.shift is None else [self.shift],
                is_constant_jacobian=True,
                dtype=dtype,
                validate_args=validate_args,
                name=name,
            )

    def _check_scale(self, scale: Any) -> None:
        if self.shift is not None and self.shift.dtype.base_dtype != scale.dtype.base_dtype:
            raise TypeError(f"shift.dtype({self.shift.dtype}) is incompatible with scale.dtype({scale.dtype}).")
        if not isinstance(scale, linear_operator.LinearOperator):
            raise TypeError("scale is not an instance of tf.LinearOperator")
        if self.validate_args and not scale.is_non_singular:
            raise ValueError("Scale matrix must be non-singular.")

    def _forward(self, x: Any) -> Any:
        if self.scale is not None:
            return super()._forward(x)
        return x if self.shift is None else x + self.shift

    def _inverse(self, y: Any) -> Any:
        if self.scale is not None:
            return super()._inverse(y)
        return y if self.shift is None else y - self.shift

    def _forward_log_det_jacobian(self, x: Any) -> Any:
        if self.scale is None:
            return no_change(x)
        with ops.control_dependencies(self._is_non_singular()):
            return self.scale.log_abs_determinant()


class Affine(_OfOperator):
    """``y = scale x + shift`` of vectors ``[..., k]``, where ``scale`` is the sum of what is given of it.

    Args:
        shift: ``[..., k]``, by default none.
        scale_identity_multiplier: Multiples of the identity, ``[...]``; 1 if nothing of ``scale`` is given.
        scale_diag: Diagonals, ``[..., k]``.
        scale_tril: Lower triangular matrices ``[..., k, k]``.
        scale_perturb_factor: ``[..., k, r]``: ``factor diag factor^T`` is added.
        scale_perturb_diag: ``[..., r]``, by default ones.
        validate_args: Whether a run checks that ``scale`` is not singular.
        name: The name scope.

    Raises:
        ValueError: ``scale_perturb_diag`` is given without ``scale_perturb_factor``.
        TypeError: ``scale`` and ``shift`` have different dtypes.
    """

    def __init__(
        self,
        shift: Any = None,
        scale_identity_multiplier: Any = None,
        scale_diag: Any = None,
        scale_tril: Any = None,
        scale_perturb_factor: Any = None,
        scale_perturb_diag: Any = None,
        validate_args: bool = False,
        name: str = "affine",
    ) -> None:
        self._validate_args = validate_args
        if scale_perturb_diag is not None and scale_perturb_factor is None:
            raise ValueError("When scale_perturb_diag is specified, scale_perturb_factor must be specified.")
        self._is_number = scale_tril is None and scale_diag is None and scale_perturb_factor is None
        of_scale = (scale_identity_multiplier, scale_diag, scale_tril, scale_perturb_diag, scale_perturb_factor)
        with self._init_scope(name, shift, *of_scale):
            self.shift = _scales.as_tensor(shift, "shift")
            dtype = dtypes.float32 if self.shift is None else self.shift.dtype.base_dtype
            if self._is_number and scale_identity_multiplier is None:
                of_scale = (ops.convert_to_tensor(1.0, dtype=dtype), *of_scale[1:])
            self.scale = self._scale_of(*of_scale)
            batch_ndims = 0
            if not self._is_number:
                if self.shift is not None and self.shift.dtype.base_dtype != self.scale.dtype.base_dtype:
                    raise TypeError(
                        f"shift.dtype({self.shift.dtype}) is incompatible with scale.dtype({self.scale.dtype})."
                    )
                batch_ndims = self._batch_ndims()
            self._columns = Columns(batch_ndims, validate_args)
            super().__init__(
                forward_min_event_ndims=1,
                graph_parents=[self.scale] if self._is_number else [] if self.shift is None else [self.shift],
                is_constant_jacobian=True,
                dtype=self.scale.dtype.base_dtype,
                validate_args=validate_args,
                name=name,
            )

    def _scale_of(self, multiplier: Any, diag: Any, tril: Any, perturb_diag: Any, perturb_factor: Any) -> Any:
        multiplier = _scales.as_tensor(multiplier, "identity_multiplier")
        diag = _scales.as_tensor(diag, "diag")
        tril = _scales.as_tensor(tril, "tril")
        perturb_diag = _scales.as_tensor(perturb_diag, "perturb_diag")
        perturb_factor = _scales.as_tensor(perturb_factor, "perturb_factor")
        size = None if perturb_factor is None else util.dimension_size(perturb_factor, axis=-2)
        if self._is_number:
            message = ["identity_multiplier should be non-zero."]
            return checked(self.validate_args, multiplier, _non_zero(message))
        scale = _scales.make_tril_scale(self.shift, tril, diag, multiplier, size, self.validate_args)
        if perturb_factor is None:
            return scale
        return _scales.with_low_rank_update(scale, perturb_factor, perturb_diag)

    def _forward(self, x: Any) -> Any:
        if not self._is_number:
            return super()._forward(x)
        y = x * self.scale
        return y if self.shift is None else y + self.shift

    def _inverse(self, y: Any) -> Any:
        if not self._is_number:
            return super()._inverse(y)
        return (y if self.shift is None else y - self.shift) / self.scale

    def _forward_log_det_jacobian(self, x: Any) -> Any:
        if not self._is_number:
            return self.scale.log_abs_determinant()
        event_size = math_ops.cast(array_ops.shape(x)[-1], dtype=self.scale.dtype)
        return math_ops.log(math_ops.abs(self.scale)) * event_size
