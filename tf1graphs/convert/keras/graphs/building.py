"""The model grows from its outputs: each tensor is asked for, and the node that gives it asks for its inputs.

Each module of ``known`` knows some operations; its ``OPS`` has a function by operation, which gets the building, the
node and which of its outputs is asked for.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np

from tf1graphs.convert.carrying.rows import Row
from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.keras.graphs import known
from tf1graphs.convert.keras.graphs.network import Network, Ref
from tf1graphs.convert.keras.graphs.patterns import Found, Pattern, find
from tf1graphs.convert.keras.graphs.values import Values
from tf1graphs.convert.keras.tensors import Tensors
from tf1graphs.inspect.reading.graphs import GraphFile

Convert = Callable[["Building", Any, int], Any]


@cache
def known_ops() -> dict[str, Convert]:
    """The functions of all modules of ``known`` by operation."""
    ops: dict[str, Convert] = {}
    for found in pkgutil.iter_modules(known.__path__):
        if not found.name.startswith("_"):
            ops.update(importlib.import_module(f"{known.__name__}.{found.name}").OPS)
    return ops


@dataclass(frozen=True)
class Part:
    """Variables of a layer and what they are made from.

    Attributes:
        sources: variables of the graph.
        names: the layer's own names of its variables.
        carry: the way, as in a row of a map.
        settings: of the way.
    """

    sources: tuple[str, ...]
    names: tuple[str, ...]
    carry: str = "as_it_is"
    settings: dict[str, Any] = field(default_factory=dict)


def refuse(node: Any, reason: str) -> CouldNotConvert:
    """The error for a node that is no known layer."""
    return CouldNotConvert(f"{node.name} ({node.op}) is no layer of Keras that is known here: {reason}")


class Building:
    """A model that is being built.

    Attributes:
        network: the graph.
        values: what is known of its numbers.
        rows: what the layers' variables are made from.
        inputs: the Keras inputs by the names of their placeholders.
        with_bias: what layers gave, by the nodes that add the biases that they were made with.
        cells: what recurrent layers gave, by the outputs of their cells within the loop.
        batches: sizes that placeholders have for the batch.
    """

    def __init__(self, file: GraphFile, tensors: Tensors) -> None:
        self.network = Network(file.meta_graphs[0].graph_def)
        self.values = Values(self.network, file.path, lambda ref: tuple(self.tensor(ref).shape))
        self.rows: list[Row] = []
        self.inputs: dict[str, Any] = {}
        self.with_bias: dict[str, Any] = {}
        self.cells: dict[Ref, list[Any]] = {}
        self.batches: set[int] = set()
        self._tensors = tensors
        self._made: dict[Ref, Any] = {}
        self._layers: dict[tuple[Any, ...], Any] = {}
        self._names: set[str] = set()

    def tensor(self, ref: Ref) -> Any:
        """The Keras tensor that ``ref`` becomes.

        Raises:
            CouldNotConvert: the node that gives it is no known layer.
        """
        ref = self.network.behind(ref)
        if ref not in self._made:
            node = self.network.node(ref)
            convert = known_ops().get(node.op)
            if convert is None:
                raise refuse(node, "the operation is not among those that are known")
            try:
                self._made[ref] = convert(self, node, ref.output)
            except (ArithmeticError, LookupError, TypeError, ValueError) as error:
                # Keras refuses a layer, or the file is damaged.
                raise refuse(node, (str(error).splitlines() or [type(error).__name__])[0]) from None
        return self._made[ref]

    def input_of(self, node: Any, number: int = 0) -> Any:
        """The Keras tensor of a node's input."""
        return self.tensor(self.network.inputs(node)[number])

    def sizes_of(self, node: Any, number: int) -> list[int]:
        """The values of a node's input, which is a shape: -1 for one that is not known, less for what is made of such.

        Raises:
            CouldNotConvert: nothing of it is known before the graph runs.
        """
        value = self.values.constant(self.network.inputs(node)[number])
        if value is None:
            raise refuse(node, f"its input {number} is not known before the graph runs")
        return [int(size) for size in value.reshape(-1)]

    def constant_of(self, node: Any, number: int) -> np.ndarray:
        """The values of a node's input.

        Raises:
            CouldNotConvert: they are not known before the graph runs.
        """
        ref = self.network.inputs(node)[number]
        value = self.values.constant(ref)
        if value is None or self.values.is_open(ref, value):
            raise refuse(node, f"its input {number} is not known before the graph runs")
        return value

    def variable_of(self, node: Any, number: int) -> str:
        """The variable that a node's input is; raises as ``constant_of``."""
        name = self.values.variable(self.network.inputs(node)[number])
        if name is None:
            raise refuse(node, f"its input {number} is no variable, but computed")
        return name

    def shape(self, variable: str) -> tuple[int, ...]:
        """The shape of a variable.

        Raises:
            CouldNotConvert: it is not in the checkpoint.
        """
        if variable in self._tensors.entries:
            return self._tensors.entries[variable].shape
        node = self.network.nodes.get(variable)
        value = self.values.constant(Ref(variable)) if node is not None else None
        if value is None:
            raise CouldNotConvert(f"the graph's variable {variable} is not in the checkpoint")
        return value.shape

    def find(self, pattern: Pattern, ref: Ref) -> Found | None:
        """What stands for the names of ``pattern``, as ``patterns.find`` does."""
        return find(pattern, ref, self.network, self.values)

    def name(self, scope: str) -> str:
        """A layer's name from a scope; Keras allows no slashes and no name twice."""
        base = scope.strip("/").replace("/", "_")
        name, number = base, 0
        while name in self._names:
            number += 1
            name = f"{base}_{number}"
        self._names.add(name)
        return name

    def layer(self, kind: str, scope: str, inputs: Any, parts: Sequence[Part] = (), **arguments: Any) -> Any:
        """Applies a layer and returns its outputs; a layer of the same variables is applied again, not made anew.

        Args:
            kind: the class in ``keras.layers``.
            scope: what the layer is named after.
            inputs: of the layer.
            parts: what its variables are made from.
            **arguments: of the class.
        """
        import keras

        sources = tuple(name for part in parts for name in part.sources)
        key = (kind, sources, repr(sorted(arguments.items())), "" if sources else scope)
        if key in self._layers:
            return self._layers[key](inputs)
        layer = getattr(keras.layers, kind)(name=self.name(scope), **arguments)
        outputs = layer(inputs)
        self._layers[key] = layer
        paths = {weight.path.rpartition("/")[2]: weight.path for weight in layer.weights}
        for part in parts:
            self.rows.append(Row(part.sources, tuple(paths[name] for name in part.names), part.carry, part.settings))
        return outputs


def scope_of(variable: str, node: Any) -> str:
    """What a layer is named after: the scope of its variable, or its node if the variable stands in none."""
    return variable.rpartition("/")[0] or str(node.name)
