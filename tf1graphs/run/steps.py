"""Watches the training steps of a program: stops after some of them, writes their scalars for TensorBoard."""

from __future__ import annotations

import functools
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tf1graphs.run import notes

_UPDATES = ("Apply", "ResourceApply", "SparseApply", "ResourceSparseApply")

AfterStep = Callable[[Any, int, list[Any], list[Any]], None]


class Steps:
    """Counts the ``Session.run`` calls that train and calls ``after`` with session, number, fetched tensors, values.

    A call trains if something that it fetches needs an optimizer's update of a variable.
    """

    def __init__(self) -> None:
        self.count = 0
        self.after: list[AfterStep] = []
        self._training: weakref.WeakKeyDictionary[Any, dict[tuple[str, ...], bool]] = weakref.WeakKeyDictionary()

    def watch(self) -> None:
        """Wraps ``run`` of every session of this process, from now on."""
        from tensorflow.python.client import session

        run = session.BaseSession.run

        @functools.wraps(run)
        def watched(this: Any, fetches: Any, *arguments: Any, **options: Any) -> Any:
            result = run(this, fetches, *arguments, **options)
            self._ran(this, fetches, result)
            return result

        session.BaseSession.run = watched

    def _ran(self, session: Any, fetches: Any, result: Any) -> None:
        elements = list(_elements(session.graph, fetches))
        if not self._trains(session.graph, [element for element, _ in elements]):
            return
        self.count += 1
        tensors = [element for element, _ in elements]
        for after in self.after:
            after(session, self.count, tensors, list(_leaves(result)))

    def _trains(self, graph: Any, elements: list[Any]) -> bool:
        known = self._training.setdefault(graph, {})
        key = tuple(element.name for element in elements)
        if key not in known:
            known[key] = any(op.type.startswith(_UPDATES) for op in _ancestors(elements))
        return known[key]


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        for part in value:
            yield from _leaves(part)
    else:
        yield value


def _elements(graph: Any, fetches: Any) -> Iterator[tuple[Any, Any]]:
    for fetch in _leaves(fetches):
        try:
            yield graph.as_graph_element(fetch), fetch
        except (TypeError, ValueError, KeyError):
            continue


def _ancestors(elements: list[Any]) -> Iterator[Any]:
    waiting = [getattr(element, "op", element) for element in elements]
    seen = set()
    while waiting:
        op = waiting.pop()
        if op in seen:
            continue
        seen.add(op)
        yield op
        waiting += [tensor.op for tensor in op.inputs] + list(op.control_inputs)


def stop_after(steps: Steps, limit: int) -> None:
    """Ends the program, with exit code 0, after ``limit`` training steps."""

    def stop(session: Any, number: int, tensors: list[Any], values: list[Any]) -> None:
        if number >= limit:
            notes.say(f"stopped after {number} training steps (--max-steps)")
            raise SystemExit(0)

    steps.after.append(stop)


def write_summaries(steps: Steps, folder: Path) -> None:
    """Writes the graph, and every scalar that a training step fetches, as TensorBoard events below ``folder``."""
    from tensorflow.core.framework import summary_pb2
    from tensorflow.python.summary.writer import writer

    writers: dict[Any, Any] = {}

    def write(session: Any, number: int, tensors: list[Any], values: list[Any]) -> None:
        if session.graph not in writers:
            writers[session.graph] = writer.FileWriter(str(folder), session.graph)
        scalars = [
            summary_pb2.Summary.Value(tag=tensor.name.partition(":")[0], simple_value=float(value))
            for tensor, value in zip(tensors, values, strict=False)
            if getattr(value, "shape", None) == () and value.dtype.kind in "fiu"
        ]
        if scalars:
            writers[session.graph].add_summary(summary_pb2.Summary(value=scalars), number)
            writers[session.graph].flush()

    steps.after.append(write)
