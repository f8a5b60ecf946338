"""``tf.contrib.distribute``, which became ``tf.distribute``; its strategies count batches and GPUs in their own way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tensorflow.python.client import session as session_lib
from tensorflow.python.distribute import collective_all_reduce_strategy as collective
from tensorflow.python.distribute import mirrored_strategy
from tensorflow.python.distribute.cluster_resolver.cluster_resolver import SimpleClusterResolver
from tensorflow.python.distribute.cluster_resolver.tfconfig_cluster_resolver import TFConfigClusterResolver
from tensorflow.python.distribute.cluster_resolver.tpu_cluster_resolver import initialize_tpu_system
from tensorflow.python.distribute.collective_util import CommunicationImplementation, Options
from tensorflow.python.distribute.cross_device_ops import AllReduceCrossDeviceOps, CrossDeviceOps
from tensorflow.python.distribute.distribute_config import DistributeConfig
from tensorflow.python.distribute.distribute_coordinator import run_standard_tensorflow_server
from tensorflow.python.distribute.distribute_lib import (
    ReplicaContext,
    StrategyV1,
    UpdateContext,
    get_cross_replica_context,
    get_replica_context,
    get_strategy,
    has_strategy,
    in_cross_replica_context,
    require_replica_context,
)
from tensorflow.python.distribute.distribute_utils import get_loss_reduction
from tensorflow.python.distribute.one_device_strategy import OneDeviceStrategyV1
from tensorflow.python.distribute.parameter_server_strategy import ParameterServerStrategyExtended
from tensorflow.python.distribute.step_fn import StandardInputStep, StandardSingleLossStep, Step
from tensorflow.python.distribute.tpu_strategy import TPUStrategyV1
from tensorflow.python.distribute.v1.input_lib import DatasetIterator
from tensorflow.python.eager import context
from tensorflow.python.framework import errors
from tensorflow.python.ops import variables

__all__ = [
    "AllReduceCrossDeviceOps",
    "CollectiveAllReduceStrategy",
    "CrossDeviceOps",
    "DistributeConfig",
    "DistributionStrategy",
    "MirroredStrategy",
    "Monitor",
    "OneDeviceStrategy",
    "ParameterServerStrategy",
    "ReplicaContext",
    "StandardInputStep",
    "StandardSingleLossStep",
    "Step",
    "TPUStrategy",
    "UpdateContext",
    "get_cross_replica_context",
    "get_distribution_strategy",
    "get_loss_reduction",
    "get_replica_context",
    "get_strategy",
    "has_distribution_strategy",
    "has_strategy",
    "in_cross_replica_context",
    "initialize_tpu_system",
    "require_replica_context",
    "run_standard_tensorflow_server",
]

DistributionStrategy = StrategyV1
OneDeviceStrategy = OneDeviceStrategyV1
TPUStrategy = TPUStrategyV1
get_distribution_strategy = get_strategy
has_distribution_strategy = has_strategy


class _BatchOfReplica:
    """Mixed into what extends a strategy: a dataset's batch is that of one replica, and not divided among all."""

    def _make_dataset_iterator(self, dataset: Any) -> Any:
        return DatasetIterator(dataset, self._input_workers, self._container_strategy())  # type: ignore[attr-defined]

    @property
    def _global_batch_size(self) -> bool:
        return False


class MirroredStrategy(StrategyV1):  # type: ignore[misc]
    """Trains on several devices, each with a copy of the variables and a batch of its own.

    Args:
        devices: The names of the devices; by default all GPUs, or the CPU.
        num_gpus: Takes so many GPUs, in place of ``devices``.
        num_gpus_per_worker: Another name of ``num_gpus``.
        cross_device_ops: How gradients are added up.
        auto_shard_dataset: For several machines, on which this strategy can no longer train; without effect.
        cross_tower_ops: Another name of ``cross_device_ops``.

    Raises:
        ValueError: Devices were given in two ways, or there are not so many GPUs.
    """

    _collective_key_base = 0

    def __init__(
        self,
        devices: Sequence[str] | None = None,
        num_gpus: int | None = None,
        num_gpus_per_worker: int | None = None,
        cross_device_ops: Any = None,
        auto_shard_dataset: bool = False,
        cross_tower_ops: Any = None,
    ) -> None:
        assert not (cross_device_ops and cross_tower_ops)
        if num_gpus is not None and num_gpus_per_worker is not None:
            raise ValueError("You cannot specify both `num_gpus` and `num_gpus_per_worker`.")
        gpus = num_gpus_per_worker if num_gpus is None else num_gpus
        if devices is None:
            devices = mirrored_strategy.all_local_devices(gpus)
        elif gpus is not None:
            raise ValueError("Must only specify one of `devices` and `num_gpus_per_worker`.")
        super().__init__(_Mirrored(self, devices, cross_device_ops or cross_tower_ops))


class _Mirrored(_BatchOfReplica, mirrored_strategy.MirroredExtended):  # type: ignore[misc]
    """What extends ``MirroredStrategy``."""


class ParameterServerStrategy(StrategyV1):  # type: ignore[misc]
    """Trains with variables on parameter servers, or on the CPU where ``TF_CONFIG`` names no cluster.

    Args:
        num_gpus_per_worker: How many GPUs each worker uses.
    """

    def __init__(self, num_gpus_per_worker: int = 0) -> None:
        super().__init__(_ParameterServer(self, _cluster(num_gpus_per_worker)))


class _ParameterServer(_BatchOfReplica, ParameterServerStrategyExtended):  # type: ignore[misc]
    """What extends ``ParameterServerStrategy``."""


class CollectiveAllReduceStrategy(StrategyV1):  # type: ignore[misc]
    """Trains on several machines that exchange gradients, or on one where ``TF_CONFIG`` names no cluster.

    Args:
        num_gpus_per_worker: How many GPUs each worker uses.
        communication: How the machines add up gradients.
    """

    _collective_key_base = 0

    def __init__(self, num_gpus_per_worker: int = 0, communication: Any = CommunicationImplementation.AUTO) -> None:
        options = Options(implementation=communication)
        cluster = _cluster(num_gpus_per_worker)
        super().__init__(
            collective.CollectiveAllReduceExtended(self, cluster_resolver=cluster, communication_options=options)
        )


def _cluster(gpus: int) -> SimpleClusterResolver:
    """Returns the cluster that ``TF_CONFIG`` names, with ``gpus`` in each task."""
    named = TFConfigClusterResolver()
    return SimpleClusterResolver(
        named.cluster_spec(),
        task_type=named.task_type,
        task_id=named.task_id,
        num_accelerators={"GPU": gpus},
        rpc_layer=named.rpc_layer,
    )


class Monitor:
    """Runs a training ``Step`` until its data end.

    Args:
        step_callable: The step.
        session: The session; None in eager mode.

    Raises:
        ValueError: There is a session in eager mode, or none in graph mode.
    """

    def __init__(self, step_callable: Any, session: session_lib.Session | None = None) -> None:
        if context.executing_eagerly():
            if session is not None:
                raise ValueError("Should not provide a `session` in Eager mode.")
            self._run_step = step_callable
            return
        if session is None:
            raise ValueError("Should provide a `session` in Graph mode.")
        session.run(step_callable.initialize())
        self._run_step = session.make_callable(step_callable())
        session.run(variables.global_variables_initializer())

    def run_steps(self, num_steps: int | None = None) -> None:
        """Runs ``num_steps`` steps, or all that there are data for."""
        step = 0
        while num_steps is None or step < num_steps:
            try:
                self._run_step()
            except errors.OutOfRangeError:
                return
            step += 1
