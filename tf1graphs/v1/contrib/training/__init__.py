"""``tf.contrib.training``: hyperparameters, bucketing, sampling, training and evaluation loops."""

# ruff: noqa: I001 (_tf_slim comes first, to keep what follows quiet)
from tf1graphs.v1 import _tf_slim  # noqa: F401
from tf_slim.training.evaluation import (
    StopAfterNEvalsHook,
    SummaryAtEndHook,
    checkpoints_iterator,
    evaluate_once,
    evaluate_repeatedly,
    get_or_create_eval_step,
    wait_for_new_checkpoint,
)
from tf_slim.training.training import (
    add_gradients_summaries,
    clip_gradient_norms,
    clip_gradient_norms_fn,
    create_train_op,
    multiply_gradients,
    train,
)

from tf1graphs.v1.contrib.training._batch_sequences import batch_sequences_with_states
from tf1graphs.v1.contrib.training._bucket import bucket, bucket_by_sequence_length
from tf1graphs.v1.contrib.training._device_setter import (
    GreedyLoadBalancingStrategy,
    RandomStrategy,
    byte_size_load_fn,
)
from tf1graphs.v1.contrib.training._hparams import HParams
from tf1graphs.v1.contrib.training._hparam_values import _cast_to_type_if_compatible, parse_values
from tf1graphs.v1.contrib.training._queue_runner import FeedingQueueRunner
from tf1graphs.v1.contrib.training._resample import resample_at_rate, weighted_resample
from tf1graphs.v1.contrib.training._sampling import rejection_sample, stratified_sample
from tf1graphs.v1.contrib.training._sequence_batch import NextQueuedSequenceBatch
from tf1graphs.v1.contrib.training._sequence_saver import SequenceQueueingStateSaver

__all__ = [
    "FeedingQueueRunner",
    "GreedyLoadBalancingStrategy",
    "HParams",
    "NextQueuedSequenceBatch",
    "RandomStrategy",
    "SequenceQueueingStateSaver",
    "StopAfterNEvalsHook",
    "SummaryAtEndHook",
    "add_gradients_summaries",
    "batch_sequences_with_states",
    "bucket",
    "bucket_by_sequence_length",
    "byte_size_load_fn",
    "checkpoints_iterator",
    "clip_gradient_norms",
    "clip_gradient_norms_fn",
    "create_train_op",
    "evaluate_once",
    "evaluate_repeatedly",
    "get_or_create_eval_step",
    "multiply_gradients",
    "parse_values",
    "rejection_sample",
    "resample_at_rate",
    "stratified_sample",
    "train",
    "wait_for_new_checkpoint",
    "weighted_resample",
    # Programs import this from hparam.py below python/training, which is this module here.
    "_cast_to_type_if_compatible",
]
