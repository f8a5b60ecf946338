"""Training of a graph under a ``tf.train.Supervisor``, with monitors."""

# ruff: noqa: I001 (_tf_slim comes first: it prepares TensorFlow for tf_slim)
from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from tf1graphs.v1 import _tf_slim  # noqa: F401
from tensorflow.python.framework import errors, ops, tensor
from tensorflow.python.ops import logging_ops
from tensorflow.python.platform import tf_logging
from tensorflow.python.summary.writer.writer_cache import FileWriterCache
from tensorflow.python.training import checkpoint_utils, saver, supervisor
from tf_slim.ops.variables import assert_or_get_global_step

from tf1graphs.v1.contrib.learn import monitors as monitors_lib
from tf1graphs.v1.contrib.learn.monitors._nan_loss import MESSAGE


def train(
    graph: Any,
    output_dir: str,
    train_op: Any,
    loss_op: Any,
    global_step_tensor: Any = None,
    init_op: Any = None,
    init_feed_dict: Any = None,
    init_fn: Any = None,
    log_every_steps: int = 10,
    supervisor_is_chief: bool = True,
    supervisor_master: str = "",
    supervisor_save_model_secs: int = 600,
    keep_checkpoint_max: int = 5,
    supervisor_save_summaries_steps: int = 100,
    feed_fn: Callable[[], Any] | None = None,
    steps: int | None = None,
    fail_on_nan_loss: bool = True,
    monitors: Sequence[Any] | None = None,
    max_steps: int | None = None,
) -> Any:
    """Trains a graph from its last checkpoint on, writes one at the end, and returns the last loss.

    Args:
        graph: The graph.
        output_dir: The folder of checkpoints and summaries.
        train_op: Does a step, and adds 1 to the global step.
        loss_op: The loss, a scalar.
        global_step_tensor: The global step; by default that of the graph.
        init_op: Initializes the graph; ``tf.global_variables_initializer()`` by default.
        init_feed_dict: The feed of ``init_op``.
        init_fn: Initializes what remains, for the session.
        log_every_steps: The steps from one line of the log to the next.
        supervisor_is_chief: Whether this task initializes the graph and writes files.
        supervisor_master: The address of the session.
        supervisor_save_model_secs: The seconds from one checkpoint to the next.
        keep_checkpoint_max: The number of checkpoints to keep.
        supervisor_save_summaries_steps: The steps from one summary to the next.
        feed_fn: Returns the feed of each step.
        steps: The number of steps to train; as long as there is data by default.
        fail_on_nan_loss: Whether a loss of NaN is an error.
        monitors: What looks at the training; by default one that logs the loss and one that writes summaries.
        max_steps: In place of ``steps``, the global step at which to stop.

    Raises:
        ValueError: Something is missing, or both ``steps`` and ``max_steps`` are given.
        NanLossDuringTrainingError: The loss is NaN.
    """
    if steps is not None and max_steps is not None:
        raise ValueError("Can not provide both steps and max_steps.")
    if not output_dir:
        raise ValueError(f"Output directory should be non-empty {output_dir}.")
    for name, op in [("train_op", train_op), ("loss_op", loss_op)]:
        if op is None:
            raise ValueError(f"Missing {name}.")
    while True:
        try:
            with graph.as_default():
                global_step = assert_or_get_global_step(graph, global_step_tensor)
                if global_step is None:
                    raise ValueError('No "global_step" was provided or found in the graph.')
                writer = FileWriterCache.get(output_dir) if supervisor_is_chief else None
                chosen = _monitors(monitors, loss_op, supervisor_save_summaries_steps, writer, supervisor_is_chief)
                last = _last_step(output_dir, global_step, steps) if max_steps is None else max_steps
                for monitor in chosen:
                    monitor.begin(max_steps=last)
            supervised = supervisor.Supervisor(
                graph,
                init_op=init_op or supervisor.Supervisor.USE_DEFAULT,
                init_feed_dict=init_feed_dict,
                is_chief=supervisor_is_chief,
                logdir=output_dir,
                saver=_saver(graph, keep_checkpoint_max),
                global_step=global_step,
                summary_op=None,
                summary_writer=writer,
                save_model_secs=supervisor_save_model_secs,
                init_fn=init_fn,
            )
            run = _Run(supervised, train_op, loss_op, global_step, chosen, feed_fn, last)
            return run.train(supervisor_master, log_every_steps, fail_on_nan_loss, supervisor_is_chief)
        except errors.AbortedError:
            # A parameter server has been started again.
            tf_logging.warning("Training got Aborted error. Keep training.")


def _last_step(output_dir: str, global_step: Any, steps: int | None) -> int | None:
    if not steps:
        return None
    try:
        return int(checkpoint_utils.load_variable(output_dir, global_step.name)) + steps
    except (errors.NotFoundError, ValueError):
        return steps


def _monitors(given: Any, loss_op: Any, summary_steps: int, writer: Any, is_chief: bool) -> list[Any]:
    if not is_chief:
        return [monitor for monitor in given or [] if monitor.run_on_all_workers]
    return list(
        given
        or monitors_lib.get_default_monitors(
            loss_op, logging_ops.get_summary_op(), summary_steps, summary_writer=writer
        )
    )


def _saver(graph: Any, keep: int) -> Any:
    saved = [
        each
        for key in (ops.GraphKeys.GLOBAL_VARIABLES, ops.GraphKeys.SAVEABLE_OBJECTS)
        for each in graph.get_collection(key)
    ]
    return saver.Saver(saved, sharded=True, max_to_keep=keep) if saved else None


@dataclass
class _Run:
    """A training under way."""

    supervisor: Any
    train_op: Any
    loss_op: Any
    global_step: Any
    monitors: list[Any]
    feed_fn: Callable[[], Any] | None
    max_steps: int | None

    def train(self, master: str, log_every_steps: int, fail_on_nan_loss: bool, is_chief: bool) -> Any:
        """Trains and returns the last loss."""
        session = self.supervisor.PrepareSession(master=master, start_standard_services=True)
        self.supervisor.StartQueueRunners(session)
        loss = None
        with session, self._ending(session, is_chief):
            step = logged = session.run(self.global_step)
            while not self.supervisor.ShouldStop() and (self.max_steps is None or step < self.max_steps):
                start = time.time()
                loss, stops = self._step(session, step + 1)
                self._check(loss, fail_on_nan_loss)
                if stops:
                    break
                step = session.run(self.global_step)
                if step == self.max_steps or step - logged >= log_every_steps:
                    seconds = time.time() - start
                    tf_logging.info("training step %d, loss = %.5f (%.3f sec/batch).", step, loss, seconds)
                    logged = step
        return loss

    def _step(self, session: Any, step: int) -> tuple[Any, bool]:
        feed = self.feed_fn() if self.feed_fn is not None else None
        wanted = [self.train_op, self.loss_op]
        for monitor in self.monitors:
            wanted += monitor.step_begin(step) or []
        wanted = list(dict.fromkeys(wanted))
        values = session.run(wanted, feed_dict=feed)
        outputs = {
            each.name if isinstance(each, tensor.Tensor) else each: value
            for each, value in zip(wanted, values, strict=True)
        }
        stops = [monitor.step_end(step, outputs) for monitor in self.monitors]
        return outputs[self.loss_op.name], any(stops)

    def _check(self, loss: Any, fail_on_nan_loss: bool) -> None:
        if np.isnan(loss):
            if fail_on_nan_loss:
                raise monitors_lib.NanLossDuringTrainingError
            tf_logging.warning(MESSAGE)

    @contextmanager
    def _ending(self, session: Any, is_chief: bool) -> Iterator[None]:
        """Ends the training, by an error too, with a last checkpoint; the end of the data is no error."""
        try:
            yield
        except (errors.OutOfRangeError, StopIteration) as error:
            tf_logging.info("The input of the training has ended: %s", error)
        except BaseException:
            try:
                self._end(session, is_chief)
            except Exception as error:
                tf_logging.error("Got exception during tf.learn final checkpoint %s.", error)
            raise
        try:
            self._end(session, is_chief)
        except errors.OutOfRangeError as error:
            tf_logging.warn("The input of the training ended at the last checkpoint: %s", error)

    def _end(self, session: Any, is_chief: bool) -> None:
        self.supervisor.Stop(close_summary_writer=False)
        step = session.run(self.global_step)
        if is_chief:
            self.supervisor.saver.save(session, self.supervisor.save_path, global_step=step)
            for monitor in self.monitors:
                monitor.end()
