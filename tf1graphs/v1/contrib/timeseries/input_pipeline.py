"""``contrib.timeseries.input_pipeline``: readers of series, and input functions of windows of them."""

from tf1graphs.v1.contrib.timeseries._input_fns import (
    RandomWindowInputFn,
    TimeSeriesInputFn,
    WholeDatasetInputFn,
    predict_continuation_input_fn,
)
from tf1graphs.v1.contrib.timeseries._readers import (
    CSVReader,
    NumpyReader,
    ReaderBaseTimeSeriesParser,
    TFExampleReader,
    TimeSeriesReader,
)

__all__ = [
    "CSVReader",
    "NumpyReader",
    "RandomWindowInputFn",
    "ReaderBaseTimeSeriesParser",
    "TFExampleReader",
    "TimeSeriesInputFn",
    "TimeSeriesReader",
    "WholeDatasetInputFn",
    "predict_continuation_input_fn",
]
