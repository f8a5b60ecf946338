"""The weights of a frozen graph, as if they were still in a checkpoint."""

from __future__ import annotations

import numpy as np

from tf1graphs.convert.graphs.trainable import weights
from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.reading import dtypes, tensors
from tf1graphs.inspect.reading.checkpoints import Checkpoint, Entry
from tf1graphs.inspect.reading.graphs import GraphFile


class FrozenWeights(Checkpoint):
    """The constants of a graph that were variables, or that are used as weights."""

    format = "frozen"

    def __init__(self, file: GraphFile) -> None:
        """Finds them.

        Raises:
            CouldNotConvert: there are none.
            InvalidFile: one has no complete shape.
        """
        graph_def = file.meta_graphs[0].graph_def
        found = weights(graph_def, {node.name for node in graph_def.node})
        self.path = file.path
        self._protos = {node.name: node.attr["value"].tensor for node in graph_def.node if node.name in found}
        self.entries = {name: self._entry(name) for name in sorted(self._protos)}

    def _entry(self, name: str) -> Entry:
        proto = self._protos[name]
        shape = tensors.complete(tensors.shape_of(proto.tensor_shape))
        if shape is None:
            raise InvalidFile(self.path, f"{name} has no complete shape")
        return Entry(name, dtypes.name_of(proto.dtype), shape, proto.ByteSize())

    def read(self, name: str) -> np.ndarray:
        """The values of the constant."""
        return tensors.to_array(self._protos[name], self.path)
