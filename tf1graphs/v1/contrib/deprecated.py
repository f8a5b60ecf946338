"""``tf.contrib.deprecated``: the summary functions of TensorFlow 0.x, whose tags are as given and know no name scope.

Source: the op definitions ``ScalarSummary``, ``HistogramSummary``, ``ImageSummary`` and ``AudioSummaryV2``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import gen_logging_ops
from tensorflow.python.summary import summary


def _collect(value: Any, collections: Sequence[str] | None) -> Any:
    for collection in [ops.GraphKeys.SUMMARIES] if collections is None else collections:
        ops.add_to_collection(collection, value)
    return value


def scalar_summary(tags: Any, values: Any, collections: Sequence[str] | None = None, name: str | None = None) -> Any:
    """Returns a summary with a value for each tag; ``tags`` and ``values`` have one shape."""
    with ops.name_scope(name, "ScalarSummary", [tags, values]) as scope:
        return _collect(gen_logging_ops.scalar_summary(tags=tags, values=values, name=scope), collections)


def histogram_summary(tag: Any, values: Any, collections: Sequence[str] | None = None, name: str | None = None) -> Any:
    """Returns a summary with the histogram of ``values``, of any shape, under the scalar string ``tag``."""
    with ops.name_scope(name, "HistogramSummary", [tag, values]) as scope:
        return _collect(gen_logging_ops.histogram_summary(tag=tag, values=values, name=scope), collections)


def image_summary(
    tag: Any, tensor: Any, max_images: int = 3, collections: Sequence[str] | None = None, name: str | None = None
) -> Any:
    """Returns a summary with up to ``max_images`` images of ``tensor`` [batch, height, width, 1, 3 or 4 channels]."""
    with ops.name_scope(name, "ImageSummary", [tag, tensor]) as scope:
        return _collect(
            gen_logging_ops.image_summary(tag=tag, tensor=tensor, max_images=max_images, name=scope), collections
        )


def audio_summary(
    tag: Any,
    tensor: Any,
    sample_rate: float,
    max_outputs: int = 3,
    collections: Sequence[str] | None = None,
    name: str | None = None,
) -> Any:
    """Returns a summary with up to ``max_outputs`` sounds of ``tensor`` [batch, frames, (channels)] in [-1, 1]."""
    with ops.name_scope(name, "AudioSummary", [tag, tensor]) as scope:
        sounds = gen_logging_ops.audio_summary_v2(
            tag=tag, tensor=tensor, max_outputs=max_outputs, sample_rate=sample_rate, name=scope
        )
        return _collect(sounds, collections)


def merge_summary(inputs: Any, collections: Sequence[str] | None = None, name: str | None = None) -> Any:
    """Returns one summary with all values of ``inputs``."""
    return summary.merge(inputs, collections, name)


def merge_all_summaries(key: str = ops.GraphKeys.SUMMARIES) -> Any:
    """Returns one summary with all summaries of the collection ``key``, or None if it is empty."""
    return summary.merge_all(key)
