"""``AsyncCheckpointSaverHook``: saves checkpoints in a thread of its own, while training goes on."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from tensorflow.python.training import basic_session_run_hooks


class AsyncCheckpointSaverHook(basic_session_run_hooks.CheckpointSaverHook):  # type: ignore[misc]
    """Saves as ``tf.train.CheckpointSaverHook`` does, but does not wait; while it still saves it skips a checkpoint.

    Args:
        checkpoint_dir: The folder of the checkpoints.
        save_secs: Saves after so many seconds,
        save_steps: or after so many steps.
        saver: Saves; by default the one of ``scaffold``, or of the graph.
        checkpoint_basename: The first part of the names of the files.
        scaffold: Has the saver.
        listeners: Called before and after each checkpoint, in the thread.

    Raises:
        ValueError: Both or none of ``save_secs`` and ``save_steps``, or both ``saver`` and ``scaffold`` are given.
    """

    def __init__(
        self,
        checkpoint_dir: str,
        save_secs: float | None = None,
        save_steps: int | None = None,
        saver: Any = None,
        checkpoint_basename: str = "model.ckpt",
        scaffold: Any = None,
        listeners: Sequence[Any] | None = None,
    ) -> None:
        super().__init__(checkpoint_dir, save_secs, save_steps, saver, checkpoint_basename, scaffold, listeners)
        self._thread: threading.Thread | None = None
        self._saved_step: int | None = None

    def end(self, session: Any) -> None:
        """Waits for what is still being written, and saves the last step if it was skipped."""
        if self._thread:
            self._thread.join()
        step = session.run(self._global_step_tensor)
        if self._saved_step != step:
            super()._save(session, step)
        for listener in self._listeners:
            listener.end(session, step)

    def _save(self, session: Any, step: int) -> None:
        if self._thread:
            self._thread.join(timeout=0.1)
            if self._thread.is_alive():
                return
        self._saved_step = step
        self._thread = threading.Thread(target=super()._save, args=(session, step))
        self._thread.start()
