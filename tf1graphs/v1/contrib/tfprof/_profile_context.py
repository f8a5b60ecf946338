"""Traces steps of every session, and profiles and dumps what they have given at others.

Source: ``python/profiler/profile_context.py`` of 1.15, with its choice of the steps that are traced.
"""

from __future__ import annotations

import os
import random
import sys
import threading
from collections.abc import Callable, Collection, Iterable
from typing import Any

from tensorflow.core.protobuf import config_pb2
from tensorflow.python.client import session as session_lib
from tensorflow.python.framework import errors_impl, ops
from tensorflow.python.platform import gfile

WARMUP_STEPS = 10
MAX_TRACED_STEPS = 100

_METHODS = {
    "graph": "profile_graph",
    "scope": "profile_name_scope",
    "op": "profile_operations",
    "code": "profile_python",
}


class ProfileContext:
    """Within it, each ``Session.run`` is a step, counted from 0.

    Args:
        profile_dir: The folder of the dumps, ``profile_STEP``; they can be read by the tool tfprof.
        trace_steps: The steps to trace; by default some of those after the tenth.
        dump_steps: The steps at which to dump; by default the hundredth.
        enabled: Whether it does anything.
        debug: Whether it also dumps the trace of each step as text, and says on stderr what it does.

    Raises:
        ValueError: There is no folder, or there are more than 100 steps to trace.
        InternalError: On entering, while another is entered.
    """

    _entered: ProfileContext | None = None

    def __init__(
        self,
        profile_dir: str,
        trace_steps: Iterable[int] | None = None,
        dump_steps: Iterable[int] | None = None,
        enabled: bool = True,
        debug: bool = False,
    ) -> None:
        self._enabled = enabled
        if not enabled:
            return
        if not profile_dir:
            raise ValueError("Must have a directory for profile.\n")
        self._auto_tracing = trace_steps is None
        self._trace_steps = {*(trace_steps or ())}
        if len(self._trace_steps) > MAX_TRACED_STEPS:
            raise ValueError("Only support tracing up to 100 steps.\n")
        self._profiler_dir, self._debug = profile_dir, debug
        self._dump_steps = {MAX_TRACED_STEPS} if dump_steps is None else {*dump_steps}
        self._slow_path_steps = self._dump_steps | self._trace_steps
        self._rng = random.Random(111)
        self._fetched: set[str] = set()
        self._trace_next_step = self._dump_next_step = False
        self._step = self._traced_steps = 0
        self._auto_profiles: list[tuple[str, Any, Collection[int]]] = []
        self._views: dict[str, dict[int, Any]] = {}
        self._profiler: Any = None
        self._lock = threading.Lock()

    def get_profiles(self, cmd: str) -> dict[int, Any]:
        """Returns step -> what a command of ``add_auto_profiling`` found at it.

        Raises:
            ValueError: The command has not been run.
        """
        if cmd not in self._views:
            raise ValueError(f"No autoprofiler for command: {cmd}, was run")
        return self._views[cmd]

    def add_auto_profiling(self, cmd: str, options: Any, profile_steps: Collection[int]) -> None:
        """Lets a command, one of "graph", "scope", "op" and "code", be run at steps, which are traced too."""
        if self._enabled:
            self._auto_profiles.append((cmd, options, {*profile_steps}))
            self._slow_path_steps |= {*profile_steps}
            self._trace_steps |= {*profile_steps}

    @property
    def profiler(self) -> Any:
        """The ``tf.profiler.Profiler`` that has the traces, or None if nothing is done."""
        if self._enabled and not self._profiler:
            # The profiler comes with another binary, which takes time to load.
            from tensorflow.python.profiler import model_analyzer

            self._profiler = model_analyzer.Profiler(ops.get_default_graph())
        return self._profiler if self._enabled else None

    def trace_next_step(self) -> None:
        """Lets the next step be traced."""
        if self._enabled:
            self._trace_next_step = True
            self._slow_path_steps.add(self._step)

    def dump_next_step(self) -> None:
        """Lets the profile be dumped after the next step."""
        if self._enabled:
            self._dump_next_step = True
            self._slow_path_steps.add(self._step)

    def __enter__(self) -> ProfileContext:
        if self._enabled:
            if ProfileContext._entered:
                raise errors_impl.InternalError(None, None, "Already in context or context not cleaned.")
            ProfileContext._entered = self
            self._session_run = session_lib.BaseSession.run
            session_lib.BaseSession.run = self._counting(self._session_run)
        return self

    def __exit__(self, *error: Any) -> None:
        if self._enabled:
            ProfileContext._entered = None
            session_lib.BaseSession.run = self._session_run
            # It is one for the process, and another must be made for other graphs.
            self._profiler = None

    def _counting(self, run: Callable[..., Any]) -> Callable[..., Any]:
        def run_step(
            session: Any, fetches: Any, feed_dict: Any = None, options: Any = None, run_metadata: Any = None
        ) -> Any:
            # One step at a time is looked at; those that other threads take meanwhile are counted.
            held = self._lock.acquire(blocking=False)
            try:
                if held and not self._is_fast_path(self._step):
                    return self._run_slowly(run, session, fetches, feed_dict, options, run_metadata)
                return run(session, fetches, feed_dict, options, run_metadata)
            finally:
                self._step += 1
                self._trace_next_step = self._dump_next_step = False
                if held:
                    self._lock.release()

        return run_step

    def _is_fast_path(self, step: int) -> bool:
        may_trace = self._auto_tracing and step > WARMUP_STEPS and self._traced_steps <= MAX_TRACED_STEPS
        return step not in self._slow_path_steps and not may_trace

    def _run_slowly(
        self, run: Callable[..., Any], session: Any, fetches: Any, feed_dict: Any, options: Any, run_metadata: Any
    ) -> Any:
        step = self._step
        if self._should_trace(step, session.graph, fetches):
            self._say("tracing", step)
            traced = config_pb2.RunOptions()
            if options:
                traced.CopyFrom(options)
            traced.trace_level = config_pb2.RunOptions.FULL_TRACE
            metadata = run_metadata or config_pb2.RunMetadata()
            found = run(session, fetches, feed_dict, traced, metadata)
            if self._debug:
                self._write(f"run_meta_{step}", str(metadata))
            self.profiler._graph = session.graph
            self.profiler.add_step(step, metadata)
        else:
            found = run(session, fetches, feed_dict, options, run_metadata)
        if step in self._dump_steps or self._dump_next_step:
            self._say("dumping file at", step)
            self._dump(step)
        for command, settings, steps in self._auto_profiles:
            if step in steps:
                self._say(f"profiling {command}", step)
                self._views.setdefault(command, {})[step] = self._profile(command, settings)
        return found

    def _profile(self, command: str, settings: Any) -> Any:
        if command not in _METHODS:
            raise ValueError(f"Unknown cmd: {command}\n")
        return getattr(self.profiler, _METHODS[command])(settings)

    def _should_trace(self, step: int, graph: Any, fetches: Any) -> bool:
        traced = self._traced_steps <= MAX_TRACED_STEPS and (
            step in self._trace_steps
            or self._trace_next_step
            or (self._auto_tracing and step > WARMUP_STEPS and self._is_worth_it(step, graph, fetches))
        )
        self._traced_steps += traced
        return traced

    def _is_worth_it(self, step: int, graph: Any, fetches: Any) -> bool:
        """Whether the fetches are new, or little of the graph has been seen and chance has it."""
        with graph.as_default():
            unique = session_lib._FetchMapper.for_fetch(fetches).unique_fetches()
        names = "-".join(sorted(each.name for each in unique))
        if names not in self._fetched:
            self._fetched.add(names)
            return True
        return bool(self.profiler._coverage < 0.5 and step < MAX_TRACED_STEPS and self._rng.randint(0, 10) < 2)

    def _dump(self, step: int) -> None:
        gfile.MakeDirs(self._profiler_dir)
        self.profiler._write_profile(os.path.join(self._profiler_dir, f"profile_{step}").encode())

    def _write(self, name: str, text: str) -> None:
        gfile.MakeDirs(self._profiler_dir)
        with gfile.Open(os.path.join(self._profiler_dir, name), "w") as file:
            file.write(text)

    def _say(self, what: str, step: int) -> None:
        if self._debug:
            sys.stderr.write(f"debug: {what} step: {step}\n")
