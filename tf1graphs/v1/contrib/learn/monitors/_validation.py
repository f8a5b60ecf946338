"""The monitor that evaluates the model as it is trained, and may stop it early."""

# ruff: noqa: I001 (_tf_estimator comes first: it prepares TensorFlow for the estimators)
from __future__ import annotations

import copy
import time
from typing import Any

from tf1graphs.v1 import _tf_estimator  # noqa: F401
from tensorflow.python.platform import tf_logging
from tensorflow.python.training import checkpoint_management
from tensorflow_estimator.python.estimator.estimator import Estimator

from tf1graphs.v1.contrib.learn.monitors._every_n import EveryN


class ValidationMonitor(EveryN):
    """Evaluates the last checkpoint whenever there is a new one.

    Args:
        x: The features, as for ``evaluate`` of the estimators of ``tf.contrib.learn``.
        y: The labels.
        input_fn: In their place, returns both.
        batch_size: The size of batches of ``x``.
        eval_steps: The number of batches; all by default.
        every_n_steps: The number of steps from one look for a checkpoint to the next.
        metrics: The metrics, as for ``evaluate``.
        hooks: Hooks of the evaluation.
        early_stopping_rounds: If given, training stops when the metric has not become better for so many steps.
        early_stopping_metric: That metric.
        early_stopping_metric_minimize: Whether less is better.
        name: What the folder of its summaries ends with.
        check_interval_secs: The least time from one look to the next; None for none.

    Raises:
        ValueError: There is neither ``x`` nor ``input_fn``.
    """

    def __init__(
        self,
        x: Any = None,
        y: Any = None,
        input_fn: Any = None,
        batch_size: int | None = None,
        eval_steps: int | None = None,
        every_n_steps: int = 100,
        metrics: Any = None,
        hooks: Any = None,
        early_stopping_rounds: int | None = None,
        early_stopping_metric: str = "loss",
        early_stopping_metric_minimize: bool = True,
        name: str | None = None,
        check_interval_secs: float | None = 5,
    ) -> None:
        super().__init__(every_n_steps=every_n_steps, first_n_steps=-1)
        if x is None and input_fn is None:
            raise ValueError("Either x or input_fn should be provided.")
        self.x = x
        self.y = y
        self.input_fn = input_fn
        self.batch_size = batch_size
        self.eval_steps = eval_steps
        self.metrics = metrics
        self.hooks = hooks
        self.early_stopping_rounds = early_stopping_rounds
        self.early_stopping_metric = early_stopping_metric
        self.early_stopping_metric_minimize = early_stopping_metric_minimize
        self.name = name
        self._best_step: int | None = None
        self._best_value: Any = None
        self._best_metrics: dict[str, Any] | None = None
        self._early_stopped = False
        self._latest_path: str | None = None
        self._last_look: float | None = None
        self._check_interval_secs = check_interval_secs

    @property
    def early_stopped(self) -> bool:
        """Whether it has stopped training."""
        return self._early_stopped

    @property
    def best_step(self) -> int | None:
        """The step at which the metric was best."""
        return self._best_step

    @property
    def best_value(self) -> Any:
        """The best value of the metric."""
        return self._best_value

    @property
    def best_metrics(self) -> dict[str, Any] | None:
        """All metrics of that evaluation."""
        return self._best_metrics

    def every_n_step_end(self, step: int, outputs: dict[Any, Any]) -> bool:
        """Evaluates a new checkpoint; returns whether to stop.

        Raises:
            ValueError: There is no estimator, or it has no such metric.
        """
        super().every_n_step_end(step, outputs)
        if self._estimator is None:
            raise ValueError("Missing call to set_estimator.")
        if not self._has_new_checkpoint():
            return False
        results = self._evaluate()
        tf_logging.info("Validation (step %d): %s", step, ", ".join(f"{k} = {v}" for k, v in results.items()))
        return self.early_stopping_rounds is not None and self._stops(step, results, self.early_stopping_rounds)

    def _has_new_checkpoint(self) -> bool:
        now = time.time()
        interval = self._check_interval_secs
        if interval is not None and self._last_look is not None and now - self._last_look <= interval:
            return False
        self._last_look = now
        latest = checkpoint_management.latest_checkpoint(self._estimator.model_dir)
        if latest is None or latest == self._latest_path:
            return False
        self._latest_path = latest
        return True

    def _evaluate(self) -> dict[str, Any]:
        options = {"input_fn": self.input_fn, "steps": self.eval_steps, "hooks": self.hooks, "name": self.name}
        older = {"x": self.x, "y": self.y, "batch_size": self.batch_size, "metrics": self.metrics}
        if not isinstance(self._estimator, Estimator):
            options |= older
        elif any(value is not None for value in older.values()):
            raise ValueError(
                "tf.estimator.Estimator does not support following arguments: x, y, batch_size, metrics. Should set "
                "as `None` in ValidationMonitor"
            )
        results: dict[str, Any] = self._estimator.evaluate(**options)
        return results

    def _stops(self, step: int, results: dict[str, Any], rounds: int) -> bool:
        if self.early_stopping_metric not in results:
            raise ValueError(f"Metric {self.early_stopping_metric} missing from outputs {set(results)}.")
        value = results[self.early_stopping_metric]
        if self._best_step is None or self._is_better(value):
            self._best_step, self._best_value, self._best_metrics = step, value, copy.deepcopy(results)
        self._early_stopped = bool(step - self._best_step >= rounds)
        if self._early_stopped:
            best = f"{self.early_stopping_metric} = {self._best_value}"
            tf_logging.info("Stopping. Best step: %d with %s.", self._best_step, best)
        return self._early_stopped

    def _is_better(self, value: Any) -> bool:
        return bool(value < self._best_value if self.early_stopping_metric_minimize else value > self._best_value)
