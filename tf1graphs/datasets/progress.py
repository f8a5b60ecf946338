"""Progress bars for downloads, drawn by rich in the form that pooch calls."""

from __future__ import annotations

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)


def bars() -> Progress:
    """Return a display of bars on stderr; enter it to show it.

    Returns:
        The display, which draws nothing where stderr is not a terminal.
    """
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )


class Bar:
    """One file's row, with the methods that pooch expects of a progress bar.

    They are described at https://www.fatiando.org/pooch/latest/progressbars.html.
    """

    def __init__(self, display: Progress, name: str) -> None:
        """Add a row to a display.

        Args:
            display: The display.
            name: The text of the row.
        """
        self._display = display
        self._task = display.add_task(name, total=None)

    @property
    def total(self) -> float | None:
        """The number of bytes to come; setting it begins the row anew."""
        return self._display.tasks[self._task].total

    @total.setter
    def total(self, size: int) -> None:
        # A server that does not tell the length is 0 to pooch.
        self._display.reset(self._task, total=size or None)

    def update(self, size: int) -> None:
        """Add ``size`` bytes to what has arrived."""
        self._display.advance(self._task, size)

    def reset(self) -> None:
        """Go back to no bytes."""
        self._display.reset(self._task)

    def close(self) -> None:
        """Draw the row as it ends."""
        self._display.refresh()
