"""Keras models, drawn layer by layer as ``keras.utils.plot_model`` does."""

from __future__ import annotations

from dataclasses import dataclass

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
