"""``FakeSummaryWriter``."""

from __future__ import annotations

from typing import Any

from tensorflow.core.framework import summary_pb2
from tensorflow.python.framework import test_util
from tensorflow.python.summary.writer import writer, writer_cache


class FakeSummaryWriter:
    """Stands for ``tf.summary.FileWriter`` once ``install`` is called, and keeps what is written to it.

    Args:
        logdir: the folder that nothing is written to.
        graph: the graph.
    """

    _replaced_summary_writer: Any = None

    @classmethod
    def install(cls) -> None:
        """Takes the place of the writer; ``ValueError`` if it has it already."""
        if cls._replaced_summary_writer:
            raise ValueError("FakeSummaryWriter already installed.")
        cls._replaced_summary_writer = writer.FileWriter
        writer.FileWriter = writer_cache.FileWriter = FakeSummaryWriter

    @classmethod
    def uninstall(cls) -> None:
        """Gives the writer its place back; ``ValueError`` if it has it already."""
        if not cls._replaced_summary_writer:
            raise ValueError("FakeSummaryWriter not installed.")
        writer.FileWriter = writer_cache.FileWriter = cls._replaced_summary_writer
        cls._replaced_summary_writer = None

    def __init__(self, logdir: str, graph: Any = None) -> None:
        self._logdir = logdir
        self._graph = graph
        # Step -> summaries.
        self.summaries: dict[int, list[Any]] = {}
        self._added_graphs: list[Any] = []
        self._added_meta_graphs: list[Any] = []
        self._added_session_logs: list[Any] = []
        self._added_run_metadata: dict[str, Any] = {}

    def assert_summaries(
        self,
        test_case: Any,
        expected_logdir: str | None = None,
        expected_graph: Any = None,
        expected_summaries: dict[int, dict[str, float]] | None = None,
        expected_added_graphs: list[Any] | None = None,
        expected_added_meta_graphs: list[Any] | None = None,
        expected_session_logs: list[Any] | None = None,
    ) -> None:
        """Asserts by the methods of ``test_case`` that what is given has been added; the rest is not looked at."""
        if expected_logdir is not None:
            test_case.assertEqual(expected_logdir, self._logdir)
        if expected_graph is not None:
            test_case.assertTrue(expected_graph is self._graph)
        for step, expected in (expected_summaries or {}).items():
            test_case.assertTrue(step in self.summaries, msg=f"Missing step {step} from {self.summaries.keys()}.")
            test_case.assertEqual(expected, self._simple_values(step))
        if expected_added_graphs is not None:
            test_case.assertEqual(expected_added_graphs, self._added_graphs)
        if expected_added_meta_graphs is not None:
            test_case.assertEqual(len(expected_added_meta_graphs), len(self._added_meta_graphs))
            for wanted, found in zip(expected_added_meta_graphs, self._added_meta_graphs, strict=True):
                test_util.assert_meta_graph_protos_equal(test_case, wanted, found)
        if expected_session_logs is not None:
            test_case.assertEqual(expected_session_logs, self._added_session_logs)

    def _simple_values(self, step: int) -> dict[str, float]:
        values = (value for summary in self.summaries[step] for value in summary.value)
        # How often the supervisor's thread adds its speed is chance.
        return {value.tag: value.simple_value for value in values if value.tag != "global_step/sec"}

    def add_summary(self, summ: Any, current_global_step: int) -> None:
        """Keeps a ``Summary``, which may be serialized."""
        summary = summary_pb2.Summary.FromString(summ) if isinstance(summ, bytes) else summ
        self.summaries.setdefault(current_global_step, []).append(summary)

    def add_graph(self, graph: Any, global_step: int | None = None, graph_def: Any = None) -> None:
        """Keeps a graph; ``ValueError`` for a negative step, or a ``GraphDef``."""
        _check_step(global_step)
        if graph_def is not None:
            raise ValueError(f"Unexpected graph_def {graph_def}.")
        self._added_graphs.append(graph)

    def add_meta_graph(self, meta_graph_def: Any, global_step: int | None = None) -> None:
        """Keeps a ``MetaGraphDef``; ``ValueError`` for a negative step."""
        _check_step(global_step)
        self._added_meta_graphs.append(meta_graph_def)

    def add_session_log(self, session_log: Any, global_step: int | None = None) -> None:
        """Keeps a ``SessionLog``."""
        self._added_session_logs.append(session_log)

    def add_run_metadata(self, run_metadata: Any, tag: str, global_step: int | None = None) -> None:
        """Keeps a ``RunMetadata``; ``ValueError`` for a negative step."""
        _check_step(global_step)
        self._added_run_metadata[tag] = run_metadata

    def flush(self) -> None:
        """Does nothing: there is no file."""

    def reopen(self) -> None:
        """Does nothing: there is no file."""

    def close(self) -> None:
        """Does nothing: there is no file."""


def _check_step(global_step: int | None) -> None:
    if global_step is not None and global_step < 0:
        raise ValueError(f"Invalid global_step {global_step}.")
