"""A progress bar for files that take a while to read."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

_SHOWN_FROM_BYTES = 20_000_000


@contextlib.contextmanager
def progress(console: Any, size: int) -> Iterator[Callable[[int], None]]:
    """Gives what is to be told how many bytes were read; it moves a bar if ``size`` is large.

    Args:
        console: a ``rich.console.Console``.
        size: how many bytes will be read.
    """
    if size < _SHOWN_FROM_BYTES:
        yield lambda count: None
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("reading"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading", total=size)
        yield lambda count: bar.advance(task, count)
