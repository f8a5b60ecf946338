"""A progress bar for files that take a while to read."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tf1graphs.inspect.reading.events import Advance, find_runs, ignore

_SHOWN_FROM_BYTES = 20_000_000


@contextlib.contextmanager
def progress(console: Any, *paths: Path) -> Iterator[Advance]:
    """Gives what ``summarize`` and ``compare`` tell of the bytes they read; it moves a bar if there are many.

    Raises:
        InvalidFile: a path has no event file.
    """
    total = sum(run.size for path in paths for run in find_runs(path))
    if total < _SHOWN_FROM_BYTES:
        yield ignore
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reading"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading", total=total)
        yield lambda count: bar.advance(task, count)
