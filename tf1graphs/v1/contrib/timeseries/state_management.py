"""``contrib.timeseries.state_management``: where a window of a series gets its first state from."""

# ruff: noqa: I001 (_tf_estimator comes first: it prepares TensorFlow for the estimators)
from __future__ import annotations

from typing import Any

from tf1graphs.v1 import _tf_estimator  # noqa: F401
from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, math_ops
from tensorflow.python.util import nest
from tensorflow_estimator.python.estimator.mode_keys import ModeKeys

from tf1graphs.v1.contrib.timeseries._state_tables import TupleOfTensorsLookup, replicate_state
from tf1graphs.v1.contrib.timeseries.feature_keys import FilteringFeatures, State, TrainEvalFeatures
from tf1graphs.v1.contrib.timeseries.model import ModelOutputs

__all__ = ["ChainingStateManager", "FilteringOnlyStateManager", "PassthroughStateManager"]


class PassthroughStateManager:
    """Starts every window from the model's start state."""

    def __init__(self) -> None:
        self._input_statistics: Any = None
        self._graph_initialized = False

    def initialize_graph(self, model: Any, input_statistics: Any = None) -> None:
        """Takes the ``InputStatistics``; called once the model's graph is initialized."""
        self._graph_initialized = True
        self._input_statistics = input_statistics

    def define_loss(self, model: Any, features: Any, mode: str) -> Any:
        """Returns the ``ModelOutputs`` of a batch.

        Raises:
            ValueError: The features have a state.
        """
        if State.STATE_TUPLE in features:
            raise ValueError("Overriding start state is not supported for this model.")
        return model.define_loss(features, mode)


class _OverridableStateManager(PassthroughStateManager):
    """Starts from the state among the features, where there is one."""

    def _define_loss_with_saved_state(self, model: Any, features: Any, mode: str) -> Any:
        raise NotImplementedError

    def define_loss(self, model: Any, features: Any, mode: str) -> Any:
        """Returns the ``ModelOutputs`` of a batch.

        Raises:
            ValueError: The features have a state in training.
        """
        key = FilteringFeatures.STATE_TUPLE
        if key not in features:
            return self._define_loss_with_saved_state(model=model, features=features, mode=mode)
        if mode == ModeKeys.TRAIN:
            raise ValueError(
                f"Overriding saved state for training is not supported (but a value for feature {key} was specified)."
            )
        return model.get_batch_loss(features=features, mode=mode, state=features.pop(key))


class FilteringOnlyStateManager(_OverridableStateManager):
    """Starts from the state among the features in evaluation, from the model's start state else."""

    def _define_loss_with_saved_state(self, model: Any, features: Any, mode: str) -> Any:
        return model.define_loss(features, mode)


class ChainingStateManager(_OverridableStateManager):
    """Starts a window from the state that an earlier one had left at about its time.

    Args:
        state_saving_interval: A state is kept for each chunk of that many times.
        checkpoint_state: Whether checkpoints hold the states.
    """

    def __init__(self, state_saving_interval: int = 20, checkpoint_state: bool = False) -> None:
        super().__init__()
        self._checkpoint_state = checkpoint_state
        self._state_saving_interval = state_saving_interval
        self._start_state: Any = None
        self._cached_states: Any = None

    def initialize_graph(self, model: Any, input_statistics: Any = None) -> None:
        """Makes the tables of states; called once the model's graph is initialized."""
        super().initialize_graph(model=model, input_statistics=input_statistics)
        self._start_state = model.get_start_state()
        self._cached_states = TupleOfTensorsLookup(
            key_dtype=dtypes.int64,
            default_values=self._start_state,
            empty_key=-1,
            deleted_key=-2,
            name="cached_states",
            checkpoint=self._checkpoint_state,
        )

    def _define_loss_with_saved_state(self, model: Any, features: Any, mode: str) -> Any:
        if not self._graph_initialized:
            raise ValueError("ChainingStateManager requires initialize_graph() to be called before use.")
        loss, end_state, predictions = self._update_cached_states(model=model, features=features, mode=mode)
        last = [part[-1][None] for part in nest.flatten(end_state)]
        predictions["observed"] = features[TrainEvalFeatures.VALUES]
        return ModelOutputs(
            loss=loss,
            end_state=nest.pack_sequence_as(end_state, last),
            predictions=predictions,
            prediction_times=features[TrainEvalFeatures.TIMES],
        )

    def _get_chunk_number(self, time: Any) -> Any:
        return time // self._state_saving_interval

    def _get_cached_states(self, times: Any) -> Any:
        """Returns the states that are kept for times ``[batch]``, or the start state at the start."""
        chunks = self._get_chunk_number(times)
        cached = tuple(self._cached_states.lookup(math_ops.cast(chunks, dtypes.int64)))
        start_time = 0 if self._input_statistics is None else self._input_statistics.start_time
        is_start = math_ops.equal(chunks, self._get_chunk_number(start_time))
        start = nest.flatten(replicate_state(self._start_state, array_ops.shape(times)[0]))
        states = [array_ops.where(is_start, one, other) for one, other in zip(start, nest.flatten(cached), strict=True)]
        return nest.pack_sequence_as(cached, states)

    def _update_cached_states(self, model: Any, features: Any, mode: str) -> Any:
        times = features[TrainEvalFeatures.TIMES]
        before = self._get_cached_states(times[:, 0])
        loss, states, predictions = model.per_step_batch_loss(features=features, mode=mode, state=before)
        # A state is written for the chunk after its own, or for that of the next time, if there is a gap.
        following = self._get_chunk_number(times) + 1
        next_times = array_ops.concat([times[:, 1:], times[:, -1:] + 1], axis=1)
        chunks = math_ops.maximum(self._get_chunk_number(next_times), following)
        saved = self._cached_states.insert(keys=chunks, values=states)
        end_state = nest.pack_sequence_as(states, [part[:, -1] for part in nest.flatten(states)])
        with ops.control_dependencies([saved]):
            return array_ops.identity(loss), end_state, predictions
