"""``contrib.timeseries.model``: the base classes of models of time series."""

from tf1graphs.v1.contrib.timeseries._sequential_model import SequentialTimeSeriesModel
from tf1graphs.v1.contrib.timeseries._time_series_model import ModelOutputs, TimeSeriesModel

__all__ = ["ModelOutputs", "SequentialTimeSeriesModel", "TimeSeriesModel"]
