"""The Wishart distribution of positive definite matrices.

Source of the sampler: Smith and Hocking, Algorithm AS 53: Wishart Variate Generator, Applied Statistics 21, 1972.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from tensorflow.python.framework import constant_op, dtypes, ops, tensor_shape, tensor_util
from tensorflow.python.ops import (
    array_ops,
    array_ops_stack,
    check_ops,
    control_flow_ops,
    gen_math_ops,
    linalg_ops,
    math_ops,
    random_ops,
)
from tensorflow.python.ops.distributions import distribution, util
from tensorflow.python.ops.linalg import linalg

from tf1graphs.v1.contrib.distributions._base import checked, positive


class _WishartLinearOperator(distribution.Distribution):  # type: ignore[misc]
    def __init__(
        self,
        df: Any,
        scale_operator: Any,
        cholesky_input_output_matrices: bool = False,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str | None = None,
    ) -> None:
        parameters = dict(locals())
        self.cholesky_input_output_matrices = cholesky_input_output_matrices
        with ops.name_scope(name) as scope, ops.name_scope("init", values=[df]):
            if not scale_operator.dtype.is_floating:
                raise TypeError(f"scale_operator.dtype={scale_operator.dtype} is not a floating-point type")
            if not scale_operator.is_square:
                raise ValueError("scale_operator must be square.")
            self.scale_operator = scale_operator
            df = ops.convert_to_tensor(df, dtype=scale_operator.dtype, name="df")
            check_ops.assert_same_float_dtype((df, scale_operator))
            self.dimension = self._size()
            self.df = self._enough(df, validate_args)
        super().__init__(
            dtype=scale_operator.dtype,
            reparameterization_type=distribution.FULLY_REPARAMETERIZED,
            validate_args=validate_args,
            allow_nan_stats=allow_nan_stats,
            parameters=parameters,
            graph_parents=[self.df, self.dimension],
            name=scope,
        )

    def _size(self) -> Any:
        operator = self.scale_operator
        size = None if operator.shape.ndims is None else operator.shape.dims[-1].value
        if size is None:
            return math_ops.cast(operator.domain_dimension_tensor(), dtype=operator.dtype, name="dimension")
        return ops.convert_to_tensor(size, dtype=operator.dtype, name="dimension")

    def _enough(self, df: Any, validate_args: bool) -> Any:
        number, size = tensor_util.constant_value(df), tensor_util.constant_value(self.dimension)
        text = "Degrees of freedom (df = {}) cannot be less than dimension of scale matrix (scale.dimension = {})"
        if number is not None and size is not None:
            numbers = np.atleast_1d(number)
            if any(numbers < size):
                raise ValueError(text.format(list(numbers) if np.ndim(number) == 0 else number, size))
            return df
        message = text.format(self.dimension, df)
        return checked(validate_args, df, lambda df: check_ops.assert_less_equal(self.dimension, df, message=message))

    def scale(self) -> Any:
        """Returns the scale matrices, or their Cholesky factors if samples are these, ``[..., k, k]``."""
        return self.scale_operator.to_dense() if self.cholesky_input_output_matrices else self._square_of_scale()

    def _square_of_scale(self) -> Any:
        return self.scale_operator.matmul(self.scale_operator.to_dense(), adjoint_arg=True)

    def _event_shape_tensor(self) -> Any:
        size = self.scale_operator.domain_dimension_tensor()
        return array_ops_stack.stack([size, size])

    def _event_shape(self) -> Any:
        size = self.scale_operator.domain_dimension
        return tensor_shape.TensorShape([size, size])

    def _batch_shape_tensor(self) -> Any:
        return self.scale_operator.batch_shape_tensor()

    def _batch_shape(self) -> Any:
        return self.scale_operator.batch_shape

    def _sample_n(self, n: Any, seed: Any) -> Any:
        batch_shape, event_shape = self.batch_shape_tensor(), self.event_shape_tensor()
        ndims = array_ops.shape(batch_shape)[0] + 3
        shape = array_ops.concat([[n], batch_shape, event_shape], 0)
        x = random_ops.random_normal(shape=shape, mean=0.0, stddev=1.0, dtype=self.dtype, seed=seed)
        ones = array_ops.ones(self.scale_operator.batch_shape_tensor(), dtype=self.df.dtype.base_dtype)
        df = self.df * ones
        squares = random_ops.random_gamma(
            shape=[n],
            alpha=self._multi_gamma_sequence(0.5 * df, self.dimension),
            beta=0.5,
            dtype=self.dtype,
            seed=util.gen_new_seed(seed, "wishart"),
        )
        x = array_ops.matrix_set_diag(array_ops.matrix_band_part(x, -1, 0), math_ops.sqrt(squares))
        # The scale is applied to the columns of all samples at once.
        x = array_ops.transpose(x, array_ops.concat([math_ops.range(1, ndims), [0]], 0))
        x = array_ops.reshape(x, array_ops.concat([batch_shape, [event_shape[0]], [-1]], 0))
        x = self.scale_operator.matmul(x)
        x = array_ops.reshape(x, array_ops.concat([batch_shape, event_shape, [n]], 0))
        x = array_ops.transpose(x, array_ops.concat([[ndims - 1], math_ops.range(0, ndims - 1)], 0))
        return x if self.cholesky_input_output_matrices else math_ops.matmul(x, x, adjoint_b=True)

    def _log_prob(self, x: Any) -> Any:
        root = x if self.cholesky_input_output_matrices else linalg_ops.cholesky(x)
        batch_shape, event_shape = self.batch_shape_tensor(), self.event_shape_tensor()
        ndims = array_ops.rank(root)
        sample_ndims = ndims - array_ops.shape(batch_shape)[0] - 2
        sample_shape = array_ops.strided_slice(array_ops.shape(root), [0], [sample_ndims])
        order = array_ops.concat([math_ops.range(sample_ndims, ndims), math_ops.range(0, sample_ndims)], 0)
        columns = array_ops.transpose(root, order)
        size = math_ops.cast(self.dimension, dtype=dtypes.int32)
        columns = array_ops.reshape(columns, array_ops.concat((batch_shape, (size, -1)), 0))
        columns = self.scale_operator.solve(columns)
        solved = array_ops.reshape(columns, array_ops.concat([batch_shape, event_shape, sample_shape], 0))
        back = [math_ops.range(ndims - sample_ndims, ndims), math_ops.range(0, ndims - sample_ndims)]
        solved = array_ops.transpose(solved, array_ops.concat(back, 0))
        trace = math_ops.reduce_sum(math_ops.square(solved), axis=[-2, -1])
        half_log_det = math_ops.reduce_sum(math_ops.log(array_ops.matrix_diag_part(root)), axis=[-1])
        unnormalized = (self.df - self.dimension - 1.0) * half_log_det - 0.5 * trace
        log_prob = unnormalized - self.log_normalization()
        if x.shape.ndims is not None:
            log_prob.set_shape(x.shape[:-2])
        return log_prob

    def _prob(self, x: Any) -> Any:
        return math_ops.exp(self._log_prob(x))

    def _entropy(self) -> Any:
        half_size = 0.5 * self.dimension + 0.5
        half_df = 0.5 * self.df
        constant = self.dimension * (half_df + half_size * math.log(2.0))
        entropy = constant + 2 * half_size * self.scale_operator.log_abs_determinant()
        entropy += self._multi_lgamma(half_df, self.dimension)
        return entropy + (half_size - half_df) * self._multi_digamma(half_df, self.dimension)

    def _mean(self) -> Any:
        if self.cholesky_input_output_matrices:
            return math_ops.sqrt(self.df) * self.scale_operator.to_dense()
        return self.df * self._square_of_scale()

    def _variance(self) -> Any:
        x = math_ops.sqrt(self.df) * self._square_of_scale()
        diag = array_ops.expand_dims(array_ops.matrix_diag_part(x), -1)
        variance = math_ops.square(x) + math_ops.matmul(diag, diag, adjoint_b=True)
        return linalg_ops.cholesky(variance) if self.cholesky_input_output_matrices else variance

    def _stddev(self) -> Any:
        if self.cholesky_input_output_matrices:
            raise ValueError("Computing std. dev. when is cholesky_input_output_matrices=True does not make sense.")
        return linalg_ops.cholesky(self.variance())

    def _mode(self) -> Any:
        factor = self.df - self.dimension - 1.0
        nan = constant_op.constant(float("NaN"), dtype=self.dtype, name="nan")
        factor = array_ops.where_v2(math_ops.less(factor, 0.0), nan, factor)
        if self.cholesky_input_output_matrices:
            return math_ops.sqrt(factor) * self.scale_operator.to_dense()
        return factor * self._square_of_scale()

    def mean_log_det(self, name: str = "mean_log_det") -> Any:
        """Returns the mean of the log determinant of a sample, of the batch shape."""
        with self._name_scope(name):
            digamma = self._multi_digamma(0.5 * self.df, self.dimension)
            constant = digamma + self.dimension * math.log(2.0)
            return constant + 2 * self.scale_operator.log_abs_determinant()

    def log_normalization(self, name: str = "log_normalization") -> Any:
        """Returns the logarithm of the normalization constant, of the batch shape."""
        with self._name_scope(name):
            log_det = self.df * self.scale_operator.log_abs_determinant()
            constant = log_det + 0.5 * self.df * self.dimension * math.log(2.0)
            return constant + self._multi_lgamma(0.5 * self.df, self.dimension)

    def _multi_gamma_sequence(self, a: Any, p: Any) -> Any:
        """Returns ``a``, ``a - 1/2``, ..., ``a - (p - 1)/2``, ``[..., p]``."""
        with self._name_scope("multi_gamma_sequence", values=[a, p]):
            # Interpolation, as range() has no gradients.
            zero = constant_op.constant(0.0, dtype=self.dtype)
            return gen_math_ops.lin_space(zero, 0.5 - 0.5 * p, math_ops.cast(p, dtypes.int32)) + array_ops.expand_dims(
                a, [-1]
            )

    def _multi_lgamma(self, a: Any, p: Any) -> Any:
        with self._name_scope("multi_lgamma", values=[a, p]):
            sequence = self._multi_gamma_sequence(a, p)
            constant = 0.25 * p * (p - 1.0) * math.log(math.pi)
            return constant + math_ops.reduce_sum(math_ops.lgamma(sequence), axis=[-1])

    def _multi_digamma(self, a: Any, p: Any) -> Any:
        with self._name_scope("multi_digamma", values=[a, p]):
            sequence = self._multi_gamma_sequence(a, p)
            return math_ops.reduce_sum(math_ops.digamma(sequence), axis=[-1])


def _lower_triangular(matrix: Any) -> Any:
    return linalg.LinearOperatorLowerTriangular(
        tril=matrix, is_non_singular=True, is_positive_definite=True, is_square=True
    )


class WishartCholesky(_WishartLinearOperator):
    """The Wishart distribution by the Cholesky factor of its scale matrix.

    Args:
        df: The degrees of freedom, floats not below ``k``.
        scale: Lower triangular matrices ``[..., k, k]`` with a positive diagonal.
        cholesky_input_output_matrices: Whether samples and values are Cholesky factors of matrices.
        validate_args: Whether a run checks the parameters.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.

    Raises:
        TypeError: ``scale`` has no floats.
        ValueError: ``df`` is below ``k``.
    """

    def __init__(
        self,
        df: Any,
        scale: Any,
        cholesky_input_output_matrices: bool = False,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "WishartCholesky",
    ) -> None:
        parameters = dict(locals())

        def is_definite(scale: Any) -> Any:
            diag = array_ops.matrix_diag_part(scale)
            return check_ops.assert_positive(diag, message="scale must be positive definite")

        def is_square(scale: Any) -> Any:
            rows, columns = array_ops.shape(scale)[-1], array_ops.shape(scale)[-2]
            return check_ops.assert_equal(rows, columns, message="scale must be square")

        with ops.name_scope(name, values=[scale]) as scope:
            with ops.name_scope("init", values=[scale]):
                scale = checked(validate_args, ops.convert_to_tensor(scale), is_definite, is_square)
            super().__init__(
                df, _lower_triangular(scale), cholesky_input_output_matrices, validate_args, allow_nan_stats, scope
            )
        self._parameters = parameters


class WishartFull(_WishartLinearOperator):
    """The Wishart distribution by its scale matrix.

    Args:
        df: The degrees of freedom, floats not below ``k``.
        scale: Symmetric positive definite matrices ``[..., k, k]``.
        cholesky_input_output_matrices: Whether samples and values are Cholesky factors of matrices.
        validate_args: Whether a run checks the parameters.
        allow_nan_stats: Whether what does not exist is NaN.
        name: The name scope.

    Raises:
        TypeError: ``scale`` has no floats.
        ValueError: ``df`` is below ``k``.
    """

    def __init__(
        self,
        df: Any,
        scale: Any,
        cholesky_input_output_matrices: bool = False,
        validate_args: bool = False,
        allow_nan_stats: bool = True,
        name: str = "WishartFull",
    ) -> None:
        parameters = dict(locals())
        is_positive = positive()
        with ops.name_scope(name) as scope, ops.name_scope("init", values=[scale]):
            scale = ops.convert_to_tensor(scale)
            root = linalg_ops.cholesky(util.assert_symmetric(scale) if validate_args else scale)
            checks = [is_positive(array_ops.matrix_diag_part(root))] if validate_args else []
            root = control_flow_ops.with_dependencies(checks, root)
        super().__init__(
            df, _lower_triangular(root), cholesky_input_output_matrices, validate_args, allow_nan_stats, scope
        )
        self._parameters = parameters
