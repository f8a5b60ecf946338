"""What all state space models can be told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from tensorflow.python.framework import dtypes

from tf1graphs.v1.contrib.timeseries._covariances import log_noninformative_covariance_prior


class _Fields(NamedTuple):
    num_features: int = 1
    use_observation_noise: bool = True
    dtype: Any = dtypes.float32
    covariance_prior_fn: Callable[[Any], Any] = log_noninformative_covariance_prior
    bayesian_prior_weighting: bool = True
    filtering_postprocessor: Any = None
    trainable_start_state: bool = False
    exogenous_noise_increases: bool = True
    exogenous_noise_decreases: bool = False
    exogenous_feature_columns: Any = None
    exogenous_update_condition: Callable[..., Any] | None = None
    filtering_maximum_posterior_variance_ratio: float = 1e6
    filtering_minimum_posterior_variance: float = 0.0
    transition_covariance_initial_log_scale_bias: float = -5.0
    static_unrolling_window_size_threshold: int | None = None


class StateSpaceModelConfiguration(_Fields):
    """What a ``StateSpaceModel`` can be told; ``_replace`` makes another of it.

    Args:
        num_features: The number of values at each time.
        use_observation_noise: Whether observations have noise.
        dtype: The dtype of the model.
        covariance_prior_fn: A function of a covariance that returns the logarithm of its prior, for the loss.
        bayesian_prior_weighting: Whether the prior counts once for the series rather than for each window.
        filtering_postprocessor: A ``FilteringStepPostprocessor``, or None.
        trainable_start_state: Whether the start state is trained.
        exogenous_noise_increases: Whether exogenous features move the state, with noise.
        exogenous_noise_decreases: Whether they are observations of the state.
        exogenous_feature_columns: Feature columns of what is known of other things at each time.
        exogenous_update_condition: See ``SequentialTimeSeriesModel``.
        filtering_maximum_posterior_variance_ratio: The largest variance of a state over the smallest.
        filtering_minimum_posterior_variance: The smallest variance of a state.
        transition_covariance_initial_log_scale_bias: The logarithm of transition noise over observation noise, at
            first.
        static_unrolling_window_size_threshold: See ``SequentialTimeSeriesModel``.
    """

    def __new__(cls, *arguments: Any, **options: Any) -> StateSpaceModelConfiguration:
        """Returns a configuration; no feature columns are an empty list."""
        made = super().__new__(cls, *arguments, **options)
        return made if made.exogenous_feature_columns is not None else made._replace(exogenous_feature_columns=[])


DEFAULT = StateSpaceModelConfiguration()
