"""``Experiment``: an estimator with its data, and what may be done with both."""

# ruff: noqa: I001 (_tf_estimator comes first: it prepares TensorFlow for the estimators)
from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Sequence
from typing import Any

from tf1graphs.v1 import _tf_estimator  # noqa: F401
from tensorflow.python.platform import tf_logging
from tensorflow.python.training import basic_session_run_hooks, checkpoint_management, server_lib
from tensorflow.python.util import compat
from tensorflow_estimator.python.estimator.estimator import Estimator

from tf1graphs.v1.contrib.learn import monitors
from tf1graphs.v1.contrib.learn._continuous_evaluation import continuous_evaluation, has_stopped, standard_predicate
from tf1graphs.v1.contrib.learn._evaluation_listener import EvaluationListener
from tf1graphs.v1.contrib.learn.estimators.run_config import Environment, RunConfig
from tf1graphs.v1.contrib.learn.evaluable import Evaluable
from tf1graphs.v1.contrib.learn.export_strategy import ExportStrategy
from tf1graphs.v1.contrib.learn.trainable import Trainable

__all__ = ["Experiment"]

_STEPS_PER_ITERATION = 1000
_LONGEST_DELAY = 60
_DELAY_PER_WORKER = 5
_STEPS_OF_DELAY = 8000.0


class Experiment:
    """What is needed to train and evaluate a model, alone or as a task of a cluster.

    Args:
        estimator: A ``tf.estimator.Estimator``, or one that is both ``Trainable`` and ``Evaluable``.
        train_input_fn: Returns features and labels to train with.
        eval_input_fn: Returns features and labels to evaluate with.
        eval_metrics: More metrics, by name; None for a ``tf.estimator.Estimator``.
        train_steps: The global step at which training stops; never by default.
        eval_steps: The number of batches to evaluate with; None for all.
        train_monitors: Monitors and hooks of the training.
        eval_hooks: Hooks of the evaluation.
        local_eval_frequency: ``min_eval_frequency`` for ``local_run``.
        eval_delay_secs: How long evaluation waits before it begins.
        continuous_eval_throttle_secs: The least time from one evaluation of ``continuous_eval`` to the next.
        min_eval_frequency: The steps from one look for a checkpoint of ``train_and_evaluate`` to the next, 1 by
            default; 0 evaluates only at the end.
        delay_workers_by_global_step: Whether workers wait for a step rather than a time before they begin.
        export_strategies: An ``ExportStrategy``, or several.
        train_steps_per_iteration: The steps that ``continuous_train_and_eval`` trains at a time.
        checkpoint_and_export: Whether ``train_and_evaluate`` evaluates and exports each checkpoint.
        saving_listeners: Listeners of the checkpoints; for a ``tf.estimator.Estimator`` alone.
        check_interval_secs: The least time from one look for a checkpoint to the next.

    Raises:
        ValueError: There is no such estimator, or it does not take the options.
    """

    def __init__(
        self,
        estimator: Any,
        train_input_fn: Callable[[], Any],
        eval_input_fn: Callable[[], Any],
        eval_metrics: Any = None,
        train_steps: int | None = None,
        eval_steps: int | None = 100,
        train_monitors: Sequence[Any] | None = None,
        eval_hooks: Sequence[Any] | None = None,
        local_eval_frequency: int | None = None,
        eval_delay_secs: float = 120,
        continuous_eval_throttle_secs: float = 60,
        min_eval_frequency: int | None = None,
        delay_workers_by_global_step: bool = False,
        export_strategies: Any = None,
        train_steps_per_iteration: int | None = None,
        checkpoint_and_export: bool = False,
        saving_listeners: Any = None,
        check_interval_secs: float = 5,
    ) -> None:
        self._core_estimator_used = isinstance(estimator, Estimator)
        self._check(estimator, eval_metrics, saving_listeners)
        self._estimator = estimator
        self._train_input_fn = train_input_fn
        self._eval_input_fn = eval_input_fn
        self._eval_metrics = eval_metrics
        self._train_steps = train_steps
        self._eval_steps = eval_steps
        self._local_eval_frequency = local_eval_frequency
        self._eval_delay_secs = eval_delay_secs
        self._continuous_eval_throttle_secs = continuous_eval_throttle_secs
        self._checkpoint_and_export = checkpoint_and_export
        self._saving_listeners = saving_listeners
        self._min_eval_frequency = 1 if min_eval_frequency is None else min_eval_frequency
        self._check_interval_secs = check_interval_secs
        self._delay_workers_by_global_step = delay_workers_by_global_step
        self._train_monitors = list(train_monitors or [])
        self._eval_hooks = list(eval_hooks or [])
        self._export_strategies = _strategies(export_strategies)
        self._train_steps_per_iteration = train_steps_per_iteration
        if not isinstance(train_steps_per_iteration, (int, type(None))):
            raise ValueError("`train_steps_per_iteration` must be an integer.")

    def _check(self, estimator: Any, eval_metrics: Any, saving_listeners: Any) -> None:
        if self._core_estimator_used:
            if eval_metrics is not None:
                raise ValueError(
                    "`eval_metrics` must be `None` with `tf.estimator.Estimator`. Use `eval_metric_ops` in "
                    "`tf.estimator.EstimatorSpec` instead."
                )
            return
        for interface in (Evaluable, Trainable):
            if not isinstance(estimator, interface):
                name = f"tf.contrib.learn.{interface.__name__}"
                raise ValueError(f"`estimator` must implement `{name}` or `tf.estimator.Estimator`.")
        if saving_listeners is not None:
            raise ValueError("`saving_listeners` must be `None` with `tf.contrib.learn.Estimator`.")

    @property
    def estimator(self) -> Any:
        """The estimator."""
        return self._estimator

    @property
    def eval_metrics(self) -> Any:
        """The added metrics."""
        return self._eval_metrics

    @property
    def train_steps(self) -> int | None:
        """The global step at which training stops."""
        return self._train_steps

    @property
    def eval_steps(self) -> int | None:
        """The number of batches to evaluate with."""
        return self._eval_steps

    def extend_train_hooks(self, additional_hooks: Sequence[Any]) -> None:
        """Adds hooks or monitors to the training."""
        self._train_monitors.extend(additional_hooks)

    def reset_export_strategies(self, new_export_strategies: Any = None) -> tuple[ExportStrategy, ...]:
        """Replaces the export strategies, and returns the former ones."""
        former = self._export_strategies
        self._export_strategies = _strategies(new_export_strategies)
        return former

    def train(self, delay_secs: float | None = None) -> Any:
        """Trains the model to ``train_steps``, and returns the estimator; starts the server of a task in a cluster.

        Args:
            delay_secs: How long to wait before; by default the longer the later this worker's number.

        Raises:
            ValueError: A cluster is used without ``tf.contrib.learn.RunConfig``.
        """
        return self._train(delay_secs, [])

    def _train(self, delay_secs: float | None, more_hooks: list[Any]) -> Any:
        self._serve_if_clustered()
        hooks = [*self._train_monitors, *more_hooks]
        task = self._estimator.config.task_id or 0
        if delay_secs is None and self._delay_workers_by_global_step:
            # 5,500 steps for the second worker, and fewer more for each after it.
            steps = int(_STEPS_OF_DELAY * math.log(task + 1))
            hooks.append(basic_session_run_hooks.GlobalStepWaiterHook(steps))
            delay_secs = 0
        self._wait(min(_LONGEST_DELAY, task * _DELAY_PER_WORKER) if delay_secs is None else delay_secs, "training")
        return self._call_train(
            input_fn=self._train_input_fn,
            max_steps=self._train_steps,
            hooks=hooks,
            saving_listeners=self._saving_listeners,
        )

    def _serve_if_clustered(self) -> None:
        config = self._estimator.config
        if not (config.cluster_spec and config.master):
            return
        if not isinstance(config, RunConfig):
            raise ValueError(
                "For distributed runtime, Experiment class only works with tf.contrib.learn.RunConfig for now, but "
                f"provided {type(config)}"
            )
        if config.environment == Environment.LOCAL:
            tf_logging.warn(
                "ClusterSpec and master are provided, but environment is set to 'local'. Set environment to 'cloud' "
                "if you intend to use the distributed runtime."
            )
        elif config.environment != Environment.GOOGLE:
            self._start_server()

    def _wait(self, seconds: float, what: str) -> None:
        if seconds:
            tf_logging.info("Waiting %f secs before starting %s.", seconds, what)
            time.sleep(seconds)

    def evaluate(self, delay_secs: float | None = None, name: str | None = None) -> Any:
        """Returns the metrics of the model.

        Args:
            delay_secs: How long to wait before; ``eval_delay_secs`` by default.
            name: What the folder of the summaries ends with; ``"one_pass"`` by default.
        """
        self._wait(self._eval_delay_secs if delay_secs is None else delay_secs, "eval")
        return self._evaluate(name or "one_pass")

    def _evaluate(self, name: str | None, checkpoint_path: str | None = None) -> Any:
        return self._call_evaluate(
            input_fn=self._eval_input_fn,
            steps=self._eval_steps,
            metrics=self._eval_metrics,
            name=name,
            checkpoint_path=checkpoint_path,
            hooks=self._eval_hooks,
        )

    def local_run(self) -> tuple[Any, list[Any]]:
        """Does what ``train_and_evaluate`` does, with an evaluation every ``local_eval_frequency`` steps."""
        return self._train_and_evaluate(self._local_eval_frequency)

    def train_and_evaluate(self) -> tuple[Any, list[Any]]:
        """Trains the model and evaluates checkpoints on the way; returns the last metrics and the exports."""
        return self._train_and_evaluate(self._min_eval_frequency)

    def _train_and_evaluate(self, frequency: int | None) -> tuple[Any, list[Any]]:
        config = self._estimator.config
        if self._checkpoint_and_export and (config.save_checkpoints_secs or config.save_checkpoints_steps):
            return self._train_and_export(config)
        # Without a name, summaries go to the folder "eval".
        validation = monitors.ValidationMonitor(
            input_fn=self._eval_input_fn,
            eval_steps=self._eval_steps,
            metrics=self._eval_metrics,
            every_n_steps=frequency or 0,
            check_interval_secs=self._check_interval_secs,
            name=None,
            hooks=self._eval_hooks,
        )
        self._train(0, [validation] if frequency else [])
        result = self._evaluate(None)
        return result, self._export(result)

    def _train_and_export(self, config: Any) -> tuple[Any, Any]:
        listener = EvaluationListener(
            lambda path: self._evaluate("intermediate_export", path), self._export, self._estimator.model_dir
        )
        saver = basic_session_run_hooks.CheckpointSaverHook(
            checkpoint_dir=self._estimator.model_dir,
            save_secs=config.save_checkpoints_secs,
            save_steps=config.save_checkpoints_steps,
            listeners=[listener],
        )
        self._train(0, [saver])
        return listener.eval_result, listener.export_results

    def continuous_eval(
        self,
        delay_secs: float | None = None,
        throttle_delay_secs: float | None = None,
        evaluate_checkpoint_only_once: bool = True,
        continuous_eval_predicate_fn: Any = None,
        name: str = "continuous",
    ) -> None:
        """Evaluates and exports checkpoints as they come, until training has reached ``train_steps``.

        Args:
            delay_secs: How long to wait before; ``eval_delay_secs`` by default.
            throttle_delay_secs: The least time from one evaluation to the next.
            evaluate_checkpoint_only_once: Whether to wait for a new checkpoint.
            continuous_eval_predicate_fn: Returns whether to go on, for ``eval_results`` and, if it takes it,
                ``checkpoint_path``; both are None before the first evaluation.
            name: What the folder of the summaries ends with.

        Raises:
            ValueError: The predicate is no function.
        """
        self._continue_evaluation(
            self._eval_input_fn,
            name,
            delay_secs,
            throttle_delay_secs,
            continuous_eval_predicate_fn,
            only_once=evaluate_checkpoint_only_once,
            export=self._export,
        )

    def continuous_eval_on_train_data(
        self,
        delay_secs: float | None = None,
        throttle_delay_secs: float | None = None,
        continuous_eval_predicate_fn: Any = None,
        name: str = "continuous_on_train_data",
    ) -> None:
        """Does what ``continuous_eval`` does with the data of training, and does not export."""
        self._continue_evaluation(
            self._train_input_fn, name, delay_secs, throttle_delay_secs, continuous_eval_predicate_fn
        )

    def _continue_evaluation(
        self, input_fn: Any, name: str, delay: float | None, throttle: float | None, predicate: Any, **options: Any
    ) -> None:
        def evaluate(path: str) -> Any:
            return self._call_evaluate(
                input_fn=input_fn,
                steps=self._eval_steps,
                metrics=self._eval_metrics,
                name=name,
                checkpoint_path=path,
                hooks=self._eval_hooks,
            )

        predicate = standard_predicate(predicate)
        self._wait(self._eval_delay_secs if delay is None else delay, "eval")
        throttle = self._continuous_eval_throttle_secs if throttle is None else throttle
        continuous_evaluation(evaluate, self._estimator.model_dir, self._train_steps, throttle, predicate, **options)

    def continuous_train_and_eval(self, continuous_eval_predicate_fn: Any = None) -> tuple[Any, Any]:
        """Trains ``train_steps_per_iteration`` steps and evaluates and exports, in turns; returns what both gave last.

        Args:
            continuous_eval_predicate_fn: As for ``continuous_eval``.

        Raises:
            ValueError: The predicate is no function.
        """
        goes_on = standard_predicate(continuous_eval_predicate_fn)
        steps = self._train_steps_per_iteration
        if steps is None:
            steps = _STEPS_PER_ITERATION if self._train_steps is None else int(self._train_steps / 10)
        result = exports = latest = None
        while goes_on(result, latest) and not has_stopped(result, self._train_steps):
            self._call_train(
                input_fn=self._train_input_fn,
                steps=steps,
                hooks=self._train_monitors,
                saving_listeners=self._saving_listeners,
            )
            latest = checkpoint_management.latest_checkpoint(self._estimator.model_dir)
            result = self._evaluate("one_pass", latest)
            exports = self._export(result)
        return result, exports

    def _export(self, eval_result: Any, checkpoint_path: str | None = None) -> list[Any]:
        base = os.path.join(compat.as_bytes(self._estimator.model_dir), b"export")
        return [
            strategy.export(
                self._estimator,
                os.path.join(base, compat.as_bytes(strategy.name)),
                checkpoint_path=checkpoint_path,
                eval_result=eval_result,
            )
            for strategy in self._export_strategies
        ]

    def run_std_server(self) -> None:
        """Serves this task of a cluster, and does not return; for parameter servers.

        Raises:
            ValueError: The configuration names no task of a cluster.
        """
        self._start_server().join()

    def test(self) -> Any:
        """Trains, evaluates and exports with one step each, and returns the metrics."""
        self._call_train(
            input_fn=self._train_input_fn,
            steps=1,
            hooks=self._train_monitors,
            saving_listeners=self._saving_listeners,
        )
        result = self._call_evaluate(input_fn=self._eval_input_fn, steps=1, metrics=self._eval_metrics, name="one_pass")
        self._export(result)
        return result

    def _start_server(self) -> Any:
        config = self._estimator.config
        if not (config.cluster_spec and config.task_type and config.master) or config.task_id is None:
            raise ValueError(
                "Could not start server; be sure to specify cluster_spec, task_type, master, and task in RunConfig or "
                "set the TF_CONFIG environment variable."
            )
        return server_lib.Server(
            config.cluster_spec, job_name=config.task_type, task_index=config.task_id, config=config.tf_config
        )

    def _call_train(self, *, hooks: list[Any], saving_listeners: Any, steps: int | None = None, **options: Any) -> Any:
        hooks = monitors.replace_monitors_with_hooks(hooks, self._estimator)
        if self._core_estimator_used:
            return self._estimator.train(steps=steps, hooks=hooks, saving_listeners=saving_listeners, **options)
        return self._estimator.fit(steps=steps, monitors=hooks, **options)

    def _call_evaluate(self, *, metrics: Any, **options: Any) -> Any:
        return self._estimator.evaluate(**options, **({} if self._core_estimator_used else {"metrics": metrics}))


def _strategies(given: Any) -> tuple[ExportStrategy, ...]:
    strategies = (given,) if isinstance(given, ExportStrategy) else tuple(given or ())
    for strategy in strategies:
        if not isinstance(strategy, ExportStrategy):
            raise ValueError(
                "`export_strategies` must be an ExportStrategy, an iterable of ExportStrategy, or `None`, found "
                f"{strategy}."
            )
    return strategies
