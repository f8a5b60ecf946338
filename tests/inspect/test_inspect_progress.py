"""A bar moves for large files only."""

from __future__ import annotations

import io

from rich.console import Console

from tf1graphs.inspect.progress import progress


def shown(size: int) -> str:
    out = io.StringIO()
    with progress(Console(file=out, force_terminal=True, width=80), size) as advance:
        advance(size // 2)
    return out.getvalue()


def test_a_bar_moves_for_large_files() -> None:
    assert "reading" in shown(100_000_000)


def test_small_files_are_read_at_once() -> None:
    assert shown(1000) == ""
