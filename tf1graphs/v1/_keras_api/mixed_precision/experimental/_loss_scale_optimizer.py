"""An optimizer that computes gradients of a scaled loss, over TF1's loss scales.

Source: ``python/keras/mixed_precision/experimental/loss_scale_optimizer.py`` and ``Model._set_optimizer`` of 1.15.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

from tensorflow.python.distribute import distribute_lib
from tensorflow.python.framework import smart_cond
from tensorflow.python.ops import control_flow_ops, math_ops
from tensorflow.python.platform import tf_logging
from tensorflow.python.training.experimental import loss_scale as loss_scales
from tf_keras.src import backend
from tf_keras.src.engine import training_v1
from tf_keras.src.mixed_precision.loss_scale_optimizer import _UnwrapPreventer
from tf_keras.src.optimizers.legacy import optimizer_v2

from tf1graphs.v1._keras_api.mixed_precision.experimental._policy import Policy


def _delegated(name: str) -> property:
    def get(self: Any) -> Any:
        return getattr(self._optimizer, name)

    def put(self: Any, value: Any) -> None:
        setattr(self._optimizer, name, value)

    return property(get, put)


class LossScaleOptimizer(optimizer_v2.OptimizerV2):  # type: ignore[misc]
    """Multiplies the loss by a scale before gradients are computed, and divides the gradients by it.

    Args:
        opt: The optimizer that applies the gradients.
        loss_scale: A number, "dynamic", or a ``tf.train.experimental.LossScale``.

    Raises:
        ValueError: ``opt`` is no optimizer of Keras, or clips gradients.
    """

    iterations = _delegated("iterations")
    learning_rate = _delegated("learning_rate")
    lr = _delegated("lr")

    def __init__(self, opt: Any, loss_scale: Any) -> None:
        if not isinstance(opt, optimizer_v2.OptimizerV2):
            raise ValueError(f'"opt" must be an instance of OptimizerV2, but got: {opt}')
        for clip in ("clipnorm", "clipvalue"):
            if getattr(opt, clip, None) is not None:
                raise ValueError(f"LossScaleOptimizer does not support wrapping optimizers with a {clip}: {opt}")
        # What the attributes of an optimizer are looked up in; it has no hyperparameters of its own.
        self._hyper: dict[str, Any] = {}
        self._optimizer = opt
        self._loss_scale = loss_scales.get(loss_scale)
        for weight in getattr(self._loss_scale, "_weights", {}).values():
            backend.track_variable(weight)
        self._track_trackable(self._optimizer, "base_optimizer")
        self._track_trackable(self._loss_scale, "loss_scale")

    @property
    def loss_scale(self) -> Any:
        """The ``LossScale``; calling it gives the scale as a scalar tensor of float32."""
        return self._loss_scale

    def get_scaled_loss(self, loss: Any) -> Any:
        """Returns the loss, a tensor or a function that returns one, multiplied by the scale."""
        scale = self._loss_scale()

        def scaled(value: Any) -> Any:
            return value * math_ops.cast(scale, value.dtype)

        return (lambda: scaled(loss())) if callable(loss) else scaled(loss)

    def get_unscaled_gradients(self, grads: Iterable[Any]) -> list[Any]:
        """Returns the gradients divided by the scale; a gradient may be None."""
        factor = 1.0 / self._loss_scale()
        return [None if each is None else each * math_ops.cast(factor, each.dtype) for each in grads]

    def _compute_gradients(self, loss: Any, var_list: Any, grad_loss: Any = None, tape: Any = None) -> Any:
        pairs = self._optimizer._compute_gradients(self.get_scaled_loss(loss), var_list, grad_loss, tape=tape)
        unscaled = self.get_unscaled_gradients([gradient for gradient, _ in pairs])
        return list(zip(unscaled, [variable for _, variable in pairs], strict=True))

    def get_gradients(self, loss: Any, params: Any) -> Any:
        """Returns the gradients of the loss, computed of the scaled one."""
        return self.get_unscaled_gradients(self._optimizer.get_gradients(self.get_scaled_loss(loss), params))

    def apply_gradients(self, grads_and_vars: Any, name: str | None = None) -> Any:
        """Returns the op that updates the scale and, where all gradients are finite, applies them.

        Raises:
            ValueError: It is called for all replicas at once.
        """
        if distribute_lib.in_cross_replica_context():
            raise ValueError("apply_gradients() must be called in a replica context.")
        return distribute_lib.get_replica_context().merge_call(self._apply_for_all, args=(tuple(grads_and_vars), name))

    def _apply_for_all(self, distribution: Any, grads_and_vars: Any, name: str | None) -> Any:
        grads = [gradient for gradient, _ in grads_and_vars]
        update_scale, should_apply = self._loss_scale.update(grads)

        def apply() -> Any:
            # The optimizer takes variables of all replicas, so they are kept from being taken apart.
            variables = _UnwrapPreventer([variable for _, variable in grads_and_vars])
            return distribution.extended.call_for_each_replica(self._apply_in_replica, args=(grads, variables, name))

        applied = smart_cond.smart_cond(should_apply, apply, control_flow_ops.no_op)
        return control_flow_ops.group(applied, update_scale)

    def _apply_in_replica(self, grads: Any, variables: Any, name: str | None) -> Any:
        return self._optimizer.apply_gradients(list(zip(grads, variables.value, strict=True)), name)

    def get_slot_names(self) -> Any:
        """Returns the names of the optimizer's slots."""
        return self._optimizer.get_slot_names()

    def get_config(self) -> NoReturn:
        """Raises ``NotImplementedError``, as in 1.15."""
        raise NotImplementedError("get_config() is not yet implemented for LossScaleOptimizers")

    @classmethod
    def from_config(cls, config: Any, custom_objects: Any = None) -> NoReturn:
        """Raises ``NotImplementedError``, as in 1.15."""
        raise NotImplementedError("from_config() is not yet implemented for LossScaleOptimizers")


def _with_loss_scale(set_optimizer: Callable[..., None]) -> Callable[..., None]:
    """Lets a model whose policy has a loss scale wrap its optimizer in one of this module."""

    @functools.wraps(set_optimizer)
    def set_model_optimizer(self: Any, optimizer: Any) -> None:
        policy = self._dtype_policy
        if not isinstance(policy, Policy):
            return set_optimizer(self, optimizer)
        get, several = training_v1.optimizers.get, isinstance(optimizer, (list, tuple))
        self.optimizer = [get(each) for each in optimizer] if several else get(optimizer)
        scale = policy.loss_scale
        if scale is not None and not isinstance(self.optimizer, LossScaleOptimizer):
            self.optimizer = LossScaleOptimizer(self.optimizer, scale)
        elif scale is not None and self.optimizer.loss_scale is not scale:
            tf_logging.warning(
                f"The optimizer's loss scale, {self.optimizer.loss_scale}, is not the policy's, {scale}."
            )
        return None

    return set_model_optimizer


training_v1.Model._set_optimizer = _with_loss_scale(training_v1.Model._set_optimizer)
