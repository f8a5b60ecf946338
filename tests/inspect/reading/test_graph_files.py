"""Graph files of every kind are told apart; damaged ones give one error in bounded memory."""

from __future__ import annotations

import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from google.protobuf import text_format
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.reading import protos
from tf1graphs.inspect.reading.graphs import read_graph

MOST_BYTES = 64 << 20


def graph(nodes: int = 3) -> Any:
    message = protos.GraphDef()
    for number in range(nodes):
        node = message.node.add(name=f"scope/op_{number}", op="Identity")
        node.attr["T"].type = 1
        if number:
            node.input.append(f"scope/op_{number - 1}")
    return message


def meta_graph() -> Any:
    message = protos.MetaGraphDef(graph_def=graph())
    message.meta_info_def.tags.append("serve")
    message.meta_info_def.tensorflow_version = "1.15.5"
    return message


def saved_model() -> Any:
    return protos.SavedModel(saved_model_schema_version=1, meta_graphs=[meta_graph(), meta_graph()])


MESSAGES = {"GraphDef": graph, "MetaGraphDef": meta_graph, "SavedModel": saved_model}


@pytest.mark.parametrize("as_text", [False, True])
@pytest.mark.parametrize("kind", MESSAGES)
def test_the_kind_is_found_by_the_content(kind: str, as_text: bool, tmp_path: Path) -> None:
    message = MESSAGES[kind]()
    content = text_format.MessageToString(message).encode() if as_text else message.SerializeToString()
    (tmp_path / "any.name").write_bytes(content)
    file = read_graph(tmp_path / "any.name")
    assert (file.kind, len(file.meta_graphs)) == (kind, 2 if kind == "SavedModel" else 1)
    assert [node.name for node in file.meta_graphs[0].graph_def.node] == [f"scope/op_{number}" for number in range(3)]


@pytest.mark.parametrize("name", ["saved_model.pb", "saved_model.pbtxt"])
def test_a_directory_is_a_saved_model(name: str, tmp_path: Path) -> None:
    as_text = name.endswith("txt")
    content = text_format.MessageToString(saved_model()).encode() if as_text else saved_model().SerializeToString()
    (tmp_path / name).write_bytes(content)
    assert read_graph(tmp_path).path == tmp_path / name


REFUSED = {
    "No such file or directory": None,
    "the file is empty": b"",
    "no valid text of a GraphDef: 1:1": b"import tensorflow as tf\n",
    "no valid GraphDef": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "no graph: it holds no operation": protos.GraphDef(versions={"producer": 9}).SerializeToString(),
    "no valid text": b"node { attr { value { list { " + b"func { attr { value { " * 2000,
}


@pytest.mark.parametrize("problem", REFUSED)
def test_refusals_name_the_file_and_the_problem(problem: str, tmp_path: Path) -> None:
    content = REFUSED[problem]
    if content is not None:
        (tmp_path / "graph.pb").write_bytes(content)
    with pytest.raises(InvalidFile, match=problem) as caught:
        read_graph(tmp_path / "graph.pb")
    assert str(caught.value).startswith(str(tmp_path / "graph.pb"))
    assert "\n" not in str(caught.value)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_files_give_a_graph_or_one_error(data: st.DataObject, tmp_path: Path) -> None:
    message = MESSAGES[data.draw(st.sampled_from(sorted(MESSAGES)))]()
    as_text = data.draw(st.booleans())
    content = bytearray(text_format.MessageToString(message).encode() if as_text else message.SerializeToString())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=3)):
        content[place] = data.draw(st.integers(0, 255))
    end = data.draw(st.integers(0, len(content)))
    (tmp_path / "graph.pb").write_bytes(content[:end] if data.draw(st.booleans()) else content)
    tracemalloc.start()
    try:
        assert read_graph(tmp_path / "graph.pb").meta_graphs
    except InvalidFile as error:
        assert "\n" not in str(error)
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < MOST_BYTES


def test_reading_a_graph_imports_no_tensorflow(python: Any, tmp_path: Path) -> None:
    (tmp_path / "graph.pb").write_bytes(graph(1).SerializeToString())
    code = f"""
import sys
from tf1graphs.inspect.reading import checkpoints, graphs
graphs.read_graph({str(tmp_path / "graph.pb")!r})
assert "tensorflow" not in sys.modules and "matplotlib" not in sys.modules
"""
    finished = python("-c", code)
    assert finished.returncode == 0, finished.stderr
