"""Summaries and differences in words."""

from __future__ import annotations

import io

import pytest
from graph_building import graph_file, node, placeholder
from recorded_graphs import MODELS, meta_graph_file, saved_model_file
from rich.console import Console

from tf1graphs.inspect.graphs.difference import compare
from tf1graphs.inspect.graphs.report import render, render_difference
from tf1graphs.inspect.graphs.summary import summarize
from tf1graphs.inspect.reading.graphs import GraphFile


def _rendered(file: GraphFile, batch: int | None = None) -> str:
    out = io.StringIO()
    render(summarize(file, batch), Console(file=out, width=80, force_terminal=True, color_system=None))
    return out.getvalue()


def _difference(first: GraphFile, second: GraphFile) -> str:
    out = io.StringIO()
    render_difference(compare(first, second), Console(file=out, width=80, force_terminal=True, color_system=None))
    return out.getvalue()


@pytest.mark.parametrize("model", MODELS)
def test_tables_fit_on_80_columns(model: str) -> None:
    lines = _rendered(meta_graph_file(model)).splitlines()
    # Sentences are left to the terminal to wrap, so that logs can be searched.
    assert all(len(line) <= 80 for line in lines if "  " in line)
    assert len(lines) < 280


def test_what_a_reader_looks_for_is_there() -> None:
    text = _rendered(meta_graph_file("cnn_any_batch"))
    for words in (
        "written by TensorFlow 1.15.5, 353 operations, 4,118 parameters",
        "x:0     [?, 784]  float32",
        "conv2d/kernel             float32  trainable   [5, 5, 1, 8]       200  800 bytes",
        "Adam              18  beta1_power, beta2_power, m, v  33.0 kB",
        "learning_rate 0.001",
        "Mean:0  []     gradients",
        "28 operations; --batch N sets the batch size",
        "58 Assign",
    ):
        assert words in text, words


def test_a_batch_is_named() -> None:
    text = _rendered(meta_graph_file("cnn_any_batch"), batch=8)
    assert "open batch sizes were taken to be 8" in text and "not counted" not in text


def test_signatures_are_shown() -> None:
    text = _rendered(saved_model_file())
    assert "tags serve" in text and "signature serving_default" in text and "words.txt" in text


def test_long_lists_are_cut_with_their_count() -> None:
    text = _rendered(graph_file([placeholder(f"x{index}", 2) for index in range(100)]))
    assert "x39:0" in text and "x40:0" not in text and "... and 60 more; --json has all" in text


def test_names_are_not_taken_for_markup() -> None:
    text = _rendered(graph_file([node("[red]x[/red]", "Placeholder", shape=(2,), dtype="float32")]))
    assert "[red]x[/red]:0" in text


def test_names_cannot_write_to_the_terminal() -> None:
    text = _rendered(graph_file([node("\x1b[2J\n", "Placeholder", shape=(2,), dtype="float32")]))
    assert "\x1b" not in text and "\\x1b[2J\\n:0" in text


def test_gone_ops_and_problems_are_shown() -> None:
    text = _rendered(graph_file([node("x", "GatherTree", "nowhere")]))
    assert "problem: x takes nowhere, which the graph has not" in text
    assert "GatherTree      1  tf.contrib.seq2seq" in text


def test_equal_graphs() -> None:
    assert _difference(meta_graph_file("cnn"), meta_graph_file("cnn")) == "the graphs are equal\n"


def test_differences_are_shown() -> None:
    text = _difference(meta_graph_file("cnn_any_batch"), meta_graph_file("cnn"))
    assert "15 operations only in the first" in text and "8 operations of another type" in text
