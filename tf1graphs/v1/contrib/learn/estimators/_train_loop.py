"""Training: the graph of a model in its training mode, run until a hook or the data stops it."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import ops, random_seed
from tensorflow.python.training import (
    basic_session_run_hooks,
    device_setter,
    monitored_session,
    saver,
    training_util,
)

_STEPS_BETWEEN_LOGS = 100
# The kinds of ops that parameter servers hold.
_ON_PARAMETER_SERVERS = [
    "AutoReloadVariable",
    "MutableDenseHashTable",
    "MutableDenseHashTableV2",
    "MutableHashTable",
    "MutableHashTableOfTensors",
    "MutableHashTableOfTensorsV2",
    "MutableHashTableV2",
    "VarHandleOp",
    "Variable",
    "VariableV2",
]


def replica_device_setter(config: Any) -> Any:
    """Returns the function that places variables on parameter servers, None where there are none."""
    if config.num_ps_replicas <= 0:
        return None
    worker = f"/job:{config.task_type}/task:{config.task_id}" if config.task_type else "/job:worker"
    return device_setter.replica_device_setter(
        ps_tasks=config.num_ps_replicas,
        worker_device=worker,
        merge_devices=True,
        ps_ops=_ON_PARAMETER_SERVERS,
        cluster=config.cluster_spec,
    )


def train(estimator: Any, input_fn: Any, hooks: list[Any]) -> Any:
    """Trains an estimator; returns the loss of the last step."""
    config = estimator._config
    estimator._graph = ops.Graph()
    with estimator._graph.as_default() as graph, graph.device(estimator._device_fn):
        random_seed.set_random_seed(config.tf_random_seed)
        global_step = training_util.create_global_step(graph)
        features, labels = input_fn()
        estimator._check_inputs(features, labels)
        # Hooks read the step through this op; made here, it counts before the ops of the model.
        training_util._get_or_create_global_step_read()
        model = estimator._get_train_ops(features, labels)
        ops.add_to_collection(ops.GraphKeys.LOSSES, model.loss)
        logged = {"loss": model.loss, "step": global_step}
        all_hooks = [
            *hooks,
            basic_session_run_hooks.NanTensorHook(model.loss),
            basic_session_run_hooks.LoggingTensorHook(logged, every_n_iter=_STEPS_BETWEEN_LOGS),
            *model.training_hooks,
        ]
        scaffold = model.scaffold or monitored_session.Scaffold()
        _add_saver(scaffold, config)
        chief_hooks = _saver_hooks(estimator, scaffold, all_hooks + model.training_chief_hooks)
        with monitored_session.MonitoredTrainingSession(
            master=config.master,
            is_chief=config.is_chief,
            checkpoint_dir=estimator._model_dir,
            scaffold=scaffold,
            hooks=all_hooks,
            chief_only_hooks=chief_hooks + model.training_chief_hooks,
            save_checkpoint_secs=0,  # The saver hook above does it.
            save_summaries_steps=config.save_summary_steps,
            max_wait_secs=config.session_creation_timeout_secs,
            config=estimator._session_config,
        ) as session:
            loss = None
            while not session.should_stop():
                _, loss = session.run([model.train_op, model.loss])
        return loss


def _add_saver(scaffold: Any, config: Any) -> None:
    if scaffold.saver or ops.get_collection(ops.GraphKeys.SAVERS):
        return
    default = saver.Saver(
        sharded=True,
        max_to_keep=config.keep_checkpoint_max,
        keep_checkpoint_every_n_hours=config.keep_checkpoint_every_n_hours,
        defer_build=True,
        save_relative_paths=True,
    )
    ops.add_to_collection(ops.GraphKeys.SAVERS, default)


def _saver_hooks(estimator: Any, scaffold: Any, others: list[Any]) -> list[Any]:
    seconds, steps = estimator._config.save_checkpoints_secs, estimator._config.save_checkpoints_steps
    saved_by_others = any(isinstance(hook, basic_session_run_hooks.CheckpointSaverHook) for hook in others)
    if saved_by_others or not (seconds or steps):
        return []
    return [
        basic_session_run_hooks.CheckpointSaverHook(
            estimator._model_dir, save_secs=seconds, save_steps=steps, scaffold=scaffold
        )
    ]
