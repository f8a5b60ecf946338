"""Writes a name-based checkpoint as an object-based one, which ``tf.train.Checkpoint`` restores.

A variable ``layer1/dense/kernel`` becomes the attribute ``kernel`` of the attribute ``dense`` of the attribute
``layer1`` of what was saved, and slots belong to an object ``optimizer``. Fields are those of TensorFlow's
``trackable_object_graph.proto``, keys those of ``graph_view.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from tf1graphs.convert.carrying.rows import Row
from tf1graphs.convert.checkpoints.named import Begin, carried, write_state
from tf1graphs.convert.writing.bundles import BundleWriter
from tf1graphs.inspect.checkpoints.roles import SLOT, STATE, Role
from tf1graphs.inspect.checkpoints.summary import roles_of
from tf1graphs.inspect.reading import protos
from tf1graphs.inspect.reading.checkpoints import OBJECT_GRAPH, Checkpoint

_VALUE = "VARIABLE_VALUE"
_COUNTER = "save_counter"
# By the name of an optimizer of TensorFlow 1: what it calls its slots, in the order in which it makes them.
_SLOT_NAMES = {
    "Adadelta": ("accum", "accum_update"),
    "Adagrad": ("accumulator",),
    "AdagradDA": ("gradient_accumulator", "gradient_squared_accumulator"),
    "Adam": ("m", "v"),
    "Ftrl": ("accum", "linear"),
    "Momentum": ("momentum",),
    "ProximalAdagrad": ("accumulator",),
    "RMSProp": ("rms", "momentum"),
}


# With ``centered=True`` it keeps three.
_CENTERED = ("rms", "mg", "momentum")


class _Objects:
    """A ``TrackableObjectGraph`` that grows by paths of attributes, and the keys of the tensors in it."""

    def __init__(self) -> None:
        self.graph = protos.TrackableObjectGraph()
        self._numbers: dict[tuple[str, ...], int] = {(): self._new()}

    def _new(self) -> int:
        self.graph.nodes.add()
        return len(self.graph.nodes) - 1

    def at(self, path: tuple[str, ...]) -> int:
        """The number of the object at ``path``, made where there was none."""
        if path not in self._numbers:
            parent, number = self.at(path[:-1]), self._new()
            self.graph.nodes[parent].children.add(local_name=path[-1], node_id=number)
            self._numbers[path] = number
        return self._numbers[path]

    def variable(self, path: tuple[str, ...], full_name: str) -> str:
        """Makes the object at ``path`` a variable; the key of its value."""
        return self._value(self.at(path), _escaped(path), full_name)

    def slot(self, optimizer: tuple[str, ...], variable: tuple[str, ...], name: str, full_name: str) -> str:
        """Makes a slot of the variable at a path; the key of its value."""
        number = self._new()
        self.graph.nodes[self.at(optimizer)].slot_variables.add(
            original_variable_node_id=self.at(variable), slot_name=name, slot_variable_node_id=number
        )
        key = f"{_escaped(variable)}/.OPTIMIZER_SLOT/{_escaped(optimizer)}/{name}"
        return self._value(number, key, full_name)

    def _value(self, number: int, key: str, full_name: str) -> str:
        key = f"{key}/.ATTRIBUTES/{_VALUE}"
        self.graph.nodes[number].attributes.add(name=_VALUE, full_name=full_name, checkpoint_key=key)
        return key


def _escaped(path: tuple[str, ...]) -> str:
    return "/".join(part.replace(".", "..") for part in path)


def _slot_names(optimizer: str, count: int) -> tuple[str, ...]:
    return _CENTERED if optimizer == "RMSProp" and count == len(_CENTERED) else _SLOT_NAMES.get(optimizer, ())


class _Placing:
    """Where each target of a map goes in the objects."""

    def __init__(self, rows: Sequence[Row], roles: Mapping[str, Role]) -> None:
        self._targets = {row.sources[0]: row.targets[0] for row in rows if len(row.sources) == len(row.targets) == 1}
        self._roles = {target: roles[source] for source, target in self._targets.items()}
        self._slots: dict[tuple[str, str], list[str]] = {}
        for source, target in self._targets.items():
            role = roles[source]
            if role.name == SLOT and role.variable in self._targets:
                self._slots.setdefault((role.variable, role.optimizer), []).append(target)
        optimizers = {optimizer for (_, optimizer) in self._slots if optimizer in _SLOT_NAMES}
        self._paths = {name: ("optimizer",) if len(optimizers) == 1 else (f"optimizer_{name}",) for name in optimizers}

    def place(self, objects: _Objects, target: str) -> str:
        """Puts a target into the objects; the key of its value."""
        role = self._roles.get(target, Role())
        path = self._paths.get(role.optimizer)
        if path and role.name == STATE:
            return objects.variable((*path, target.rpartition("/")[2]), target)
        if path and role.name == SLOT and role.variable in self._targets:
            slots = self._slots[role.variable, role.optimizer]
            names = _slot_names(role.optimizer, len(slots))
            if len(slots) <= len(names):
                variable = tuple(self._targets[role.variable].split("/"))
                return objects.slot(path, variable, names[slots.index(target)], target)
        return objects.variable(tuple(target.split("/")), target)


def write_objects(source: Checkpoint, prefix: Path, rows: Sequence[Row], dtype: str | None, begin: Begin) -> None:
    """Writes what ``rows`` make of ``source`` as an object-based checkpoint at ``prefix``.

    Raises:
        CouldNotConvert: a row cannot be carried; nothing is written then.
    """
    objects, placing = _Objects(), _Placing(rows, roles_of(source))
    with BundleWriter(prefix) as writer:
        for target, array in carried(source, rows, dtype, begin):
            writer.add(placing.place(objects, target), array)
        writer.add(objects.variable((_COUNTER,), _COUNTER), np.array(1, np.int64))
        writer.add(OBJECT_GRAPH, np.array(objects.graph.SerializeToString(), object))
    write_state(prefix)
