"""What ``tensorflow.python.distribute.estimator_training`` was: ``tf.estimator`` with distribution strategies.

Every worker of a cluster gets a copy of the estimator, with the settings of its place in the cluster.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

from tensorflow.python.distribute import distribute_coordinator as coordinator
from tensorflow.python.distribute import distribute_coordinator_context, multi_worker_util
from tensorflow.python.training import server_lib

CHIEF, EVALUATOR, PS, WORKER = "chief", "evaluator", "ps", "worker"
_MODES = coordinator.CoordinatorMode


def init_run_config(config: Any, tf_config: Mapping[str, Any]) -> None:
    """Sets up a ``RunConfig`` from the cluster in ``TF_CONFIG`` and the strategies that it was given.

    Raises:
        ValueError: A strategy or the cluster was given in two ways.
    """
    distribute = config._experimental_distribute
    for kind in ("train_distribute", "eval_distribute"):
        strategy = distribute and getattr(distribute, kind)
        if strategy:
            if getattr(config, f"_{kind}"):
                raise ValueError(f"Either `{kind}` or`experimental_distribute.{kind}` can be set.")
            setattr(config, f"_{kind}", strategy)
    cluster = server_lib.ClusterSpec(tf_config.get("cluster", {}))
    config._init_distributed_setting_from_environment_var({})
    if config._train_distribute and distribute and distribute.remote_cluster:
        if cluster:
            raise ValueError('Cannot set both "cluster_spec" of TF_CONFIG and `experimental_distribute.remote_cluster`')
        config._distribute_coordinator_mode = _MODES.STANDALONE_CLIENT
        config._cluster_spec = distribute.remote_cluster
    elif cluster and "master" not in cluster.jobs and config._train_distribute:
        # The coordinator asks TF_CONFIG for the rest.
        config._distribute_coordinator_mode = _MODES.INDEPENDENT_WORKER
        config._cluster_spec = cluster
    else:
        config._distribute_coordinator_mode = None
        config._init_distributed_setting_from_environment_var(tf_config)
        config._maybe_overwrite_session_config_for_distributed_training()


def should_run_distribute_coordinator(config: Any) -> bool:
    """Whether the coordinator trains, rather than the estimator in its own process."""
    return bool(getattr(config, "_distribute_coordinator_mode", None) and config.cluster_spec)


def train_and_evaluate(estimator: Any, train_spec: Any, eval_spec: Any, executor_cls: Any) -> None:
    """Trains or evaluates, whichever is this task's part in the cluster.

    Raises:
        ValueError: The estimator was not configured for it.
    """
    config = estimator.config
    mode = config._distribute_coordinator_mode
    if not mode:
        raise ValueError("Distribute coordinator mode is not specified in `RunConfig`.")

    def train(strategy: Any) -> None:
        local, context = _local(estimator, "train", strategy)
        hooks = list(train_spec.hooks) if mode == _MODES.INDEPENDENT_WORKER or context.is_chief else []
        # Or it would call the coordinator once more.
        local._config._distribute_coordinator_mode = None
        local.train(input_fn=train_spec.input_fn, max_steps=train_spec.max_steps, hooks=hooks)

    def evaluate(strategy: Any) -> None:
        local, _ = _local(estimator, "eval", strategy)
        local._config._distribute_coordinator_mode = None
        executor_cls(local, train_spec, eval_spec)._start_continuous_evaluation()

    coordinator.run_distribute_coordinator(
        train,
        config.train_distribute,
        evaluate,
        config.eval_distribute,
        mode=mode,
        cluster_spec=config.cluster_spec if mode == _MODES.STANDALONE_CLIENT else None,
        session_config=config.session_config,
    )


def estimator_train(estimator: Any, train_distributed_fn: Callable[..., Any], hooks: list[Any]) -> Any:
    """Trains as a client of a remote cluster; see ``_run_as_client``."""

    def train(strategy: Any) -> Any:
        local, context = _local(estimator, "train", strategy)
        train_distributed_fn(local, strategy, hooks if context.is_chief else [])
        return local

    return _run_as_client(estimator._config, estimator._config._train_distribute, "estimator.train", train)


def estimator_evaluate(estimator: Any, evaluate_distributed_fn: Callable[..., Any], hooks: list[Any]) -> Any:
    """Evaluates as a client of a remote cluster; see ``_run_as_client``."""

    def evaluate(strategy: Any) -> Any:
        local, context = _local(estimator, "eval", strategy)
        return evaluate_distributed_fn(local, strategy, hooks if context.is_chief else [])

    return _run_as_client(estimator._config, estimator._config._eval_distribute, "Estimator.evaluate", evaluate)


def _run_as_client(config: Any, strategy: Any, method: str, run: Callable[[Any], Any]) -> Any:
    """Runs a function for every worker of a remote cluster.

    Raises:
        ValueError: The cluster has an evaluator, or the tasks are to run in processes of their own, or each is to
            have a graph of its own.
    """
    cluster = multi_worker_util.normalize_cluster_spec(config.cluster_spec)
    if EVALUATOR in cluster.jobs:
        raise ValueError("'evaluator' job is not supported if you don't use `train_and_evaluate`")
    if config._distribute_coordinator_mode != _MODES.STANDALONE_CLIENT:
        raise ValueError(f"Only `STANDALONE_CLIENT` mode is supported when you call `{method}`")
    if strategy.extended.experimental_between_graph:
        raise ValueError(
            f"`{method[0].upper()}{method[1:]}` API is not supported for {type(strategy).__name__} with "
            "`STANDALONE_CLIENT` mode."
        )
    return coordinator.run_distribute_coordinator(
        run,
        strategy,
        mode=config._distribute_coordinator_mode,
        cluster_spec=cluster,
        session_config=config.session_config,
    )


def _local(estimator: Any, kind: str, strategy: Any) -> tuple[Any, Any]:
    """Returns a copy of the estimator for the worker whose thread this is, and the worker's context."""
    local = copy.deepcopy(estimator)
    setattr(local._config, f"_{kind}_distribute", strategy)
    context = distribute_coordinator_context.get_current_worker_context()
    _set_place(local._config, context)
    setattr(local, f"_{kind}_distribution", strategy)
    return local, context


def _set_place(config: Any, context: Any) -> None:
    """Writes a worker's place in the cluster into its ``RunConfig``."""
    config._service = None
    config._cluster_spec, config._task_type, config._task_id = context.cluster_spec, context.task_type, context.task_id
    config._evaluation_master = config._master = context.master_target
    config._is_chief = context.is_chief
    config._num_ps_replicas, config._num_worker_replicas, config._global_id_in_cluster = 0, 1, 0
    if not config._cluster_spec:
        return
    if config._task_type == EVALUATOR:
        # It is to know nothing of the other tasks.
        config._cluster_spec = server_lib.ClusterSpec({})
        config._num_worker_replicas, config._global_id_in_cluster = 0, None
        return
    tasks = config._cluster_spec.as_dict()
    config._num_ps_replicas = len(tasks.get(PS, []))
    config._num_worker_replicas = len(tasks.get(WORKER, [])) + len(tasks.get(CHIEF, []))
    config._global_id_in_cluster = _global_id(tasks, config._task_type, config._task_id)


def _global_id(tasks: Mapping[str, Any], task_type: str | None, task_id: int) -> int:
    """Returns the number of a task when chief, other tasks by name, and parameter servers are counted in this order."""
    if not task_type:
        return 0
    order = sorted(tasks, key=lambda job: (job != CHIEF, job == PS, job))
    return sum(len(tasks[job]) for job in order[: order.index(task_type)]) + task_id
