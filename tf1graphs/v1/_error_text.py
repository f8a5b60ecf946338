"""Words errors of ``Session.run`` as TensorFlow 1.15 did: the message first, then the lines that made the op."""

from __future__ import annotations

import os
import re
import sys
import traceback
from typing import Any

_NODE = re.compile(r"\{\{node ([^}]+)\}\}")
_OURS = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
_RUN = os.path.join(_OURS, "run") + os.sep


def _frames(op: Any) -> list[traceback.FrameSummary]:
    """Returns the frames that made an op, from the program's first one on."""
    frames = [traceback.FrameSummary(frame.filename, frame.lineno, frame.name) for frame in op.traceback or ()]
    runs = [number for number, frame in enumerate(frames) if frame.filename.startswith(_RUN)]
    return frames[runs[-1] + 1 :] if runs else frames


def _place(op: Any) -> str:
    """Returns the last line of the program itself, outside any installed package, that made an op."""
    libraries = os.path.dirname(os.path.dirname(str(sys.modules["tensorflow"].__file__)))
    own = [frame for frame in _frames(op) if not frame.filename.startswith((libraries, _OURS))]
    return f" (defined at {own[-1].filename}:{own[-1].lineno})" if own else ""


def _interpolate_graph(message: str, graph: Any) -> str:
    def node(match: re.Match[str]) -> str:
        try:
            return f"node {match[1]}{_place(graph.get_operation_by_name(match[1]))} "
        except (KeyError, ValueError):
            return f"node {match[1]}"

    return _NODE.sub(node, message)


def _text(self: Any) -> str:
    if self._op is None or not getattr(self._op, "traceback", None):
        return str(self.message)
    made = "".join(traceback.format_list(_frames(self._op)))
    return f"{self.message}\n\nOriginal stack trace for {self._op.name!r}:\n{made}"


def restore() -> None:
    """Gives errors of graphs 1.15's wording, for this process."""
    from tensorflow.python.framework import error_interpolation, errors_impl

    error_interpolation.interpolate_graph = _interpolate_graph
    errors_impl.OpError.__str__ = _text
