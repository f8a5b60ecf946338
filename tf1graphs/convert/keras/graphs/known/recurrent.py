"""Cells that ``tf.nn.dynamic_rnn`` runs in a loop: ``LSTM``, ``GRU`` and ``SimpleRNN``.

The loop reads a step of the inputs from a TensorArray and writes the cell's output to another. A cell is known by its
formula; what it reads may be the output of another cell, as with ``MultiRNNCell``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tf1graphs.convert.keras.graphs.building import Building, Part, refuse, scope_of
from tf1graphs.convert.keras.graphs.known._cells import CELLS, Cell
from tf1graphs.convert.keras.graphs.known._dropout import without_dropout
from tf1graphs.convert.keras.graphs.network import Ref
from tf1graphs.convert.keras.graphs.patterns import Found
from tf1graphs.convert.keras.spellings import CELL_TARGETS


def _known(building: Building, output: Ref) -> tuple[Cell, Found] | None:
    """The cell whose output, within the loop, is ``output``."""
    for cell in CELLS:
        found = building.find(cell.output, output)
        if found is not None and cell.is_plain(building.network.node(output)):
            return cell, found
    return None


def _next(building: Building, variable: Ref) -> Ref | None:
    """What a variable of a loop is in its next round; None if ``variable`` is none."""
    node = building.network.node(variable)
    if node.op != "Merge" or not building.network.is_loop(node):
        return None
    ends = [building.network.node(ref) for ref in building.network.inputs(node)]
    return next(building.network.inputs(end)[0] for end in ends if end.op == "NextIteration")


def _check_state(building: Building, node: Any, state: Ref, new: Ref) -> None:
    """The state of a cell is what the cell made of it in the round before, and zeros in the first one."""
    network = building.network
    if _next(building, state) != new:
        raise refuse(node, "its state is changed between the steps, as for sequences of several lengths")
    enter = next(network.node(ref) for ref in network.inputs(network.node(state)) if network.node(ref).op == "Enter")
    start = network.node(network.inputs(enter)[0])
    zeros = network.inputs(start)[1] if start.op == "Fill" else Ref(start.name)
    value = building.values.constant(zeros)
    if value is None or value.any():
        raise refuse(node, "its first state is not zeros")


def _inputs(building: Building, node: Any, step: Ref) -> Any:
    """The sequences ``[batch, time, inputs]`` of which the cell reads ``step`` in each round."""
    network = building.network
    step = without_dropout(building, step)
    read = network.node(step)
    if read.op != "TensorArrayReadV3":
        return _outputs(building, node, step)[0]
    scatter = network.node(network.inputs(read)[2])
    turned = network.node(network.inputs(scatter)[2]) if scatter.op == "TensorArrayScatterV3" else scatter
    if turned.op != "Transpose" or building.constant_of(turned, 1).tolist() != [1, 0, 2]:
        raise refuse(node, "its inputs have the time before the batch")
    return building.input_of(turned)


def _outputs(building: Building, node: Any, output: Ref) -> list[Any]:
    """What Keras's layer gives for the cell of ``output``: the sequence of outputs, then the last states."""
    if output in building.cells:
        return building.cells[output]
    known = _known(building, output)
    if known is None:
        raise refuse(node, f"what its loop computes ({building.network.node(output).name}) is no cell of Keras")
    cell, found = known
    network = building.network
    _check_state(building, node, found["?state"], output)
    if "?memory" in found:
        _check_state(building, node, found["?memory"], cell.new_memory(found, output))
    sources = tuple(building.values.variable(found[name]) or "" for name in cell.sources)
    if not all(sources):
        raise refuse(node, "its cell's weights are no variables")
    settings = cell.settings(network, building.values, found, output)
    units = building.shape(sources[-1])[0] // cell.gates
    building.cells[output] = building.layer(
        cell.kind,
        scope_of(sources[0], node).removesuffix("/gates"),
        _inputs(building, node, found["?inputs"]),
        [Part(sources, CELL_TARGETS, cell.carry, settings)],
        units=units,
        return_sequences=True,
        return_state=True,
        **cell.arguments,
    )
    return building.cells[output]


def sequences_of(building: Building, node: Any, order: list[int]) -> Any | None:
    """All outputs of a loop ``[batch, time, units]``, of which ``node`` puts the batch first; None if it does not."""
    network = building.network
    gather = network.node(network.inputs(node)[0])
    if gather.op != "TensorArrayGatherV3" or order != [1, 0, 2]:
        return None
    exit_ = network.node(network.inputs(gather)[2])
    write = _next(building, network.inputs(exit_)[0]) if exit_.op == "Exit" else None
    if write is None or network.node(write).op != "TensorArrayWriteV3":
        raise refuse(gather, "what it gathers was not written by a loop")
    output = without_dropout(building, network.inputs(network.node(write))[2])
    return _outputs(building, gather, output)[0]


def _last_state(building: Building, node: Any, _: int) -> Any:
    """A state after the last round: a cell's output, or its memory."""
    new = _next(building, building.network.inputs(node)[0])
    if new is None:
        raise refuse(node, "it is no end of a loop")
    if _known(building, new):
        return _outputs(building, node, new)[1]
    for output in _loop_values(building, node):
        known = _known(building, output)
        if known and "?memory" in known[1] and known[0].new_memory(known[1], output) == new:
            return _outputs(building, node, output)[2]
    raise refuse(node, "what its loop computes is no cell of Keras")


def _loop_values(building: Building, exit_: Any) -> Iterator[Ref]:
    """What the variables of the loop that ``exit_`` leaves are in the next round."""
    scope = exit_.name.rpartition("/")[0]
    for name, node in building.network.nodes.items():
        if node.op == "Merge" and name.rpartition("/")[0] == scope:
            value = _next(building, Ref(name))
            if value is not None:
                yield value


def _in_time_order(_building: Building, node: Any, _: int) -> Any:
    raise refuse(node, "its outputs have the time before the batch")


OPS = {"Exit": _last_state, "TensorArrayGatherV3": _in_time_order}
