"""Object-based checkpoints: the objects that were saved, and the roles of their tensors.

Fields are those of TensorFlow's ``trackable_object_graph.proto``.
"""

from __future__ import annotations

import os
from collections import deque
from dataclasses import dataclass
from typing import Any

from tf1graphs.inspect.checkpoints.roles import BOOKKEEPING, SLOT, STATE, STEP, VARIABLE, Role
from tf1graphs.inspect.errors import InvalidFile

# Models nest a few levels; a damaged graph could be one long chain, whose paths would fill the memory.
_MOST_LEVELS = 100
_VALUE = "VARIABLE_VALUE"
_COUNTERS = {"save_counter"}
_STEPS = ("global_step", "step", "iter", "_iterations", "iterations")
# An optimizer of Keras keeps all it has in this list, and the variables it trains in another.
_KERAS_ALL = "_variables"
_KERAS_TRAINED = "_trainable_variables"
_KERAS_STEPS = {"_iterations", "iter"}


@dataclass(frozen=True)
class Object:
    """An object of an object-based checkpoint.

    Attributes:
        path: the attributes that lead to it from the saved object, the shortest way; empty for that object itself.
        tensors: the names of its tensors in the checkpoint.
        full_name: of a variable, its name in the program that saved it.
    """

    path: tuple[str, ...]
    tensors: tuple[str, ...]
    full_name: str


class ObjectGraph:
    """The objects of a checkpoint.

    Attributes:
        objects: the object of each node that can be reached from the saved one, by its number, nearest first.
    """

    def __init__(self, graph: Any, path: str | os.PathLike[str]) -> None:
        """Walks through a ``TrackableObjectGraph`` that was read from ``path``.

        Raises:
            InvalidFile: it names objects that are not there.
        """
        self._nodes = graph.nodes
        self._file = path
        self.objects: dict[int, Object] = {}
        waiting: deque[tuple[int, tuple[str, ...]]] = deque([(0, ())] if graph.nodes else [])
        while waiting:
            number, place = waiting.popleft()
            if number in self.objects:
                continue
            self.objects[number] = self._object(number, place)
            waiting.extend((child, (*place, name)) for name, child in self._children(number).items())

    def _node(self, number: int) -> Any:
        if not 0 <= number < len(self._nodes):
            raise InvalidFile(self._file, f"damaged: object {number} is named and there are {len(self._nodes)}")
        return self._nodes[number]

    def _children(self, number: int) -> dict[str, int]:
        return {child.local_name: child.node_id for child in self._node(number).children}

    def _object(self, number: int, place: tuple[str, ...]) -> Object:
        if len(place) > _MOST_LEVELS:
            raise InvalidFile(self._file, f"damaged: its objects nest more than {_MOST_LEVELS} levels")
        attributes = self._node(number).attributes
        full_names = [attribute.full_name for attribute in attributes if attribute.name == _VALUE]
        tensors = tuple(attribute.checkpoint_key for attribute in attributes)
        return Object(place, tensors, full_names[0] if full_names else "")

    def _tensors(self, number: int) -> tuple[str, ...]:
        return tuple(attribute.checkpoint_key for attribute in self._node(number).attributes)

    def roles(self) -> dict[str, Role]:
        """The roles of all tensors, by their names in the checkpoint."""
        roles: dict[str, Role] = {}
        for number, found in self.objects.items():
            roles |= self._own_roles(number, found)
        for number, found in self.objects.items():
            optimizer = "/".join(found.path)
            roles |= self._state_of(number, optimizer) | self._keras_slots(number, optimizer)
            roles |= self._slots(number, optimizer)
        return roles

    def _own_roles(self, number: int, found: Object) -> dict[str, Role]:
        """The roles of an object's tensors by what it is called; objects also keep descriptions of themselves."""
        last = found.path[-1] if found.path else ""
        of_values = BOOKKEEPING if last in _COUNTERS else STEP if last in _STEPS else VARIABLE
        return {
            attribute.checkpoint_key: Role(of_values if attribute.name == _VALUE else BOOKKEEPING)
            for attribute in self._node(number).attributes
        }

    def _slots(self, number: int, optimizer: str) -> dict[str, Role]:
        """What TensorFlow's and Keras 2's optimizers keep."""
        return {
            name: Role(SLOT, optimizer, self._variable(slot.original_variable_node_id))
            for slot in self._node(number).slot_variables
            for name in self._tensors(slot.slot_variable_node_id)
        }

    def _variable(self, number: int) -> str:
        tensors = self._tensors(number)
        return tensors[0] if tensors else ""

    def _state_of(self, number: int, optimizer: str) -> dict[str, Role]:
        """The scalars of an optimizer with slots, and all in the list of one of Keras."""
        children = self._children(number)
        if self._node(number).slot_variables:
            kept = [child for name, child in children.items() if name not in _STEPS]
            return {name: Role(STATE, optimizer) for child in kept for name in self._tensors(child)}
        if _KERAS_ALL not in children or not children.keys() & _KERAS_STEPS:
            return {}
        listed = [child for name, child in children.items() if name not in _KERAS_STEPS]
        listed += self._children(children[_KERAS_ALL]).values()
        steps = {name for step in _KERAS_STEPS & children.keys() for name in self._tensors(children[step])}
        return {name: Role(STATE, optimizer) for child in listed for name in self._tensors(child) if name not in steps}

    def _keras_slots(self, number: int, optimizer: str) -> dict[str, Role]:
        """Keras 3 keeps a list as long as that of the trained variables for each kind of slot."""
        children = self._children(number)
        if _KERAS_ALL not in children or not children.keys() & _KERAS_STEPS:
            return {}
        if _KERAS_TRAINED not in children:
            return self._by_full_name(children, optimizer)
        trained = self._children(children[_KERAS_TRAINED])
        roles: dict[str, Role] = {}
        for name in children.keys() - {_KERAS_ALL, _KERAS_TRAINED}:
            slots = self._children(children[name])
            if trained and slots.keys() == trained.keys():
                for place, slot in slots.items():
                    variable = self._variable(trained[place])
                    roles |= {tensor: Role(SLOT, optimizer, variable) for tensor in self._tensors(slot)}
        return roles

    def _by_full_name(self, children: dict[str, int], optimizer: str) -> dict[str, Role]:
        """Keras 2 lists no trained variables; it calls a slot ``Adam/m/dense/kernel``."""
        listed = set(self._children(children[_KERAS_ALL]).values())
        others = [found for number, found in self.objects.items() if number not in listed]
        variables = {found.full_name: found.tensors[0] for found in others if found.full_name}
        roles: dict[str, Role] = {}
        for number in listed:
            variable = self.objects[number].full_name.split("/", 2)[2:]
            if variable and variable[0] in variables:
                roles |= {name: Role(SLOT, optimizer, variables[variable[0]]) for name in self._tensors(number)}
        return roles
