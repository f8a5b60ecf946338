"""What cannot be served is refused in one line that says what to type."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import converting
import pytest

from tf1graphs.inspect.reading import protos
from tf1graphs.inspect.reading.graphs import read_graph

CASES: dict[str, tuple[str, dict[str, Any], str]] = {
    "no checkpoint": ("cnn", {"checkpoint": None}, "the graph has 8 variables"),
    "another's checkpoint": ("cnn", {"checkpoint": "dynamic_rnn"}, "lacks 8 of the graph's variables: conv/kernel"),
    "unknown output": ("cnn", {"outputs": ["probabilites"]}, "no node probabilites; did you mean probabilities"),
    "unknown result": ("cnn", {"outputs": ["probabilities:3"]}, "output 3 of node 'probabilities', which has 1"),
    "too few inputs": (
        "cnn",
        {"inputs": ["images"], "outputs": ["probabilities"]},
        "probabilities cannot be computed from images alone: type --inputs images is_training",
    ),
    "one key twice": ("cnn", {"inputs": ["a=images", "a=is_training"]}, "a is named twice"),
    "Python code": ("queue", {}, "python (PyFunc) calls Python code of the program that made the graph"),
    "training": (
        "cnn",
        {"inputs": ["images", "labels", "is_training"], "outputs": ["Adam/update_conv/bias/ApplyAdam"]},
        "changes a variable as training does",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_refusals(case: str, tmp_path: Path, converter: Any) -> None:
    name, named, message = CASES[case]
    folder = converting.unpacked(name, tmp_path)
    checkpoint = named.get("checkpoint", name)
    path = converting.unpacked(checkpoint, tmp_path) / "model" if checkpoint else None
    rest = {key: value for key, value in named.items() if key != "checkpoint"}
    refusal = converter(converting.convert, folder / "model.meta", tmp_path / "out", checkpoint=path, **rest)
    assert message in refusal
    assert "\n" not in refusal
    assert not (tmp_path / "out").exists()


def changed(folder: Path, change: Callable[[Any], None]) -> Path:
    """A frozen graph in which something was changed."""
    graph_def = read_graph(folder / "frozen.pb").meta_graphs[0].graph_def
    change(graph_def)
    (folder / "changed.pb").write_bytes(graph_def.SerializeToString())
    return folder / "changed.pb"


def _of(graph_def: Any, op: str) -> Any:
    return next(node for node in graph_def.node if node.op == op)


def _custom(graph_def: Any) -> None:
    _of(graph_def, "Softmax").op = "MySoftmax"


def _gone(graph_def: Any) -> None:
    relu = _of(graph_def, "Relu")
    relu.op = "TileGrad"
    relu.input.append(relu.input[0])


def _headless(graph_def: Any) -> None:
    _of(graph_def, "Relu").input[0] = "gone"


def _wrong(graph_def: Any) -> None:
    _of(graph_def, "Relu").attr["T"].type = 3


def _short(graph_def: Any) -> None:
    del _of(graph_def, "Relu").input[:]


def _long(graph_def: Any) -> None:
    _of(graph_def, "Relu").input.append("images")


def _uncounted(graph_def: Any) -> None:
    del _of(graph_def, "Pack").attr["N"]


def _twice(graph_def: Any) -> None:
    graph_def.node.add().CopyFrom(_of(graph_def, "Relu"))


def _far(graph_def: Any) -> None:
    _of(graph_def, "Relu").input[0] += ":99999999999"


CHANGES = {
    _short: "the number of inputs of conv/Relu is 0, and Relu takes 1; the file is damaged",
    _long: "the number of inputs of conv/Relu is 2, and Relu takes 1; the file is damaged",
    _uncounted: "flatten/Reshape/shape (Pack) has no attribute N; the file is damaged",
    _twice: "two nodes have the name conv/Relu; the file is damaged",
    _far: ":99999999999, which conv/Relu needs; the file is damaged",
    _custom: "this TensorFlow has no op MySoftmax (node probabilities)",
    _gone: "TensorFlow no longer runs TileGrad (node conv/Relu): TileGrad has been replaced with reduce_sum",
    _headless: "the graph has no node gone, which conv/Relu needs",
    _wrong: "TensorFlow cannot import the graph: ",
}


@pytest.mark.parametrize("change", CHANGES)
def test_broken_graphs(change: Callable[[Any], None], tmp_path: Path, converter: Any) -> None:
    path = changed(converting.unpacked("frozen_cnn", tmp_path), change)
    refusal = converter(converting.convert, path, tmp_path / "out", outputs=["probabilities"])
    assert CHANGES[change] in refusal
    assert "\n" not in refusal


def test_a_vocabulary_that_is_gone(tmp_path: Path, converter: Any) -> None:
    folder = converting.unpacked("words", tmp_path)
    (folder / "words.txt").unlink()
    refusal = converter(converting.convert, folder / "model.meta", tmp_path / "out", checkpoint=folder / "model")
    assert refusal == f"the graph reads words.txt, and {folder / 'words.txt'} is not there"


def test_a_vocabulary_that_is_not_needed(tmp_path: Path, converter: Any) -> None:
    folder = converting.unpacked("words", tmp_path)
    (folder / "words.txt").unlink()
    named = {"inputs": ["ids=hash_table_Lookup/SelectV2"], "outputs": ["scores"], "checkpoint": folder / "model"}
    report = converter(converting.convert, folder / "model.meta", tmp_path / "out", **named)
    assert not isinstance(report, str), report
    assert report.tables == ()


def test_a_saved_model_of_tensorflow_2(tmp_path: Path, converter: Any) -> None:
    folder = converting.unpacked("frozen_cnn", tmp_path)
    converter(converting.convert, folder / "frozen.pb", tmp_path / "out")
    assert "is of a SavedModel of TensorFlow 2 already" in converter(
        converting.convert, tmp_path / "out", tmp_path / "2"
    )


def test_values_that_change_on_loading(tmp_path: Path, converter: Any) -> None:
    folder = converting.unpacked("signatures", tmp_path)
    file = folder / "saved_model" / "saved_model.pb"
    model = protos.SavedModel.FromString(file.read_bytes())
    for meta_graph in model.meta_graphs:
        assign = next(node.name for node in meta_graph.graph_def.node if node.op == "Assign")
        meta_graph.collection_def["legacy_init_op"].node_list.value.append(assign)
    file.write_bytes(model.SerializeToString())
    refusal = converter(converting.convert, folder / "saved_model", tmp_path / "out")
    assert refusal.startswith("weights/Assign gives weights another value whenever the SavedModel is loaded")


def test_a_signature_of_a_node_that_is_gone(tmp_path: Path, converter: Any) -> None:
    folder = converting.unpacked("signatures", tmp_path)
    file = folder / "saved_model" / "saved_model.pb"
    model = protos.SavedModel.FromString(file.read_bytes())
    for meta_graph in model.meta_graphs:
        for signature in meta_graph.signature_def.values():
            for info in signature.outputs.values():
                info.name = "gone:0"
    file.write_bytes(model.SerializeToString())
    assert converter(converting.convert, folder / "saved_model", tmp_path / "out") == "the graph has no node gone"


def changed_meta(folder: Path, node: str, change: Callable[[Any], None]) -> Path:
    """A meta graph in which a node was changed."""
    meta_graph = read_graph(folder / "model.meta").meta_graphs[0]
    change(next(each for each in meta_graph.graph_def.node if each.name == node))
    (folder / "changed.meta").write_bytes(meta_graph.SerializeToString())
    return folder / "changed.meta"


def _no_strings(node: Any) -> None:
    node.attr["value"].tensor.CopyFrom(protos.TensorProto(dtype=3, int_val=[1]))


def _fewer(node: Any) -> None:
    tensor = node.attr["value"].tensor
    del tensor.string_val[1:]
    tensor.tensor_shape.dim[0].size = 1


def _no_slice(node: Any) -> None:
    node.attr["value"].tensor.string_val[0] = b"10 4 a,b:-"


SAVERS = [
    ("save/RestoreV2/tensor_names", _no_strings, "save/RestoreV2 (RestoreV2) does not say what its output 0 is"),
    ("save/RestoreV2/tensor_names", _fewer, "save/RestoreV2 (RestoreV2) does not say what its output 1 is"),
    ("save/RestoreV2/shape_and_slices", _no_slice, "restores the slice 10 4 a,b:-, which is none"),
]


@pytest.mark.parametrize(("node", "change", "message"), SAVERS)
def test_broken_savers(node: str, change: Callable[[Any], None], message: str, tmp_path: Path, converter: Any) -> None:
    folder = converting.unpacked("partitioned", tmp_path)
    path = changed_meta(folder, node, change)
    refusal = converter(converting.convert, path, tmp_path / "out", checkpoint=folder / "model")
    assert message in refusal


def test_a_table_that_is_filled_from_a_variable(tmp_path: Path, converter: Any) -> None:
    folder = converting.unpacked("of_2015", tmp_path)
    graph_def = read_graph(folder / "frozen.pb").meta_graphs[0].graph_def
    values = next(node for node in graph_def.node if node.name == "InitializeTable/values")
    values.op = "VariableV2"
    (folder / "changed.pb").write_bytes(graph_def.SerializeToString())
    refusal = converter(converting.convert, folder / "changed.pb", tmp_path / "out")
    assert refusal.startswith("a lookup table is filled with what hangs on InitializeTable/values: name tensors behind")
