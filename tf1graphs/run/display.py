"""``plt.show()`` on a machine with no display: the figures are saved, and the program says where."""

from __future__ import annotations

import sys
import types
from pathlib import Path

from tf1graphs.run import notes
from tf1graphs.v1 import _after_import

_WITHOUT_WINDOWS = ("agg", "cairo", "pdf", "pgf", "ps", "svg", "template")


def _free_file(folder: Path) -> Path:
    numbers = (number for number in range(1, sys.maxsize) if not (folder / f"figure_{number}.png").exists())
    return folder / f"figure_{next(numbers)}.png"


def save_shown_figures(folder: Path) -> None:
    """Makes ``plt.show()`` save all open figures below ``folder`` where matplotlib has no window to show them in.

    Files are named ``figure_1.png``, ``figure_2.png``, ...; none is overwritten.
    """

    def change(pyplot: types.ModuleType) -> None:
        show = pyplot.show

        def show_or_save(*arguments: object, **options: object) -> None:
            if pyplot.get_backend().lower() not in _WITHOUT_WINDOWS:
                show(*arguments, **options)
                return
            folder.mkdir(parents=True, exist_ok=True)
            for number in pyplot.get_fignums():
                file = _free_file(folder)
                pyplot.figure(number).savefig(file)
                notes.say(f"no display; figure saved as {file}")
            pyplot.close("all")

        vars(pyplot)["show"] = show_or_save

    _after_import.change("matplotlib.pyplot", change)
