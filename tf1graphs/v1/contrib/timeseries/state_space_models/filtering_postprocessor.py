"""``contrib.timeseries.state_space_models.filtering_postprocessor``: what is done after an observation is filtered."""

from __future__ import annotations

import abc
from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, check_ops, math_ops
from tensorflow.python.util import nest

from tf1graphs.v1.contrib.timeseries._log_probs import cauchy_log_prob, entropy_matched_cauchy_scale

__all__ = ["FilteringStepPostprocessor", "StateInterpolatingAnomalyDetector", "cauchy_alternative_to_gaussian"]


class FilteringStepPostprocessor(abc.ABC):
    """Changes the state and the outputs of a filtering step."""

    @abc.abstractmethod
    def process_filtering_step(
        self, current_times: Any, current_values: Any, predicted_state: Any, filtered_state: Any, outputs: Any
    ) -> tuple[Any, Any]:
        """Returns the state and the outputs by name.

        Args:
            current_times: ``[batch]``.
            current_values: What was observed, ``[batch, features]``.
            predicted_state: The state before.
            filtered_state: The state after, of the same structure.
            outputs: The outputs of the filter by name: ``mean``, ``covariance``, ``log_likelihood``, ``loss``.
        """

    @property
    @abc.abstractmethod
    def output_names(self) -> list[str]:
        """The names of the outputs that are added."""


def cauchy_alternative_to_gaussian(current_times: Any, current_values: Any, outputs: Any) -> Any:
    """Returns the log probability, ``[batch]``, of values by a Cauchy distribution that has the entropy predicted."""
    scale = entropy_matched_cauchy_scale(outputs["covariance"])
    log_probs = cauchy_log_prob(loc=outputs["mean"], scale=scale, x=current_values)
    return math_ops.reduce_sum(log_probs, axis=1)


def _interpolate(first_state: Any, second_state: Any, weight: Any) -> Any:
    """Returns ``weight * first + (1 - weight) * second`` with a weight ``[batch]``; integers must be the same."""

    def interpolated(first: Any, second: Any) -> Any:
        assert first.dtype == second.dtype
        if not first.dtype.is_floating:
            with ops.control_dependencies([check_ops.assert_equal(first, second)]):
                return array_ops.identity(first)
        ones = array_ops.ones([array_ops.rank(first) - 1], dtype=dtypes.int32)
        padded = array_ops.reshape(weight, array_ops.concat([array_ops.shape(weight), ones], 0))
        mixed = padded * first + (1.0 - padded) * second
        mixed.set_shape(first.get_shape())
        return mixed

    pairs = zip(nest.flatten(first_state), nest.flatten(second_state), strict=True)
    return nest.pack_sequence_as(first_state, [interpolated(first, second) for first, second in pairs])


class StateInterpolatingAnomalyDetector(FilteringStepPostprocessor):
    """Updates the state the less, the more an observation looks like an anomaly.

    Args:
        anomaly_log_likelihood: A function of ``current_times``, ``current_values`` and ``outputs`` that returns log
            probabilities ``[batch]`` of the values if they are anomalies.
        anomaly_prior_probability: How probable an anomaly is.
        responsibility_scaling: How sharp the transition is.
    """

    output_names = ["anomaly_score"]

    def __init__(
        self,
        anomaly_log_likelihood: Callable[..., Any] = cauchy_alternative_to_gaussian,
        anomaly_prior_probability: float = 0.01,
        responsibility_scaling: float = 1.0,
    ) -> None:
        self._anomaly_log_likelihood = anomaly_log_likelihood
        self._responsibility_scaling = responsibility_scaling
        self._anomaly_prior_probability = anomaly_prior_probability

    def process_filtering_step(
        self, current_times: Any, current_values: Any, predicted_state: Any, filtered_state: Any, outputs: Any
    ) -> tuple[Any, Any]:
        """Returns a state between the two, and the outputs with a new ``loss`` and the log odds ``anomaly_score``."""
        anomaly = self._anomaly_log_likelihood(
            current_times=current_times, current_values=current_values, outputs=outputs
        )
        prior = ops.convert_to_tensor(self._anomaly_prior_probability, dtype=current_values.dtype)
        anomaly = anomaly + math_ops.log(prior)
        no_anomaly = outputs["log_likelihood"] + math_ops.log(1.0 - prior)
        log_odds = anomaly - no_anomaly
        weight = math_ops.sigmoid(-self._responsibility_scaling * log_odds)
        state = _interpolate(filtered_state, predicted_state, weight)
        outputs["loss"] = -(weight * no_anomaly + (1.0 - weight) * anomaly)
        outputs["anomaly_score"] = log_odds
        return state, outputs
