"""Progress is drawn on a terminal and nowhere else."""

import io

import pytest

from tf1graphs.datasets import progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


def use(monkeypatch, stream):
    monkeypatch.setattr("sys.stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    display = progress.bars()
    with display:
        bar = progress.Bar(display, "labels.gz")
        bar.total = 1000
        bar.update(700)
        bar.update(700)
        bar.reset()
        bar.update(1000)
        bar.close()
    return bar, stream.getvalue()


def test_draws_the_file_s_bar_on_a_terminal(monkeypatch):
    bar, drawn = use(monkeypatch, Terminal())
    assert "labels.gz" in drawn
    assert "1.0/1.0 kB" in drawn
    assert bar.total == 1000


def test_draws_nothing_elsewhere(monkeypatch):
    _, drawn = use(monkeypatch, io.StringIO())
    assert drawn == ""


@pytest.mark.parametrize(("size", "total"), [(0, None), (5, 5)])
def test_an_untold_length_is_not_nothing(size, total):
    bar = progress.Bar(progress.bars(), "labels.gz")
    bar.total = size
    assert bar.total == total
