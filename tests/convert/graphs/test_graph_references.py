"""Reference variables become resources, in the order in which they were read and changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.graphs.nodes import tensor
from tf1graphs.convert.graphs.references import with_resources
from tf1graphs.inspect.reading.protos import DataType, NodeDef


def nodes(**texts: str) -> list[Any]:
    """Nodes of dtype float32, each written as its op and its inputs; ``w`` is a variable."""
    made = [NodeDef(name="w", op="VariableV2"), *(_node(name, *text.split()) for name, text in texts.items())]
    made[0].attr["dtype"].type = DataType.DT_FLOAT
    return made


def _node(name: str, op: str, *inputs: str) -> Any:
    node = NodeDef(name=name, op=op, input=inputs)
    node.attr["T"].type = DataType.DT_FLOAT
    return node


def written(made: Sequence[Any]) -> dict[str, str]:
    """Nodes as they are written above."""
    return {node.name: " ".join([node.op, *node.input]) for node in made}


def test_reading() -> None:
    made, fetched = with_resources(nodes(read="Identity w", y="Relu read"), [tensor("y")])
    assert written(made) == {"w": "VarHandleOp", "read": "ReadVariableOp w:0", "y": "Relu read"}
    assert made[1].attr["dtype"].type == DataType.DT_FLOAT
    assert fetched == [tensor("y")]


def test_a_value_is_read_just_before_it_is_used() -> None:
    made, _ = with_resources(nodes(x="Const", y="AddV2 w x ^x"), [])
    reading = next(node for node in made if node.op == "ReadVariableOp")
    assert list(reading.input) == ["w:0", "^x"]
    assert written(made)["y"] == f"AddV2 {reading.name} x:0 ^x"


def test_what_an_assignment_returns_is_read_behind_it() -> None:
    made, _ = with_resources(nodes(one="Const", more="AssignAdd w one", y="Identity more"), [])
    assert written(made) == {
        "w": "VarHandleOp",
        "one": "Const",
        "more": "AssignAddVariableOp w:0 one:0",
        "y": "ReadVariableOp w:0 ^more",
    }


def test_assignments_in_a_row() -> None:
    made, _ = with_resources(nodes(one="Const", first="AssignAdd w one", second="AssignSub first one"), [])
    assert written(made)["second"] == "AssignSubVariableOp w:0 one:0 ^first"


def test_a_reference_in_a_condition() -> None:
    made, _ = with_resources(nodes(p="Const", s="RefSwitch w p", one="Const", more="AssignAdd s:1 one"), [])
    assert written(made)["s"] == "Switch w:0 p:0"
    assert made[2].attr["T"].type == DataType.DT_RESOURCE
    assert written(made)["more"] == "AssignAddVariableOp s:1 one:0"


def test_a_variable_that_is_fetched_is_read() -> None:
    made, fetched = with_resources(nodes(), [tensor("w")])
    assert written(made)[fetched[0].node] == "ReadVariableOp w:0"


def test_the_nodes_that_are_given_stay() -> None:
    given = nodes(read="Identity w")
    with_resources(given, [])
    assert [node.op for node in given] == ["VariableV2", "Identity"]


@pytest.mark.parametrize("op", ["ApplyGradientDescent", "SparseApplyAdagrad", "RefSelect"])
def test_training_is_refused(op: str) -> None:
    with pytest.raises(CouldNotConvert, match=rf"step \({op}\) changes a variable as training does"):
        with_resources(nodes(rate="Const", step=f"{op} w rate rate"), [])
