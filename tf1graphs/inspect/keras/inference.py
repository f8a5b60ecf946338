"""Shapes of the inputs and outputs of a model's layers, from what the file says and from the rules of layers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tf1graphs.inspect.keras.models import LayerConfig, Reference, Shape
from tf1graphs.inspect.keras.rules import output_shapes

# Keras writes layers in the order in which they are called; another order needs more than one pass.
_MOST_PASSES = 20
_MOST_OUTPUTS = 1000


@dataclass
class Shapes:
    """The shapes of a layer: inputs and outputs of each call, None for an unknown one; of a model its layers'."""

    inputs: list[list[Shape | None]] = field(default_factory=list)
    outputs: list[list[Shape | None]] = field(default_factory=list)
    layers: dict[str, Shapes] = field(default_factory=dict)


class _Inference:
    """The shapes of a model's layers, when the model is called on inputs of the shapes ``given``."""

    def __init__(self, model: LayerConfig, given: Sequence[Shape]) -> None:
        self._said = _said_by_references(model)
        self.shapes = {layer.name: Shapes() for layer in model.layers}
        for _ in range(_MOST_PASSES):
            before = [shapes.outputs for shapes in self.shapes.values()]
            for place, layer in enumerate(model.layers):
                self._infer(layer, given if place == 0 else ())
            if before == [shapes.outputs for shapes in self.shapes.values()]:
                break

    def _infer(self, layer: LayerConfig, given: Sequence[Shape]) -> None:
        shapes = self.shapes[layer.name]
        shapes.inputs = [[self.shape_of(reference) for reference in call] for call in layer.calls or ((),)]
        first = shapes.inputs[0]
        if not first or None in first and len(layer.given) == len(first):
            shapes.inputs[0] = list(layer.given or given)
        shapes.outputs = [self._outputs(layer, call, inputs) for call, inputs in enumerate(shapes.inputs)]

    def _outputs(self, layer: LayerConfig, call: int, inputs: Sequence[Shape | None]) -> list[Shape | None]:
        said = self._said.get((layer.name, call), {})
        by_rule = self._by_rule(layer, inputs)
        count = max(len(by_rule), max(said, default=0) + 1)
        by_rule += [None] * (count - len(by_rule))
        return [said.get(place, shape) for place, shape in enumerate(by_rule)]

    def _by_rule(self, layer: LayerConfig, inputs: Sequence[Shape | None]) -> list[Shape | None]:
        known = [shape for shape in inputs if shape is not None]
        if layer.layers:
            inner = _Inference(layer, known)
            self.shapes[layer.name].layers = inner.shapes
            return [inner.shape_of(reference) for reference in layer.outputs]
        if len(known) < len(inputs):
            return []
        return list(output_shapes(layer.class_name, layer.config, known) or [])

    def shape_of(self, reference: Reference) -> Shape | None:
        """The shape of an output of a layer."""
        if reference.shape is not None:
            return reference.shape
        shapes = self.shapes.get(reference.layer)
        if shapes is None or not shapes.outputs:
            return None
        # Keras 2 counts the call that made a nested model as its first, which is in no file.
        outputs = shapes.outputs[min(reference.call, len(shapes.outputs) - 1)]
        return outputs[reference.output] if reference.output < len(outputs) else None


def _said_by_references(model: LayerConfig) -> dict[tuple[str, int], dict[int, Shape]]:
    """The shapes of the outputs of calls that layers say they are called on."""
    said: dict[tuple[str, int], dict[int, Shape]] = {}
    for reference in (reference for layer in model.layers for call in layer.calls for reference in call):
        if reference.shape is not None and reference.output < _MOST_OUTPUTS:
            said.setdefault((reference.layer, reference.call), {})[reference.output] = reference.shape
    return said


def infer_shapes(model: LayerConfig) -> dict[str, Shapes]:
    """The shapes of a model's layers, by their names."""
    return _Inference(model, model.given).shapes
