"""Checkpoints of TensorFlow 1.15 and 2 are told apart into variables, slots and state, as the optimizers do it."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

from tf1graphs.convert.writing.bundles import BundleWriter
from tf1graphs.inspect.checkpoints.objects import ObjectGraph
from tf1graphs.inspect.checkpoints.roles import BOOKKEEPING, SLOT, STATE, STEP, VARIABLE, Role
from tf1graphs.inspect.checkpoints.slots import role_of
from tf1graphs.inspect.checkpoints.statistics import Statistics, statistics_of
from tf1graphs.inspect.checkpoints.summary import CheckpointSummary, Total, summarize
from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.reading.checkpoints import Entry, open_checkpoint
from tf1graphs.inspect.reading.protos import TrackableObjectGraph

FIXTURES = Path(__file__).parents[2] / "fixtures" / "tf115" / "inspect_events"
RECORDED = json.loads((FIXTURES / "checkpoints.json").read_text())
VALUE = "/.ATTRIBUTES/VARIABLE_VALUE"


def summary_of(name: str, values: bool = False) -> CheckpointSummary:
    return summarize(open_checkpoint(FIXTURES / "checkpoints" / f"{name}-7"), values)


def roles_of(summary: CheckpointSummary) -> dict[str, Role]:
    return {tensor.name.removesuffix(VALUE): tensor.role for tensor in summary.tensors}


@pytest.mark.parametrize("name", RECORDED)
def test_slots_are_those_that_the_optimizer_has(name):
    roles = roles_of(summary_of(name))
    found = {tensor: role.variable for tensor, role in roles.items() if role.name == SLOT}
    assert found == RECORDED[name]["slots"]


@pytest.mark.parametrize("name", RECORDED)
def test_statistics_are_those_of_the_values(name):
    for tensor in summary_of(name, values=True).tensors:
        values = tensor.values
        assert (values.nans, values.infinities) == (0, 0)
        assert [values.minimum, values.mean, values.maximum] == pytest.approx(RECORDED[name]["values"][tensor.name])


@pytest.mark.parametrize(
    ("name", "optimizer"),
    [
        ("adam", "Adam"),
        ("adam_of_another_name", "Generator"),
        ("scoped", "Adam"),
        ("rmsprop", "RMSProp"),
        ("keras", "Adam"),
    ],
)
def test_optimizers_have_their_names(name, optimizer):
    slots = [role for role in roles_of(summary_of(name)).values() if role.name == SLOT]
    assert {slot.optimizer for slot in slots} == {optimizer}


def test_totals_with_and_without_slots():
    summary = summary_of("adam")
    assert summary.variables == Total(2, 10, 40)
    assert summary.everything == Total(9, 33, 136)
    assert summary.scopes == {"model": Total(2, 10, 40)}
    assert summary.optimizers == {"Adam": Total(6, 22, 88)}
    weights = next(tensor for tensor in summary.tensors if tensor.name == "model/weights")
    assert (weights.shape, weights.dtype, weights.elements, weights.size, weights.parts) == (
        (4, 2),
        "float32",
        8,
        32,
        2,
    )


@pytest.mark.parametrize(("name", "format_"), [("scoped", "V2"), ("version_1", "V1")])
def test_format_and_step(name, format_):
    summary = summary_of(name)
    assert (summary.format, summary.step, summary.is_object_based) == (format_, 0, False)
    assert roles_of(summary)["training/beta1_power"].name == STATE


def test_state_and_step_of_keras_in_a_graph():
    roles = roles_of(summary_of("keras"))
    state = {name for name, role in roles.items() if role == Role(STATE, "Adam")}
    assert state == {f"training/Adam/{name}" for name in ("beta_1", "beta_2", "decay", "learning_rate")}
    assert roles["training/Adam/iter"].name == STEP
    assert {name for name, role in roles.items() if role.name == VARIABLE} == {
        *("dense/kernel", "dense/bias", "batch_normalization/gamma", "batch_normalization/beta"),
        *("batch_normalization/moving_mean", "batch_normalization/moving_variance"),
    }


@pytest.mark.parametrize(
    ("names", "role"),
    [
        ("bert/w/adam_m bert/w", Role(SLOT, "adam", "bert/w")),
        ("w/part_0/Adam w/part_0", Role(SLOT, "Adam", "w/part_0")),
        ("w/part_1/Adam_1 w", Role(SLOT, "Adam", "w")),
        ("a/b/w/Adam_3 b/w", Role(SLOT, "Adam", "b/w")),
        ("w/Momentum other", Role(SLOT, "Momentum", "w")),
        ("lonely/kernel lonely", Role(SLOT, "kernel", "lonely")),
        ("dense/kernel dense_1/kernel", Role(VARIABLE)),
        ("m w", Role(VARIABLE)),
        ("block/m w", Role(VARIABLE)),
        ("Adam w", Role(VARIABLE)),
        ("decay w", Role(VARIABLE)),
    ],
)
def test_names_of_slots(names, role):
    entries = {name: Entry(name, "float32", (2,), 8) for name in names.split()}
    assert role_of(names.split()[0], entries) == role


def test_a_variable_below_another_of_other_shape_is_no_slot():
    entries = {"w": Entry("w", "float32", (2,), 8), "w/scale": Entry("w/scale", "float32", (), 4)}
    assert role_of("w/scale", entries) == Role(VARIABLE)


def test_slots_of_a_module_are_those_that_its_checkpoint_names(of_objects):
    summary = summarize(open_checkpoint(of_objects / "module"))
    assert summary.is_object_based and summary.step == 3
    roles = roles_of(summary)
    assert roles["model/w"].name == roles["model/blocks/0"].name == VARIABLE
    for slot in ("m", "v"):
        assert roles[f"model/w/.OPTIMIZER_SLOT/optimizer/{slot}"] == Role(SLOT, "optimizer", f"model/w{VALUE}")
    assert {name for name, role in roles.items() if role == Role(STATE, "optimizer")} == {
        f"optimizer/{name}" for name in ("beta_1", "beta_2", "decay", "learning_rate")
    }
    assert {name for name, role in roles.items() if role.name == BOOKKEEPING} == {
        "_CHECKPOINTABLE_OBJECT_GRAPH",
        "save_counter",
    }
    assert roles["optimizer/iter"].name == roles["step"].name == STEP


def test_objects_of_a_module_have_their_shortest_paths(of_objects):
    summary = summarize(open_checkpoint(of_objects / "module"))
    assert summary.objects[0].path == ()
    found = {"/".join(found.path): (found.tensors, found.full_name) for found in summary.objects}
    assert found["model/w"] == ((f"model/w{VALUE}",), "w") and "model/itself" not in found
    assert found["model/blocks"] == ((), "")


@pytest.mark.parametrize("keras", ["keras_2", "keras_3"])
def test_slots_of_keras(of_objects, keras):
    summary = summarize(open_checkpoint(of_objects / keras / ("weights" if keras == "keras_2" else "all")))
    roles = roles_of(summary)
    variables = {name for name, role in roles.items() if role.name == VARIABLE}
    slots = [role for role in roles.values() if role.name == SLOT]
    assert len(variables) == 2 and len(slots) == 4
    assert {slot.variable.removesuffix(VALUE) for slot in slots} == variables
    assert summary.variables.elements == 8 and summary.step == 1
    assert roles["optimizer/_learning_rate"] == Role(STATE, "optimizer")
    shapes = {tensor.name: tensor.shape for tensor in summary.tensors}
    assert all(
        shapes[tensor.name] == shapes[tensor.role.variable] for tensor in summary.tensors if tensor.role.variable
    )


def test_kept_checkpoints_and_missing_files(of_objects, tmp_path):
    for file in (of_objects / "module").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    kept = summarize(open_checkpoint(tmp_path)).kept
    assert [(found.path, found.is_last, found.missing) for found in kept] == [
        ("ckpt-2", False, ()),
        ("ckpt-3", True, ()),
    ]
    assert all(found.saved and found.saved > 1e9 for found in kept)
    (tmp_path / "ckpt-2.data-00000-of-00001").unlink()
    assert summarize(open_checkpoint(tmp_path)).kept[0].missing == ("ckpt-2.data-00000-of-00001",)
    (tmp_path / "ckpt-2.index").unlink()
    assert summarize(open_checkpoint(tmp_path)).kept[0].missing == ("ckpt-2.index",)


@pytest.mark.parametrize(
    ("content", "paths"),
    [("", []), ('model_checkpoint_path: "all"', ["all"]), (f'model_checkpoint_path: "{"x" * 5000}"', ["x" * 5000])],
)
def test_lists_of_any_content(tmp_path, content, paths):
    with BundleWriter(tmp_path / "all") as writer:
        writer.add("w", np.zeros(1))
    (tmp_path / "checkpoint").write_text(content)
    kept = summarize(open_checkpoint(tmp_path / "all")).kept
    assert [found.path for found in kept] == paths
    assert [bool(found.missing) for found in kept] == [path != "all" for path in paths]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (np.array([1, -2, 4], np.int8), Statistics(-2.0, 1.0, 4.0, 0, 0)),
        (np.array([np.nan, np.inf, 3, -np.inf], np.float32), Statistics(3.0, 3.0, 3.0, 1, 2)),
        (np.array([np.nan]), Statistics(None, None, None, 1, 0)),
        (np.array([True, False]), Statistics(0.0, 0.5, 1.0, 0, 0)),
        (np.zeros([0, 3]), Statistics(None, None, None, 0, 0)),
        (np.arange(3_000_000.0).reshape(3, -1), Statistics(0.0, 1_499_999.5, 2_999_999.0, 0, 0)),
        (np.array([b"text"], object), None),
        (np.array([1j]), None),
    ],
)
def test_statistics(values, expected):
    assert statistics_of(values) == expected


def test_bfloat16_strings_and_complex_numbers(tmp_path):
    import ml_dtypes

    with BundleWriter(tmp_path / "all") as writer:
        writer.add("brain", np.array([1, 2], ml_dtypes.bfloat16))
        writer.add("complex", np.array([1j], np.complex64))
        writer.add("text", np.array([b"a", b"bc"], object))
    told = []
    summary = summarize(open_checkpoint(tmp_path / "all"), values=True, advance=told.append)
    values = {tensor.name: tensor.values for tensor in summary.tensors}
    assert values["brain"].maximum == 2.0 and values["complex"] is None and values["text"] is None
    assert sum(told) == summary.everything.size
    assert summary.kept == () and summary.step is None


def test_the_summary_is_plain_data(of_objects):
    for summary in (summary_of("adam", values=True), summarize(open_checkpoint(of_objects / "module"))):
        assert json.loads(json.dumps(dataclasses.asdict(summary)))["format"] == "V2"


def test_objects_that_are_not_there_are_refused():
    graph = TrackableObjectGraph()
    graph.nodes.add().children.add(node_id=4, local_name="model")
    with pytest.raises(InvalidFile, match="object 4 is named and there are 1"):
        ObjectGraph(graph, "path")
    graph = TrackableObjectGraph()
    graph.nodes.add().slot_variables.add(slot_variable_node_id=-1)
    with pytest.raises(InvalidFile, match="object -1 is named and there are 1"):
        ObjectGraph(graph, "path").roles()


def test_a_chain_of_objects_is_refused():
    graph = TrackableObjectGraph()
    for number in range(5000):
        graph.nodes.add().children.add(node_id=number + 1, local_name="next" * 100)
    graph.nodes.add()
    with pytest.raises(InvalidFile, match="nest more than 100 levels"):
        ObjectGraph(graph, "path")
