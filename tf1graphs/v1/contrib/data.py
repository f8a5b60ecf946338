"""``tf.contrib.data``: what is ``tf.data.experimental`` since 1.13, and what has no other place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from tensorflow.python.data.experimental.ops.batching import dense_to_sparse_batch, map_and_batch, unbatch
from tensorflow.python.data.experimental.ops.counter import CounterV1 as Counter
from tensorflow.python.data.experimental.ops.enumerate_ops import enumerate_dataset
from tensorflow.python.data.experimental.ops.error_ops import ignore_errors
from tensorflow.python.data.experimental.ops.get_single_element import get_single_element
from tensorflow.python.data.experimental.ops.grouping import (
    Reducer,
    bucket_by_sequence_length,
    group_by_reducer,
    group_by_window,
)
from tensorflow.python.data.experimental.ops.interleave_ops import (
    choose_from_datasets_v1 as choose_from_datasets,
)
from tensorflow.python.data.experimental.ops.interleave_ops import parallel_interleave
from tensorflow.python.data.experimental.ops.interleave_ops import (
    sample_from_datasets_v1 as sample_from_datasets,
)
from tensorflow.python.data.experimental.ops.iterator_ops import make_saveable_from_iterator
from tensorflow.python.data.experimental.ops.parsing_ops import parse_example_dataset
from tensorflow.python.data.experimental.ops.prefetching_ops import copy_to_device, prefetch_to_device
from tensorflow.python.data.experimental.ops.random_ops import RandomDatasetV1 as RandomDataset
from tensorflow.python.data.experimental.ops.readers import CsvDatasetV1 as CsvDataset
from tensorflow.python.data.experimental.ops.readers import SqlDatasetV1 as SqlDataset
from tensorflow.python.data.experimental.ops.readers import (
    make_batched_features_dataset_v1 as make_batched_features_dataset,
)
from tensorflow.python.data.experimental.ops.readers import make_csv_dataset_v1 as make_csv_dataset
from tensorflow.python.data.experimental.ops.resampling import rejection_resample
from tensorflow.python.data.experimental.ops.scan_ops import scan
from tensorflow.python.data.experimental.ops.shuffle_ops import shuffle_and_repeat
from tensorflow.python.data.experimental.ops.unique import unique
from tensorflow.python.data.experimental.ops.writers import TFRecordWriter
from tensorflow.python.data.ops import dataset_ops, iterator_ops, readers
from tensorflow.python.data.ops.iterator_ops import get_next_as_optional
from tensorflow.python.data.ops.optional_ops import Optional
from tensorflow.python.data.util import nest
from tensorflow.python.framework import dtypes, ops, tensor_shape
from tensorflow.python.ops import array_ops, check_ops, gen_experimental_dataset_ops
from tensorflow.python.training import (
    basic_session_run_hooks,
    checkpoint_management,
    saver,
    session_run_hook,
)

__all__ = [
    "CheckpointInputPipelineHook",
    "Counter",
    "CsvDataset",
    "Optional",
    "RandomDataset",
    "Reducer",
    "SqlDataset",
    "TFRecordWriter",
    "assert_element_shape",
    "batch_and_drop_remainder",
    "bucket_by_sequence_length",
    "choose_from_datasets",
    "copy_to_device",
    "dense_to_sparse_batch",
    "enumerate_dataset",
    "get_next_as_optional",
    "get_single_element",
    "group_by_reducer",
    "group_by_window",
    "ignore_errors",
    "make_batched_features_dataset",
    "make_csv_dataset",
    "make_saveable_from_iterator",
    "map_and_batch",
    "padded_batch_and_drop_remainder",
    "parallel_interleave",
    "parse_example_dataset",
    "prefetch_to_device",
    "read_batch_features",
    "reduce_dataset",
    "rejection_resample",
    "sample_from_datasets",
    "scan",
    "shuffle_and_repeat",
    "sliding_window_batch",
    "sloppy_interleave",
    "unbatch",
    "unique",
]

_Transformation = Callable[[Any], Any]


def batch_and_drop_remainder(batch_size: Any) -> _Transformation:
    """Returns the transformation ``dataset.batch(batch_size, drop_remainder=True)``."""
    return lambda dataset: dataset.batch(batch_size, drop_remainder=True)


def padded_batch_and_drop_remainder(batch_size: Any, padded_shapes: Any, padding_values: Any = None) -> _Transformation:
    """Returns the transformation ``dataset.padded_batch(..., drop_remainder=True)``."""
    return lambda dataset: dataset.padded_batch(
        batch_size, padded_shapes=padded_shapes, padding_values=padding_values, drop_remainder=True
    )


def sloppy_interleave(map_func: Any, cycle_length: int, block_length: int = 1) -> _Transformation:
    """Returns ``parallel_interleave`` in an order that depends on which element is there first."""
    found: _Transformation = parallel_interleave(map_func, cycle_length, block_length, sloppy=True)
    return found


def reduce_dataset(dataset: Any, reducer: Any) -> Any:
    """Returns the elements of a dataset reduced by a ``Reducer``, whose ``finalize_func`` is not called.

    Raises:
        TypeError: ``dataset`` is no dataset.
    """
    if not isinstance(dataset, dataset_ops.DatasetV2):
        raise TypeError("`dataset` must be a `tf.data.Dataset` object.")
    return dataset.reduce(reducer.init_func(np.int64(0)), reducer.reduce_func)


def read_batch_features(
    file_pattern: Any,
    batch_size: int,
    features: Any,
    reader: Any = readers.TFRecordDatasetV1,
    reader_args: Any = None,
    randomize_input: bool = True,
    num_epochs: int | None = None,
    capacity: int = 10000,
) -> Any:
    """Returns the tensors of batches of the examples in files.

    Args:
        file_pattern: The files.
        batch_size: The size of the batches.
        features: The features to parse, name -> specification.
        reader: The dataset that reads the files.
        reader_args: Further arguments of the reader.
        randomize_input: Whether examples are shuffled.
        num_epochs: How often the files are read, for ever by default.
        capacity: The size of the buffer that shuffles.
    """
    dataset = make_batched_features_dataset(
        file_pattern,
        batch_size,
        features,
        reader=reader,
        reader_args=reader_args,
        shuffle=randomize_input,
        num_epochs=num_epochs,
        shuffle_buffer_size=capacity,
    )
    return dataset_ops.make_one_shot_iterator(dataset).get_next()


def _with_shape(shape: Any, tensor: Any) -> Any:
    """Returns the tensor with what is known of its shape, checked when it runs where it is not known before."""
    shape = tensor_shape.as_shape(shape)
    if not shape:
        return tensor
    if tensor.get_shape().is_fully_defined():
        if not tensor.get_shape().is_compatible_with(shape):
            raise ValueError(f"Wrong shape for {tensor.name}, expected {shape}, got {tensor.get_shape()}.")
        return tensor
    sizes = [-1 if size is None else size for size in shape.as_list()]
    found = array_ops.shape(tensor)
    same = check_ops.assert_equal(
        array_ops.where_v2([size == -1 for size in sizes], found, sizes), found, message="Wrong shape"
    )
    with ops.control_dependencies([check_ops.assert_rank(tensor, len(sizes)), same]):
        checked = array_ops.identity(tensor)
    checked.set_shape(shape)
    return checked


def assert_element_shape(expected_shapes: Any) -> _Transformation:
    """Returns the transformation that checks shapes of elements and makes them known.

    Args:
        expected_shapes: A shape for each component, with None where a dimension may be anything.

    Raises:
        ValueError: When it is applied, a known shape does not fit.
        InvalidArgumentError: When it runs, a shape does not fit.
    """

    def check(*elements: Any) -> Any:
        flat = [
            _with_shape(shape, each)
            for shape, each in zip(nest.flatten(expected_shapes), nest.flatten(elements), strict=True)
        ]
        checked = nest.pack_sequence_as(elements, flat)
        return checked if len(checked) > 1 else checked[0]

    def apply(dataset: Any) -> Any:
        shapes = dataset_ops.get_legacy_output_shapes(dataset)
        known = zip(nest.flatten(shapes), nest.flatten_up_to(shapes, expected_shapes), strict=True)
        for shape, expected in known:
            shape.merge_with(expected)
        return dataset.map(check)

    return apply


class _WindowsDataset(dataset_ops.UnaryDataset):  # type: ignore[misc]
    """Batches of consecutive elements that may overlap."""

    def __init__(self, input_dataset: Any, window_size: Any, window_shift: Any, window_stride: Any) -> None:
        self._element_spec = nest.map_structure(
            lambda component: component._batch(None), dataset_ops.get_structure(input_dataset)
        )
        windows = {"window_size": window_size, "window_shift": window_shift, "window_stride": window_stride}
        variant = gen_experimental_dataset_ops.sliding_window_dataset(
            input_dataset._variant_tensor,
            **{name: ops.convert_to_tensor(value, dtypes.int64, name=name) for name, value in windows.items()},
            **self._flat_structure,
        )
        super().__init__(input_dataset, variant)

    @property
    def element_spec(self) -> Any:
        """The types and shapes of a batch."""
        return self._element_spec


def sliding_window_batch(
    window_size: Any, stride: Any = None, window_shift: Any = None, window_stride: Any = 1
) -> _Transformation:
    """Returns the transformation that batches the elements in a sliding window.

    Args:
        window_size: The number of elements in a batch.
        stride: The old name of ``window_shift``.
        window_shift: How far the window moves, 1 by default.
        window_stride: The distance of the elements in a window.

    Raises:
        ValueError: Both names of the shift are used.
    """
    if stride is not None and window_shift is not None:
        raise ValueError("Cannot specify both `stride` and `window_shift`")
    shift = next((each for each in (window_shift, stride) if each is not None), 1)
    return lambda dataset: dataset_ops.DatasetV1Adapter(_WindowsDataset(dataset, window_size, shift, window_stride))


class _SaverOfInputs(saver.Saver):  # type: ignore[misc]
    """Writes its own file of the latest checkpoint, beside that of the model."""

    def __init__(self, var_list: Any, latest_filename: str) -> None:
        super().__init__(var_list)
        self._latest_filename = latest_filename

    def save(
        self, sess: Any, save_path: str, global_step: Any = None, latest_filename: Any = None, **options: Any
    ) -> Any:
        """Saves the iterators."""
        return super().save(sess, save_path, global_step, latest_filename or self._latest_filename, **options)


class CheckpointInputPipelineHook(session_run_hook.SessionRunHook):  # type: ignore[misc]
    """Saves the iterators of an estimator's input with its checkpoints, and restores them.

    Args:
        estimator: The estimator.
    """

    def __init__(self, estimator: Any) -> None:
        config = estimator._config
        prefix = f"input_{config.task_type}_{config.task_id}" if config.num_worker_replicas > 1 else "input"
        self._checkpoint_saver_hook = basic_session_run_hooks.CheckpointSaverHook(
            estimator.model_dir,
            save_secs=config.save_checkpoints_secs,
            save_steps=config.save_checkpoints_steps,
            checkpoint_basename=f"{prefix}.ckpt",
        )
        self._latest_filename = f"checkpoint_{prefix}"
        self._first_run = True

    def begin(self) -> None:
        """Makes the saver of the graph's iterators."""
        hook = self._checkpoint_saver_hook
        if hook._saver is None and hook._scaffold is None:
            iterators = ops.get_collection(iterator_ops.GLOBAL_ITERATORS)
            saveables = [iterator_ops._IteratorSaveable(each, each.name) for each in iterators]
            hook._saver = _SaverOfInputs(saveables, self._latest_filename)
        hook.begin()

    def before_run(self, run_context: Any) -> Any:
        """Restores the iterators before the first run; where there is nothing to restore, saves them."""
        hook = self._checkpoint_saver_hook
        if self._first_run:
            self._first_run = False
            session = run_context.session
            latest = checkpoint_management.latest_checkpoint(hook._checkpoint_dir, self._latest_filename)
            if latest:
                hook._get_saver().restore(session, latest)
            else:
                step = session.run(hook._global_step_tensor)
                hook._save(session, step)
                hook._timer.update_last_triggered_step(step)
        return hook.before_run(run_context)

    def after_run(self, run_context: Any, run_values: Any) -> None:
        """Saves the iterators when it is time."""
        self._checkpoint_saver_hook.after_run(run_context, run_values)

    def end(self, session: Any) -> None:
        """Saves the iterators."""
        self._checkpoint_saver_hook.end(session)
