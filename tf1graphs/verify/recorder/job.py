"""One program to record, as the process that records it is asked for it: a JSON object."""

from __future__ import annotations

import json
from typing import Any, Iterator

import numpy as np

from . import stream
from .initial import Followed, Recorded
from .matching import Described
from .run import Run


def new_run(recording: str, header: dict[str, Any], limit: int | None = None, follow: str | None = None) -> Run:
    """Returns the ``Run`` of a program about to be recorded.

    Args:
        recording: the path of the file to write.
        header: what the first line says of the program.
        limit: after how many training steps the program is ended; None for never.
        follow: the path of a recording whose initial variables the program gets; None for its own.
    """
    events = stream.Stream(recording, **header)
    initial = Followed(events, initial_variables(follow)) if follow else Recorded(events)
    return Run(events, initial, limit)


def lines(path: Any) -> Iterator[dict[str, Any]]:
    """Yields the events of a recording."""
    with stream.reading(path) as file:
        for line in file:
            yield json.loads(line)


def initial_variables(path: Any) -> list[tuple[Described, np.ndarray | None]]:
    """Returns (``Described``, array) of each variable that a recording begins with; large slots have no array."""
    found: dict[str, tuple[Described, np.ndarray | None]] = {}
    for event in lines(path):
        if event["kind"] == "variable":
            described = Described(event["name"], tuple(event["value"]["shape"]), event["trainable"])
            found.setdefault(event["name"], (described, _whole(event["value"])))
    return list(found.values())


def _whole(form: dict[str, Any]) -> np.ndarray | None:
    return None if "norm" in form else stream.decode(form).reshape(form["shape"])
