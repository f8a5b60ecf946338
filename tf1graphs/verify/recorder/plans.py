"""What a session's run does: which variables it initializes or trains, and what is to be fetched beside it."""

from __future__ import annotations

import weakref
from typing import Any, NamedTuple, Sequence

from tensorflow.python.framework import dtypes, ops

from . import graph_variables, graphs, programs
from .facts import Facts
from .run import Run

_ITERATIONS = ("IteratorGetNext", "IteratorGetNextSync", "OneShotIterator")


class Training(NamedTuple):
    """Gradients of ``losses`` for ``variables``; those that a loss does not depend on have no gradient."""

    losses: list[Any]
    variables: list[Any]
    gradients: list[Any]


class Setting(NamedTuple):
    """A setting that a tensor gives: its topic, its name, and what has to be fed to read it."""

    tensor: Any
    known: Any
    name: str
    placeholders: list[Any]

    def is_known(self, feed: dict[Any, Any]) -> bool:
        """Whether reading it needs nothing but what the program feeds; it may have fed what comes after it."""
        return all(placeholder in feed for placeholder in self.placeholders)


class Plan(NamedTuple):
    """What running a set of fetches does."""

    elements: list[Any]
    names: list[list[str]]
    initialized: list[Any]
    trainings: list[Training]
    batch: list[Any]
    settings: list[Setting]


class Plans:
    """The plans of this process's graphs, each made once."""

    def __init__(self, run: Run, facts: Facts) -> None:
        self._run = run
        self._facts = facts
        self._plans: weakref.WeakKeyDictionary[Any, dict[Any, Plan]] = weakref.WeakKeyDictionary()
        self._trainings: weakref.WeakKeyDictionary[Any, list[Training]] = weakref.WeakKeyDictionary()

    def note(self, graph: Any, losses: Sequence[Any], variables: list[Any], gradients: Sequence[Any]) -> None:
        """Takes gradients that a program has made: what needs them is a training step."""
        _wait_for(losses, gradients)
        self._trainings.setdefault(graph, []).append(Training(list(losses), variables, list(gradients)))

    def of(self, graph: Any, fetches: Any) -> Plan:
        """Returns what fetching ``fetches`` does."""
        pairs = list(graphs.elements(graph, fetches))
        key = tuple(getattr(element, "name", None) for _, element in pairs)
        known = self._plans.setdefault(graph, {})
        if key not in known:
            known[key] = self._new(graph, pairs)
        return known[key]

    def _new(self, graph: Any, pairs: list[tuple[Any, Any]]) -> Plan:
        elements = [element for _, element in pairs]
        needed = graphs.ancestors(elements)
        initialized = [v for v in graph_variables.of(graph) if v.initializer in needed]
        trainings = [] if initialized else self._trained(graph, elements)
        if trainings:
            self._note_updates(graph, needed)
        return Plan(
            elements,
            _names(graph, pairs, trainings),
            initialized,
            trainings,
            _batch(graph, needed) if trainings else [],
            # Of a variable that is being initialized there is nothing to read.
            [] if initialized else self._settings(graph, needed),
        )

    def _trained(self, graph: Any, elements: list[Any]) -> list[Training]:
        # A summary of gradients, run on its own, is no step; fetching them to apply them later is one.
        needed = graphs.ancestors(element for element in elements if getattr(element, "dtype", None) != dtypes.string)
        return [training for training in self._trainings.get(graph, []) if _computes(training, graph, needed)]

    def _settings(self, graph: Any, needed: set[Any]) -> list[Setting]:
        return [
            Setting(tensor, known, name, graphs.placeholders_behind(tensor))
            for tensor, known, name in self._facts.to_read(graph)
            if tensor.op in needed and graph.is_fetchable(tensor)
        ]

    def _note_updates(self, graph: Any, needed: set[Any]) -> None:
        """Notes whether a training step runs what layers have asked to be run with it, such as moving averages."""
        updates = [getattr(update, "op", update) for update in graph.get_collection(ops.GraphKeys.UPDATE_OPS)]
        if updates:
            ran = any(update in needed for update in updates)
            self._run.fact("update ops", "of batch normalization", run=float(ran))


def _wait_for(losses: Sequence[Any], gradients: Sequence[Any]) -> None:
    """Lets gradients, and so the update made of them, wait for the losses, which else might be those after it.

    The gradient of ``w * w`` needs ``w`` and no loss.
    """
    waiting = [graphs.tensor_of(gradient).op for gradient in graphs.present(gradients)]
    ops_of_losses = [loss.op for loss in losses]
    if all(op._get_control_flow_context() is None for op in waiting + ops_of_losses):
        needed = graphs.ancestors(losses)
        for op in waiting:
            if op not in needed:
                op._add_control_inputs(ops_of_losses)


def _computes(training: Training, graph: Any, needed: set[Any]) -> bool:
    """Whether the ops ``needed`` compute these gradients."""
    gradients = [graphs.tensor_of(gradient) for gradient in graphs.present(training.gradients)]
    return any(gradient.op in needed for gradient in gradients) and all(
        graph.is_fetchable(element) for element in gradients + training.losses
    )


def _batch(graph: Any, needed: set[Any]) -> list[Any]:
    """Returns the tensors that iterators give."""
    found = [
        tensor
        for op in needed
        if op.type in _ITERATIONS and graph.is_fetchable(op)
        for tensor in op.outputs
        if tensor.dtype.is_floating or tensor.dtype.is_integer
    ]
    return sorted(found, key=lambda tensor: tensor.name)


def _names(graph: Any, pairs: list[tuple[Any, Any]], trainings: list[Training]) -> list[list[str]]:
    """Returns the names of each fetched tensor, in the program and in the graph.

    A variable fetched beside its update has none: TensorFlow gives its value before or after it, as it happens.
    """
    changing = {variable.op for variable in graph_variables.of(graph)} if trainings else set()
    known = programs.names_of([fetch for fetch, _ in pairs], programs.frame())
    return [
        [] if graphs.read_op(element) in changing else _all_names(element, found)
        for (_, element), found in zip(pairs, known)
    ]


def _all_names(element: Any, found: list[str]) -> list[str]:
    if element is None or not hasattr(element, "op"):
        return []
    return found + [name for name in (element.op.name,) if name not in found]
