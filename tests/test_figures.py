"""Figures are whole PNG files, written under a temporary name and renamed."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure

from tf1graphs import figures

DIGITS = np.linspace(0.0, 1.0, 3 * 784).reshape(3, 784)
DRAWINGS = {
    "digits": lambda path: figures.save_digits(path, DIGITS, DIGITS.reshape(3, 28, 28), titles=["1", "2", "3"]),
    "matrices": lambda path: figures.save_matrices(path, {"W": [[1.0, -2.0]], "b": [[0.5]]}),
    "curves": lambda path: figures.save_curves(path, {"cost": [3.0, 2.0, 1.0]}, x="step", y="cost", yscale="log"),
    "heat map": lambda path: figures.save_heat_map(path, {"word": [0.1, 0.9]}, ["a", "b"], label="probability"),
    "pictures": lambda path: figures.save_pictures(path, {"one": np.zeros((2, 3, 3)), "two": np.ones((3, 2, 3))}),
    "runs": lambda path: figures.save_runs(path, [{"cost": {1: 2.0, 2: 1.0}, "saved": {2: 1.0}}]),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_figure_is_a_png_and_nothing_else_is_left(name, tmp_path):
    DRAWINGS[name](tmp_path / "picture.png")
    assert (tmp_path / "picture.png").read_bytes().startswith(b"\x89PNG")
    assert [path.name for path in tmp_path.iterdir()] == ["picture.png"]


def test_graph_is_drawn_with_its_operations(tmp_path):
    import tf1graphs.v1 as tf

    with tf.Graph().as_default() as graph:
        tf.add(tf.constant(10, name="a"), tf.constant(32, name="b"), name="c")
    figures.save_graph(tmp_path / "picture.png", graph)
    assert (tmp_path / "picture.png").stat().st_size > 2000


def test_an_interrupted_figure_leaves_the_old_one(tmp_path, monkeypatch):
    figures.save_figure(Figure(), tmp_path / "picture.png")
    before = (tmp_path / "picture.png").read_bytes()

    def stop(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(Figure, "savefig", stop)
    with pytest.raises(KeyboardInterrupt):
        figures.save_figure(Figure(), tmp_path / "picture.png")
    assert (tmp_path / "picture.png").read_bytes() == before


def test_rows_of_different_length_are_refused(tmp_path):
    with pytest.raises(ValueError):
        figures.save_digits(tmp_path / "picture.png", DIGITS, DIGITS[:2])
