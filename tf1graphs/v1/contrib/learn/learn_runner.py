"""``learn_runner``: makes an ``Experiment`` and does with it what its task in the cluster is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tf1graphs.v1.contrib.learn.estimators.run_config import RunConfig, TaskType
from tf1graphs.v1.contrib.learn.experiment import Experiment
from tf1graphs.v1.contrib.training import HParams

__all__ = ["run", "tune"]

_SCHEDULES = {
    TaskType.MASTER: "train_and_evaluate",
    TaskType.PS: "run_std_server",
    TaskType.WORKER: "train",
}


def run(
    experiment_fn: Callable[..., Experiment],
    output_dir: str | None = None,
    schedule: str | None = None,
    run_config: Any = None,
    hparams: Any = None,
) -> Any:
    """Makes an experiment and calls one of its methods; returns what that returns.

    Args:
        experiment_fn: Returns the experiment, for ``(run_config, hparams)``, or for ``(output_dir)``.
        output_dir: The folder of the model, in place of ``run_config``.
        schedule: The method; by default ``train_and_evaluate``, and in a cluster what the type of the task calls for.
        run_config: The ``RunConfig``, with a ``model_dir``, which the estimator has to be made with.
        hparams: The ``tf.contrib.training.HParams``.

    Raises:
        ValueError: Not one of ``output_dir`` and ``run_config`` is given, the options do not go together, there is no
            such method, or the task has none.
        TypeError: ``experiment_fn`` or the method cannot be called, or it gives no experiment.
        RuntimeError: The estimator has another configuration.
    """
    if output_dir is not None and run_config is not None:
        raise ValueError("Cannot provide both `output_dir` and `run_config`")
    if output_dir is None and run_config is None:
        raise ValueError("Must set value for `output_dir` or `run_config`")
    if not callable(experiment_fn):
        raise TypeError(f'Experiment builder "{experiment_fn}" is not callable.')
    if run_config is not None:
        experiment = _with_config(experiment_fn, run_config, hparams)
    else:
        experiment = _with_folder(experiment_fn, output_dir, hparams)
    schedule = schedule or _default_schedule(run_config or experiment.estimator.config)
    method = getattr(experiment, schedule, None)
    if method is None:
        raise ValueError(f"Schedule references non-existent task {schedule}")
    if not callable(method):
        raise TypeError(f"Schedule references non-callable member {schedule}")
    return method()


def tune(experiment_fn: Callable[..., Experiment], tuner: Any) -> None:
    """Runs the trials of a tuner.

    Args:
        experiment_fn: Returns the experiment for ``(run_config, hparams)``.
        tuner: Its ``next_trial()`` says whether there is one more, ``run_experiment(function)`` runs it: it calls the
            function with ``run_config`` and ``hparams``.
    """

    def checked(run_config: Any, hparams: Any) -> Experiment:
        return _with_config(experiment_fn, run_config, hparams, needs_hparams=True)

    while tuner.next_trial():
        tuner.run_experiment(checked)


def _with_folder(experiment_fn: Callable[..., Experiment], output_dir: str | None, hparams: Any) -> Experiment:
    if not output_dir:
        raise ValueError("Must specify an output directory")
    if hparams is not None:
        raise ValueError("Must set `hparams` as None for `experiment_fn` with `output_dir`.")
    return _checked(experiment_fn(output_dir=output_dir))


def _with_config(
    experiment_fn: Callable[..., Experiment], run_config: Any, hparams: Any, needs_hparams: bool = False
) -> Experiment:
    if not isinstance(run_config, RunConfig):
        raise ValueError("`run_config` must be `tf.contrib.learn.RunConfig` instance")
    if not run_config.model_dir:
        raise ValueError("Must specify a model directory `model_dir` in `run_config`.")
    if hparams is not None and not isinstance(hparams, HParams):
        raise ValueError("`hparams` must be `HParams` instance")
    if needs_hparams and hparams is None:
        raise ValueError("`hparams` cannot be `None`.")
    expected = run_config.uid()
    experiment = _checked(experiment_fn(run_config, hparams))
    used = experiment.estimator.config
    if not hasattr(used, "uid"):
        raise RuntimeError(
            "Pass `run_config` argument of the `experiment_fn` to the Estimator in Experiment. It is likely a "
            "different `RunConfig` is passed to `Estimator` or the `config` constructor argument in `Estimator` is "
            "not set."
        )
    if used.uid() != expected:
        raise RuntimeError(
            "`RunConfig` instance is expected to be used by the `Estimator` inside the `Experiment`. expected "
            f"{expected}, but got {used.uid()}"
        )
    return experiment


def _checked(experiment: Any) -> Experiment:
    if not isinstance(experiment, Experiment):
        raise TypeError(f"Experiment builder did not return an Experiment instance, got {type(experiment)} instead.")
    return experiment


def _default_schedule(config: Any) -> str:
    tasks = config.cluster_spec.as_dict().values() if config and config.cluster_spec else []
    if sum(len(addresses) for addresses in tasks) <= 1:
        return "train_and_evaluate"
    if not config.task_type:
        raise ValueError("Must specify a schedule")
    if config.task_type not in _SCHEDULES:
        raise ValueError(f"No default schedule for task type: {config.task_type}")
    return _SCHEDULES[config.task_type]
