"""``contrib.timeseries.feature_keys``: the names of what goes into models and comes out of them."""

from tensorflow.python.saved_model import signature_constants

__all__ = [
    "FilteringFeatures",
    "FilteringResults",
    "PredictionFeatures",
    "PredictionResults",
    "SavedModelLabels",
    "State",
    "Times",
    "TrainEvalFeatures",
    "Values",
]


class State:
    """The state of a model: as one nested structure, or as numbered tensors where a SavedModel takes and gives it."""

    STATE_TUPLE = "start_tuple"
    STATE_PREFIX = "model_state"


class Times:
    """When something was observed, or is to be predicted."""

    TIMES = "times"


class Values:
    """What was observed."""

    VALUES = "values"


class TrainEvalFeatures(Times, Values):
    """What training and evaluation take."""


class PredictionFeatures(Times, State):
    """What prediction takes."""


class FilteringFeatures(Times, Values, State):
    """What filtering, the update of a state by observations, takes."""


class PredictionResults(Times):
    """What prediction gives."""


class FilteringResults(Times, State):
    """What filtering and evaluation give."""


class SavedModelLabels:
    """The signatures of an exported model."""

    PREDICT = signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY
    FILTER = "filter"
    COLD_START_FILTER = "cold_start_filter"
