"""Exports a model only where it is better than before."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from tensorflow.python.platform import gfile
from tensorflow.python.summary import summary_iterator
from tensorflow.python.training import checkpoint_management
from tensorflow.python.util import compat

from tf1graphs.v1.contrib.learn.estimators.metric_key import MetricKey
from tf1graphs.v1.contrib.learn.export_strategy import ExportStrategy
from tf1graphs.v1.contrib.learn.utils._strategies import make_export_strategy

Metrics = dict[str, Any]


def _has_less_loss(best: Metrics | None, candidate: Metrics | None) -> bool:
    for name, metrics in [("curr_best_eval_result", best), ("cand_eval_result", candidate)]:
        if not metrics or MetricKey.LOSS not in metrics:
            raise ValueError(f"{name} cannot be empty or no loss is found in it.")
    return bool(best and candidate and best[MetricKey.LOSS] > candidate[MetricKey.LOSS])


class BestModelSelector:
    """Knows the best metrics so far.

    Args:
        event_file_pattern: Event files of earlier evaluations.
        compare_fn: Returns whether the second metrics are better than the first; by default where the loss is less.
    """

    def __init__(
        self, event_file_pattern: str | None = None, compare_fn: Callable[[Metrics, Metrics], bool] | None = None
    ) -> None:
        self._compare_fn = compare_fn or _has_less_loss
        self._best_eval_result: Metrics | None = None
        for file in gfile.Glob(event_file_pattern) if event_file_pattern else []:
            for event in summary_iterator.summary_iterator(file):
                if event.HasField("summary"):
                    self._keep_better(
                        {v.tag: v.simple_value for v in event.summary.value if v.HasField("simple_value")}
                    )

    def _keep_better(self, metrics: Metrics) -> bool:
        is_better = self._best_eval_result is None or self._compare_fn(self._best_eval_result, metrics)
        if is_better:
            self._best_eval_result = metrics
        return is_better

    def update(self, checkpoint_path: str | None, eval_result: Metrics | None) -> tuple[str, Metrics | None]:
        """Returns a checkpoint and its metrics if they are the best so far, else an empty path and None.

        Raises:
            ValueError: There is no checkpoint, or there are no metrics.
        """
        if not checkpoint_path:
            raise ValueError("Checkpoint path is empty.")
        if eval_result is None:
            raise ValueError(f"{checkpoint_path} has empty evaluation results.")
        return (checkpoint_path, eval_result) if self._keep_better(eval_result) else ("", None)


def make_best_model_export_strategy(
    serving_input_fn: Callable[[], Any],
    exports_to_keep: int | None = 1,
    model_dir: str | None = None,
    event_file_pattern: str | None = None,
    compare_fn: Callable[[Metrics, Metrics], bool] | None = None,
    default_output_alternative_key: Any = None,
    strip_default_attrs: bool | None = None,
) -> ExportStrategy:
    """Returns the strategy ``best_model``, which exports a checkpoint that is better than all before.

    Args:
        serving_input_fn: Returns the inputs to serve with.
        exports_to_keep: The number of exports of a checkpoint to keep.
        model_dir: The folder of the model, with ``event_file_pattern`` to know of evaluations before this run.
        event_file_pattern: The event files of evaluations below it.
        compare_fn: Returns whether the second metrics are better than the first; by default where the loss is less.
        default_output_alternative_key: The outputs to serve, where a model has several.
        strip_default_attrs: Whether attributes that have their default are left out of the graph.
    """
    strategy = make_export_strategy(
        serving_input_fn,
        exports_to_keep=exports_to_keep,
        default_output_alternative_key=default_output_alternative_key,
        strip_default_attrs=strip_default_attrs,
    )
    known = os.path.join(model_dir, event_file_pattern) if model_dir and event_file_pattern else None
    selector = BestModelSelector(known, compare_fn)

    def export_fn(
        estimator: Any, export_dir_base: Any, checkpoint_path: str | None, eval_result: Metrics | None = None
    ) -> Any:
        latest = checkpoint_path or checkpoint_management.latest_checkpoint(estimator.model_dir)
        path, metrics = selector.update(latest, eval_result)
        if not path or metrics is None:
            return ""
        folder = os.path.join(compat.as_bytes(export_dir_base), compat.as_bytes(os.path.basename(path)))
        return strategy.export(estimator, folder, path, metrics)

    return ExportStrategy("best_model", export_fn)
