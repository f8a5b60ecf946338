"""Keras models, drawn layer by layer as ``keras.utils.plot_model`` does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from tf1graphs.inspect.drawing import kinds
from tf1graphs.inspect.drawing.attributes import shape_text
from tf1graphs.inspect.drawing.hierarchy import Edge, Hierarchy, Leaf
from tf1graphs.inspect.drawing.parts import cut_long_scopes

Shape = tuple[int | None, ...]


@dataclass(frozen=True)
class Layer:
    """A layer of a Keras model.

    Attributes:
        name: unique in its model.
        class_name: such as ``Dense``.
        input_shapes: with the batch's size, which is mostly None; a shape that is not known is None.
        output_shapes: the same of its outputs.
        inputs: the names of the layers of the same model whose outputs it gets, in order.
        parameters: how many numbers its weights hold.
        layers: of a nested model, its layers.
    """

    name: str
    class_name: str
    input_shapes: tuple[Shape | None, ...] = ()
    output_shapes: tuple[Shape | None, ...] = ()
    inputs: tuple[str, ...] = ()
    parameters: int = 0
    layers: tuple[Layer, ...] = ()


@dataclass(frozen=True)
class _Ends:
    """Of a layer, which leaves get what it is fed, in order, and which give what it computes."""

    entries: tuple[int, ...]
    exits: tuple[int, ...]


class _Model:
    """The leaves and edges of a model with all models inside it."""

    def __init__(self) -> None:
        self.leaves: list[Leaf] = []
        self.paths: list[tuple[str, ...]] = []
        self.edges: list[Edge] = []

    def add(self, layers: Sequence[Layer], around: tuple[str, ...] = ()) -> dict[str, _Ends]:
        """Returns the ends of each layer by its name."""
        ends = {layer.name: self._add_layer(layer, (*around, layer.name)) for layer in layers}
        for layer in layers:
            entries = ends[layer.name].entries
            for place, name in enumerate(layer.inputs):
                # A model that is called on one list of tensors may have fewer inputs than layers that feed it.
                target = entries[min(place, len(entries) - 1)]
                self.edges += [Edge(source, target) for source in (ends[name].exits if name in ends else ())]
        return ends

    def _add_layer(self, layer: Layer, path: tuple[str, ...]) -> _Ends:
        if layer.layers:
            ends = self.add(layer.layers, path)
            used = {name for inside in layer.layers for name in inside.inputs}
            first = [ends[inside.name].entries for inside in layer.layers if not inside.inputs]
            last = [ends[inside.name].exits for inside in layer.layers if inside.name not in used]
            return _Ends(tuple(chain(*first)) or ends[layer.layers[0].name].entries, tuple(chain(*last)))
        outputs = tuple(map(shape_text, layer.output_shapes))
        inputs = tuple((f"input {place}", shape_text(shape)) for place, shape in enumerate(layer.input_shapes))
        kind = kinds.of_type(layer.class_name, layer.name)
        self.leaves.append(Leaf("/".join(path), layer.class_name, kind, outputs, inputs, layer.parameters))
        self.paths.append(path)
        number = len(self.leaves) - 1
        return _Ends((number,), (number,))


def of_model(layers: Sequence[Layer]) -> Hierarchy:
    """The layers of a model; a nested model is a scope."""
    model = _Model()
    model.add(layers)
    hierarchy = Hierarchy(model.leaves, model.paths, model.edges, of="layer")
    cut_long_scopes(hierarchy)
    return hierarchy
