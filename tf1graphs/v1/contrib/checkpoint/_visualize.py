"""The objects of a checkpoint as a drawing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tensorflow.python.checkpoint.checkpoint import object_metadata
from tensorflow.python.trackable.base import VARIABLE_VALUE_KEY
from tensorflow.python.training import py_checkpoint_reader


def dot_graph_from_checkpoint(save_path: str) -> str:
    """Returns the objects of a ``tf.train.Checkpoint`` on disk as a graph in the DOT language.

    Variables are blue, slot variables orange and optimizers red.

    Args:
        save_path: The checkpoint's path, as ``Checkpoint.save`` returns it.
    """
    reader = py_checkpoint_reader.NewCheckpointReader(save_path)
    objects = object_metadata(save_path)
    slots = {slot.slot_variable_node_id for node in objects.nodes for slot in node.slot_variables}
    lines = ["digraph {"]
    for number, node in enumerate(objects.nodes):
        look = _variable(reader, node.attributes[0], number in slots) if _is_variable(node) else _other(node)
        lines += [f'N_{number} [shape=point label="" {look}]', *_edges(number, node)]
    return "\n".join([*lines, "}", ""])


def _is_variable(node: Any) -> bool:
    return [attribute.name for attribute in node.attributes] == [VARIABLE_VALUE_KEY]


def _variable(reader: Any, value: Any, is_slot: bool) -> str:
    color, kind = ("orange", "Slot variable") if is_slot else ("blue", "Variable")
    shape = reader.get_variable_to_shape_map()[value.checkpoint_key]
    dtype = reader.get_variable_to_dtype_map()[value.checkpoint_key].name
    return f'color={color} width=.25 tooltip="{kind} {_quoted(value.full_name)} shape={shape} {dtype}"'


def _other(node: Any) -> str:
    return 'width=.25 color=red,tooltip="Optimizer"' if node.slot_variables else "width=.25"


def _edges(number: int, node: Any) -> Iterator[str]:
    for child in node.children:
        yield f'N_{number} -> N_{child.node_id} [label="{_quoted(child.local_name)}"]'
    for slot in node.slot_variables:
        yield f'N_{number} -> N_{slot.slot_variable_node_id} [label="{_quoted(slot.slot_name)}" style=dotted]'
        yield f"N_{slot.original_variable_node_id} -> N_{slot.slot_variable_node_id} [style=dotted]"


def _quoted(name: str) -> str:
    return name.replace('"', '\\"')
