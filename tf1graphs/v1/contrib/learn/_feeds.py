"""Runs of a graph in a session of their own, with feeds."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from tensorflow.python.client import session as sessions
from tensorflow.python.ops import lookup_ops, resources, variables
from tensorflow.python.training import coordinator, queue_runner, saver

_SECONDS_TO_STOP = 120


def _start(session: Any, restore_checkpoint_path: Any) -> None:
    """Initializes the graph of a session, variables from a checkpoint where there is one."""
    session.run(resources.initialize_resources(resources.shared_resources() + resources.local_resources()))
    if restore_checkpoint_path:
        saver.Saver().restore(session, restore_checkpoint_path)
    else:
        session.run(variables.global_variables_initializer())
    session.run(variables.local_variables_initializer())
    session.run(lookup_ops.tables_initializer())


def run_feeds_iter(
    output_dict: dict[str, Any], feed_dicts: Any, restore_checkpoint_path: Any = None
) -> Iterator[dict[str, Any]]:
    """Yields the values of tensors for each feed.

    Args:
        output_dict: Name -> tensor.
        feed_dicts: The feeds.
        restore_checkpoint_path: The checkpoint to start from; without it variables are initialized.

    Raises:
        ValueError: There are no tensors, or no feeds.
    """
    for kind, value in [("output_dict", output_dict), ("feed_dicts", feed_dicts)]:
        if not value:
            raise ValueError(f"{kind} is invalid: {value}.")
    graph = next(iter(output_dict.values())).graph
    with graph.as_default(), sessions.Session("") as session:
        _start(session, restore_checkpoint_path)
        stop = coordinator.Coordinator()
        threads = queue_runner.start_queue_runners(session, coord=stop)
        try:
            for feed in feed_dicts:
                yield session.run(output_dict, feed)
        finally:
            stop.request_stop()
            if threads:
                stop.join(threads, stop_grace_period_secs=_SECONDS_TO_STOP)


def run_feeds(
    output_dict: dict[str, Any], feed_dicts: Any, restore_checkpoint_path: Any = None
) -> list[dict[str, Any]]:
    """Returns what ``run_feeds_iter`` yields."""
    return list(run_feeds_iter(output_dict, feed_dicts, restore_checkpoint_path))


def run_n(
    output_dict: dict[str, Any], feed_dict: Any = None, restore_checkpoint_path: Any = None, n: int = 1
) -> list[dict[str, Any]]:
    """Returns the values of tensors in ``n`` runs with one feed.

    Args:
        output_dict: Name -> tensor.
        feed_dict: The feed.
        restore_checkpoint_path: The checkpoint to start from; without it variables are initialized.
        n: The number of runs.
    """
    return run_feeds(output_dict, itertools.repeat(feed_dict, n), restore_checkpoint_path)


def infer(restore_checkpoint_path: Any, output_dict: dict[str, Any], feed_dict: Any = None) -> dict[str, Any]:
    """Returns the values of tensors in one run from a checkpoint."""
    return run_feeds(output_dict, [feed_dict], restore_checkpoint_path)[0]
