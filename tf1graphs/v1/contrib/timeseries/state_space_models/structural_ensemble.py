"""``contrib.timeseries.state_space_models.structural_ensemble``: sums of level, trend, moving average and cycles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tensorflow.python.ops import variable_scope
from tensorflow.python.util import nest

from tf1graphs.v1.contrib.timeseries.state_space_models import _configuration, level_trend, periodic, varma
from tf1graphs.v1.contrib.timeseries.state_space_models._ensembles import (
    StateSpaceCorrelatedFeaturesEnsemble,
    StateSpaceIndependentEnsemble,
)

__all__ = ["MultiResolutionStructuralEnsemble", "StructuralEnsemble"]


def _by_feature(name: str, make: Callable[[Any], Any], configuration: Any) -> Any:
    """Returns an ensemble of a model of one value for each feature, below the scope ``name``."""
    univariate = configuration._replace(num_features=1)
    with variable_scope.variable_scope(name):
        members = []
        for feature in range(configuration.num_features):
            with variable_scope.variable_scope(f"feature{feature}"):
                members.append(make(univariate))
        return StateSpaceCorrelatedFeaturesEnsemble(ensemble_members=members, configuration=configuration)


def _members(
    moving_average_order: int,
    autoregressive_order: int,
    cycles: Iterable[Callable[[Any], Any]],
    configuration: Any,
) -> list[Any]:
    """Returns the members of an ensemble, which alone has observation noise."""
    configuration = configuration._replace(use_observation_noise=False)
    adder = _by_feature(
        "adder", lambda univariate: level_trend.AdderStateSpaceModel(configuration=univariate), configuration
    )
    with variable_scope.variable_scope("varma"):
        average = varma.VARMA(
            autoregressive_order=autoregressive_order,
            moving_average_order=moving_average_order,
            configuration=configuration,
        )
    parts = [_by_feature(f"cycle{number}", make, configuration) for number, make in enumerate(cycles)]
    return [adder, average, *parts]


class StructuralEnsemble(StateSpaceIndependentEnsemble):
    """A sum in which a cycle has a value for each time of its period.

    Args:
        periodicities: The period of a cycle, or a list of them: integers.
        moving_average_order: The order of the moving average.
        autoregressive_order: The order of the autoregression.
        use_level_noise: Not used, as in 1.15: the level has noise.
        configuration: A ``StateSpaceModelConfiguration``.
    """

    def __init__(
        self,
        periodicities: Any,
        moving_average_order: int,
        autoregressive_order: int,
        use_level_noise: bool = True,
        configuration: Any = _configuration.DEFAULT,
    ) -> None:
        def cycle(periodicity: Any) -> Callable[[Any], Any]:
            return lambda univariate: periodic.CycleStateSpaceModel(periodicity, configuration=univariate)

        cycles = map(cycle, nest.flatten(periodicities))
        members = _members(moving_average_order, autoregressive_order, cycles, configuration)
        super().__init__(ensemble_members=members, configuration=configuration)


class MultiResolutionStructuralEnsemble(StateSpaceIndependentEnsemble):
    """A sum in which a cycle has a given number of values, whatever its period.

    Args:
        cycle_num_latent_values: How many values describe a cycle, an odd number, or one for each cycle.
        moving_average_order: The order of the moving average.
        autoregressive_order: The order of the autoregression.
        periodicities: The period of a cycle, or a list of them: numbers. Or None.
        use_level_noise: Not used, as in 1.15: the level has noise.
        configuration: A ``StateSpaceModelConfiguration``.

    Raises:
        ValueError: The numbers of cycles and of their latent values differ.
    """

    def __init__(
        self,
        cycle_num_latent_values: Any,
        moving_average_order: int,
        autoregressive_order: int,
        periodicities: Any,
        use_level_noise: bool = True,
        configuration: Any = _configuration.DEFAULT,
    ) -> None:
        periods = [] if periodicities is None else nest.flatten(periodicities)
        sizes = nest.flatten(cycle_num_latent_values)
        if len(periods) != len(sizes):
            if len(sizes) != 1:
                raise ValueError(
                    "`cycle_num_latent_values` must either be a list with the same size as `periodicity` or a scalar. "
                    f"Received length {len(sizes)} `cycle_num_latent_values`, while `periodicities` has length "
                    f"{len(periods)}."
                )
            sizes *= len(periods)

        def cycle(periodicity: Any, size: int) -> Callable[[Any], Any]:
            return lambda univariate: periodic.ResolutionCycleModel(size, periodicity, configuration=univariate)

        cycles = map(cycle, periods, sizes)
        members = _members(moving_average_order, autoregressive_order, cycles, configuration)
        super().__init__(ensemble_members=members, configuration=configuration)
