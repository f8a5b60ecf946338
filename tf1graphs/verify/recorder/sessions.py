"""Watches TensorFlow 1 sessions: initial variables, training steps, fetched values, final variables."""

from __future__ import annotations

import collections
import functools
import weakref
from typing import Any, Iterator

import numpy as np
from tensorflow.python.client import session as sessions
from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import gradients_util

from . import clock as clocks
from . import programs
from .clock import Clock
from .matching import Described
from .names import Names
from .run import Run

_ITERATIONS = ("IteratorGetNext", "IteratorGetNextSync", "OneShotIterator")

# Gradients of ``losses`` for ``variables``; those that a loss does not depend on have no gradient.
Training = collections.namedtuple("Training", "losses variables gradients")

# What a session's run does, found once for each set of things fetched.
Plan = collections.namedtuple("Plan", "elements names initialized trainings batch settings")


class Setting(collections.namedtuple("Setting", "tensor known name placeholders")):
    """A setting that a tensor gives: its topic, its name, and what has to be fed to read it."""

    def is_known(self, feed: Any) -> bool:
        """Whether reading it needs nothing but what the program feeds; it may have fed what comes after it."""
        return all(placeholder in feed for placeholder in self.placeholders)


# What a variable is called in the recording, and after how many steps it got that name.
_Named = collections.namedtuple("_Named", "name step")


def variables_of(graph: Any) -> Any:
    """Returns the graph's variables in order of creation."""
    with graph.as_default():
        found = list(graph.get_collection(ops.GraphKeys.GLOBAL_VARIABLES))
        return found + [v for v in graph.get_collection(ops.GraphKeys.LOCAL_VARIABLES) if not _is_among(v, found)]


def _is_among(variable: Any, variables: Any) -> bool:
    return any(variable is other for other in variables)


def _variables_behind(graph: Any, xs: Any) -> Any:
    """Returns the variable that each of ``xs`` is, or is the handle of; none if any is something else."""
    by_op = {variable.op: variable for variable in variables_of(graph)}
    found = [by_op.get(getattr(x, "op", None)) for x in (xs if isinstance(xs, (list, tuple)) else [xs])]
    return [] if any(variable is None for variable in found) else found


def leaves(value: Any) -> Iterator[Any]:
    """Yields the elements of nested lists, tuples and dictionaries."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)) and not _is_sparse(value):
        for part in value:
            yield from leaves(part)
    else:
        yield value


def _is_sparse(value: Any) -> bool:
    return hasattr(value, "dense_shape") and hasattr(value, "values")


def _elements(graph: Any, fetches: Any) -> Iterator[Any]:
    """Yields (what was fetched, its tensor or op); what is neither, such as a sparse tensor, has None."""
    for fetch in leaves(fetches):
        try:
            yield fetch, graph.as_graph_element(fetch)
        except (TypeError, ValueError, KeyError):
            yield fetch, None


def ancestors(elements: Any) -> Any:
    """Returns the ops that computing ``elements`` runs."""
    waiting = [getattr(element, "op", element) for element in elements if element is not None]
    seen = set()
    while waiting:
        op = waiting.pop()
        if op not in seen:
            seen.add(op)
            waiting += [tensor.op for tensor in op.inputs]
            waiting += list(op.control_inputs)
    return seen


def _placeholders_behind(tensor: Any) -> Any:
    return [op.outputs[0] for op in ancestors([tensor]) if op.type == "Placeholder"]


class Sessions:
    """Records the sessions of this process."""

    def __init__(self, run: Run, clock: Clock, facts: Any) -> None:
        self._run = run
        self._clock = clock
        self._facts = facts
        self._plans: weakref.WeakKeyDictionary[Any, dict[Any, Plan]] = weakref.WeakKeyDictionary()
        self._trainings: weakref.WeakKeyDictionary[Any, list[Training]] = weakref.WeakKeyDictionary()
        self._open: weakref.WeakSet[Any] = weakref.WeakSet()
        self._finished: weakref.WeakSet[Any] = weakref.WeakSet()
        self._names: weakref.WeakKeyDictionary[Any, dict[str, _Named]] = weakref.WeakKeyDictionary()
        self._fresh = Names()

    def install(self) -> None:
        """Watches every session and every computation of gradients from now on."""
        self._original = sessions.BaseSession.run
        sessions.BaseSession.run = self._watched(self._original)
        sessions.BaseSession.close = self._closing(sessions.BaseSession.close)
        sessions.BaseSession._make_callable_from_options = self._callable(
            sessions.BaseSession._make_callable_from_options
        )
        sessions.BaseSession.make_callable = self._callable_of_fetches
        gradients_util._GradientsHelper = self._noted(gradients_util._GradientsHelper)

    def _noted(self, original: Any) -> Any:
        @functools.wraps(original)
        def gradients(ys: Any, xs: Any, *arguments: Any, **options: Any) -> Any:
            result = original(ys, xs, *arguments, **options)
            graph = ops.get_default_graph()
            variables = type(graph) is ops.Graph and _variables_behind(graph, xs)
            if variables:
                losses = list(ys) if isinstance(ys, (list, tuple)) else [ys]
                _wait_for(losses, result)
                self._trainings.setdefault(graph, []).append(Training(losses, variables, list(result)))
            return result

        return gradients

    def _watched(self, original: Any) -> Any:
        @functools.wraps(original)
        def run(
            session: Any, fetches: Any, feed_dict: Any = None, options: Any = None, run_metadata: Any = None
        ) -> Any:
            if self._run.is_paused:
                return original(session, fetches, feed_dict, options, run_metadata)
            return self._step(session, fetches, feed_dict, options, run_metadata)

        return run

    def _step(self, session: Any, fetches: Any, feed_dict: Any, options: Any, run_metadata: Any) -> Any:
        self._open.add(session)
        plan = self._plan(session, fetches)
        if plan.trainings:
            self._run.stop_at_limit()
        step = clocks.INITIALIZING if plan.initialized else self._run.step
        feed = dict(feed_dict or {})
        feed.update(self._clock.feed(session.graph, step))
        due = any(self._run.is_due(self._trained(session.graph, training)) for training in plan.trainings)
        weights = self._weights(session, plan) if due else []
        settings = [setting for setting in plan.settings if due or not plan.trainings if setting.is_known(feed)]
        extra = {
            "losses": [training.losses for training in plan.trainings],
            "gradients": [_present(training.gradients) for training in plan.trainings] if due else [],
            "batch": plan.batch if due else [],
            "settings": [setting.tensor for setting in settings],
        }
        result = self._original(session, {"own": fetches, "extra": extra}, feed, options, run_metadata)
        values = list(leaves(result["own"]))
        if plan.initialized:
            self._initialize(session, plan.initialized)
        if plan.trainings:
            self._run.batch(list((feed_dict or {}).values()) + result["extra"]["batch"])
        for setting, value in zip(settings, result["extra"]["settings"]):
            self._facts.has_read(setting.known, setting.name, value)
        for index, training in enumerate(plan.trainings):
            self._train(session.graph, training, result["extra"], weights, index)
        self._fetched(plan, values)
        return result["own"]

    def _weights(self, session: Any, plan: Any) -> Any:
        with self._run.pause():
            return self._original(session, [training.variables for training in plan.trainings])

    def _train(self, graph: Any, training: Any, extra: Any, weights: Any, index: int) -> None:
        losses = sum(np.sum(loss, dtype=np.float64) for loss in extra["losses"][index])
        gradients = None
        if extra["gradients"]:
            given = iter(extra["gradients"][index])
            gradients = [
                None if gradient is None else _dense(next(given), variable)
                for gradient, variable in zip(training.gradients, training.variables)
            ]
        names = self._trained(graph, training)
        self._run.training(losses, names, gradients, weights[index] if weights else None)

    def _trained(self, graph: Any, training: Any) -> Any:
        return [self._name(graph, variable) for variable in training.variables]

    def _fetched(self, plan: Any, values: Any) -> None:
        if len(values) != len(plan.elements):
            return
        for element, names, value in zip(plan.elements, plan.names, values):
            if hasattr(element, "op") and names and value is not None and not _is_sparse(value):
                self._run.value("value", names, value)

    def _plan(self, session: Any, fetches: Any) -> Any:
        graph = session.graph
        pairs = list(_elements(graph, fetches))
        key = tuple(getattr(element, "name", None) for _, element in pairs)
        plans = self._plans.setdefault(graph, {})
        if key not in plans:
            plans[key] = self._new_plan(graph, pairs)
        return plans[key]

    def _new_plan(self, graph: Any, pairs: Any) -> Any:
        elements = [element for _, element in pairs]
        needed = ancestors(elements)
        initialized = [v for v in variables_of(graph) if v.initializer in needed]
        # A summary of gradients, run on its own, is no step; fetching them to apply them later is one.
        trained = ancestors(element for element in elements if getattr(element, "dtype", None) != dtypes.string)
        trainings = [] if initialized else [t for t in self._trainings.get(graph, []) if _trains(t, graph, trained)]
        batch = [
            tensor
            for op in needed
            if trainings and op.type in _ITERATIONS and graph.is_fetchable(op)
            for tensor in op.outputs
            if tensor.dtype.is_floating or tensor.dtype.is_integer
        ]
        settings = [
            Setting(tensor, known, name, _placeholders_behind(tensor))
            for tensor, known, name in self._facts.to_read(graph)
            # Of a variable that is being initialized there is nothing to read.
            if not initialized and tensor.op in needed and graph.is_fetchable(tensor)
        ]
        known = programs.names_of([fetch for fetch, _ in pairs], programs.frame())
        changing = {variable.op for variable in variables_of(graph)} if trainings else set()
        names = [
            [] if _behind_reading(element) in changing else _all_names(element, found)
            for element, found in zip(elements, known)
        ]
        if trainings:
            self._note_updates(graph, needed)
        return Plan(elements, names, initialized, trainings, sorted(batch, key=lambda tensor: tensor.name), settings)

    def _note_updates(self, graph: Any, needed: Any) -> None:
        """Notes whether a training step runs what layers have asked to be run with it, such as moving averages."""
        updates = [getattr(update, "op", update) for update in graph.get_collection(ops.GraphKeys.UPDATE_OPS)]
        if updates:
            ran = any(update in needed for update in updates)
            self._run.fact("update ops", "of batch normalization", run=float(ran))

    def _initialize(self, session: Any, initialized: Any) -> None:
        graph = session.graph
        self._begin_again(graph, initialized)
        variables = variables_of(graph)
        described = self._described(graph, variables)
        with self._run.pause():
            indexes = [i for i, v in enumerate(variables) if _is_among(v, initialized)]
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
        variables = variables_of(session.graph)
        with self._run.pause():
            for described, variable in zip(self._described(session.graph, variables), variables):
                try:
                    value = self._original(session, variable)
                except Exception:  # a variable that was never initialized has no final value
                    continue
                self._run.final(described, value)

    def finish_all(self) -> None:
        """Records the final variables of the sessions that the program has left open."""
        for session in list(self._open):
            self.finish(session)

    def _name(self, graph: Any, variable: Any) -> Any:
        """Returns the recorded name of a variable of the graph."""
        return self._named(graph, variable).name

    def _named(self, graph: Any, variable: Any) -> Any:
        names = self._names.setdefault(graph, {})
        if variable.op.name not in names:
            names[variable.op.name] = _Named(self._fresh.new(variable.op.name), self._run.step)
        return names[variable.op.name]

    def _begin_again(self, graph: Any, variables: Any) -> None:
        """Gives variables that are initialized after having been trained new names."""
        for variable in variables:
            if self._named(graph, variable).step < self._run.step:
                del self._names[graph][variable.op.name]

    def _described(self, graph: Any, variables: Any) -> Any:
        trainable = graph.get_collection(ops.GraphKeys.TRAINABLE_VARIABLES)
        return [
            Described(
                self._name(graph, variable),
                tuple(variable.shape.as_list()) if variable.shape.ndims is not None else (),
                _is_among(variable, trainable) and not variable.dtype.is_integer,
            )
            for variable in variables
        ]

    def _callable(self, original: Any) -> Any:
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

    @staticmethod
    def _callable_of_fetches(session: Any, fetches: Any, feed_list: Any = None, accept_options: Any = False) -> Any:
        def call(*arguments: Any, **options: Any) -> Any:
            return session.run(fetches, dict(zip(feed_list or [], arguments)), **options)

        return call


def _wait_for(losses: Any, gradients: Any) -> None:
    """Lets gradients, and so the update made of them, wait for the losses, which else might be those after it.

    The gradient of ``w * w`` needs ``w`` and no loss.
    """
    waiting = [getattr(gradient, "values", gradient).op for gradient in _present(gradients)]
    ops_of_losses = [loss.op for loss in losses]
    if all(op._get_control_flow_context() is None for op in waiting + ops_of_losses):
        needed = ancestors(losses)
        for op in waiting:
            if op not in needed:
                op._add_control_inputs(ops_of_losses)


def _present(gradients: Any) -> Any:
    return [gradient for gradient in gradients if gradient is not None]


def _dense(gradient: Any, variable: Any) -> Any:
    """Returns the array of a gradient, which may be the slices of one."""
    if not _is_sparse(gradient):
        return np.asarray(gradient)
    dense = np.zeros(variable.shape.as_list(), gradient.values.dtype)
    np.add.at(dense, gradient.indices, gradient.values)
    return dense


def _behind_reading(element: Any) -> Any:
    """Returns the op that a fetched tensor is, or only reads.

    Of a variable fetched beside its update TensorFlow gives the value before or after it, as it happens.
    """
    op = getattr(element, "op", None)
    while op is not None and op.type in ("Identity", "ReadVariableOp"):
        op = op.inputs[0].op
    return op


def _all_names(element: Any, found: Any) -> Any:
    if element is None or not hasattr(element, "op"):
        return []
    return found + [name for name in (element.op.name,) if name not in found]


def _trains(training: Any, graph: Any, needed: Any) -> bool:
    """Whether the ops ``needed`` compute these gradients."""
    gradients = [getattr(gradient, "values", gradient) for gradient in _present(training.gradients)]
    return any(gradient.op in needed for gradient in gradients) and all(
        graph.is_fetchable(element) for element in gradients + training.losses
    )
