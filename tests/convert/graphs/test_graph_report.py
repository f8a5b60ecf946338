"""The report says what became of a graph, and what is not as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import converting

from tf1graphs.convert.graphs.report import lines


def report_of(name: str, source: str, tmp_path: Path, converter: Any, **named: Any) -> tuple[str, ...]:
    """The lines about a fixture."""
    folder = converting.unpacked(name, tmp_path)
    checkpoint = folder / "model" if source == "model.meta" else None
    report = converter(converting.convert, folder / source, tmp_path / "out", checkpoint=checkpoint, **named)
    assert not isinstance(report, str), report
    return lines(report)


def test_defaults_are_kept(tmp_path: Path, converter: Any) -> None:
    assert report_of("cnn", "model.meta", tmp_path, converter) == (
        "serving_default: images, is_training -> probabilities, ArgMax",
        "keep_prob keeps its default; name it with --inputs to feed it",
    )


def test_pipelines_are_left_out(tmp_path: Path, converter: Any) -> None:
    assert report_of("queue", "model.meta", tmp_path, converter, outputs=["result=y"]) == (
        "serving_default: fifo_queue_DequeueMany -> result (y:0)",
        "fifo_queue_DequeueMany (QueueDequeueManyV2) is fed: its input pipeline is left out",
    )


def test_names_that_change(tmp_path: Path, converter: Any) -> None:
    assert report_of("signatures", "saved_model", tmp_path, converter)[-2:] == (
        "lookup tables: string_to_index/hash_table/hash_table",
        "the input in/letters of serving_default is called in_letters: TensorFlow 2 allows letters, digits and _",
    )


def test_constants_that_can_be_trained(tmp_path: Path, converter: Any) -> None:
    assert report_of("quantized", "frozen.pb", tmp_path, converter, trainable=True) == (
        "serving_default: x -> fake, real",
        "made trainable: weights",
    )
