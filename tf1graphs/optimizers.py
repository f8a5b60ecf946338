"""TF1's optimizers for TensorFlow 2, with TF1's defaults, formulas and slot names, on TensorFlow's fused kernels.

Keras 3 composes an update of a dozen element-wise ops with other defaults; the fused kernel is the one that TF1 runs,
so updates are the same to the bit and a step takes half the time. Slots are named as TF1 names them, so that
``tf.train.Checkpoint(model=model).restore(path)`` continues from a checkpoint of TF1's ``Saver``.

Sources: ``tensorflow/python/training/{gradient_descent,adam,rmsprop}.py`` of 1.15.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tf1graphs import quiet

quiet.on_import()

import tensorflow as tf  # noqa: E402


def _tf_variables(variables: Sequence[Any]) -> list[Any]:
    """Returns the variables as ``tf.Variable``; those of Keras 3's layers hold one as their value."""
    return [variable if isinstance(variable, tf.Variable) else variable.value for variable in variables]


def _slots(variables: Sequence[Any], name: str, start: float) -> list[Any]:
    """Returns a variable per variable: its shape and dtype, named ``<variable>/<name>``, filled with ``start``."""
    return [
        tf.Variable(
            tf.fill(variable.shape, tf.cast(start, variable.dtype)),
            trainable=False,
            name=f"{getattr(variable, 'path', variable.name).partition(':')[0]}/{name}",
        )
        for variable in variables
    ]


class GradientDescent(tf.Module):  # type: ignore[misc]
    """``variable -= learning_rate * gradient``."""

    def __init__(self, variables: Sequence[Any], learning_rate: float) -> None:
        super().__init__()
        self._updated = _tf_variables(variables)
        self._learning_rate = learning_rate

    def apply(self, gradients: Sequence[Any]) -> None:
        """Updates the variables with their gradients, given in the variables' order."""
        for variable, gradient in zip(self._updated, gradients, strict=True):
            tf.raw_ops.ResourceApplyGradientDescent(var=variable.handle, alpha=self._learning_rate, delta=gradient)


class Adam(tf.Module):  # type: ignore[misc]
    """Adam (Kingma and Ba, 2015) in the form with "epsilon hat", as TF1 has it."""

    def __init__(
        self,
        variables: Sequence[Any],
        learning_rate: float = 0.001,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
    ) -> None:
        super().__init__()
        self._updated = _tf_variables(variables)
        self._hyper = {"lr": learning_rate, "beta1": beta1, "beta2": beta2, "epsilon": epsilon}
        self._m = _slots(variables, "Adam", 0.0)
        self._v = _slots(variables, "Adam_1", 0.0)
        self._beta1_power = tf.Variable(beta1, trainable=False, name="beta1_power")
        self._beta2_power = tf.Variable(beta2, trainable=False, name="beta2_power")

    def apply(self, gradients: Sequence[Any]) -> None:
        """Updates the variables with their gradients, given in the variables' order."""
        for variable, m, v, gradient in zip(self._updated, self._m, self._v, gradients, strict=True):
            tf.raw_ops.ResourceApplyAdam(
                var=variable.handle,
                m=m.handle,
                v=v.handle,
                beta1_power=self._beta1_power,
                beta2_power=self._beta2_power,
                grad=gradient,
                **self._hyper,
            )
        self._beta1_power.assign(self._beta1_power * self._hyper["beta1"])
        self._beta2_power.assign(self._beta2_power * self._hyper["beta2"])


class RMSProp(tf.Module):  # type: ignore[misc]
    """RMSProp (Tieleman and Hinton, 2012); TF1 adds epsilon inside the root and starts the mean square at one."""

    def __init__(
        self,
        variables: Sequence[Any],
        learning_rate: float,
        decay: float = 0.9,
        momentum: float = 0.0,
        epsilon: float = 1e-10,
    ) -> None:
        super().__init__()
        self._updated = _tf_variables(variables)
        self._hyper = {"lr": learning_rate, "rho": decay, "momentum": momentum, "epsilon": epsilon}
        self._mean_square = _slots(variables, "RMSProp", 1.0)
        self._momentum = _slots(variables, "RMSProp_1", 0.0)

    def apply(self, gradients: Sequence[Any]) -> None:
        """Updates the variables with their gradients, given in the variables' order."""
        for variable, ms, mom, gradient in zip(
            self._updated, self._mean_square, self._momentum, gradients, strict=True
        ):
            tf.raw_ops.ResourceApplyRMSProp(
                var=variable.handle, ms=ms.handle, mom=mom.handle, grad=gradient, **self._hyper
            )
