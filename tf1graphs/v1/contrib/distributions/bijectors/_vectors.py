"""Bijectors of vectors: permutations, ordered vectors and probability vectors."""

from __future__ import annotations

from typing import Any

import numpy as np
from tensorflow.python.framework import ops, tensor_shape, tensor_util
from tensorflow.python.ops import array_ops, check_ops, control_flow_ops, math_ops, nn_ops
from tensorflow.python.ops.distributions import bijector, util

from tf1graphs.v1.contrib.distributions._base import checked
from tf1graphs.v1.contrib.distributions.bijectors._base import no_change


class Permute(bijector.Bijector):  # type: ignore[misc]
    """``y[..., i] = x[..., permutation[i]]``.

    Args:
        permutation: Integers ``[k]``, each of 0 to k - 1 once.
        validate_args: Whether a run checks them where they are not known before.
        name: The name scope.

    Raises:
        TypeError: ``permutation`` has no integers.
        ValueError: It is no permutation.
    """

    def __init__(self, permutation: Any, validate_args: bool = False, name: str | None = None) -> None:
        message = "Permutation over `d` must contain exactly one of each of `{0, 1, ..., d}`."

        def is_permutation(permutation: Any) -> Any:
            size = array_ops.shape(permutation)[-1]
            negative, _ = nn_ops.top_k(-permutation, k=size, sorted=True)
            return check_ops.assert_equal(-negative, math_ops.range(array_ops.size(negative)), message=message)

        with ops.name_scope(name, "permute", values=[permutation]):
            permutation = ops.convert_to_tensor(permutation, name="permutation")
            if not permutation.dtype.is_integer:
                raise TypeError(f"permutation.dtype ({permutation.dtype.name}) should be `int`-like.")
            known = tensor_util.constant_value(permutation)
            if known is None:
                permutation = checked(validate_args, permutation, is_permutation)
            elif set(known) != set(np.arange(known.size)):
                raise ValueError(message)
            self.permutation = permutation
            super().__init__(
                forward_min_event_ndims=1,
                is_constant_jacobian=True,
                validate_args=validate_args,
                name=name or "permute",
            )

    def _forward(self, x: Any) -> Any:
        return array_ops.gather(x, self.permutation, axis=-1)

    def _inverse(self, y: Any) -> Any:
        return array_ops.gather(y, array_ops.invert_permutation(self.permutation), axis=-1)

    def _inverse_log_det_jacobian(self, y: Any) -> Any:
        return no_change(y)

    def _forward_log_det_jacobian(self, x: Any) -> Any:
        return no_change(x)


class _Lengthening(bijector.Bijector):  # type: ignore[misc]
    """From vectors to vectors that are longer by ``_more``, which are at least two long."""

    _more: int

    def __init__(self, validate_args: bool, name: str) -> None:
        super().__init__(forward_min_event_ndims=1, validate_args=validate_args, name=name)

    def _forward_event_shape(self, input_shape: Any) -> Any:
        size = None if input_shape.ndims is None else input_shape.dims[-1].value
        return input_shape if size is None else tensor_shape.TensorShape([size + self._more])

    def _forward_event_shape_tensor(self, input_shape: Any) -> Any:
        return self._by(input_shape[-1], self._more)

    def _inverse_event_shape(self, output_shape: Any) -> Any:
        size = None if output_shape.ndims is None else output_shape.dims[-1].value
        if size is None:
            return output_shape
        if size <= 1:
            raise ValueError(f"output_shape[-1] = {size} <= 1")
        return tensor_shape.TensorShape([size - self._more])

    def _inverse_event_shape_tensor(self, output_shape: Any) -> Any:
        if self.validate_args:
            message = "Need last dimension greater than 1."
            is_longer = check_ops.assert_greater(output_shape[-1], 1, message=message)
            output_shape = control_flow_ops.with_dependencies([is_longer], output_shape)
        return self._by(output_shape[-1], -self._more)

    @staticmethod
    def _by(size: Any, change: int) -> Any:
        return (size + change if change else size)[..., array_ops.newaxis]


class Ordered(_Lengthening):
    """From increasing vectors ``x`` to any: ``y[0] = x[0]`` and ``y[i] = log(x[i] - x[i - 1])``.

    Args:
        validate_args: Whether a run checks that ``x`` increases.
        name: The name scope.
    """

    _more = 0

    def __init__(self, validate_args: bool = False, name: str = "ordered") -> None:
        super().__init__(validate_args, name)

    def _increasing(self, x: Any) -> Any:
        message = "Forward transformation input must be strictly increasing."
        return checked(
            self.validate_args, x, lambda x: check_ops.assert_positive(x[..., 1:] - x[..., :-1], message=message)
        )

    def _forward(self, x: Any) -> Any:
        x = self._increasing(x)
        first = x[..., 0, array_ops.newaxis]
        return array_ops.concat([first, math_ops.log(x[..., 1:] - x[..., :-1])], axis=-1)

    def _inverse(self, y: Any) -> Any:
        first = y[..., 0, array_ops.newaxis]
        return math_ops.cumsum(array_ops.concat([first, math_ops.exp(y[..., 1:])], axis=-1), axis=-1)

    def _inverse_log_det_jacobian(self, y: Any) -> Any:
        return math_ops.reduce_sum(y[..., 1:], axis=-1)

    def _forward_log_det_jacobian(self, x: Any) -> Any:
        x = self._increasing(x)
        return -math_ops.reduce_sum(math_ops.log(x[..., 1:] - x[..., :-1]), axis=-1)


class SoftmaxCentered(_Lengthening):
    """``y = softmax([x, 0])``, from vectors of length k to probability vectors of length k + 1.

    Args:
        validate_args: Whether a run checks shapes that are not known before.
        name: The name scope.
    """

    _more = 1

    def __init__(self, validate_args: bool = False, name: str = "softmax_centered") -> None:
        super().__init__(validate_args, name)

    def _with_static_shape(self, result: Any, source: Any, change: int) -> Any:
        if source.shape.ndims is not None:
            size = source.shape.dims[-1].value
            shape = source.shape[:-1].concatenate([None if size is None else size + change])
            result.shape.assert_is_compatible_with(shape)
            result.set_shape(shape)
        return result

    def _forward(self, x: Any) -> Any:
        return nn_ops.softmax(self._with_static_shape(util.pad(x, axis=-1, back=True), x, 1))

    def _inverse(self, y: Any) -> Any:
        x = math_ops.log(y)
        log_normalization = (-x[..., -1])[..., array_ops.newaxis]
        return self._with_static_shape(x[..., :-1] + log_normalization, y, -1)

    def _inverse_log_det_jacobian(self, y: Any) -> Any:
        # The matrix determinant lemma gives the product of all y.
        return -math_ops.reduce_sum(math_ops.log(y), axis=-1)

    def _forward_log_det_jacobian(self, x: Any) -> Any:
        log_normalization = nn_ops.softplus(math_ops.reduce_logsumexp(x, axis=-1, keepdims=True))
        total = math_ops.reduce_sum(x - log_normalization, axis=-1, keepdims=True)
        return array_ops.squeeze(-log_normalization + total, axis=-1)
