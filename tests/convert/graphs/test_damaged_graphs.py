"""A graph that is damaged anywhere is converted or refused in one line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import converting
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tf1graphs.inspect.reading.graphs import read_graph

SOURCES = {"frozen_cnn": "frozen.pb", "words": "model.meta", "counted": "model.meta", "of_2015": "frozen.pb"}
OPS = (
    "Placeholder",
    "VariableV2",
    "VarHandleOp",
    "HashTableV2",
    "Const",
    "Identity",
    "IteratorGetNext",
    "Merge",
    "Nop",
)


def _damage(nodes: Any, draw: Any) -> None:
    """Takes an input or attribute from a node, or gives it another one, or another op or name."""
    node, other = (nodes[draw(st.integers(0, len(nodes) - 1))] for _ in range(2))
    match draw(st.integers(0, 7)):
        case 0 if node.input:
            del node.input[draw(st.integers(0, len(node.input) - 1))]
        case 1 if node.input:
            node.input[draw(st.integers(0, len(node.input) - 1))] = other.name + draw(st.sampled_from(["", ":1", ":x"]))
        case 2:
            node.input.append(other.name)
        case 3 if node.attr:
            del node.attr[draw(st.sampled_from(sorted(node.attr)))]
        case 4 if node.attr and other.attr:
            attribute = other.attr[draw(st.sampled_from(sorted(other.attr)))]
            node.attr[draw(st.sampled_from(sorted(node.attr)))].CopyFrom(attribute)
        case 5:
            node.name = draw(st.sampled_from(["", "gone", other.name]))
        case 6:
            node.op = other.op
        case 7:
            node.op = draw(st.sampled_from(OPS))
            del node.input[:]


@pytest.mark.parametrize("name", SOURCES)
def test_random_damage(name: str, tmp_path: Path, converter: Any) -> None:
    folder = converting.unpacked(name, tmp_path)
    checkpoint = folder / "model" if SOURCES[name] == "model.meta" else None
    source = read_graph(folder / SOURCES[name])

    @settings(max_examples=30, deadline=None)
    @given(st.data())
    def damaged(data: st.DataObject) -> None:
        message = type(source.meta_graphs[0])()
        message.CopyFrom(source.meta_graphs[0])
        for _ in range(data.draw(st.integers(1, 2))):
            _damage(message.graph_def.node, data.draw)
        path = folder / "damaged.meta"
        path.write_bytes(message.SerializeToString())
        named = {"checkpoint": checkpoint, "trainable": data.draw(st.booleans())}
        result = converter(converting.convert, path, tmp_path / "out", **named)
        assert "\n" not in str(result)

    damaged()
