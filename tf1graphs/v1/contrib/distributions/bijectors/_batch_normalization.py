"""Batch normalization as a bijector.

Source: Dinh, Sohl-Dickstein and Bengio, Density Estimation using Real NVP, ICLR 2017, section 3.7.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, math_ops, nn_impl, nn_ops
from tensorflow.python.ops.distributions import bijector


class BatchNormalization(bijector.Bijector):  # type: ignore[misc]
    """``inverse`` normalizes a batch; ``forward`` undoes that with the moving averages.

    Args:
        batchnorm_layer: A ``tf.layers.BatchNormalization`` without ``renorm`` and ``virtual_batch_size``; by default
            one whose gamma stays above 0.
        training: Whether ``inverse`` uses the moments of the batch rather than the moving averages.
        validate_args: Whether a run checks what cannot be checked before.
        name: The name scope.

    Raises:
        ValueError: The layer is none of these; on use: the shape is not known.
    """

    def __init__(
        self,
        batchnorm_layer: Any = None,
        training: bool = True,
        validate_args: bool = False,
        name: str = "batch_normalization",
    ) -> None:
        from tf1graphs.v1.contrib.distributions.bijectors import _layers

        layer = batchnorm_layer or _layers.BatchNormalization(gamma_constraint=lambda x: nn_ops.relu(x) + 1e-6)
        if not isinstance(layer, _layers.BatchNormalization):
            raise ValueError("batchnorm_layer must be an instance of BatchNormalization layer.")
        if layer.renorm:
            raise ValueError("BatchNorm Bijector does not support renormalization.")
        if layer.virtual_batch_size:
            raise ValueError("BatchNorm Bijector does not support virtual batch sizes.")
        self.batchnorm = layer
        self._training = training
        ndims = 1 if isinstance(layer.axis, int) else len(layer.axis)
        super().__init__(forward_min_event_ndims=ndims, validate_args=validate_args, name=name)

    @staticmethod
    def _shape(x: Any) -> Any:
        if not x.shape.is_fully_defined():
            raise ValueError("Input must have shape known at graph construction.")
        return np.array(x.shape.as_list(), np.int32)

    def _other_axes(self, ndims: int) -> list[int]:
        return [axis for axis in range(ndims) if axis not in self.batchnorm.axis]

    def _forward(self, x: Any) -> Any:
        layer = self.batchnorm
        if not layer.built:
            layer.build(x.shape)
        shape = self._shape(x)
        ndims = len(shape)
        broadcast = [1] * ndims
        broadcast[layer.axis[0]] = shape[layer.axis[0]]

        def fit(variable: Any) -> Any:
            is_last = self._other_axes(ndims) == list(range(ndims - 1))
            if variable is None or variable.shape.ndims == ndims or is_last:
                return variable
            return array_ops.reshape(variable, broadcast)

        mean, variance = fit(layer.moving_mean), fit(layer.moving_variance)
        offset = fit(layer.beta) if layer.center else None
        scale = fit(layer.gamma) if layer.scale else None
        with ops.name_scope("undo_batchnorm", values=[x, mean, variance, scale, offset]):
            rescale = math_ops.sqrt(variance + layer.epsilon)
            if scale is not None:
                rescale /= scale
            return x * rescale + (mean if offset is None else mean - offset * rescale)

    def _inverse(self, y: Any) -> Any:
        return self.batchnorm.apply(y, training=self._training)

    def _log_det_of_inverse(self, y: Any, with_averages: bool) -> Any:
        shape = self._shape(y)
        layer = self.batchnorm
        if not layer.built:
            layer.build(shape)
        if with_averages:
            log_variance = math_ops.log(layer.moving_variance + layer.epsilon)
        else:
            _, variance = nn_impl.moments(y, axes=self._other_axes(len(shape)), keepdims=True)
            log_variance = math_ops.log(variance + layer.epsilon)
        log_gamma = math_ops.reduce_sum(math_ops.log(layer.gamma))
        return log_gamma - 0.5 * math_ops.reduce_sum(log_variance)

    def _forward_log_det_jacobian(self, x: Any) -> Any:
        return -self._log_det_of_inverse(x, with_averages=True)

    def _inverse_log_det_jacobian(self, y: Any) -> Any:
        return self._log_det_of_inverse(y, with_averages=not self._training)
