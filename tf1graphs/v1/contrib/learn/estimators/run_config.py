"""``RunConfig`` of ``tf.contrib.learn``: how and where an estimator runs, by its arguments and by ``TF_CONFIG``."""

# ruff: noqa: I001 (_tf_estimator comes first: it prepares TensorFlow for the estimators)
from __future__ import annotations

import json
import os
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from tf1graphs.v1 import _tf_estimator  # noqa: F401
from tensorflow.core.protobuf import config_pb2
from tensorflow.python.training import server_lib
from tensorflow_estimator.python.estimator import run_config as core

__all__ = ["ClusterConfig", "Environment", "RunConfig", "TaskType"]

_SECONDS_BETWEEN_CHECKPOINTS = 600
# What a program may change from one run to the next without being another experiment.
_FREE = """keep_checkpoint_every_n_hours keep_checkpoint_max log_step_count_steps save_checkpoints_secs
    save_checkpoints_steps save_summary_steps session_config tf_random_seed"""


class Environment:
    """The kinds of places to run in, as ``TF_CONFIG`` calls them."""

    CLOUD = "cloud"
    GOOGLE = "google"
    LOCAL = "local"


class TaskType:
    """The jobs of a cluster."""

    MASTER = "master"
    PS = "ps"
    WORKER = "worker"


def _tf_config() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(os.environ.get("TF_CONFIG") or "{}")
    return found


class ClusterConfig:
    """What ``TF_CONFIG`` says of the cluster and of this task.

    Args:
        master: The address of the session; by default that of this task in a cluster of several.
        evaluation_master: The address of the session for evaluation.

    Raises:
        ValueError: The cluster has no such task.
    """

    def __init__(self, master: str | None = None, evaluation_master: str | None = None) -> None:
        config = _tf_config()
        self._task_type = config.get("task", {}).get("type")
        self._task_id = self.get_task_id()
        self._cluster_spec = server_lib.ClusterSpec(config.get("cluster", {}))
        found = _address(self._cluster_spec, self._task_type, self._task_id)
        self._master = found if master is None else master
        jobs = self._cluster_spec.as_dict()
        self._num_ps_replicas = len(jobs.get("ps", []))
        self._num_worker_replicas = len(jobs.get("worker", [])) + len(jobs.get("master", []))
        self._environment = config.get("environment", Environment.LOCAL)
        self._is_chief = self._task_id == 0 and self._task_type in (None, self._type_of_chief())
        self._evaluation_master = evaluation_master or ""

    def _type_of_chief(self) -> str:
        return TaskType.MASTER if self._environment == Environment.CLOUD else TaskType.WORKER

    @property
    def cluster_spec(self) -> Any:
        """The ``tf.train.ClusterSpec``; an empty one outside of a cluster."""
        return self._cluster_spec

    @property
    def environment(self) -> str:
        """One of ``Environment``."""
        return str(self._environment)

    @property
    def evaluation_master(self) -> str:
        """The address of the session for evaluation."""
        return self._evaluation_master

    @property
    def is_chief(self) -> bool:
        """Whether this task writes checkpoints and summaries."""
        return self._is_chief

    @property
    def master(self) -> str:
        """The address of the session."""
        return self._master

    @property
    def num_ps_replicas(self) -> int:
        """The number of parameter servers."""
        return self._num_ps_replicas

    @property
    def num_worker_replicas(self) -> int:
        """The number of workers, with the master."""
        return self._num_worker_replicas

    @property
    def task_id(self) -> int:
        """The number of this task in its job."""
        return self._task_id

    @property
    def task_type(self) -> str | None:
        """The job of this task."""
        return self._task_type  # type: ignore[no-any-return]

    @staticmethod
    def get_task_id() -> int:
        """Returns the number of this task that ``TF_CONFIG`` gives, 0 by default."""
        return int(_tf_config().get("task", {}).get("index") or 0)


class RunConfig(ClusterConfig, core.RunConfig):  # type: ignore[misc]
    """How an estimator runs.

    Args:
        master: The address of the session; by default by ``TF_CONFIG``.
        num_cores: The number of threads of ``tf_config``; 0 leaves it to TensorFlow.
        log_device_placement: Whether ``tf_config`` logs the devices of ops.
        gpu_memory_fraction: The part of each GPU's memory in ``tf_config``.
        tf_random_seed: The seed of the graphs.
        save_summary_steps: The number of steps between summaries.
        save_checkpoints_secs: The seconds between checkpoints; 600 by default where there is no number of steps.
        save_checkpoints_steps: The number of steps between checkpoints.
        keep_checkpoint_max: The number of checkpoints to keep; None or 0 keeps all.
        keep_checkpoint_every_n_hours: The hours after which one is kept for good.
        log_step_count_steps: The number of steps between reports of the speed.
        protocol: The protocol of the server; ``grpc`` by default.
        evaluation_master: The address of the session for evaluation.
        model_dir: The folder of the model; by default by ``TF_CONFIG``.
        session_config: The ``tf.ConfigProto`` of the sessions of ``tf.estimator``'s estimators.
        session_creation_timeout_secs: How long a worker waits for its session.

    Raises:
        ValueError: ``TF_CONFIG`` names another ``model_dir``, or a task that its cluster has not.
    """

    _USE_DEFAULT = 0
    # Estimators of today ask for it; 1.15 always saved the graph.
    _checkpoint_save_graph_def = True

    def __init__(
        self,
        master: str | None = None,
        num_cores: int = 0,
        log_device_placement: bool = False,
        gpu_memory_fraction: float = 1,
        tf_random_seed: int | None = None,
        save_summary_steps: int | None = 100,
        save_checkpoints_secs: int | None = _USE_DEFAULT,
        save_checkpoints_steps: int | None = None,
        keep_checkpoint_max: int | None = 5,
        keep_checkpoint_every_n_hours: float = 10000,
        log_step_count_steps: int | None = 100,
        protocol: str | None = None,
        evaluation_master: str = "",
        model_dir: str | None = None,
        session_config: Any = None,
        session_creation_timeout_secs: float = 7200,
    ) -> None:
        # The __init__ of tf.estimator's would read TF_CONFIG by rules of its own.
        ClusterConfig.__init__(self, master, evaluation_master)
        self._train_distribute = self._eval_distribute = None
        self._experimental_max_worker_delay_secs = self._device_fn = None
        self._tf_config = config_pb2.ConfigProto(
            log_device_placement=log_device_placement,
            inter_op_parallelism_threads=num_cores,
            intra_op_parallelism_threads=num_cores,
            gpu_options=config_pb2.GPUOptions(per_process_gpu_memory_fraction=gpu_memory_fraction),
        )
        if save_checkpoints_secs == self._USE_DEFAULT:
            save_checkpoints_secs = _SECONDS_BETWEEN_CHECKPOINTS if save_checkpoints_steps is None else None
        self._tf_random_seed = tf_random_seed
        self._save_summary_steps = save_summary_steps
        self._save_checkpoints_secs = save_checkpoints_secs
        self._save_checkpoints_steps = save_checkpoints_steps
        self._log_step_count_steps = log_step_count_steps
        self._protocol = protocol
        self._session_config = session_config
        self._keep_checkpoint_max = keep_checkpoint_max
        self._keep_checkpoint_every_n_hours = keep_checkpoint_every_n_hours
        self._model_dir = _model_dir(model_dir)
        self._session_creation_timeout_secs = session_creation_timeout_secs

    @property
    def tf_config(self) -> Any:
        """The ``tf.ConfigProto`` of the sessions of ``tf.contrib.learn``'s estimators."""
        return self._tf_config

    def uid(self, whitelist: Sequence[str] | None = None) -> str:
        """Returns a text that differs where two configurations differ in more than some properties.

        Args:
            whitelist: The properties; by default those that change no more than how a run is recorded.
        """
        left_out = {f"_{name}" for name in (_FREE.split() if whitelist is None else whitelist)}
        state = {name: value for name, value in sorted(vars(self).items()) if name not in left_out}
        if "_cluster_spec" in state:
            state["_cluster_spec"] = OrderedDict(sorted(self._cluster_spec.as_dict().items()))
        return ", ".join(f"{name}={value!r}" for name, value in state.items() if not name.startswith("__"))


def _address(cluster_spec: Any, task_type: str | None, task_id: int) -> str:
    """Returns the address of a task in a cluster of several, and an empty one for a task that is alone."""
    jobs = cluster_spec.jobs
    if not task_type or not jobs or (len(jobs) == 1 and len(cluster_spec.job_tasks(jobs[0])) == 1):
        return ""
    note = f"cluster_spec:\n{cluster_spec}\n\nNote that these values may be coming from the TF_CONFIG variable."
    if task_type not in jobs:
        raise ValueError(f"{task_type} is not a valid task_type in the {note}")
    addresses = cluster_spec.job_tasks(task_type)
    if not 0 <= task_id < len(addresses):
        raise ValueError(f"{task_id} is not a valid task_id for task_type {task_type} in the {note}")
    return f"grpc://{addresses[task_id]}"


def _model_dir(model_dir: str | None) -> str | None:
    by_environment: str | None = _tf_config().get("model_dir")
    if None not in (by_environment, model_dir) and by_environment != model_dir:
        raise ValueError(
            "`model_dir` provided in RunConfig construct, if set, must have the same value as the model_dir in "
            f'TF_CONFIG. model_dir: {model_dir}\nTF_CONFIG["model_dir"]: {by_environment}.\n'
        )
    return model_dir or by_environment
