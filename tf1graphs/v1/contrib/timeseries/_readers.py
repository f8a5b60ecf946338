"""Readers of one series: from arrays, and from text and TFRecord files."""

# ruff: noqa: I001 (_tf_estimator comes first: it prepares TensorFlow for the estimators)
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from tf1graphs.v1 import _tf_estimator  # noqa: F401
from tensorflow.python.framework import constant_op, dtypes, ops
from tensorflow.python.ops import (
    array_ops,
    cond,
    io_ops,
    math_ops,
    parsing_ops,
    state_ops,
    tensor_array_ops,
    variable_v1,
    while_loop,
)
from tensorflow.python.training import input as input_lib
from tensorflow_estimator.python.estimator.inputs import numpy_io

from tf1graphs.v1.contrib.timeseries._numpy_data import canonicalize_numpy_data
from tf1graphs.v1.contrib.timeseries.feature_keys import TrainEvalFeatures

_TIMES, _VALUES = TrainEvalFeatures.TIMES, TrainEvalFeatures.VALUES


class TimeSeriesReader:
    """Reads one series in the order of its times."""

    def check_dataset_size(self, minimum_dataset_size: int) -> None:
        """Raises ``ValueError`` where it is known that the series is shorter."""

    def read(self) -> Any:
        """Returns the next records by feature, ``[records, ...]``, from the start again after the end."""
        raise NotImplementedError

    def read_full(self) -> Any:
        """Returns the whole series by feature, ``[time, ...]``."""
        raise NotImplementedError


class NumpyReader(TimeSeriesReader):
    """Reads a series from arrays.

    Args:
        data: ``times`` ``[time]``, ``values`` ``[time]`` or ``[time, num_features]``, and exogenous features.
        read_num_records_hint: How many records are read at once.

    Raises:
        ValueError: See ``canonicalize_numpy_data``.
    """

    def __init__(self, data: Mapping[str, Any], read_num_records_hint: int = 4096) -> None:
        self._features = canonicalize_numpy_data(data, require_single_batch=True)
        self._read_num_records_hint = read_num_records_hint

    def check_dataset_size(self, minimum_dataset_size: int) -> None:
        """Raises ``ValueError`` if the series is shorter."""
        size = self._features[_TIMES].shape[1]
        if size < minimum_dataset_size:
            raise ValueError(
                f"A TimeSeriesInputFn is configured to create windows of size {minimum_dataset_size}, but only {size} "
                "records were available in the dataset. Either decrease the window size or provide more records."
            )

    def read(self) -> Any:
        """Returns the next records by feature."""
        features = {key: np.squeeze(value, axis=0) for key, value in self._features.items()}
        hint = self._read_num_records_hint
        return numpy_io.numpy_input_fn(x=features, batch_size=hint, num_epochs=None, shuffle=False)()

    def read_full(self) -> Any:
        """Returns the whole series by feature."""
        features = numpy_io.numpy_input_fn(
            x=self._features, batch_size=1, num_epochs=None, queue_capacity=2, shuffle=False
        )()
        return {key: array_ops.squeeze(value, axis=0) for key, value in features.items()}


class ReaderBaseTimeSeriesParser(TimeSeriesReader):
    """Reads records from files and parses them.

    Args:
        filenames: A name, or a list of names in the order of the times.
        read_num_records_hint: How many records are read at once, and how many empty epochs are an error.
    """

    def __init__(self, filenames: Any, read_num_records_hint: int = 4096) -> None:
        self._filenames = filenames
        self._read_num_records_hint = read_num_records_hint

    def _get_reader(self) -> Any:
        """Returns a ``tf.ReaderBase``."""
        raise NotImplementedError

    def _process_records(self, lines: Any) -> Any:
        """Returns features by name of serialized records ``[records]``."""
        raise NotImplementedError

    def _get_filename_queue(self, epoch_limit: int) -> tuple[Any, Any]:
        """Returns a queue of the names, and the variable of epochs that may not come to the limit."""
        epochs = variable_v1.VariableV1(
            initial_value=constant_op.constant(0, dtype=dtypes.int64),
            name="epoch_limiter",
            trainable=False,
            collections=[ops.GraphKeys.LOCAL_VARIABLES],
        )
        names = array_ops.reshape(ops.convert_to_tensor(self._filenames), [-1])
        # Queue runners may start before variables are initialized.
        count = cond.cond(
            state_ops.is_variable_initialized(epochs),
            lambda: epochs.count_up_to(epoch_limit),
            lambda: constant_op.constant(0, dtype=dtypes.int64),
        )
        with ops.control_dependencies([count]):
            names = array_ops.identity(names)
        return input_lib.string_input_producer(names, shuffle=False, capacity=1), epochs

    def read(self) -> Any:
        """Returns the next records by feature."""
        queue, epochs = self._get_filename_queue(epoch_limit=self._read_num_records_hint)
        reader = self._get_reader()
        with ops.control_dependencies([state_ops.assign(epochs, 0)]):
            _, records = reader.read_up_to(queue, self._read_num_records_hint)
        return self._process_records(records)

    def read_full(self) -> Any:
        """Returns the whole series by feature: all records until the first comes again."""
        reader = self._get_reader()
        queue, epochs = self._get_filename_queue(epoch_limit=2)
        with ops.control_dependencies([state_ops.assign(epochs, 0)]):
            first_key, first_value = reader.read_up_to(queue, 1)

        def is_new(key: Any, *_: Any) -> Any:
            return math_ops.not_equal(array_ops.squeeze(key, axis=0), array_ops.squeeze(first_key, axis=0))

        def read_one(key: Any, value: Any, index: Any, collected: Any) -> Any:
            next_key, next_value = reader.read_up_to(queue, 1)
            next_key.set_shape([1])
            next_value.set_shape([1])
            return next_key, next_value, index + 1, collected.write(index, value)

        empty = tensor_array_ops.TensorArray(dtype=dtypes.string, size=0, dynamic_size=True)
        _, _, _, collected = while_loop.while_loop(
            is_new, read_one, [constant_op.constant([""]), first_value, 0, empty]
        )
        records = collected.concat()
        with ops.control_dependencies([records]):
            reset = reader.reset()
        with ops.control_dependencies([reset]):
            records = array_ops.identity(records)
        return self._process_records(records)


class CSVReader(ReaderBaseTimeSeriesParser):
    """Reads a series from comma-separated text.

    Args:
        filenames: A name, or a list of names in the order of the times.
        column_names: The features of the columns: ``times`` once; columns of one name are one feature.
        column_dtypes: The dtypes of the columns: by default int64 for the times, float32 for all others.
        skip_header_lines: How many lines each file begins with that are no records.
        read_num_records_hint: How many lines are read at once.

    Raises:
        ValueError: Times or values are missing, times come twice, or dtypes and names differ in number.
    """

    def __init__(
        self,
        filenames: Any,
        column_names: Sequence[str] = (_TIMES, _VALUES),
        column_dtypes: Sequence[Any] | None = None,
        skip_header_lines: int | None = None,
        read_num_records_hint: int = 4096,
    ) -> None:
        _check_required(column_names)
        if column_dtypes is not None and len(column_dtypes) != len(column_names):
            raise ValueError(
                "If specified, the length of column_dtypes must match the length of column_names (got "
                f"column_dtypes={column_dtypes} and column_names={column_names})."
            )
        if list(column_names).count(_TIMES) != 1:
            raise ValueError(f"Got more than one times column ('{_TIMES}'), but exactly one is required.")
        self._column_names = column_names
        self._column_dtypes = column_dtypes
        self._skip_header_lines = skip_header_lines
        super().__init__(filenames=filenames, read_num_records_hint=read_num_records_hint)

    def _get_reader(self) -> Any:
        return io_ops.TextLineReader(skip_header_lines=self._skip_header_lines)

    def _process_records(self, lines: Any) -> Any:
        columns = parsing_ops.decode_csv(lines, self._defaults())
        by_name: dict[str, list[Any]] = {}
        for name, column in zip(self._column_names, columns, strict=True):
            by_name.setdefault(name, []).append(column)
        return {name: found[0] if name == _TIMES else array_ops.stack(found, axis=1) for name, found in by_name.items()}

    def _defaults(self) -> list[Any]:
        if self._column_dtypes is not None:
            return [(array_ops.zeros([], dtype),) for dtype in self._column_dtypes]
        return [(array_ops.zeros([], dtypes.int64),) if name == _TIMES else () for name in self._column_names]


class TFExampleReader(ReaderBaseTimeSeriesParser):
    """Reads a series from ``tf.train.Example`` records, one for each time.

    Args:
        filenames: A name, or a list of names in the order of the times.
        features: What ``tf.parse_example`` takes: ``times`` ``[]``, ``values`` ``[num_features]``, and others.

    Raises:
        ValueError: Times or values are missing.
    """

    def __init__(self, filenames: Any, features: Mapping[str, Any]) -> None:
        _check_required(features)
        self._features = features
        super().__init__(filenames=filenames)

    def _get_reader(self) -> Any:
        return io_ops.TFRecordReader()

    def _process_records(self, examples: Any) -> Any:
        return parsing_ops.parse_example(serialized=examples, features=self._features)


def _check_required(names: Any) -> None:
    for name in (_TIMES, _VALUES):
        if name not in names:
            raise ValueError(f"'{name}' is a required column.")
