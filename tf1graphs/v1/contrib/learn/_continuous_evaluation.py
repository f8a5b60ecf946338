"""Evaluates checkpoints as they come."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.platform import tf_logging
from tensorflow.python.training import checkpoint_management
from tensorflow.python.util import function_utils

Predicate = Callable[[Any, Any], bool]


def standard_predicate(predicate: Any) -> Predicate:
    """Returns a predicate of the metrics and the checkpoint: one that is always true in place of None.

    Raises:
        ValueError: It is no function.
    """
    if predicate is None:
        return lambda results, path: True
    if not callable(predicate):
        raise ValueError("`continuous_eval_predicate_fn` must be a callable, or None.")
    if "checkpoint_path" in function_utils.fn_args(predicate):
        return lambda results, path: bool(predicate(results, checkpoint_path=path))
    return lambda results, path: bool(predicate(results))


def has_stopped(results: Any, train_steps: int | None) -> bool:
    """Whether metrics are those of the last step of training."""
    step = (results or {}).get(ops.GraphKeys.GLOBAL_STEP)
    return bool(step and train_steps and step >= train_steps)


def continuous_evaluation(
    evaluate: Callable[[str], Any],
    model_dir: str,
    train_steps: int | None,
    throttle: float,
    goes_on: Predicate,
    only_once: bool = True,
    export: Callable[[Any, str], Any] | None = None,
) -> None:
    """Evaluates the last checkpoint again and again, until the predicate or the end of training says stop.

    Args:
        evaluate: Returns the metrics for a checkpoint.
        model_dir: The folder of the checkpoints.
        train_steps: The global step at which training stops.
        throttle: The least seconds from one evaluation to the next.
        goes_on: Returns whether to go on.
        only_once: Whether to wait for a new checkpoint.
        export: Exports a checkpoint, for ``(metrics, checkpoint)``.
    """
    evaluated: str | None = None
    results: Any = None
    while goes_on(results, evaluated) and not has_stopped(results, train_steps):
        start = time.time()
        latest = checkpoint_management.latest_checkpoint(model_dir)
        results = {}
        if not latest or (only_once and latest == evaluated):
            tf_logging.debug("No new checkpoint ready for evaluation.")
        else:
            results = evaluate(latest) or {}
            if export:
                export(results, latest)
            evaluated = latest
        time.sleep(max(0.0, throttle - (time.time() - start)))
