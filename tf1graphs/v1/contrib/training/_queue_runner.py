"""A queue runner whose enqueue ops are fed by functions."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from tensorflow.python.framework import errors
from tensorflow.python.platform import tf_logging
from tensorflow.python.training import queue_runner


class FeedingQueueRunner(queue_runner.QueueRunner):  # type: ignore[misc]
    """Runs each enqueue op in a thread of its own, fed by a function of its own.

    Args:
        queue: The queue.
        enqueue_ops: The ops that fill it.
        close_op: Closes the queue.
        cancel_op: Closes the queue and cancels what is being enqueued.
        feed_fns: For each enqueue op a function that returns its feed dictionary.
        queue_closed_exception_types: The errors that end a thread in peace.

    Raises:
        ValueError: There is not one function for each op.
    """

    def __init__(
        self,
        queue: Any = None,
        enqueue_ops: Any = None,
        close_op: Any = None,
        cancel_op: Any = None,
        feed_fns: Sequence[Any] | None = None,
        queue_closed_exception_types: Any = None,
    ) -> None:
        closed = queue_closed_exception_types or (errors.OutOfRangeError, errors.CancelledError)
        super().__init__(queue, enqueue_ops, close_op, cancel_op, queue_closed_exception_types=closed)
        self._feed_fns = feed_fns or [lambda: None for _ in self.enqueue_ops]
        if len(self._feed_fns) != len(self.enqueue_ops):
            raise ValueError(f"There are {len(self._feed_fns)} feed_fns for {len(self.enqueue_ops)} enqueue_ops")

    def _run(self, sess: Any, enqueue_op: Any, feed_fn: Any, coord: Any = None) -> None:
        try:
            while not (coord and coord.should_stop()):
                try:
                    sess.run(enqueue_op, feed_dict=feed_fn())
                except self._queue_closed_exception_types:
                    with self._lock:
                        self._runs_per_session[sess] -= 1
                        if self._runs_per_session[sess] == 0:
                            sess.run(self._close_op)
                    return
        except Exception as error:
            if coord is None:
                raise
            tf_logging.error(f"A thread of a queue runner failed: {error}")
            coord.request_stop(error)

    def create_threads(self, sess: Any, coord: Any = None, daemon: bool = False, start: bool = False) -> Any:
        """Returns the threads that enqueue, and with a coordinator one that closes the queue when it stops.

        Args:
            sess: The session.
            coord: The coordinator.
            daemon: Whether the threads end with the program.
            start: Whether they start at once.
        """
        with self._lock:
            if self._runs_per_session.get(sess, 0) > 0:
                return []
            self._runs_per_session[sess] = len(self.enqueue_ops)
            self._exceptions_raised: list[Any] = []
        threads = [
            threading.Thread(target=self._run, args=(sess, op, feed, coord))
            for op, feed in zip(self.enqueue_ops, self._feed_fns, strict=True)
        ]
        if coord:
            threads.append(threading.Thread(target=self._close_on_stop, args=(sess, self._cancel_op, coord)))
        for thread in threads:
            if coord:
                coord.register_thread(thread)
            thread.daemon = daemon or thread.daemon
            if start:
                thread.start()
        return threads

    def _init_from_proto(self, queue_runner_def: Any, import_scope: Any = None) -> None:
        raise NotImplementedError(f"{type(self).__name__} does not support initialization from proto.")

    def to_proto(self, export_scope: Any = None) -> Any:
        """Raises ``NotImplementedError``: functions are in no graph."""
        raise NotImplementedError(f"{type(self).__name__} does not support serialization to proto.")
