"""Evaluation and prediction: the graph of a model, run with the variables of a checkpoint."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from tensorflow.python.framework import ops, random_seed, sparse_tensor
from tensorflow.python.platform import tf_logging as logging
from tensorflow.python.training import (
    basic_session_run_hooks,
    checkpoint_management,
    monitored_session,
    training_util,
)

from tf1graphs.v1.contrib import training
from tf1graphs.v1.contrib.learn.estimators._evaluation_summary import write_dict_to_summary
from tf1graphs.v1.contrib.learn.estimators._metric_ops import split_metrics
from tf1graphs.v1.contrib.learn.estimators._sklearn import NotFittedError

# The modes of execution, of a configuration that has one, in which there are evaluations.
_EVALUATING = ("all", "evaluate", "eval_evalset")


def latest_checkpoint(model_dir: str) -> Any:
    """Returns the path of the last checkpoint in a folder.

    Raises:
        NotFittedError: There is none.
    """
    path = checkpoint_management.latest_checkpoint(model_dir)
    if not path:
        raise NotFittedError(f"Couldn't find trained model at {model_dir}.")
    return path


def evaluate(
    estimator: Any,
    input_fn: Any,
    steps: int | None,
    feed_fn: Any,
    metrics: Any,
    name: str | None,
    checkpoint_path: str | None,
    hooks: Any,
    log_progress: bool,
) -> tuple[Any, Any]:
    """Returns the metrics by name, and the step of the checkpoint; both are written as a summary.

    Raises:
        NotFittedError: There is no checkpoint.
    """
    config = estimator._config
    if getattr(config, "execution_mode", "all") not in _EVALUATING:
        return None, None
    checkpoint_path = checkpoint_path or latest_checkpoint(estimator._model_dir)
    with ops.Graph().as_default() as graph:
        random_seed.set_random_seed(config.tf_random_seed)
        global_step = training_util.create_global_step(graph)
        features, labels = input_fn()
        estimator._check_inputs(features, labels)
        model = estimator._get_eval_ops(features, labels, metrics)
        update_op, values = split_metrics(model.eval_metric_ops)
        step_key = "global_step"
        while step_key in values:
            step_key = f"_{step_key}"
        values[step_key] = global_step
        found = training.evaluate_once(
            checkpoint_path=checkpoint_path,
            master=config.evaluation_master,
            scaffold=model.scaffold,
            eval_ops=update_op,
            final_ops=values,
            hooks=_evaluation_hooks(hooks, feed_fn, steps, log_progress),
            config=estimator._session_config,
        )
        step = found[step_key]
        write_dict_to_summary(os.path.join(estimator._model_dir, f"eval_{name}" if name else "eval"), found, step)
    return found, step


def _evaluation_hooks(hooks: Any, feed_fn: Any, steps: int | None, log_progress: bool) -> list[Any]:
    found = list(hooks or [])
    if feed_fn:
        found.append(basic_session_run_hooks.FeedFnHook(feed_fn))
    if steps == 0:
        logging.warning(
            "evaluation steps are 0. If `input_fn` does not raise `OutOfRangeError`, the evaluation will never stop. "
            "Use steps=None if intended."
        )
    if steps:
        found.append(training.StopAfterNEvalsHook(steps, log_progress=log_progress))
    return found


def infer(estimator: Any, input_fn: Any, feed_fn: Any, outputs: Any, as_iterable: bool, iterate_batches: bool) -> Any:
    """Returns predictions: of one batch, or yields them one by one or batch by batch.

    Raises:
        NotFittedError: There is no checkpoint.
        ValueError: ``outputs`` are no predictions of the model.
    """
    checkpoint_path = latest_checkpoint(estimator._model_dir)
    with ops.Graph().as_default() as graph:
        random_seed.set_random_seed(estimator._config.tf_random_seed)
        training_util.create_global_step(graph)
        found = input_fn()
        model = estimator._get_predict_ops(found[0] if isinstance(found, (list, tuple)) else found)
        predictions = _filtered(model.predictions, outputs)
        session = monitored_session.MonitoredSession(
            session_creator=monitored_session.ChiefSessionCreator(
                checkpoint_filename_with_path=checkpoint_path,
                scaffold=model.scaffold,
                config=estimator._session_config,
            )
        )
        if as_iterable:
            return _each(session, predictions, feed_fn, iterate_batches)
        with session:
            return None if session.should_stop() else session.run(predictions, feed_fn() if feed_fn else None)


def _filtered(predictions: Any, outputs: Any) -> Any:
    if not outputs:
        return predictions
    if not isinstance(predictions, dict):
        raise ValueError("outputs argument is not valid in case of non-dict predictions.")
    chosen = {key: value for key, value in predictions.items() if key in outputs}
    if not chosen:
        raise ValueError(f"Expected to run at least one output from {predictions.keys()}, provided {outputs}.")
    return chosen


def _each(session: Any, predictions: Any, feed_fn: Any, iterate_batches: bool) -> Iterator[Any]:
    with session:
        while not session.should_stop():
            found = session.run(predictions, feed_fn() if feed_fn else None)
            if iterate_batches:
                yield found
            elif isinstance(predictions, dict):
                for index in range(_batch_size(next(iter(found.values())))):
                    yield {key: value[index] for key, value in found.items()}
            else:
                yield from found
            # Without queues and feeds each run would give the same again.
            if not feed_fn and not session.graph.get_collection(ops.GraphKeys.QUEUE_RUNNERS):
                return


def _batch_size(values: Any) -> int:
    shape = values.dense_shape if isinstance(values, sparse_tensor.SparseTensorValue) else values.shape
    return int(shape[0])
