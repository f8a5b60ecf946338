"""Named tensors of TensorFlow 1: those of a checkpoint, and the constants of a frozen graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from tf1graphs.inspect.reading import dtypes, tensors
from tf1graphs.inspect.reading.graphs import GraphFile


class HasShape(Protocol):
    """What is known of a tensor before it is read."""

    @property
    def shape(self) -> tuple[int, ...]:
        """The sizes of its axes."""


class Tensors(Protocol):
    """Tensors by name, read one by one; ``inspect.reading.checkpoints.Checkpoint`` is one."""

    @property
    def entries(self) -> Mapping[str, HasShape]:
        """All names."""

    def read(self, name: str) -> np.ndarray:
        """The values of a tensor."""


@dataclass(frozen=True)
class _Shaped:
    """The shape of a constant."""

    shape: tuple[int, ...]


class FrozenTensors:
    """The constants of a graph, by the names of their nodes.

    ``entries`` has those that may have been variables: of floating dtypes and not scalar.
    """

    def __init__(self, file: GraphFile) -> None:
        nodes = file.meta_graphs[0].graph_def.node
        self._path = file.path
        self._protos = {node.name: node.attr["value"].tensor for node in nodes if node.op == "Const"}
        shapes = {name: tensors.shape_of(proto.tensor_shape) for name, proto in self._protos.items()}
        self.entries: Mapping[str, HasShape] = {
            name: _Shaped(tuple(size or 0 for size in shape))
            for name, shape in shapes.items()
            if shape and dtypes.name_of(self._protos[name].dtype) in dtypes.FLOATS
        }

    def read(self, name: str) -> np.ndarray:
        """The values of the constant ``name``.

        Raises:
            KeyError: there is no such constant.
            InvalidFile: the graph is damaged there.
        """
        return tensors.to_array(self._protos[name], self._path)
