"""Makes this process what a legacy program expects: TensorFlow 1.15's API, and the Python and NumPy of its time."""

from __future__ import annotations

from pathlib import Path

from tf1graphs.run import (
    display,
    flags,
    generated_messages,
    imports,
    numpy_promotion,
    numpy_ragged,
    numpy_single,
    old_names,
    pillow_names,
    python_names,
    steps,
)
from tf1graphs.v1 import _api


def prepare(name: str) -> None:
    """Changes the process; figures that a program called ``name`` shows without a display go to ``logs/name/``."""
    python_names.restore()
    pillow_names.restore()
    numpy_promotion.restore()
    numpy_ragged.restore()
    numpy_single.restore()
    imports.install()
    generated_messages.install()
    flags.restore()
    old_names.accept_old_order()
    _api.add_names(old_names.resolve)
    display.save_shown_figures(Path("logs", name))


def watch_steps(limit: int | None, folder: Path | None) -> None:
    """Stops the program after ``limit`` training steps, and writes their scalars below ``folder``, where given."""
    if limit is None and folder is None:
        return
    watched = steps.Steps()
    if folder:
        steps.write_summaries(watched, folder)
    if limit:
        steps.stop_after(watched, limit)
    watched.watch()
