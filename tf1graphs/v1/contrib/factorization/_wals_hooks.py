"""What runs around the training steps of ``WALSMatrixFactorization``: sweeps over rows and columns by turns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from tensorflow.python.ops import state_ops
from tensorflow.python.platform import tf_logging as logging
from tensorflow.python.training import session_run_hook, training_util


class Sweep(NamedTuple):
    """What is run, one after the other, before a sweep over rows or columns, and in each step of it."""

    prepare: Sequence[Any]
    train: Any


class SweepHook(session_run_hook.SessionRunHook):  # type: ignore[misc]
    """Runs the steps of the sweep that is on, and prepares each sweep.

    Args:
        is_row_sweep: The variable that says which sweep is on.
        is_sweep_done: The variable that says whether the next one is to begin.
        init: Is run once, before the first step.
        switch: Is run before each sweep but the first.
        rows: The sweep over rows.
        cols: The sweep over columns.
    """

    def __init__(self, is_row_sweep: Any, is_sweep_done: Any, init: Any, switch: Any, rows: Sweep, cols: Sweep) -> None:
        self._is_row_sweep = is_row_sweep
        self._is_sweep_done = is_sweep_done
        self._init = init
        self._switch = switch
        self._sweeps = {True: rows, False: cols}
        self._is_initialized = False

    def before_run(self, run_context: Any) -> Any:
        """Prepares the next sweep if it is to begin, and asks for a step."""
        session = run_context.session
        is_done = session.run(self._is_sweep_done)
        if not self._is_initialized:
            logging.info("SweepHook running init op.")
            session.run(self._init)
        if is_done:
            logging.info("SweepHook starting the next sweep.")
            session.run(self._switch)
        is_row_sweep = bool(session.run(self._is_row_sweep))
        sweep = self._sweeps[is_row_sweep]
        if is_done or not self._is_initialized:
            logging.info("SweepHook running prep ops for the %s sweep.", "row" if is_row_sweep else "col")
            for prepare in sweep.prepare:
                session.run(prepare)
        self._is_initialized = True
        logging.info("Next fit step starting.")
        return session_run_hook.SessionRunArgs(fetches=[sweep.train])


class IncrementGlobalStepHook(session_run_hook.SessionRunHook):  # type: ignore[misc]
    """Counts the steps, if there is a global step."""

    def __init__(self) -> None:
        step = training_util.get_global_step()
        self._increment = None if step is None else state_ops.assign_add(step, 1, name="global_step_incr").op

    def before_run(self, run_context: Any) -> None:
        """Adds the step."""
        if self._increment is not None:
            run_context.session.run(self._increment)


class StopAtSweepHook(session_run_hook.SessionRunHook):  # type: ignore[misc]
    """Asks to stop after a number of sweeps.

    Args:
        completed_sweeps: The variable that counts them, from the beginning of the first training.
        last_sweep: The number.
    """

    def __init__(self, completed_sweeps: Any, last_sweep: int) -> None:
        self._completed_sweeps = completed_sweeps
        self._last_sweep = last_sweep

    def before_run(self, run_context: Any) -> Any:
        """Asks for the counter."""
        return session_run_hook.SessionRunArgs(self._completed_sweeps)

    def after_run(self, run_context: Any, run_values: Any) -> None:
        """Asks to stop."""
        if run_values.results >= self._last_sweep:
            run_context.request_stop()
