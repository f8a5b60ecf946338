"""``tf.contrib.timeseries``: models of time series as Estimators, with their readers and input functions."""

from tf1graphs.v1.contrib.timeseries import saved_model_utils  # noqa: F401 (a name of the API)
from tf1graphs.v1.contrib.timeseries.ar_model import (
    AnomalyMixtureARModel,
    ARModel,
    FlatPredictionModel,
    LSTMPredictionModel,
)
from tf1graphs.v1.contrib.timeseries.estimators import (
    ARRegressor,
    LSTMAutoRegressor,
    StateSpaceRegressor,
    StructuralEnsembleRegressor,
    TimeSeriesRegressor,
)
from tf1graphs.v1.contrib.timeseries.feature_keys import (
    FilteringFeatures,
    FilteringResults,
    PredictionFeatures,
    PredictionResults,
    SavedModelLabels,
    State,
    Times,
    TrainEvalFeatures,
    Values,
)
from tf1graphs.v1.contrib.timeseries.head import (
    OneShotPredictionHead,
    TimeSeriesRegressionHead,
    state_to_dictionary,
)
from tf1graphs.v1.contrib.timeseries.input_pipeline import (
    CSVReader,
    NumpyReader,
    RandomWindowInputFn,
    ReaderBaseTimeSeriesParser,
    TFExampleReader,
    TimeSeriesInputFn,
    TimeSeriesReader,
    WholeDatasetInputFn,
    predict_continuation_input_fn,
)

__all__ = [
    "ARModel",
    "ARRegressor",
    "CSVReader",
    "FilteringResults",
    "NumpyReader",
    "OneShotPredictionHead",
    "RandomWindowInputFn",
    "StructuralEnsembleRegressor",
    "TimeSeriesRegressor",
    "TrainEvalFeatures",
    "WholeDatasetInputFn",
    "predict_continuation_input_fn",
    # Programs import these from the modules below python, which are this one here.
    "AnomalyMixtureARModel",
    "FilteringFeatures",
    "FlatPredictionModel",
    "LSTMAutoRegressor",
    "LSTMPredictionModel",
    "PredictionFeatures",
    "PredictionResults",
    "ReaderBaseTimeSeriesParser",
    "SavedModelLabels",
    "State",
    "StateSpaceRegressor",
    "TFExampleReader",
    "TimeSeriesInputFn",
    "TimeSeriesReader",
    "TimeSeriesRegressionHead",
    "Times",
    "Values",
    "state_to_dictionary",
]
