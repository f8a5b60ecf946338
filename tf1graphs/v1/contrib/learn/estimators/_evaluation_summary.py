"""Writes the results of an evaluation where TensorBoard finds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from tensorflow.core.framework import summary_pb2
from tensorflow.python.framework import tensor_util
from tensorflow.python.platform import tf_logging as logging
from tensorflow.python.summary.writer.writer_cache import FileWriterCache

_FLOATS, _INTEGERS = (float, np.float32), (int, np.int32, np.int64)


def dict_to_str(dictionary: Mapping[str, Any]) -> str:
    """Returns the results as text, in the order of their names; of what is no number, its type."""
    return ", ".join(
        f"{key} = {value}" if isinstance(value, _FLOATS + _INTEGERS) else f"Type of {key} = {type(value)}"
        for key, value in sorted(dictionary.items())
    )


def write_dict_to_summary(output_dir: str, dictionary: Mapping[str, Any], current_global_step: int) -> None:
    """Writes results as a summary of a step into an event file in a folder, and logs them.

    Args:
        output_dir: The folder.
        dictionary: Numbers and arrays by tag; ``global_step`` is left out.
        current_global_step: The step.
    """
    logging.info("Saving dict for global step %d: %s", current_global_step, dict_to_str(dictionary))
    summary = summary_pb2.Summary()
    for key, value in dictionary.items():
        if value is None or key == "global_step":
            continue
        if isinstance(value, _FLOATS + _INTEGERS):
            summary.value.add(tag=key, simple_value=float(value))
        elif isinstance(value, np.ndarray):
            summary.value.add(tag=key, node_name=key, tensor=tensor_util.make_tensor_proto(value))
        else:
            logging.warning("Skipping summary for %s, must be a number or np.ndarray.", key)
    writer = FileWriterCache.get(output_dir)
    writer.add_summary(summary, current_global_step)
    writer.flush()
