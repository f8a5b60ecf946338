"""What a program's failure says on the terminal: Python's own traceback from the program's first line on."""

from __future__ import annotations

import sys
import traceback
import types


class BadInput(Exception):
    """The program cannot be run as it is; the message is one line that says where, why and what to do."""


def own_frames(trace: types.TracebackType | None, files: frozenset[str]) -> types.TracebackType | None:
    """Returns the part of a traceback from the first frame of one of ``files`` on; all of it if there is none."""
    part = trace
    while part is not None and part.tb_frame.f_code.co_filename not in files:
        part = part.tb_next
    return part or trace


def location(trace: types.TracebackType | None, files: frozenset[str]) -> str:
    """Returns ``file:line`` of the last frame of the program in a traceback."""
    frames = [frame for frame in traceback.extract_tb(trace) if frame.filename in files]
    return f"{frames[-1].filename}:{frames[-1].lineno}: " if frames else ""


def report(error: BaseException, files: frozenset[str]) -> None:
    """Prints what ``python`` prints of an uncaught error, without the frames above the program's own."""
    error.__traceback__ = own_frames(error.__traceback__, files)
    if sys.excepthook is sys.__excepthook__:
        # Before CPython 3.13 the built-in hook reads lines from files alone, and a notebook's cells are none.
        traceback.print_exception(error)
    else:
        sys.excepthook(type(error), error, error.__traceback__)
