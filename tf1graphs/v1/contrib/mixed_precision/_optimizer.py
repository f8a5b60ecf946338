"""``LossScaleOptimizer``: scales the loss before its gradients are computed, and the gradients back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tensorflow.python.eager import context
from tensorflow.python.ops import cond, control_flow_ops, gen_control_flow_ops, gen_math_ops, math_ops
from tensorflow.python.training import optimizer

from tf1graphs.v1.contrib.mixed_precision._managers import LossScaleManager

_GradsAndVars = Sequence[tuple[Any, Any]]


class LossScaleOptimizer(optimizer.Optimizer):  # type: ignore[misc]
    """Scales the loss for another optimizer, which skips steps whose gradients are not finite.

    Source: NVIDIA, Training with Mixed Precision, "Loss scaling to preserve small gradient magnitudes".

    Args:
        opt: the optimizer that computes and applies the gradients.
        loss_scale_manager: what the loss is scaled by.
    """

    def __init__(self, opt: Any, loss_scale_manager: LossScaleManager) -> None:
        super().__init__(use_locking=False, name=type(self).__name__)
        self._opt = opt
        self._loss_scale_manager = loss_scale_manager

    def compute_gradients(
        self,
        loss: Any,
        var_list: Any = None,
        gate_gradients: int = optimizer.Optimizer.GATE_OP,
        aggregation_method: Any = None,
        colocate_gradients_with_ops: bool = False,
        grad_loss: Any = None,
    ) -> list[tuple[Any, Any]]:
        """Returns gradients and variables; the arguments are those of ``tf.train.Optimizer``.

        ``loss`` is a function in eager execution, and may be one in a graph.
        """
        scale = self._loss_scale_manager.get_loss_scale()

        def scaled_loss() -> Any:
            value = loss() if callable(loss) else loss
            return value * math_ops.cast(scale, value.dtype.base_dtype)

        grads_and_vars = self._opt.compute_gradients(
            scaled_loss if context.executing_eagerly() else scaled_loss(),
            var_list=var_list,
            gate_gradients=gate_gradients,
            aggregation_method=aggregation_method,
            colocate_gradients_with_ops=colocate_gradients_with_ops,
            grad_loss=grad_loss,
        )
        inverse = gen_math_ops.reciprocal(scale)
        return [
            (grad if grad is None else grad * math_ops.cast(inverse, grad.dtype.base_dtype), variable)
            for grad, variable in grads_and_vars
        ]

    def apply_gradients(self, grads_and_vars: _GradsAndVars, global_step: Any = None, name: str | None = None) -> Any:
        """Returns an op that applies the gradients if all are finite, and changes the scale.

        Args:
            grads_and_vars: what ``compute_gradients`` returned; no gradient may be None.
            global_step: a variable that counts the steps taken.
            name: of the ops of the optimizer.

        Raises:
            ValueError: a gradient is None.
        """
        finite = [math_ops.reduce_all(gen_math_ops.is_finite(grad)) for grad, _ in grads_and_vars]
        are_finite = math_ops.reduce_all(finite)
        applied = cond.cond(
            are_finite,
            lambda: self._opt.apply_gradients(grads_and_vars, global_step, name),
            gen_control_flow_ops.no_op,
        )
        return control_flow_ops.group(applied, self._loss_scale_manager.update_loss_scale(are_finite))
