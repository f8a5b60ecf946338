"""Evaluates and exports a model whenever a checkpoint is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.platform import tf_logging
from tensorflow.python.training import basic_session_run_hooks, checkpoint_management


class EvaluationListener(basic_session_run_hooks.CheckpointSaverListener):  # type: ignore[misc]
    """Evaluates and exports each checkpoint once.

    Args:
        evaluate: Returns the metrics for a checkpoint.
        export: Exports a checkpoint, for ``(metrics, checkpoint)``.
        model_dir: The folder of the checkpoints.
    """

    def __init__(self, evaluate: Callable[[str], Any], export: Callable[[Any, str], Any], model_dir: str) -> None:
        self._evaluate = evaluate
        self._export = export
        self._model_dir = model_dir
        self._latest_path: str | None = None
        self.eval_result: Any = None
        self.export_results: Any = None

    def after_save(self, session: Any, global_step_value: int) -> None:
        """Looks at the checkpoint that has been written."""
        latest = checkpoint_management.latest_checkpoint(self._model_dir)
        if not latest or latest == self._latest_path:
            tf_logging.warning("Skipping evaluation and export: there is no new checkpoint in %s.", self._model_dir)
            return
        self._latest_path = latest
        self.eval_result = self._evaluate(latest)
        self.export_results = self._export(self.eval_result, latest)
