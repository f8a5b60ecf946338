"""The report says what became of a graph, and what is not as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import converting
import pytest

from tf1graphs.convert.checkpoints.named import write_arrays
from tf1graphs.convert.graphs.saved_model import Converted
from tf1graphs.inspect.reading import protos
from tf1graphs.inspect.reading.checkpoints import open_checkpoint


def report_of(name: str, source: str, tmp_path: Path, converter: Any, **named: Any) -> Converted:
    """What became of a fixture."""
    folder = converting.unpacked(name, tmp_path)
    checkpoint = folder / "model" if source == "model.meta" else None
    report = converter(converting.convert, folder / source, tmp_path / "out", checkpoint=checkpoint, **named)
    assert isinstance(report, Converted), report
    return report


def test_defaults_are_kept(tmp_path: Path, converter: Any) -> None:
    report = report_of("cnn", "model.meta", tmp_path, converter)
    assert report.left_out == ("keep_prob keeps its default; name it with --inputs to feed it",)


def test_a_default_that_is_an_input(tmp_path: Path, converter: Any) -> None:
    report = report_of("cnn", "model.meta", tmp_path, converter, inputs=["images", "is_training", "keep_prob"])
    assert report.left_out == ()


def test_pipelines_are_left_out(tmp_path: Path, converter: Any, server: Any) -> None:
    report = report_of("queue", "model.meta", tmp_path, converter, outputs=["result=y"])
    line = "fifo_queue_DequeueMany (QueueDequeueManyV2) is fed: its input pipeline is left out"
    assert report.left_out == (line,)
    inputs, _ = server(converting.described, tmp_path / "out")["signatures"]["serving_default"]
    assert inputs == {"fifo_queue_DequeueMany": ("(None, 3)", "float32")}


@pytest.mark.parametrize("op", ["Unstage", "InfeedDequeueTuple"])
def test_what_is_staged_has_its_dtype(op: str, tmp_path: Path, converter: Any, server: Any) -> None:
    graph_def = protos.GraphDef()
    staged = graph_def.node.add(name="staged", op=op)
    staged.attr["dtypes"].list.type.append(protos.DataType.DT_INT64)
    if op == "InfeedDequeueTuple":
        staged.attr["shapes"].list.shape.add().dim.add(size=3)
    graph_def.node.add(name="y", op="Neg", input=["staged"]).attr["T"].type = protos.DataType.DT_INT64
    (tmp_path / "staged.pb").write_bytes(graph_def.SerializeToString())
    report = converter(converting.convert, tmp_path / "staged.pb", tmp_path / "out")
    assert isinstance(report, Converted), report
    inputs, _ = server(converting.described, tmp_path / "out")["signatures"]["serving_default"]
    assert inputs == {"staged": ("(3,)" if op == "InfeedDequeueTuple" else "<unknown>", "int64")}


def test_names_that_change(tmp_path: Path, converter: Any) -> None:
    report = report_of("signatures", "saved_model", tmp_path, converter)
    line = "the input in/letters of serving_default is called in_letters: TensorFlow 2 allows letters, digits and _"
    assert report.left_out == (line,)
    assert report.tables == ("string_to_index/hash_table/hash_table",)


def test_loops_are_not_trained(tmp_path: Path, converter: Any) -> None:
    report = report_of("dynamic_rnn", "model.meta", tmp_path, converter)
    line = "the loop rnn/while/while_context can be served and not trained: TensorFlow 2 does not differentiate it"
    assert report.left_out == (line,)


def test_tables_that_a_program_filled_and_no_checkpoint_has(tmp_path: Path, converter: Any) -> None:
    folder = converting.unpacked("counted", tmp_path)
    saved = open_checkpoint(folder / "model")
    kept = ((name, saved.read(name)) for name in saved.entries if not name.startswith("counts"))
    write_arrays(kept, tmp_path / "without_table")
    report = converter(
        converting.convert, folder / "model.meta", tmp_path / "out", checkpoint=tmp_path / "without_table"
    )
    assert "the lookup table counts starts empty: the checkpoint has nothing of it" in report.left_out
    assert not any("empty" in line for line in report_of("counted", "model.meta", tmp_path, converter).left_out)
