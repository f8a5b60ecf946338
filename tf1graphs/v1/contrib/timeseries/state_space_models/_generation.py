"""Draws parameters and series of state space models with NumPy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from tensorflow.python.framework import ops
from tensorflow.python.ops import math_ops

from tf1graphs.v1.contrib.timeseries.feature_keys import TrainEvalFeatures
from tf1graphs.v1.contrib.timeseries.model_utils import parameter_switch


def _require_one_feature(model: Any) -> None:
    if model.num_features != 1:
        raise NotImplementedError("Generation for multivariate state space models is not currently implemented.")


def random_parameters(model: Any, seed: int | None) -> dict[Any, Any]:
    """See ``StateSpaceModel.random_model_parameters``."""
    _require_one_feature(model)
    if seed:
        np.random.seed(seed)
    size, noise_size = ops.convert_to_tensor(model.get_noise_transform()).get_shape().as_list()
    variances = 1.0 / np.random.gamma(shape=10.0, scale=10.0, size=[noise_size])
    drawn = [
        (model.prior_state_mean, np.random.normal(size=[size])),
        (model.state_transition_noise_covariance, np.diag(variances)),
        (model.prior_state_var, np.zeros([size, size])),
    ]
    parameters: dict[Any, Any] = {tensor: value for tensor, value in drawn if tensor is not None}
    if model._configuration.use_observation_noise:
        parameters[model._observation_noise_covariance] = [[1.0 / np.random.gamma(shape=4, scale=4)]]
    return parameters


def generate(
    model: Any,
    number: int,
    length: int,
    parameters: Mapping[Any, Any],
    seed: int | None,
    add_observation_noise: bool | None,
) -> dict[str, Any]:
    """See ``StateSpaceModel.generate``."""
    if seed is not None:
        np.random.seed(seed)
    _require_one_feature(model)
    if add_observation_noise is None:
        add_observation_noise = model._configuration.use_observation_noise
    value = parameter_switch(parameters)
    transition = ops.convert_to_tensor(model.get_state_transition(), dtype=model.dtype).eval(feed_dict=parameters)
    transform = ops.convert_to_tensor(model.get_noise_transform()).eval(feed_dict=parameters)
    deviations = np.sqrt(np.diag(value(model.state_transition_noise_covariance)))
    if add_observation_noise:
        observation_deviation = np.sqrt(value(model._observation_noise_covariance)[0][0])
    states = np.tile(value(model.prior_state_mean)[None, :], [number, 1])
    observations = np.zeros([number, length])
    models = model.get_broadcasted_observation_model(times=math_ops.range(length)).eval(feed_dict=parameters)
    for time, observation_model in enumerate(models):
        noise = np.random.normal(loc=np.zeros([number, len(deviations)]), scale=np.tile(deviations, [number, 1]))
        states = np.dot(states, transition.T) + np.dot(noise, transform.T)
        mean = np.dot(states, observation_model[0].T)
        if add_observation_noise:
            mean = np.random.normal(loc=mean, scale=observation_deviation)
        observations[:, time] = mean
    times = np.tile(np.arange(length)[None, :], [number, 1])
    return {TrainEvalFeatures.TIMES: times, TrainEvalFeatures.VALUES: observations[..., None]}
