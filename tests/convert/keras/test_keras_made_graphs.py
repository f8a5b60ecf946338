"""Models of graphs that were made for one thing each: what is known, what is assumed, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import made_graphs
import numpy as np
import pytest

from tf1graphs.convert.errors import CouldNotConvert

Call = Callable[..., Any]
NUMBERS = np.arange(12, dtype=np.float32)


def test_a_partitioned_variable_is_one_kernel(in_keras: Call) -> None:
    kernel = NUMBERS.reshape(4, 3)
    output, report = in_keras(made_graphs.run, "partitioned", {"w": kernel}, np.eye(4, dtype=np.float32))
    np.testing.assert_array_equal(output, kernel)
    assert [row.sources for row in report.rows] == [("w",)]


def test_a_placeholder_that_says_whether_it_is_training_is_false_and_that_is_said(in_keras: Call) -> None:
    output, report = in_keras(made_graphs.run, "training_switch", {}, NUMBERS.reshape(3, 4))
    np.testing.assert_array_equal(output, NUMBERS.reshape(3, 4) * 2)
    assert report.assumptions == ["training is False: the model is for inference"]


def test_sizes_that_are_known_are_numbers(in_keras: Call) -> None:
    output, _ = in_keras(made_graphs.run, "divided_by_a_known_size", {}, NUMBERS.reshape(4, 3))
    np.testing.assert_allclose(output, NUMBERS.reshape(4, 3) / 3)


def test_the_place_of_the_largest_value_has_the_dtype_of_the_graph(in_keras: Call) -> None:
    output, _ = in_keras(made_graphs.run, "classes", {}, np.eye(4, dtype=np.float32)[[2, 0, 3]])
    assert output.dtype == np.int32
    np.testing.assert_array_equal(output, [2, 0, 3])


def test_a_batch_of_a_fixed_size_is_any_batch(in_keras: Call) -> None:
    output, _ = in_keras(made_graphs.run, "batch_of_five", {}, NUMBERS.reshape(3, 2, 2))
    np.testing.assert_array_equal(output, NUMBERS.reshape(3, 4))


def test_a_net_of_hundreds_of_layers_is_built(in_keras: Call) -> None:
    output, _ = in_keras(made_graphs.run, "deep", {}, -NUMBERS.reshape(6, 2))
    assert not output.any()


def test_a_variable_that_two_layers_share_comes_back_once(in_keras: Call) -> None:
    table = NUMBERS.reshape(4, 3)
    output, _ = in_keras(made_graphs.run, "tied", {"table": table}, np.array([[0, 1]], np.int32))
    np.testing.assert_allclose(output, table[:2].sum(0, keepdims=True) @ table.T)
    assert in_keras(made_graphs.back, "tied", {"table": table})["table"].tobytes() == table.tobytes()
    with pytest.raises(CouldNotConvert, match="kernel is no longer what else is made of table"):
        in_keras(made_graphs.back, "tied", {"table": table}, "kernel")


def test_tensors_of_the_checkpoint_that_no_layer_has_are_listed(in_keras: Call) -> None:
    tensors = {"w": NUMBERS.reshape(4, 3), "w/Adam": NUMBERS.reshape(4, 3)}
    _, report = in_keras(made_graphs.run, "partitioned", tensors, np.eye(4, dtype=np.float32))
    assert report.unmatched_sources == {"w/Adam": ""}


@pytest.mark.parametrize(
    ("maker", "problem"),
    [
        ("switch_on_a_number", r"Merge: a branch \(Merge\) that hangs on more than a placeholder"),
        ("variable_of_no_layer", r"output \(Mul\) .* the variable gain, which no layer here has"),
        ("divided_by_the_batch", "it computes with a size that is not known"),
        ("cut_by_an_open_size", "is not known before the graph runs"),
        ("batch_of_five_split", "what becomes of the batch is open"),
        ("best_of_batch", "it compares the examples of a batch"),
        ("float64", r"x \(Placeholder\) .* compute in float32, not float64"),
        ("no_shape", r"x \(Placeholder\) .* its shape is not known"),
        ("partitioned", "the graph's variable w is not in the checkpoint"),
    ],
)
def test_what_would_compute_something_else_is_refused(in_keras: Call, maker: str, problem: str) -> None:
    with pytest.raises(CouldNotConvert, match=problem):
        in_keras(made_graphs.report_of, maker)


PLACEHOLDER = """
node { name: "x" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } }
  attr { key: "shape" value { shape { dim { size: -1 } dim { size: 4 } } } } }
"""


def constant(name: str, value: int) -> str:
    number = f"tensor {{ dtype: DT_INT32 tensor_shape {{ }} int_val: {value} }}"
    return f'node {{ name: "{name}" op: "Const" attr {{ key: "value" value {{ {number} }} }} }}'


@pytest.mark.parametrize(
    ("nodes", "problem"),
    [
        (['name: "y" op: "Relu" input: "y"'], "goes around in a circle"),
        (['name: "y" op: "Identity" input: "y"'], "y is its own input"),
        (['name: "y" op: "Relu"'], r"y \(Relu\) is no layer"),
        (['name: "y" op: "MatMul" input: "x"'], r"y \(MatMul\) is no layer"),
        (['name: "y" op: "Relu" input: "nowhere"'], "the graph has no node nowhere"),
        (['name: "y" op: "MaxPool" input: "x"'], r"y \(MaxPool\) is no layer"),
        (['name: "y" op: "Merge" input: "x"'], "y: a Merge of one branch"),
        (
            [
                'name: "r" op: "Range" input: "a" input: "b" input: "c"',
                'name: "y" op: "Transpose" input: "x" input: "r"',
            ],
            "it counts 2147483647 numbers",
        ),
    ],
)
def test_a_damaged_graph_is_one_clear_error(in_keras: Call, nodes: list[str], problem: str) -> None:
    listed = [PLACEHOLDER, constant("a", 0), constant("b", 2**31 - 1), constant("c", 1)]
    text = "\n".join(listed + [f"node {{ {node} }}" for node in nodes])
    with pytest.raises(CouldNotConvert, match=problem):
        in_keras(made_graphs.of_text, text)


@pytest.mark.parametrize(
    ("inputs", "outputs", "problem"),
    [
        ((), ("three",), "the graph has no node three"),
        (("y",), ("one",), "the outputs hang on x; [xy] is wrong or missing"),
    ],
)
def test_inputs_and_outputs_that_are_not_there_are_refused(
    in_keras: Call, inputs: tuple[str, ...], outputs: tuple[str, ...], problem: str
) -> None:
    with pytest.raises(CouldNotConvert, match=problem):
        in_keras(made_graphs.report_of, "two_ends", inputs, outputs)
