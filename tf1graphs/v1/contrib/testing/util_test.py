"""What is in summaries and in the event file of a folder."""

from __future__ import annotations

import glob
import os
from collections.abc import Container, Iterable, Mapping
from typing import Any

import numpy as np
from tensorflow.core.framework import summary_pb2
from tensorflow.python.summary import summary_iterator


def assert_summary(
    expected_tags: Iterable[str], expected_simple_values: Mapping[str, float], summary_proto: Any
) -> None:
    """Asserts that a ``Summary`` has these tags and no others, and these values to two decimals.

    Raises:
        ValueError: the tags are others.
        AssertionError: a value is another.
    """
    for value in summary_proto.value:
        if value.tag in expected_simple_values:
            expected = expected_simple_values[value.tag]
            np.testing.assert_almost_equal(value.simple_value, expected, decimal=2, err_msg=value.tag)
    wanted, found = set(expected_tags), {value.tag for value in summary_proto.value}
    if wanted != found:
        raise ValueError(f"Expected tags {wanted}, got {found}.")


def to_summary_proto(summary_str: bytes) -> Any:
    """Returns the ``Summary`` that is in what a summary op gives."""
    return summary_pb2.Summary.FromString(summary_str)


def latest_event_file(base_dir: str) -> str | None:
    """Returns the path of the last event file in a folder, or None."""
    return max(glob.glob(os.path.join(base_dir, "events.*")), default=None)


def latest_events(base_dir: str) -> Iterable[Any]:
    """Returns the events in the last event file of a folder."""
    path = latest_event_file(base_dir)
    events: Iterable[Any] = summary_iterator.summary_iterator(path) if path else []
    return events


def latest_summaries(base_dir: str) -> list[Any]:
    """Returns those events in the last event file of a folder that have a summary."""
    return [event for event in latest_events(base_dir) if event.HasField("summary")]


def simple_values_from_events(events: Iterable[Any], tags: Container[str]) -> dict[str, float]:
    """Returns tag -> value at the last step, for the tags given.

    Raises:
        ValueError: a summary of such a tag is not a number.
    """
    latest: dict[str, tuple[int, float]] = {}
    for event in events:
        for value in event.summary.value if event.HasField("summary") else ():
            if value.tag not in tags:
                continue
            if not value.HasField("simple_value"):
                raise ValueError(f"Summary for {value.tag} is not a simple_value.")
            if value.tag not in latest or event.step > latest[value.tag][0]:
                latest[value.tag] = event.step, value.simple_value
    return {tag: value for tag, (_, value) in latest.items()}
