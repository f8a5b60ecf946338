"""``contrib.timeseries.ar_model``: models that predict a window from the window before."""

from tf1graphs.v1.contrib.timeseries._anomaly_ar_model import AnomalyMixtureARModel
from tf1graphs.v1.contrib.timeseries._ar_model import ARModel
from tf1graphs.v1.contrib.timeseries._prediction_models import FlatPredictionModel, LSTMPredictionModel

__all__ = ["ARModel", "AnomalyMixtureARModel", "FlatPredictionModel", "LSTMPredictionModel"]
