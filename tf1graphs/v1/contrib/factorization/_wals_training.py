"""The training graph of ``WALSMatrixFactorization``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, control_flow_ops, math_ops, state_ops
from tensorflow.python.ops.variable_v1 import VariableV1
from tensorflow.python.summary import summary

from tf1graphs.v1.contrib.factorization import _wals_hooks
from tf1graphs.v1.contrib.factorization.factorization_ops import WALSModel

COMPLETED_SWEEPS = "completed_sweeps"
LOSS = "WALS_loss"
ROOT_WEIGHTED_SQUARED_ERROR = "WALS_RWSE"


class _State:
    """The variables ``is_row_sweep``, ``is_sweep_done``, ``completed_sweeps``, ``WALS_loss`` and ``WALS_RWSE``."""

    def __init__(self) -> None:
        self.is_row_sweep = _kept(True, "is_row_sweep")
        self.is_sweep_done = _kept(False, "is_sweep_done")
        self.completed_sweeps = _kept(0, COMPLETED_SWEEPS)
        self.loss = _kept(0.0, LOSS)
        self.error = _kept(0.0, ROOT_WEIGHTED_SQUARED_ERROR)


def build(model: WALSModel, rows: Any, cols: Any, params: dict[str, Any]) -> tuple[Any, list[Any]]:
    """Returns the loss of the last step, a variable, and the hooks that train.

    Args:
        model: The model.
        rows: The rows of a step, a ``SparseTensor``.
        cols: The columns of a step, transposed.
        params: Those of ``WALSMatrixFactorization``.
    """
    state = _State()
    summary.scalar("loss", state.loss)
    summary.scalar("root_weighted_squared_error", state.error)
    summary.scalar("completed_sweeps", state.completed_sweeps)
    forget_rows, train_rows = _steps(state, "rows", params["num_rows"], rows, model.update_row_factors)
    forget_cols, train_cols = _steps(
        state, "cols", params["num_cols"], cols, lambda each: model.update_col_factors(each, transpose_input=True)
    )
    switch = control_flow_ops.group(
        state_ops.assign(state.is_row_sweep, math_ops.logical_not(state.is_row_sweep)),
        forget_rows,
        forget_cols,
        name="sweep_switch_op",
    )
    sweeps = _wals_hooks.SweepHook(
        state.is_row_sweep,
        state.is_sweep_done,
        model.worker_init,
        switch,
        _wals_hooks.Sweep([model.row_update_prep_gramian_op, model.initialize_row_update_op], train_rows),
        _wals_hooks.Sweep([model.col_update_prep_gramian_op, model.initialize_col_update_op], train_cols),
    )
    hooks: list[Any] = [sweeps, _wals_hooks.IncrementGlobalStepHook()]
    if params["max_sweeps"] is not None:
        hooks.append(_wals_hooks.StopAtSweepHook(state.completed_sweeps, params["max_sweeps"]))
    return state.loss, hooks


def _kept(value: Any, name: str) -> Any:
    return VariableV1(value, trainable=False, name=name, collections=[ops.GraphKeys.GLOBAL_VARIABLES])


def _steps(
    state: _State, name: str, number: int, sp_input: Any, update: Callable[[Any], tuple[Any, ...]]
) -> tuple[Any, Any]:
    """Returns the op that forgets which rows of a sweep were met, and the op of a step.

    Args:
        state: The variables of training.
        name: ``"rows"`` or ``"cols"``.
        number: How many there are.
        sp_input: Those of a step.
        update: Updates their factors.
    """
    none = array_ops.fill([number], False)
    with ops.colocate_with(none):
        processed = _kept(none, f"processed_{name}")
    _, update_op, loss, regularization, sum_weights = update(sp_input)
    met = sp_input.indices[:, 0]
    kept = [
        update_op,
        state_ops.assign(state.loss, loss + regularization),
        state_ops.assign(state.error, math_ops.sqrt(loss / sum_weights)),
    ]
    with ops.control_dependencies(kept):
        with ops.colocate_with(processed):
            marked = state_ops.scatter_update(
                processed, met, array_ops.ones_like(met, dtype=dtypes.bool), name=f"update_processed_{name}_indices"
            )
        with ops.control_dependencies([marked]):
            is_done = math_ops.reduce_all(processed)
            train = control_flow_ops.group(
                state_ops.assign(state.is_sweep_done, is_done),
                state_ops.assign_add(state.completed_sweeps, math_ops.cast(is_done, dtypes.int32)),
                name=f"{name}_sweep_train_op",
            )
    return processed.initializer, train
