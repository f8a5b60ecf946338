"""The monitor that writes checkpoints."""

from __future__ import annotations

import os
import time
from typing import Any

from tensorflow.core.util.event_pb2 import SessionLog
from tensorflow.python.platform import tf_logging
from tensorflow.python.summary.writer import writer_cache

from tf1graphs.v1.contrib.learn.monitors._base import BaseMonitor


class CheckpointSaver(BaseMonitor):
    """Writes checkpoints: after the first step, every so many steps or seconds, and at the end.

    Args:
        checkpoint_dir: The folder to write into.
        save_secs: The seconds from one to the next.
        save_steps: In their place, the steps.
        saver: The ``tf.train.Saver``; by default that of ``scaffold``.
        checkpoint_basename: What their names begin with.
        scaffold: A ``tf.train.Scaffold``.

    Raises:
        ValueError: Not one of ``save_secs`` and ``save_steps`` is given.
    """

    def __init__(
        self,
        checkpoint_dir: str,
        save_secs: float | None = None,
        save_steps: int | None = None,
        saver: Any = None,
        checkpoint_basename: str = "model.ckpt",
        scaffold: Any = None,
    ) -> None:
        super().__init__()
        self._saver = saver
        self._summary_writer = writer_cache.FileWriterCache.get(checkpoint_dir)
        self._save_path = os.path.join(checkpoint_dir, checkpoint_basename)
        self._scaffold = scaffold
        self._save_secs = save_secs
        self._save_steps = save_steps
        self._last_begin_step: int | None = None
        self._last_saved: tuple[int, float] | None = None
        if save_steps is None and save_secs is None:
            raise ValueError("Either save_steps or save_secs should be provided")
        if save_steps is not None and save_secs is not None:
            raise ValueError("Can not provide both save_steps and save_secs.")

    def begin(self, max_steps: int | None = None) -> None:
        """Forgets an earlier training."""
        super().begin(max_steps)
        self._last_begin_step = self._last_saved = None

    def step_begin(self, step: int) -> list[Any]:
        """Remembers the step."""
        super().step_begin(step)
        self._last_begin_step = step
        return []

    def post_step(self, step: int, session: Any) -> None:
        """Writes a checkpoint where its turn is."""
        super().post_step(step, session)
        if self._is_due(step):
            self._save(step, session)

    def _is_due(self, step: int) -> bool:
        if self._last_saved is None:
            return True
        saved_step, saved_time = self._last_saved
        if self._save_steps is not None:
            return step >= saved_step + self._save_steps
        return self._save_secs is not None and time.time() >= saved_time + self._save_secs

    def end(self, session: Any = None) -> None:
        """Writes the last checkpoint."""
        super().end(session)
        if self._last_begin_step is not None:
            self._save(self._last_begin_step, session)

    def _save(self, step: int, session: Any) -> None:
        if self._last_saved is not None and step == self._last_saved[0]:
            return
        tf_logging.info("Saving checkpoints for %d into %s.", step, self._save_path)
        self._last_saved = step, time.time()
        saver = self._scaffold.saver if self._saver is None else self._saver
        saver.save(session, self._save_path, global_step=step)
        log = SessionLog(status=SessionLog.CHECKPOINT, checkpoint_path=self._save_path)
        self._summary_writer.add_session_log(log, step)
