"""Watches TensorFlow 1 sessions: initial variables, training steps, fetched values, final variables."""

from __future__ import annotations

import functools
import weakref
from typing import Any

import numpy as np
from tensorflow.python.client import session as sessions
from tensorflow.python.framework import ops
from tensorflow.python.ops import gradients_util

from . import clock as clocks
from . import graph_variables, graphs
from .clock import Clock
from .facts import Facts
from .graph_variables import GraphVariables
from .plans import Plan, Plans, Training
from .run import Run


class Sessions:
    """Records the sessions of this process."""

    def __init__(self, run: Run, clock: Clock, facts: Facts) -> None:
        self._run = run
        self._clock = clock
        self._facts = facts
        self._plans = Plans(run, facts)
        self._variables = GraphVariables(run)
        self._open: weakref.WeakSet[Any] = weakref.WeakSet()
        self._finished: weakref.WeakSet[Any] = weakref.WeakSet()

    def install(self) -> None:
        """Watches every session and every computation of gradients from now on."""
        base = sessions.BaseSession
        self._original = base.run
        base.run = self._watched(base.run)
        base.close = self._closing(base.close)
        base._make_callable_from_options = _calling_run(base._make_callable_from_options)
        base.make_callable = _callable_of_fetches
        gradients_util._GradientsHelper = self._noted(gradients_util._GradientsHelper)

    def _noted(self, original: Any) -> Any:
        @functools.wraps(original)
        def gradients(ys: Any, xs: Any, *arguments: Any, **options: Any) -> Any:
            result = original(ys, xs, *arguments, **options)
            graph = ops.get_default_graph()
            variables = graph_variables.behind(graph, xs) if type(graph) is ops.Graph else []
            if variables:
                self._plans.note(graph, ys if isinstance(ys, (list, tuple)) else [ys], variables, result)
            return result

        return gradients

    def _watched(self, original: Any) -> Any:
        @functools.wraps(original)
        def run(
            session: Any, fetches: Any, feed_dict: Any = None, options: Any = None, run_metadata: Any = None
        ) -> Any:
            if self._run.is_paused:
                return original(session, fetches, feed_dict, options, run_metadata)
            return self._step(session, fetches, feed_dict or {}, options, run_metadata)

        return run

    def _step(self, session: Any, fetches: Any, fed: dict[Any, Any], options: Any, run_metadata: Any) -> Any:
        self._open.add(session)
        plan = self._plans.of(session.graph, fetches)
        if plan.trainings:
            self._run.stop_at_limit()
        step = clocks.INITIALIZING if plan.initialized else self._run.step
        feed = {**fed, **self._clock.feed(session.graph, step)}
        due = any(self._run.is_due(self._trained(session.graph, training)) for training in plan.trainings)
        weights = self._weights(session, plan) if due else []
        settings = [setting for setting in plan.settings if due or not plan.trainings if setting.is_known(feed)]
        extra = {
            "losses": [training.losses for training in plan.trainings],
            "gradients": [graphs.present(training.gradients) for training in plan.trainings] if due else [],
            "batch": plan.batch if due else [],
            "settings": [setting.tensor for setting in settings],
        }
        result = self._original(session, {"own": fetches, "extra": extra}, feed, options, run_metadata)
        if plan.initialized:
            self._initialize(session, plan.initialized)
        if plan.trainings:
            self._run.batch(list(fed.values()) + result["extra"]["batch"])
        for setting, value in zip(settings, result["extra"]["settings"]):
            self._facts.has_read(setting.known, setting.name, value)
        for index, training in enumerate(plan.trainings):
            self._train(session.graph, training, result["extra"], weights, index)
        self._fetched(plan, list(graphs.leaves(result["own"])))
        return result["own"]

    def _weights(self, session: Any, plan: Plan) -> list[Any]:
        with self._run.pause():
            values: list[Any] = self._original(session, [training.variables for training in plan.trainings])
        return values

    def _train(self, graph: Any, training: Training, extra: dict[str, Any], weights: list[Any], index: int) -> None:
        losses = sum(np.sum(loss, dtype=np.float64) for loss in extra["losses"][index])
        gradients = None
        if extra["gradients"]:
            given = iter(extra["gradients"][index])
            gradients = [
                None if gradient is None else graphs.dense(next(given), variable)
                for gradient, variable in zip(training.gradients, training.variables)
            ]
        names = self._trained(graph, training)
        self._run.training(losses, names, gradients, weights[index] if weights else None)

    def _trained(self, graph: Any, training: Training) -> list[str]:
        return [self._variables.name(graph, variable) for variable in training.variables]

    def _fetched(self, plan: Plan, values: list[Any]) -> None:
        if len(values) != len(plan.elements):
            return
        for element, names, value in zip(plan.elements, plan.names, values):
            if hasattr(element, "op") and names and value is not None and not graphs.is_sparse(value):
                self._run.value("value", names, value)

    def _initialize(self, session: Any, initialized: list[Any]) -> None:
        graph = session.graph
        self._variables.begin_again(graph, initialized)
        variables = graph_variables.of(graph)
        described = self._variables.described(graph, variables)
        with self._run.pause():
            indexes = [i for i, v in enumerate(variables) if graph_variables.is_among(v, initialized)]
            values = self._original(session, [variables[i] for i in indexes])
            arrays = {i: value for i, value in zip(indexes, values) if hasattr(value, "dtype")}
            for i, value in self._run.initial.values(described, arrays).items():
                variables[i].load(value, session)

    def _closing(self, original: Any) -> Any:
        @functools.wraps(original)
        def close(session: Any) -> Any:
            self.finish(session)
            return original(session)

        return close

    def finish(self, session: Any) -> None:
        """Records the final variables of a session that has trained or initialized anything."""
        if session in self._finished or session not in self._open or session._closed:
            return
        self._finished.add(session)
        variables = graph_variables.of(session.graph)
        with self._run.pause():
            for described, variable in zip(self._variables.described(session.graph, variables), variables):
                try:
                    value = self._original(session, variable)
                except Exception:  # a variable that was never initialized has no final value
                    continue
                self._run.final(described, value)

    def finish_all(self) -> None:
        """Records the final variables of the sessions that the program has left open."""
        for session in list(self._open):
            self.finish(session)


def _calling_run(original: Any) -> Any:
    """Keras calls its sessions past ``run``; here it does not."""

    @functools.wraps(original)
    def make(session: Any, callable_options: Any) -> Any:
        if callable_options.tensor_connection:
            return original(session, callable_options)
        fetched, fed = list(callable_options.fetch), list(callable_options.feed)
        targets = list(callable_options.target)

        def call(*arguments: Any, **options: Any) -> Any:
            result = session.run(fetched + targets, dict(zip(fed, arguments)), **options)
            return result[: len(fetched)]

        return call

    return make


def _callable_of_fetches(session: Any, fetches: Any, feed_list: Any = None, accept_options: bool = False) -> Any:
    def call(*arguments: Any, **options: Any) -> Any:
        return session.run(fetches, dict(zip(feed_list or [], arguments)), **options)

    return call
