"""``contrib.timeseries.state_space_models.periodic``: cycles whose values sum to zero."""

from tf1graphs.v1.contrib.timeseries.state_space_models._cycle import CycleStateSpaceModel
from tf1graphs.v1.contrib.timeseries.state_space_models._resolution_cycle import ResolutionCycleModel

__all__ = ["CycleStateSpaceModel", "ResolutionCycleModel"]
