"""``contrib.timeseries.state_space_models.state_space_model``: linear models of a state, and ensembles of them."""

from tf1graphs.v1.contrib.timeseries.state_space_models._configuration import StateSpaceModelConfiguration
from tf1graphs.v1.contrib.timeseries.state_space_models._ensembles import (
    StateSpaceCorrelatedFeaturesEnsemble,
    StateSpaceEnsemble,
    StateSpaceIndependentEnsemble,
)
from tf1graphs.v1.contrib.timeseries.state_space_models._model import StateSpaceModel

__all__ = [
    "StateSpaceCorrelatedFeaturesEnsemble",
    "StateSpaceEnsemble",
    "StateSpaceIndependentEnsemble",
    "StateSpaceModel",
    "StateSpaceModelConfiguration",
]
