"""Monitors as hooks of sessions."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.training import session_run_hook, training_util


class RunHookAdapterForMonitors(session_run_hook.SessionRunHook):  # type: ignore[misc]
    """Calls monitors from a session.

    Args:
        monitors: The monitors.
    """

    def __init__(self, monitors: Sequence[Any]) -> None:
        self._monitors = monitors
        self._last_step: int | None = None
        self._global_step_tensor: Any = None

    def begin(self) -> None:
        """Training begins."""
        self._last_step = None
        self._global_step_tensor = training_util.get_global_step()
        for monitor in self._monitors:
            monitor.begin(max_steps=None)

    def before_run(self, run_context: Any) -> Any:
        """A step begins; asks for the global step and for what monitors ask for.

        Raises:
            ValueError: A monitor gives no list.
        """
        if self._last_step is None:
            self._last_step = run_context.session.run(self._global_step_tensor) + 1
        wanted: list[Any] = []
        for monitor in self._monitors:
            requests = monitor.step_begin(self._last_step)
            if requests and not isinstance(requests, list):
                raise ValueError("Monitor.step_begin should return a list.")
            wanted.extend(requests or [])
        request: dict[Any, Any] = {self._global_step_tensor: self._global_step_tensor}
        if wanted:
            request["monitors"] = {each: _graph_element(each) for each in wanted}
        return session_run_hook.SessionRunArgs(request)

    def after_run(self, run_context: Any, run_values: Any) -> None:
        """A step ends; stops where a monitor says so."""
        values = run_values.results.get("monitors", {})
        stops = [monitor.step_end(self._last_step, values) for monitor in self._monitors]
        if any(stops):
            run_context.request_stop()
        for monitor in self._monitors:
            monitor.post_step(self._last_step, run_context.session)
        self._last_step = run_values.results[self._global_step_tensor] + 1

    def end(self, session: Any) -> None:
        """Training ends."""
        self._last_step = None
        for monitor in self._monitors:
            # Monitors of the first releases took no session.
            takes_session = "session" in inspect.getfullargspec(monitor.end).args
            monitor.end(**{"session": session} if takes_session else {})


def replace_monitors_with_hooks(monitors_or_hooks: Sequence[Any] | None, estimator: Any) -> list[Any]:
    """Returns the hooks of a list, and one more that calls its monitors: on a worker, those that run there.

    Args:
        monitors_or_hooks: Monitors and hooks.
        estimator: The estimator that they look at.
    """
    hooks = [each for each in monitors_or_hooks or [] if isinstance(each, session_run_hook.SessionRunHook)]
    monitors = [each for each in monitors_or_hooks or [] if not isinstance(each, session_run_hook.SessionRunHook)]
    if not estimator.config.is_chief:
        monitors = [monitor for monitor in monitors if monitor.run_on_all_workers]
    for monitor in monitors:
        monitor.set_estimator(estimator)
    return [*hooks, RunHookAdapterForMonitors(monitors)] if monitors else hooks


def _graph_element(wanted: Any) -> Any:
    """Returns the tensor that a monitor asks for by itself or by its name, or by that of an op with one output."""
    graph = ops.get_default_graph()
    if not isinstance(wanted, str):
        if getattr(wanted, "graph", None) is not graph:
            raise ValueError(f"Passed {wanted} should have graph attribute that is equal to current graph {graph}.")
        return wanted
    if ":" in wanted:
        return graph.as_graph_element(wanted)
    found = graph.as_graph_element(f"{wanted}:0")
    if len(found.op.outputs) > 1:
        raise ValueError(f"Name {wanted} is ambiguous, as this `Operation` has multiple outputs (at least 2).")
    return found
