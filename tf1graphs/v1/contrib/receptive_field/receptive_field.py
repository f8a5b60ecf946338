"""``tf.contrib.receptive_field.python.util.receptive_field``: the receptive field, walked from the output back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from tensorflow.python.framework import ops, tensor

from tf1graphs.v1.contrib.receptive_field import graph_compute_order
from tf1graphs.v1.contrib.receptive_field._layers import Axis, layer_axes

__all__ = ["ReceptiveField", "compute_receptive_field_from_graph_def"]


class ReceptiveField:
    """Its size, the stride between those of neighbours, and its padding, each horizontally and vertically."""

    def __init__(self, size: Any, stride: Any, padding: Any) -> None:
        self.size = np.asarray(size)
        self.stride = np.asarray(stride)
        self.padding = np.asarray(padding)

    def compute_input_center_coordinates(self, y: Any, axis: Iterable[int] | None = None) -> Any:
        """Returns where in the input the fields of features at ``y`` [..., axes] have their centers.

        Raises:
            ValueError: ``y`` has not as many coordinates as there are axes.
        """
        axes, y = self._axes(y, axis, "feature coordinates `y`")
        return -self.padding[axes] + y * self.stride[axes] + (self.size[axes] - 1) / 2

    def compute_feature_coordinates(self, x: Any, axis: Iterable[int] | None = None) -> Any:
        """Returns the coordinates of the features whose fields have their centers at ``x`` [..., axes].

        Raises:
            ValueError: ``x`` has not as many coordinates as there are axes.
        """
        axes, x = self._axes(x, axis, "input center coordinates `x`")
        return (x + self.padding[axes] + (1 - self.size[axes]) / 2) / self.stride[axes]

    def _axes(self, coordinates: Any, axis: Iterable[int] | None, what: str) -> tuple[list[int], Any]:
        axes, coordinates = list(range(self.size.size) if axis is None else axis), np.asarray(coordinates)
        if coordinates.shape[-1] != len(axes):
            raise ValueError(
                f"Dimensionality of the {what} ({coordinates.shape[-1]}) does not match dimensionality of `axis` "
                f"({len(axes)})"
            )
        return axes, coordinates

    def __iter__(self) -> Iterator[Any]:
        return iter(np.concatenate([self.size, self.stride, self.padding]))


class _Field(NamedTuple):
    """The field of the output in a node, in one direction."""

    size: int
    stride: int
    padding: int | None

    def before(self, axis: Axis, knows_padding: bool) -> _Field:
        """Returns the field in the inputs of the node, whose layer has this axis."""
        assert axis.kernel_size is not None and axis.stride is not None
        padding = None
        if knows_padding and self.padding is not None and axis.padding is not None:
            padding = axis.stride * self.padding + axis.padding
        return _Field(axis.stride * self.size + axis.kernel_size - axis.stride, axis.stride * self.stride, padding)

    def merged(self, other: _Field, direction: str, knows_padding: bool) -> _Field:
        """Returns the larger one of the fields of two paths."""
        if knows_padding:
            if self.stride != other.stride:
                raise ValueError(_not_aligned("effective stride", direction))
            if _shift(self) != _shift(other):
                raise ValueError(_not_aligned("center shift", direction))
        return self if self.size >= other.size else other


def _not_aligned(what: str, direction: str) -> str:
    return f"Graph is not aligned since {what} from different paths is different in {direction} direction"


def _shift(field: _Field) -> float:
    assert field.padding is not None
    return (field.size - 1) / 2 - field.padding


def compute_receptive_field_from_graph_def(
    graph_def: Any,
    input_node: Any,
    output_node: Any,
    stop_propagation: Sequence[str] | None = None,
    input_resolution: Sequence[int] | None = None,
) -> ReceptiveField:
    """Returns the receptive field of a node in another one.

    Args:
        graph_def: The graph or its ``GraphDef``.
        input_node: The node that is seen, its name or its tensor.
        output_node: The node that sees it.
        stop_propagation: Beginnings of the names of nodes that are left out.
        input_resolution: The height and width of the input, if they are known.

    Raises:
        ValueError: One of the nodes is not found, paths are not aligned, or a layer on the way is not known.
    """
    if isinstance(graph_def, ops.Graph):
        graph_def = graph_def.as_graph_def()
    names = [node.op.name if isinstance(node, tensor.Tensor) else node for node in (input_node, output_node)]
    input_name, output_name = names
    found, nodes = graph_compute_order.get_compute_order(graph_def, input_name, input_resolution)
    start = _Field(1, 1, 0)
    fields: dict[str, tuple[_Field, _Field]] = {output_name: (start, start)}
    has_output, knows_padding = False, True
    for info in sorted(found.values(), key=lambda info: -info.order):
        name = info.node.name
        if name == input_name:
            break
        has_output = has_output or name == output_name
        if not has_output or name not in fields:
            continue
        axes = layer_axes(info.node, nodes, info.input_size)
        knows_padding = knows_padding and all(axis.padding is not None for axis in axes)
        horizontal, vertical = (
            field.before(axis, knows_padding) for field, axis in zip(fields[name], axes, strict=True)
        )
        for each in _inputs(info.node, stop_propagation or []):
            if each in fields:
                fields[each] = (
                    fields[each][0].merged(horizontal, "horizontal", knows_padding),
                    fields[each][1].merged(vertical, "vertical", knows_padding),
                )
            else:
                fields[each] = horizontal, vertical
    if not has_output:
        raise ValueError("Output node was not found")
    if input_name not in fields:
        raise ValueError("Input node was not found")
    return ReceptiveField(*zip(*fields[input_name], strict=True))


def _inputs(node: Any, stop_propagation: Sequence[str]) -> list[str]:
    stops = tuple(stop_propagation)
    return [name for name in node.input if not name.startswith("^") and not (stops and name.startswith(stops))]
