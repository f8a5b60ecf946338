"""``tf.contrib.tpu``: estimators for TPUs, which also train on CPUs and GPUs, and the ops that need a TPU to run."""

# ruff: noqa: I001 (_tf_estimator comes first: it prepares TensorFlow for the estimators)
from __future__ import annotations

from typing import Any

from tf1graphs.v1 import _tf_estimator  # noqa: F401
from tensorflow.python.tpu import bfloat16, tpu_optimizer
from tensorflow.python.tpu.device_assignment import DeviceAssignment, device_assignment
from tensorflow.python.tpu.ops.tpu_ops import (
    cross_replica_sum,
    infeed_dequeue,
    infeed_dequeue_tuple,
    infeed_enqueue,
    infeed_enqueue_tuple,
    outfeed_dequeue,
    outfeed_dequeue_tuple,
    outfeed_enqueue,
    outfeed_enqueue_tuple,
)
from tensorflow.python.tpu.topology import Topology
from tensorflow.python.tpu.tpu import (
    batch_parallel,
    core,
    initialize_system,
    replicate,
    rewrite,
    shard,
    shutdown_system,
)
from tensorflow.python.tpu.tpu_feed import InfeedQueue
from tensorflow.python.tpu.training_loop import repeat, while_loop
from tensorflow_estimator.python.estimator.tpu import tpu_config, tpu_estimator
from tf1graphs.v1.contrib.tpu._async_checkpoint import AsyncCheckpointSaverHook
from tf1graphs.v1.tpu import outside_compilation  # type: ignore[import-untyped]

InputPipelineConfig = tpu_config.InputPipelineConfig
RunConfig = tpu_config.RunConfig
TPUConfig = tpu_config.TPUConfig
TPUEstimator = tpu_estimator.TPUEstimator
TPUEstimatorSpec = tpu_estimator.TPUEstimatorSpec
export_estimator_savedmodel = tpu_estimator.export_estimator_savedmodel
CrossShardOptimizer = tpu_optimizer.CrossShardOptimizer

__all__ = [
    "AsyncCheckpointSaverHook",
    "CrossShardOptimizer",
    "DeviceAssignment",
    "InfeedQueue",
    "InputPipelineConfig",
    "RunConfig",
    "TPUConfig",
    "TPUEstimator",
    "TPUEstimatorSpec",
    "Topology",
    "batch_parallel",
    "bfloat16_scope",
    "core",
    "cross_replica_sum",
    "device_assignment",
    "export_estimator_savedmodel",
    "infeed_dequeue",
    "infeed_dequeue_tuple",
    "infeed_enqueue",
    "infeed_enqueue_tuple",
    "initialize_system",
    "outfeed_dequeue",
    "outfeed_dequeue_tuple",
    "outfeed_enqueue",
    "outfeed_enqueue_tuple",
    "outside_compilation",
    "repeat",
    "replicate",
    "rewrite",
    "shard",
    "shutdown_system",
    "tpu_config",
    "tpu_estimator",
    "tpu_optimizer",
    "while_loop",
]


def bfloat16_scope() -> Any:
    """Lets variables that are created as ``tf.bfloat16`` be kept as ``tf.float32``, inside the ``with``."""
    # Without a name it opens the current scope once more, as in 1.15; a name would be part of the variables' names.
    return bfloat16.bfloat16_scope()
