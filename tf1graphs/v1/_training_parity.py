"""Makes variables, regularizers and optimizers build as many ops as in 1.15.

Source: the functions of these names in 1.15.5; ``tests/v1/test_op_parity.py`` compares counts with its recorded ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tensorflow.python.framework import constant_op, ops, tensor_util
from tensorflow.python.ops import clip_ops, variable_scope
from tensorflow.python.training import ftrl, gradient_descent, saver

from tf1graphs.v1._parity import Function, counted, counted_as, in_graphs


def _get_single_variable(original: Function) -> Function:
    def get_single_variable(self: Any, name: str, *arguments: Any, regularizer: Any = None, **options: Any) -> Any:
        return original(self, name, *arguments, regularizer=regularizer and _once(name, regularizer), **options)

    return get_single_variable


def _once(name: str, regularizer: Function) -> Function:
    """Returns a regularizer that builds its ops once: today's TensorFlow calls it twice for every new variable."""
    losses: list[Any] = []

    def loss(variable: Any) -> Any:
        if not losses:
            with ops.colocate_with(variable), ops.name_scope(f"{name}/Regularizer/", skip_on_eager=False):
                losses.append(regularizer(variable))
        return losses[0]

    return loss


def _create_ftrl_slots(original: Function) -> Function:
    def create_slots(self: Any, variables: Sequence[Any]) -> None:
        """Starts the sums of squares from a constant; today the ops that compute it are made for each variable."""
        for variable in variables:
            with ops.colocate_with(variable):
                start = constant_op.constant(self._initial_accumulator_value, variable.dtype, variable.shape)
                self._get_or_make_slot(variable, start, "accum", self._accum_name or self._name)
                self._zeros_slot(variable, "linear", self._linear_name or self._name)

    return create_slots


def _rate_constant(optimizer: Any, *arguments: Any) -> int:
    """1.15 multiplied by the given learning rate for each variable, not by the tensor that was made of it."""
    return int(not tensor_util.is_tf_type(optimizer._learning_rate))


def _ftrl_constants(optimizer: Any) -> int:
    """Returns how many hyperparameters 1.15 made constants of; today ``beta`` and its computation join them."""
    names = ("learning_rate", "l1_regularization_strength", "l2_regularization_strength", "learning_rate_power")
    values = [optimizer._l2_shrinkage_regularization_strength, *(getattr(optimizer, f"_{name}") for name in names)]
    return sum(not tensor_util.is_tf_type(value) for value in values)


in_graphs(clip_ops, "clip_by_global_norm")(counted(1))
in_graphs(ftrl.FtrlOptimizer, "_create_slots")(_create_ftrl_slots)
in_graphs(ftrl.FtrlOptimizer, "_prepare")(counted_as(_ftrl_constants))
in_graphs(gradient_descent.GradientDescentOptimizer, "_resource_apply_sparse_duplicate_indices")(
    counted(_rate_constant)
)
# Today the suffix of the shards hangs on where the checkpoint goes; 1.15 had one constant.
in_graphs(saver.BaseSaverBuilder, "_AddShardedSaveOpsForV2")(counted(-3))
in_graphs(variable_scope._VariableStore, "_get_single_variable")(_get_single_variable)
