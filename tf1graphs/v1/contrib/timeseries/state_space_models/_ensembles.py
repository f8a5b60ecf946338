"""Models that are sums of models: their states are side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, math_ops, variable_scope

from tf1graphs.v1.contrib.timeseries._matrices import block_diagonal
from tf1graphs.v1.contrib.timeseries.state_space_models._model import StateSpaceModel


class StateSpaceEnsemble(StateSpaceModel):
    """Models whose transitions do not depend on each other, observed together.

    Args:
        ensemble_members: The models.
        configuration: A ``StateSpaceModelConfiguration`` of the ensemble.
    """

    def __init__(self, ensemble_members: Sequence[Any], configuration: Any) -> None:
        self._ensemble_members = ensemble_members
        super().__init__(configuration=configuration)

    def _set_input_statistics(self, input_statistics: Any = None) -> None:
        super()._set_input_statistics(input_statistics)
        for member in self._ensemble_members:
            member._set_input_statistics(input_statistics)

    def _loss_additions(self, times: Any, values: Any, mode: str) -> Any:
        own = super()._loss_additions(times, values, mode)
        return own + math_ops.add_n([each._loss_additions(times, values, mode) for each in self._ensemble_members])

    def _compute_blocked(self, member_fn: Callable[[Any], Any], name: str) -> Any:
        """Returns the block diagonal matrices of what a function makes of the members."""
        with variable_scope.variable_scope(self._variable_scope):
            return block_diagonal([member_fn(each) for each in self._ensemble_members], dtype=self.dtype, name=name)

    def transition_to_powers(self, powers: Any) -> Any:
        """Returns the state transition to integer powers ``[number]``: ``[number, size, size]``."""
        return self._compute_blocked(lambda each: each.transition_to_powers(powers), "ensemble_transition_to_powers")

    def _define_parameters(self, observation_transition_tradeoff_log: Any = None) -> None:
        with variable_scope.variable_scope(self._variable_scope):
            tradeoff = observation_transition_tradeoff_log
            if tradeoff is None:
                tradeoff = self._variable_observation_transition_tradeoff_log()
            for member in self._ensemble_members:
                member._define_parameters(observation_transition_tradeoff_log=tradeoff)
            super()._define_parameters(observation_transition_tradeoff_log=tradeoff)

    def random_model_parameters(self, seed: int | None = None) -> dict[Any, Any]:
        """Returns values, drawn at random, of the parameters of the members and of the ensemble."""
        parameters: dict[Any, Any] = {}
        for i, member in enumerate(self._ensemble_members):
            parameters.update(member.random_model_parameters(seed=seed + i if seed else None))
        parameters.update(super().random_model_parameters(seed=seed))
        return parameters

    def get_prior_mean(self) -> Any:
        """Returns the means of the start states, ``[size]``."""
        means = [each.get_prior_mean() for each in self._ensemble_members]
        return array_ops.concat(means, axis=0, name="ensemble_prior_state_mean")

    def get_state_transition(self) -> Any:
        """Returns the state transitions, ``[size, size]``."""
        return self._compute_blocked(lambda each: each.get_state_transition(), "ensemble_state_transition")

    def get_noise_transform(self) -> Any:
        """Returns the matrices from noise to states, ``[size, noise size]``."""
        return self._compute_blocked(lambda each: each.get_noise_transform(), "ensemble_noise_transform")

    def get_observation_model(self, times: Any) -> Any:
        """Raises ``NotImplementedError``: the members' models have the dimensions of the batch."""
        raise NotImplementedError("No un-broadcasted observation model defined for ensembles.")

    def _observation_model_of(self, member: Any, times: Any) -> Any:
        return ops.convert_to_tensor(member.get_broadcasted_observation_model(times), dtype=self.dtype)

    def get_broadcasted_observation_model(self, times: Any) -> Any:
        """Returns the observation model that adds the members up: ``[batch, num_features, size]``."""
        models = [self._observation_model_of(each, times) for each in self._ensemble_members]
        return array_ops.concat(models, axis=2)


class StateSpaceIndependentEnsemble(StateSpaceEnsemble):
    """Models whose noises do not depend on each other; see ``StateSpaceEnsemble``."""

    def transition_power_noise_accumulator(self, num_steps: Any) -> Any:
        """Returns the covariance of the noise after each number of steps: ``[number, size, size]``."""
        return self._compute_blocked(
            lambda each: each.transition_power_noise_accumulator(num_steps), "ensemble_power_noise_accumulator"
        )

    def get_prior_covariance(self) -> Any:
        """Returns the covariances of the start states, ``[size, size]``."""
        return self._compute_blocked(lambda each: each.get_prior_covariance(), "ensemble_prior_state_covariance")

    def get_state_transition_noise_covariance(self, minimum_initial_variance: float = 1e-05) -> Any:
        """Returns the covariances of the members' noises, ``[noise size, noise size]``."""
        return self._compute_blocked(
            lambda each: each.state_transition_noise_covariance, "ensemble_state_transition_noise"
        )


class StateSpaceCorrelatedFeaturesEnsemble(StateSpaceEnsemble):
    """A model of one value for each feature, whose noises may depend on each other.

    Args:
        ensemble_members: As many models as there are features.
        configuration: A ``StateSpaceModelConfiguration`` of the ensemble.

    Raises:
        ValueError: There are more or less, or one is not of one value.
    """

    def __init__(self, ensemble_members: Sequence[Any], configuration: Any) -> None:
        if len(ensemble_members) != configuration.num_features:
            raise ValueError(
                "The number of members in a StateSpaceCorrelatedFeaturesEnsemble must equal the number of features in "
                "the time series."
            )
        if any(member.num_features != 1 for member in ensemble_members):
            raise ValueError("StateSpaceCorrelatedFeaturesEnsemble components must be univariate.")
        super().__init__(ensemble_members=ensemble_members, configuration=configuration)

    def transition_power_noise_accumulator(self, num_steps: Any) -> Any:
        """Returns the covariance of the noise after each number of steps: ``[number, size, size]``."""
        if len(self._ensemble_members) == 1:
            return self._ensemble_members[0].transition_power_noise_accumulator(num_steps=num_steps)
        return super().transition_power_noise_accumulator(num_steps=num_steps)

    def get_broadcasted_observation_model(self, times: Any) -> Any:
        """Returns the observation model in which each member is a feature: ``[batch, num_features, size]``."""
        return self._compute_blocked(
            lambda each: self._observation_model_of(each, times), "feature_ensemble_observation_model"
        )
