"""A model of a graph: from its outputs to the placeholders that they hang on."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from tf1graphs.convert.carrying.rows import Row
from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.graphs import fetches
from tf1graphs.convert.graphs.nodes import tensor
from tf1graphs.convert.keras.graphs.building import Building
from tf1graphs.convert.keras.graphs.network import Network, Ref
from tf1graphs.convert.keras.tensors import Tensors
from tf1graphs.inspect.reading.graphs import GraphFile

# A net of a thousand layers asks a few calls deep for each.
_DEEPEST = 20_000


@contextlib.contextmanager
def _deep_calls() -> Iterator[None]:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _DEEPEST))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _outputs(file: GraphFile, network: Network, inputs: Sequence[str], named: Sequence[str]) -> list[Ref]:
    """The tensors that become outputs: those that are named, else what the graph was made to compute."""
    found = [tensor(name) for name in named] or fetches.found(file.meta_graphs[0], [tensor(name) for name in inputs])
    missing = [each.node for each in found if each.node not in network.nodes]
    if missing:
        raise CouldNotConvert(f"the graph has no node {missing[0]}")
    return [Ref(*each) for each in found]


def _output(building: Building, ref: Ref) -> Any:
    """The Keras tensor of an output; what comes out as it went in passes a layer, for Keras wants one between."""
    made = building.tensor(ref)
    is_input = any(made is each for each in building.inputs.values())
    return building.layer("Identity", f"{ref.node}_output", made) if is_input else made


def build(
    file: GraphFile, tensors: Tensors, inputs: Sequence[str] = (), outputs: Sequence[str] = ()
) -> tuple[Any, list[Row], list[str]]:
    """Builds a functional ``keras.Model`` that computes ``outputs``, at inference.

    Returns:
        The model with initial weights, the rows that fill it, and sentences about what was assumed.

    Raises:
        CouldNotConvert: a node is no known layer, or inputs and outputs are not what the graph has.
    """
    import keras

    building = Building(file, tensors)
    try:
        with _deep_calls():
            refs = [building.network.behind(ref) for ref in _outputs(file, building.network, inputs, outputs)]
            building.network.restrict(refs)
            made = [_output(building, ref) for ref in refs]
    except RecursionError:
        raise CouldNotConvert("the graph goes around in a circle, or is too deep") from None
    order = [name.partition(":")[0] for name in inputs] or list(building.network.nodes)
    wrong = set(building.inputs) - set(order) or (set(order) - set(building.inputs) if inputs else set())
    if wrong:
        raise CouldNotConvert(f"the outputs hang on {', '.join(building.inputs)}; {min(wrong)} is wrong or missing")
    fed = [building.inputs[name] for name in order if name in building.inputs]
    if not fed:
        raise CouldNotConvert("the outputs hang on no placeholder")
    model = keras.Model(fed if len(fed) > 1 else fed[0], made if len(made) > 1 else made[0])
    assumed = [f"{name} is False: the model is for inference" for name in building.network.switches]
    return model, building.rows, assumed
