"""A bijector of vectors whose elements are shifted and scaled by what comes before them.

Sources: Papamakarios, Pavlakou and Murray, Masked Autoregressive Flow for Density Estimation, NIPS 2017; Germain et
al., MADE: Masked Autoencoder for Distribution Estimation, ICML 2015.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from tensorflow.python.framework import constant_op, ops, tensor_shape
from tensorflow.python.ops import (
    array_ops,
    array_ops_stack,
    clip_ops,
    init_ops,
    math_ops,
    nn_ops,
    template,
    variable_scope,
    while_loop,
)
from tensorflow.python.ops.distributions import bijector

ShiftAndLogScale = Callable[..., tuple[Any, Any]]


def depth(x: Any) -> int | None:
    """Returns the size of the last dimension, None where it is not known."""
    size: int | None = tensor_shape.dimension_value(x.shape.with_rank_at_least(1)[-1])
    return size


def shifted_and_scaled(x: Any, shift: Any, log_scale: Any) -> Any:
    """Returns ``exp(log_scale) x + shift``, where each may be None."""
    if log_scale is not None:
        x *= math_ops.exp(log_scale)
    return x if shift is None else x + shift


def shifted_and_scaled_back(y: Any, shift: Any, log_scale: Any) -> Any:
    """Returns the ``x`` that ``shifted_and_scaled`` turns into ``y``."""
    if shift is not None:
        y -= shift
    return y if log_scale is None else y * math_ops.exp(-log_scale)


class MaskedAutoregressiveFlow(bijector.Bijector):  # type: ignore[misc]
    """``y[i] = exp(log_scale(y[:i])) x[i] + shift(y[:i])``; ``forward`` evaluates them for each i.

    Args:
        shift_and_log_scale_fn: From ``y`` to ``shift`` and ``log_scale``, each of the same shape or None, where
            element i hangs on those before i only.
        is_constant_jacobian: Whether ``log_scale`` is the same everywhere.
        validate_args: Whether a run checks what cannot be checked before.
        unroll_loop: Whether ``forward`` is built without a loop; then the size has to be known.
        name: The name scope.

    Raises:
        ValueError: On ``forward()`` with ``unroll_loop``: the last dimension is not known.
    """

    def __init__(
        self,
        shift_and_log_scale_fn: ShiftAndLogScale,
        is_constant_jacobian: bool = False,
        validate_args: bool = False,
        unroll_loop: bool = False,
        name: str | None = None,
    ) -> None:
        self._shift_and_log_scale_fn = shift_and_log_scale_fn
        self._unroll_loop = unroll_loop
        super().__init__(
            forward_min_event_ndims=1,
            is_constant_jacobian=is_constant_jacobian,
            validate_args=validate_args,
            name=name or "masked_autoregressive_flow",
        )

    def _forward(self, x: Any) -> Any:
        # Each evaluation makes one more element right.
        if self._unroll_loop:
            return self._unrolled(x)
        event_size = array_ops.shape(x)[-1]
        zeros = array_ops.zeros_like(x, name="y0")
        # Variables have to be made outside of the loop.
        self._shift_and_log_scale_fn(zeros)

        def step(index: Any, y: Any) -> tuple[Any, Any]:
            with variable_scope.variable_scope(variable_scope.get_variable_scope()) as scope:
                if scope.caching_device is None:
                    scope.set_caching_device(lambda op: op.device)
                shift, log_scale = self._shift_and_log_scale_fn(y)
            return index + 1, shifted_and_scaled(x, shift, log_scale)

        _, y = while_loop.while_loop(
            cond=lambda index, _: index < event_size,
            body=step,
            loop_vars=(0, zeros),
            maximum_iterations=depth(x),
        )
        return y

    def _unrolled(self, x: Any) -> Any:
        size = depth(x)
        if size is None:
            raise ValueError(
                "The final dimension of `x` must be known at graph construction time if `unroll_loop=True`. "
                f"`x.shape: {x.shape!r}`"
            )
        y = array_ops.zeros_like(x, name="y0")
        for _ in range(size):
            y = shifted_and_scaled(x, *self._shift_and_log_scale_fn(y))
        return y

    def _inverse(self, y: Any) -> Any:
        return shifted_and_scaled_back(y, *self._shift_and_log_scale_fn(y))

    def _inverse_log_det_jacobian(self, y: Any) -> Any:
        _, log_scale = self._shift_and_log_scale_fn(y)
        if log_scale is None:
            return constant_op.constant(0.0, dtype=y.dtype, name="ildj")
        return -math_ops.reduce_sum(log_scale, axis=-1)


def _mask(num_blocks: int, inputs: int, units: int, exclusive: bool, dtype: Any) -> Any:
    """Returns ``[inputs, units]``: 1 where a block of units sees an input of an earlier block, or of its own."""
    mask = np.zeros([inputs, units], dtype=dtype)
    rows, columns = inputs // num_blocks, units // num_blocks
    for block in range(num_blocks):
        first = (block + 1 if exclusive else block) * columns
        mask[block * rows : (block + 1) * rows, first:] = 1
    return mask


def masked_dense(
    inputs: Any,
    units: int,
    num_blocks: int | None = None,
    exclusive: bool = False,
    kernel_initializer: Any = None,
    reuse: bool | None = None,
    name: str | None = None,
    *args: Any,
    **kwargs: Any,
) -> Any:
    """Returns a dense layer of ``inputs`` in which a block of units sees no input of a later block.

    Args:
        inputs: ``[..., depth]``.
        units: The size of the result.
        num_blocks: The number of blocks of inputs and units.
        exclusive: Whether it does not see its own block either.
        kernel_initializer: Of the kernel, by default ``glorot_normal_initializer``.
        reuse: Whether the variables are there already.
        name: The name of the layer.
        *args: Further arguments of ``tf.layers.Dense``.
        **kwargs: Further ones by name.

    Raises:
        NotImplementedError: ``depth`` is not known.
    """
    from tf1graphs.v1.contrib.distributions.bijectors import _layers

    size = depth(inputs)
    if size is None:
        raise NotImplementedError("Rightmost dimension must be known prior to graph execution.")
    mask = _mask(num_blocks, size, units, exclusive, np.float32)  # type: ignore[arg-type]
    initializer = kernel_initializer or init_ops.glorot_normal_initializer()

    def masked_initializer(shape: Any, dtype: Any = None, partition_info: Any = None) -> Any:
        return mask * initializer(shape, dtype, partition_info)

    with ops.name_scope(name, "masked_dense", [inputs, units, num_blocks]):
        layer = _layers.Dense(
            units,
            *args,
            kernel_initializer=masked_initializer,
            kernel_constraint=lambda kernel: mask * kernel,
            name=name,
            dtype=inputs.dtype.base_dtype,
            _scope=name,
            _reuse=reuse,
            **kwargs,
        )
        return layer.apply(inputs)


def _clip_keeping_gradient(x: Any, low: Any, high: Any) -> Any:
    with ops.name_scope("clip_by_value_preserve_grad", values=[x, low, high]):
        clipped = clip_ops.clip_by_value(x, low, high)
        return x + array_ops.stop_gradient(clipped - x)


def masked_autoregressive_default_template(
    hidden_layers: Sequence[int],
    shift_only: bool = False,
    activation: Any = nn_ops.relu,
    log_scale_min_clip: float = -5.0,
    log_scale_max_clip: float = 3.0,
    log_scale_clip_gradient: bool = False,
    name: str | None = None,
    *args: Any,
    **kwargs: Any,
) -> Any:
    """Returns a function for ``MaskedAutoregressiveFlow``: layers of ``masked_dense`` with variables of their own.

    Args:
        hidden_layers: Their units.
        shift_only: Whether ``log_scale`` is None.
        activation: Of the hidden layers.
        log_scale_min_clip: The least ``log_scale``.
        log_scale_max_clip: The largest.
        log_scale_clip_gradient: Whether a clipped ``log_scale`` has no gradient.
        name: The name of the variable scope.
        *args: Further arguments of ``masked_dense``.
        **kwargs: Further ones by name.

    Raises:
        NotImplementedError: On its use: the last dimension is not known.
    """
    name = name or "masked_autoregressive_default_template"

    def shift_and_log_scale(x: Any) -> tuple[Any, Any]:
        size = depth(x)
        if size is None:
            raise NotImplementedError("Rightmost dimension must be known prior to graph execution.")
        shape = np.array(x.shape.as_list(), np.int32) if x.shape.is_fully_defined() else array_ops.shape(x)
        for i, units in enumerate(hidden_layers):
            x = masked_dense(
                *args,  # type: ignore[misc]
                inputs=x,
                units=units,
                num_blocks=size,
                exclusive=i == 0,
                activation=activation,
                **kwargs,
            )
        units = (1 if shift_only else 2) * size
        x = masked_dense(*args, inputs=x, units=units, num_blocks=size, activation=None, **kwargs)  # type: ignore[misc]
        if shift_only:
            return array_ops.reshape(x, shape=shape), None
        x = array_ops.reshape(x, shape=array_ops.concat([shape, [2]], axis=0))
        shift, log_scale = array_ops_stack.unstack(x, num=2, axis=-1)
        clip = clip_ops.clip_by_value if log_scale_clip_gradient else _clip_keeping_gradient
        return shift, clip(log_scale, log_scale_min_clip, log_scale_max_clip)

    with ops.name_scope(name, values=[log_scale_min_clip, log_scale_max_clip]):
        return template.make_template(name, shift_and_log_scale)
