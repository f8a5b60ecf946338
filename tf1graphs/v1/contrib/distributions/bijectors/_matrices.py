"""Bijectors of matrices, and of vectors and triangular matrices."""

from __future__ import annotations

from typing import Any

import numpy as np
from tensorflow.python.framework import dtypes, ops, tensor_shape
from tensorflow.python.ops import array_ops, check_ops, control_flow_ops, gen_math_ops, linalg_ops, math_ops
from tensorflow.python.ops.distributions import bijector, util

from tf1graphs.v1.contrib.distributions.bijectors._affine import AffineScalar
from tf1graphs.v1.contrib.distributions.bijectors._composed import Chain
from tf1graphs.v1.contrib.distributions.bijectors._elementwise import Softplus


class CholeskyOuterProduct(bijector.Bijector):  # type: ignore[misc]
    """``y = x x^T`` for lower triangular ``x`` ``[..., k, k]`` with a positive diagonal.

    Args:
        validate_args: Whether a run checks ``x``.
        name: The name scope.
    """

    def __init__(self, validate_args: bool = False, name: str = "cholesky_outer_product") -> None:
        super().__init__(forward_min_event_ndims=2, validate_args=validate_args, name=name)

    def _forward(self, x: Any) -> Any:
        if self.validate_args:
            is_matrix = check_ops.assert_rank_at_least(x, 2)
            shape = array_ops.shape(x)
            is_square = check_ops.assert_equal(shape[-2], shape[-1])
            x = control_flow_ops.with_dependencies([is_matrix, is_square], x)
        x = array_ops.matrix_band_part(x, -1, 0)
        return math_ops.matmul(x, x, adjoint_b=True)

    def _inverse(self, y: Any) -> Any:
        return linalg_ops.cholesky(y)

    def _forward_log_det_jacobian(self, x: Any) -> Any:
        # k log(2) + sum over i of (k - i) log(x[i, i])
        diag = self._as_rows(array_ops.matrix_diag_part(x))
        x = self._valid(x, diag) if self.validate_args else x
        static_size = None if x.shape.ndims is None else x.shape.dims[-1].value
        if static_size is None:
            size = array_ops.shape(x)[-1]
            number = math_ops.cast(size, dtype=x.dtype)
        else:
            size, number = static_size, np.array(static_size, dtype=x.dtype.as_numpy_dtype)
        exponents = gen_math_ops.lin_space(number, 1.0, size)
        weighted = math_ops.matmul(math_ops.log(diag), exponents[..., array_ops.newaxis])
        fldj = number * np.log(2.0) + array_ops.squeeze(weighted, axis=-1)
        if x.shape.ndims is not None:
            return array_ops.squeeze(fldj, axis=-1) if x.shape.ndims == 2 else fldj
        shape = array_ops.shape(fldj)
        is_one = math_ops.equal(array_ops.rank(x), 2)
        last = util.pick_vector(is_one, np.array([], dtype=np.int32), shape[-1:])
        return array_ops.reshape(fldj, array_ops.concat([shape[:-1], last], 0))

    @staticmethod
    def _valid(x: Any, diag: Any) -> Any:
        shape = array_ops.shape(x)
        checks = [
            check_ops.assert_rank_at_least(x, 2, message="Input must be a (batch of) matrix."),
            check_ops.assert_equal(shape[-2], shape[-1], message="Input must be a (batch of) square matrix."),
            check_ops.assert_positive(diag, message="Input must be positive definite."),
        ]
        return control_flow_ops.with_dependencies(checks, x)

    @staticmethod
    def _as_rows(diag: Any) -> Any:
        """Returns at least one row of the elements of diagonals."""
        if diag.shape.ndims is not None:
            return diag[array_ops.newaxis, :] if diag.shape.ndims == 1 else diag
        shape = array_ops.shape(diag)
        is_one = math_ops.equal(array_ops.rank(diag), 1)
        rows = util.pick_vector(is_one, [1], np.array([], dtype=np.int32))
        return array_ops.reshape(diag, array_ops.concat([shape[:-1], rows, shape[-1:]], 0))


class MatrixInverseTriL(bijector.Bijector):  # type: ignore[misc]
    """``y`` is the inverse of the lower triangular matrix ``x`` ``[..., k, k]``.

    Args:
        validate_args: Whether a run checks that ``x`` is triangular and not singular.
        name: The name scope.
    """

    def __init__(self, validate_args: bool = False, name: str = "matrix_inverse_tril") -> None:
        super().__init__(forward_min_event_ndims=2, validate_args=validate_args, name=name)

    def _forward(self, x: Any) -> Any:
        with ops.control_dependencies(self._assertions(x)):
            shape = array_ops.shape(x)
            identity = linalg_ops.eye(shape[-1], batch_shape=shape[:-2])
            return linalg_ops.matrix_triangular_solve(x, identity, lower=True)

    def _inverse(self, y: Any) -> Any:
        return self._forward(y)

    def _forward_log_det_jacobian(self, x: Any) -> Any:
        with ops.control_dependencies(self._assertions(x)):
            factor = -2.0 * math_ops.cast(array_ops.shape(x)[-1], x.dtype.base_dtype)
            log_diag = math_ops.log(math_ops.abs(array_ops.matrix_diag_part(x)))
            return factor * math_ops.reduce_sum(log_diag, axis=-1)

    def _assertions(self, x: Any) -> list[Any]:
        if not self.validate_args:
            return []
        shape = array_ops.shape(x)
        is_matrix = check_ops.assert_rank_at_least(x, 2, message="Input must have rank at least 2.")
        is_square = check_ops.assert_equal(shape[-2], shape[-1], message="Input must be a square matrix.")
        zero_diag = array_ops.matrix_set_diag(x, array_ops.zeros(shape[:-1], dtype=dtypes.float32))
        above = array_ops.matrix_band_part(zero_diag, 0, -1)
        is_triangular = check_ops.assert_equal(
            above, array_ops.zeros_like(above), message="Input must be lower triangular."
        )
        diag = array_ops.matrix_diag_part(x)
        is_nonsingular = check_ops.assert_none_equal(
            diag, array_ops.zeros_like(diag), message="Input must have all diagonal entries nonzero."
        )
        return [is_matrix, is_square, is_triangular, is_nonsingular]


def _matrix_size(length: Any, validate_args: bool) -> Any:
    """Returns the k for which ``length`` is ``k (k + 1) / 2``, of a number or a scalar tensor."""
    if isinstance(length, int):
        size = (-1 + np.sqrt(1 + 8 * length)) / 2.0
        if float(int(size)) != size:
            raise ValueError("Vector length is not a triangular number.")
        return int(size)
    with ops.name_scope("vector_size_to_square_matrix_size", values=[length]):
        size = (-1.0 + math_ops.sqrt(1 + 8.0 * math_ops.cast(length, dtypes.float32))) / 2.0
        if validate_args:
            whole = math_ops.cast(math_ops.cast(size, dtypes.int32), dtypes.float32)
            message = "Vector length is not a triangular number"
            with ops.control_dependencies([check_ops.assert_equal(whole, size, message=message)]):
                size = array_ops.identity(size)
        return math_ops.cast(size, length.dtype)


class FillTriangular(bijector.Bijector):  # type: ignore[misc]
    """From vectors of length ``k (k + 1) / 2`` to triangular matrices, as ``tf.contrib.distributions.fill_triangular``.

    Args:
        upper: Whether the matrices are upper triangular.
        validate_args: Whether a run checks shapes that are not known before.
        name: The name scope.
    """

    def __init__(self, upper: bool = False, validate_args: bool = False, name: str = "fill_triangular") -> None:
        self._upper = upper
        super().__init__(forward_min_event_ndims=1, inverse_min_event_ndims=2, validate_args=validate_args, name=name)

    def _forward(self, x: Any) -> Any:
        return util.fill_triangular(x, upper=self._upper)

    def _inverse(self, y: Any) -> Any:
        return util.fill_triangular_inverse(y, upper=self._upper)

    def _forward_log_det_jacobian(self, x: Any) -> Any:
        return array_ops.zeros_like(x[..., 0])

    def _inverse_log_det_jacobian(self, y: Any) -> Any:
        return array_ops.zeros_like(y[..., 0, 0])

    def _forward_event_shape(self, input_shape: Any) -> Any:
        length = tensor_shape.dimension_value(input_shape[-1])
        size = None if length is None else _matrix_size(length, self.validate_args)
        return input_shape[:-1].concatenate([size, size])

    def _inverse_event_shape(self, output_shape: Any) -> Any:
        rows, columns = (tensor_shape.dimension_value(size) for size in output_shape[-2:])
        if rows is None or columns is None:
            return output_shape[:-2].concatenate([None])
        if rows != columns:
            raise ValueError(f"Matrix must be square. (saw [{rows}, {columns}])")
        return output_shape[:-2].concatenate([rows * (rows + 1) // 2])

    def _forward_event_shape_tensor(self, input_shape: Any) -> Any:
        batch_shape, length = input_shape[:-1], input_shape[-1]
        size = _matrix_size(length, self.validate_args)
        return array_ops.concat([batch_shape, [size, size]], axis=0)

    def _inverse_event_shape_tensor(self, output_shape: Any) -> Any:
        batch_shape, size = output_shape[:-2], output_shape[-1]
        if self.validate_args:
            is_square = check_ops.assert_equal(size, output_shape[-2], message="Matrix must be square.")
            with ops.control_dependencies([is_square]):
                size = array_ops.identity(size)
        length = math_ops.cast(size * (size + 1) / 2, output_shape.dtype)
        return array_ops.concat([batch_shape, [length]], axis=0)


class TransformDiagonal(bijector.Bijector):  # type: ignore[misc]
    """Changes the diagonals of matrices ``[..., k, k]`` by another bijector.

    Args:
        diag_bijector: The other, of numbers or of vectors.
        validate_args: Whether a run checks what cannot be checked before.
        name: The name scope.
    """

    def __init__(self, diag_bijector: Any, validate_args: bool = False, name: str = "transform_diagonal") -> None:
        self._diag_bijector = diag_bijector
        super().__init__(forward_min_event_ndims=2, inverse_min_event_ndims=2, validate_args=validate_args, name=name)

    def _forward(self, x: Any) -> Any:
        return array_ops.matrix_set_diag(x, self._diag_bijector.forward(array_ops.matrix_diag_part(x)))

    def _inverse(self, y: Any) -> Any:
        return array_ops.matrix_set_diag(y, self._diag_bijector.inverse(array_ops.matrix_diag_part(y)))

    def _forward_log_det_jacobian(self, x: Any) -> Any:
        diag = array_ops.matrix_diag_part(x)
        return self._diag_bijector.forward_log_det_jacobian(diag, event_ndims=1)

    def _inverse_log_det_jacobian(self, y: Any) -> Any:
        diag = array_ops.matrix_diag_part(y)
        return self._diag_bijector.inverse_log_det_jacobian(diag, event_ndims=1)


class ScaleTriL(Chain):
    """From vectors to lower triangular matrices with a positive diagonal.

    Args:
        diag_bijector: What is done to the diagonal, by default ``Softplus``.
        diag_shift: What is then added to it, or None.
        validate_args: Whether a run checks what cannot be checked before.
        name: The name scope.
    """

    def __init__(
        self,
        diag_bijector: Any = None,
        diag_shift: Any = 1e-5,
        validate_args: bool = False,
        name: str = "scale_tril",
    ) -> None:
        if diag_bijector is None:
            diag_bijector = Softplus(validate_args=validate_args)
        if diag_shift is not None:
            diag_bijector = Chain([AffineScalar(shift=diag_shift), diag_bijector])
        parts = [TransformDiagonal(diag_bijector=diag_bijector), FillTriangular()]
        super().__init__(parts, validate_args=validate_args, name=name)
