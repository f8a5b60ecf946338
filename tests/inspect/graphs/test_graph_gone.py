"""The table of ops is what TensorFlow 1.15 and the installed TensorFlow register."""

from __future__ import annotations

import re

import pytest
from graph_building import graph_file, node, placeholder
from op_outputs import outputs_of
from recorded_graphs import MODELS, answers, meta_graph
from write_ops_table import is_public, registered

from tf1graphs.inspect.graphs.gone import GoneOp
from tf1graphs.inspect.graphs.ops import known_ops, output_dtypes
from tf1graphs.inspect.graphs.optimizers import apply_inputs
from tf1graphs.inspect.graphs.summary import summarize
from tf1graphs.inspect.reading import dtypes


@pytest.fixture(scope="module")
def today() -> dict[str, str]:
    return {name: outputs_of(op, dtypes.name_of) for name, op in registered().items() if is_public(name)}


def test_ops_that_are_gone_are_in_no_tensorflow_of_today(today: dict[str, str]) -> None:
    gone = {name: op.library for name, op in known_ops().items() if op.library}
    theirs = answers("ops")
    assert gone == {name: op["library"] for name, op in theirs.items() if is_public(name) and name not in today}


def test_every_op_of_today_is_known(today: dict[str, str]) -> None:
    assert not today.keys() - known_ops().keys()


def test_every_op_of_1_15_is_known_with_its_outputs() -> None:
    for name, op in answers("ops").items():
        if is_public(name):
            assert known_ops()[name].outputs == op["outputs"], name


def test_inputs_of_optimizers_are_those_of_1_15() -> None:
    ours = {}
    for name in answers("ops"):
        found = apply_inputs(name)
        if found:
            ours[name] = list(found[1])
    renamed = {"alpha": "lr"}
    for name, inputs in ours.items():
        theirs = answers("ops")[name]["inputs"]
        if "lr" not in theirs:
            theirs = [renamed.get(one, one) for one in theirs]
        assert inputs == theirs, name
    assert ours.keys() == {name for name in answers("ops") if re.match("(Resource)?(Sparse)?Apply", name)}


@pytest.mark.parametrize("model", MODELS)
def test_outputs_are_as_many_as_the_program_had(model: str) -> None:
    shapes = answers(model)["shapes"]
    for proto in meta_graph(model).graph_def.node:
        assert len(output_dtypes(proto)) == len(shapes[proto.name]), proto.name


def test_gone_and_unknown_ops_are_named_in_a_summary() -> None:
    nodes = [placeholder("x", 2), node("tree", "GatherTree", "x"), node("own", "MyOp", "x"), node("own_2", "MyOp")]
    assert summarize(graph_file(nodes)).meta_graphs[0].gone == (
        GoneOp("GatherTree", 1, "tf.contrib.seq2seq"),
        GoneOp("MyOp", 2, "unknown"),
    )


def test_functions_of_the_graph_are_no_ops_of_its_own() -> None:
    file = graph_file([placeholder("x", 2), node("call", "twice", "x")])
    function = file.meta_graphs[0].graph_def.library.function.add()
    function.signature.name = "twice"
    function.node_def.add(name="op", op="AnotherOp")
    assert summarize(file).meta_graphs[0].gone == (GoneOp("AnotherOp", 1, "unknown"),)


def test_a_number_of_outputs_is_no_reason_to_make_them() -> None:
    assert len(output_dtypes(node("x", "Unpack", num=10**15, T="float32"))) < 10**5
