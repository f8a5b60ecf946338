"""Monitors that write event files."""

from __future__ import annotations

import time
from typing import Any

from tensorflow.core.framework.summary_pb2 import Summary
from tensorflow.python.summary.writer import writer, writer_cache

from tf1graphs.v1.contrib.learn.monitors._base import BaseMonitor
from tf1graphs.v1.contrib.learn.monitors._every_n import EveryN, extract_output
from tf1graphs.v1.contrib.learn.monitors._tensors import PrintTensor


class SummarySaver(EveryN):
    """Writes a summary.

    Args:
        summary_op: The summary; by default that of ``scaffold``.
        save_steps: The number of steps from one to the next.
        output_dir: The folder to write into; by default that of the estimator.
        summary_writer: The writer in its place.
        scaffold: A ``tf.train.Scaffold``.
    """

    def __init__(
        self,
        summary_op: Any,
        save_steps: int = 100,
        output_dir: str | None = None,
        summary_writer: Any = None,
        scaffold: Any = None,
    ) -> None:
        super().__init__(every_n_steps=save_steps)
        self._summary_op = summary_op
        self._summary_writer = summary_writer
        if summary_writer is None and output_dir:
            self._summary_writer = writer.FileWriter(output_dir)
        self._scaffold = scaffold

    def set_estimator(self, estimator: Any) -> None:
        """Takes the estimator, and its folder where there is no other."""
        super().set_estimator(estimator)
        if self._summary_writer is None:
            self._summary_writer = writer.FileWriter(estimator.model_dir)

    def every_n_step_begin(self, step: int) -> list[Any]:
        """Returns the summary."""
        super().every_n_step_begin(step)
        if self._summary_op is None and self._scaffold is not None:
            self._summary_op = self._scaffold.summary_op
        return [] if self._summary_op is None else [self._summary_op]

    def every_n_step_end(self, step: int, outputs: dict[Any, Any]) -> bool:
        """Writes it."""
        super().every_n_step_end(step, outputs)
        if self._summary_op is not None and self._summary_writer:
            self._summary_writer.add_summary(extract_output(outputs, self._summary_op), step)
        return False

    def end(self, session: Any = None) -> None:
        """Flushes the file."""
        super().end(session)
        if self._summary_writer:
            self._summary_writer.flush()


class StepCounter(EveryN):
    """Writes the number of steps per second.

    Args:
        every_n_steps: See ``EveryN``.
        output_dir: The folder to write into; by default that of the estimator.
        summary_writer: The writer in its place.
    """

    def __init__(self, every_n_steps: int = 100, output_dir: str | None = None, summary_writer: Any = None) -> None:
        super().__init__(every_n_steps=every_n_steps)
        self._summary_tag = "global_step/sec"
        self._last_report: tuple[int, float] | None = None
        self._summary_writer = summary_writer
        if summary_writer is None and output_dir:
            self._summary_writer = writer_cache.FileWriterCache.get(output_dir)

    def set_estimator(self, estimator: Any) -> None:
        """Takes the estimator, and its folder where there is no other."""
        super().set_estimator(estimator)
        if self._summary_writer is None:
            self._summary_writer = writer_cache.FileWriterCache.get(estimator.model_dir)

    def every_n_step_end(self, current_step: int, outputs: dict[Any, Any]) -> None:
        """Writes the speed since the last time."""
        now = time.time()
        if self._last_report is not None and self._summary_writer:
            step, then = self._last_report
            value = Summary.Value(tag=self._summary_tag, simple_value=(current_step - step) / (now - then))
            self._summary_writer.add_summary(Summary(value=[value]), current_step)
        self._last_report = current_step, now


def get_default_monitors(
    loss_op: Any = None,
    summary_op: Any = None,
    save_summary_steps: int = 100,
    output_dir: str | None = None,
    summary_writer: Any = None,
) -> list[BaseMonitor]:
    """Returns the monitors that training has if it is given none: one that logs the loss, one that writes summaries.

    Args:
        loss_op: The loss, if it is to be logged.
        summary_op: The summary, if it is to be written; for this and the rest see ``SummarySaver``.
        save_summary_steps: The number of steps from one summary to the next.
        output_dir: The folder to write into.
        summary_writer: The writer in its place.
    """
    monitors: list[BaseMonitor] = []
    if loss_op is not None:
        monitors.append(PrintTensor({"loss": loss_op.name}))
    if summary_op is not None:
        monitors.append(SummarySaver(summary_op, save_summary_steps, output_dir, summary_writer))
    return monitors
