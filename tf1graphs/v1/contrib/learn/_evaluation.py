"""Evaluation of a graph from a checkpoint."""

# ruff: noqa: I001 (_tf_slim comes first: it prepares TensorFlow for tf_slim)
from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
from tf1graphs.v1 import _tf_slim  # noqa: F401
from tensorflow.core.framework import summary_pb2
from tensorflow.python.framework import errors, ops
from tensorflow.python.ops import control_flow_ops, lookup_ops, variables
from tensorflow.python.platform import tf_logging
from tensorflow.python.summary.writer.writer_cache import FileWriterCache
from tensorflow.python.training import coordinator, queue_runner, saver, session_manager
from tf_slim.ops.variables import assert_or_get_global_step


_SECONDS_TO_STOP = 120


def evaluate(
    graph: Any,
    output_dir: str,
    checkpoint_path: str | None,
    eval_dict: dict[str, Any],
    update_op: Any = None,
    global_step_tensor: Any = None,
    supervisor_master: str = "",
    log_every_steps: int = 10,
    feed_fn: Callable[[], Any] | None = None,
    max_steps: int | None = None,
) -> tuple[dict[str, Any] | None, Any]:
    """Evaluates tensors of a graph, writes them as a summary, and returns their last values and the global step.

    Args:
        graph: The graph.
        output_dir: The folder of the summary.
        checkpoint_path: The folder of the checkpoint, or its path; None initializes variables.
        eval_dict: The tensors by name: evaluated at each step, or, if there is ``update_op``, for the log and at the
            end.
        update_op: What is run at each step.
        global_step_tensor: The global step; by default that of the graph.
        supervisor_master: The address of the session.
        log_every_steps: The steps from one line of the log to the next.
        feed_fn: Returns the feed of each step.
        max_steps: The number of steps; by default as long as there is data.

    Raises:
        ValueError: ``output_dir`` is empty.
    """
    if not output_dir:
        raise ValueError(f"Output directory should be non-empty {output_dir}.")
    with graph.as_default():
        global_step = assert_or_get_global_step(graph, global_step_tensor)
        session = _session(supervisor_master, checkpoint_path)
        stop = coordinator.Coordinator()
        threads = queue_runner.start_queue_runners(session, stop)
    with session:
        step = session.run(global_step)
        try:
            results = _run(session, eval_dict, update_op, log_every_steps, feed_fn, max_steps)
        finally:
            # The session is closed before the queue runners stop, which wait for it.
            session.close()
            try:
                stop.request_stop()
                stop.join(threads, stop_grace_period_secs=_SECONDS_TO_STOP)
            except (RuntimeError, errors.CancelledError) as error:
                tf_logging.warning("Coordinator didn't stop cleanly: %s", error)
    _write(output_dir, results, step)
    return results, step


def _first(key: str, make: Callable[[], Any]) -> Any:
    """Returns the first op of a collection; puts one there if there is none."""
    found = ops.get_collection(key)
    if found:
        return found[0]
    made = make()
    if made is not None:
        ops.add_to_collection(key, made)
    return made


def _session(master: str, checkpoint_path: str | None) -> Any:
    keys = ops.GraphKeys
    restorer = _first(keys.SAVERS, lambda: saver.Saver() if variables.global_variables() else None)
    manager = session_manager.SessionManager(
        local_init_op=_first(
            keys.LOCAL_INIT_OP,
            lambda: control_flow_ops.group(variables.local_variables_initializer(), lookup_ops.tables_initializer()),
        ),
        ready_for_local_init_op=next(iter(ops.get_collection(keys.READY_FOR_LOCAL_INIT_OP)), None),
        ready_op=_first(keys.READY_OP, variables.report_uninitialized_variables),
    )
    session, is_initialized = manager.recover_session(master, saver=restorer, checkpoint_dir=checkpoint_path)
    if not is_initialized:
        tf_logging.warning("Failed to initialize from %s.", checkpoint_path)
        session.run(variables.global_variables_initializer())
        if checkpoint_path and restorer:
            restorer.restore(session, checkpoint_path)
    return session


def _run(
    session: Any, tensors: dict[str, Any], update_op: Any, log_every: int, feed_fn: Any, max_steps: int | None
) -> dict[str, Any] | None:
    results: dict[str, Any] | None = None
    step, evaluated, feed = 0, -1, None
    try:
        try:
            while max_steps is None or step < max_steps:
                step += 1
                start = time.time()
                feed = feed_fn() if feed_fn is not None else None
                if update_op is not None:
                    session.run(update_op, feed_dict=feed)
                if update_op is None or step % log_every == 0:
                    results, evaluated = session.run(tensors, feed_dict=feed), step
                if step % log_every == 0:
                    tf_logging.info("Results after %d steps (%.3f sec/batch): %s.", step, time.time() - start, results)
        finally:
            if step != evaluated:
                results = session.run(tensors, feed_dict=feed)
    except (errors.OutOfRangeError, StopIteration) as error:
        tf_logging.info("The input of the evaluation has ended: %s", error)
    return results


def _write(output_dir: str, results: dict[str, Any] | None, step: int) -> None:
    summary = summary_pb2.Summary()
    for tag, value in (results or {}).items():
        if isinstance(value, (float, np.float32)):
            summary.value.add(tag=tag, simple_value=float(value))
        elif value is not None:
            tf_logging.warn("Skipping summary for %s, must be a float or np.float32.", tag)
    writer = FileWriterCache.get(output_dir)
    writer.add_summary(summary, step)
    writer.flush()
