"""What differs between two graphs."""

from __future__ import annotations

import dataclasses
import json

import numpy as np
import pytest
from graph_building import const, graph_file, node, placeholder
from recorded_graphs import MODELS, frozen_file, meta_graph_file, saved_model_file

from tf1graphs.inspect.graphs.difference import Change, GraphDifference, OneSided, compare
from tf1graphs.inspect.reading import protos


def _graph(**changed: object) -> list[object]:
    parts = {
        "x": placeholder("x", None, 2),
        "w": node("w", "VariableV2", shape=(2, 3), dtype="float32"),
        "big": const("big", np.arange(100.0)),
        "product": node("product", "MatMul", "x", "w", T="float32", transpose_a=False),
        "end": node("end", "Tanh", "product", "^big", T="float32"),
    }
    return [part for part in {**parts, **changed}.values() if part is not None]


def _compare(**changed: object) -> GraphDifference:
    difference = compare(graph_file(_graph()), graph_file(_graph(**changed)))
    (graph,) = difference.graphs
    assert difference.is_different == graph.is_different
    json.dumps(dataclasses.asdict(difference))
    return graph


@pytest.mark.parametrize("model", MODELS)
def test_a_graph_is_equal_to_itself(model: str) -> None:
    assert not compare(meta_graph_file(model), meta_graph_file(model)).is_different


def test_equal_graphs_in_another_order_and_spelling_are_equal() -> None:
    other = _graph(end=node("end", "Tanh", "product:0", "^big", T="float32"))
    assert not compare(graph_file(_graph()), graph_file(other[::-1])).is_different


def test_operations_of_one_graph_only() -> None:
    found = _compare(big=None, end=node("end", "Tanh", "product", T="float32"), more=node("more", "NoOp"))
    assert found.only_first == (OneSided("big", "Const"),)
    assert found.only_second == (OneSided("more", "NoOp"),)
    assert found.inputs == (Change("end", "runs after", "big", ""),)


def test_an_operation_of_another_type() -> None:
    found = _compare(end=node("end", "Relu", "product", "^big", T="float32"))
    assert found == GraphDifference((), (), (Change("end", "op", "Tanh", "Relu"),), (), (), (), (), ())


def test_other_attributes() -> None:
    found = _compare(product=node("product", "MatMul", "x", "w", T="float32", transpose_a=True, transpose_b=False))
    assert found.attributes == (
        Change("product", "transpose_a", "False", "True"),
        Change("product", "transpose_b", "not stated", "False"),
    )


def test_another_device() -> None:
    moved = node("end", "Tanh", "product", "^big", T="float32")
    moved.device = "/gpu:0"
    assert _compare(end=moved).attributes == (Change("end", "device", "not stated", "/gpu:0"),)


def test_large_constants_are_told_apart_by_their_checksum() -> None:
    (change,) = _compare(big=const("big", np.arange(100.0) + (np.arange(100) == 7))).attributes
    assert change.what == "value" and change.first != change.second
    assert change.first.startswith("float32 [100], sha256 ") and len(change.first) < 40


def test_small_constants_are_told_by_their_numbers() -> None:
    first, second = graph_file([const("c", [1, 2])]), graph_file([const("c", [1, 3])])
    (graph,) = compare(first, second).graphs
    assert graph.attributes == (Change("c", "value", "int32 [2] [1, 2]", "int32 [2] [1, 3]"),)


def test_a_constant_that_is_written_otherwise_is_equal() -> None:
    listed = const("c", [1, 1])
    listed.attr["value"].tensor.ClearField("tensor_content")
    listed.attr["value"].tensor.int_val.append(1)
    assert not compare(graph_file([const("c", [1, 1])]), graph_file([listed])).is_different


def test_other_inputs() -> None:
    found = _compare(end=node("end", "Tanh", "x", "^big", T="float32"))
    assert found.inputs == (Change("end", "inputs", "product:0", "x:0"),)


def test_variables_of_another_shape() -> None:
    found = _compare(w=node("w", "VariableV2", shape=(2, 5), dtype="float64"))
    assert found.variables == (Change("w", "dtype and shape", "float32 [2, 3]", "float64 [2, 5]"),)


def test_notes_of_programs_are_not_compared() -> None:
    end = node("end", "Tanh", "product", "^big", T="float32")
    end.attr["_output_shapes"].list.shape.add(unknown_rank=True)
    assert not _compare(end=end).is_different


def test_other_signatures() -> None:
    second = saved_model_file()
    changed = second.meta_graphs[0].signature_def
    changed["serving_default"].outputs["scores"].name = "classes:0"
    del changed["classes"]
    (graph,) = compare(saved_model_file(), second).graphs
    assert set(graph.signatures) == {
        Change("serving_default", "output scores", "scores:0 float32 [?, 10]", "classes:0 float32 [?, 10]"),
        Change("classes", "input image", "x:0 float32 [?, 28, 28, 1]", "not stated"),
        Change("classes", "output class", "classes:0 int64 [?]", "not stated"),
    }


def test_graphs_of_other_tags_are_named() -> None:
    second = saved_model_file()
    train = protos.MetaGraphDef()
    train.CopyFrom(second.meta_graphs[0])
    train.meta_info_def.tags.append("train")
    both = dataclasses.replace(second, meta_graphs=(*second.meta_graphs, train))
    difference = compare(saved_model_file(), both)
    assert difference.tags == ("serve",) and not difference.graphs[0].is_different
    assert difference.only_second == ("serve, train",) and difference.is_different


def test_a_frozen_graph_against_the_saved_model_of_the_same_net() -> None:
    (graph,) = compare(frozen_file(), saved_model_file()).graphs
    assert Change("conv2d/kernel", "op", "Const", "VariableV2") in graph.ops
    assert not graph.only_first


def test_other_functions() -> None:
    second = meta_graph_file("pipeline")
    second.meta_graphs[0].graph_def.library.function[0].node_def.add(name="more", op="NoOp")
    (graph,) = compare(meta_graph_file("pipeline"), second).graphs
    (change,) = graph.functions
    assert change.first.startswith("3 operations") and change.second.startswith("4 operations")
