"""What ``tf1graphs inspect`` finds in graphs of TensorFlow 1.15."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from graph_building import const, graph_file, node, placeholder
from recorded_graphs import MODELS, answers, frozen_file, meta_graph_file, saved_model_file

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.graphs.contents import Asset, Saver, Table
from tf1graphs.inspect.graphs.interface import TensorInfo
from tf1graphs.inspect.graphs.losses import Loss
from tf1graphs.inspect.graphs.optimizers import Optimizer
from tf1graphs.inspect.graphs.summary import MetaGraphSummary, shapes_of, summarize
from tf1graphs.inspect.graphs.variables import PartitionedVariable
from tf1graphs.inspect.reading.graphs import read_graph


@cache
def _of(model: str, batch: int | None = None) -> MetaGraphSummary:
    (found,) = summarize(meta_graph_file(model), batch).meta_graphs
    return found


def _names(tensors: tuple[TensorInfo, ...]) -> list[str]:
    return [info.name for info in tensors]


@pytest.mark.parametrize("model", [model for model in MODELS if answers(model)["parameters"]])
def test_parameters_by_scope_are_those_of_the_profiler(model: str) -> None:
    theirs = answers(model)["parameters"]
    ours = {scope.name or "_TFProfRoot": scope.parameters for scope in _of(model).scopes}
    assert {name: ours[name] for name in theirs if name in ours} == {
        name: count for name, count in theirs.items() if name in ours
    }
    assert ours["_TFProfRoot"] == theirs["_TFProfRoot"]


@pytest.mark.parametrize("model", MODELS)
def test_a_summary_is_json(model: str) -> None:
    assert json.loads(json.dumps(dataclasses.asdict(summarize(meta_graph_file(model)))))["kind"] == "MetaGraphDef"


def test_optimizers_keep_the_slots_that_their_program_says() -> None:
    variables = {variable.name: variable for variable in _of("optimizers").variables}
    ours = {name: [variables[name].optimizer, variables[name].slot_of] for name in answers("slots")}
    assert ours == answers("slots")
    powers = {name for name, variable in variables.items() if name.endswith("power")}
    assert powers and all(variables[name].optimizer in ("Adam", "AdaMax") for name in powers)
    others = variables.keys() - answers("slots").keys() - powers
    assert all(variables[name].optimizer is None for name in others)


def test_optimizers_have_the_numbers_of_their_program() -> None:
    found = {optimizer.name: optimizer for optimizer in _of("optimizers").optimizers}
    assert len(found) == 14 and all(optimizer.numbers["learning_rate"] == 0.25 for optimizer in found.values())
    assert found["ProximalGradientDescent"].numbers == {"learning_rate": 0.25, "l1": 0.1, "l2": 0.2}
    assert found["Adam"].variables == ("adam/dense", "adam_resource/dense", "adam/table", "adam_resource/table")
    assert found["Adam"].ops == {
        "ApplyAdam": 1,
        "ResourceApplyAdam": 1,
        "AssignSub": 1,
        "AssignSubVariableOp": 1,
    }


def test_a_learning_rate_that_is_computed_has_the_name_of_its_tensor() -> None:
    (momentum,) = _of("mlp").optimizers
    assert momentum.numbers == {"learning_rate": "ExponentialDecay", "momentum": 0.9, "use_nesterov": True}


def test_an_optimizer_in_a_variable_scope() -> None:
    found = _of("mlp_by_hand")
    slots = {variable.name: (variable.slot, variable.slot_of) for variable in found.variables if variable.optimizer}
    assert slots["optimizer/w/Adam"] == ("m", "w") and slots["optimizer/b/Adam_1"] == ("v", "b")
    assert slots["optimizer/beta1_power"] == ("beta1_power", None)
    assert found.optimizers == (
        Optimizer(
            "Adam",
            {"ApplyAdam": 2},
            ("w", "b"),
            {"learning_rate": 0.003, "beta1": 0.8, "beta2": 0.999, "epsilon": 1e-08},
        ),
    )


def test_slots_by_name_where_the_training_was_cut_off() -> None:
    names = (
        "net/w",
        "net/w/Adam",
        "train/net/w/Adam_1",
        "train/beta1_power",
        "w/Adam",
        "net/w/ExponentialMovingAverage",
    )
    (found,) = summarize(
        graph_file([node(name, "VariableV2", shape=(2,), dtype="float32") for name in names])
    ).meta_graphs
    assert {variable.name: (variable.optimizer, variable.slot, variable.slot_of) for variable in found.variables} == {
        "net/w": (None, None, None),
        "net/w/Adam": ("Adam", "m", "net/w"),
        "train/net/w/Adam_1": ("Adam", "v", "net/w"),
        "train/beta1_power": ("Adam", "beta1_power", None),
        # No variable is called w.
        "w/Adam": (None, None, None),
        "net/w/ExponentialMovingAverage": ("ExponentialMovingAverage", "average", "net/w"),
    }
    assert [variable.trainable for variable in found.variables] == [None, False, False, False, None, False]


@pytest.mark.parametrize(
    ("model", "loss"),
    [
        ("mlp", "total:0"),
        ("mlp_by_hand", "Neg:0"),
        ("cnn", "Mean:0"),
        ("cnn_any_batch", "Mean:0"),
        ("lstm", "mean_squared_error/value:0"),
        ("lstm_unrolled_any_batch", "Mean:0"),
    ],
)
def test_losses_are_where_gradients_start(model: str, loss: str) -> None:
    assert _of(model).losses[0] == Loss(loss, (), "gradients")


def test_losses_of_collections() -> None:
    assert [(loss.tensor, loss.found) for loss in _of("mlp").losses[1:]] == [
        ("sparse_softmax_cross_entropy_loss/value:0", "losses"),
        ("dense/kernel/Regularizer/l2_regularizer:0", "regularization_losses"),
    ]


@pytest.mark.parametrize(
    ("model", "inputs", "outputs"),
    [
        ("mlp", ["x:0", "y:0"], ["prediction:0"]),
        # What is computed from the labels, such as the accuracy and the loss, is no output.
        ("cnn", ["x:0", "y:0"], ["ArgMax:0"]),
        ("pipeline", ["words:0", "count:0"], ["hash_table_Lookup/LookupTableFindV2:0", "chosen/Merge:0"]),
        ("lstm", ["x:0", "y:0"], ["dense/BiasAdd:0"]),
        ("lstm_any_batch", ["x:0", "y:0"], ["dense/BiasAdd:0"]),
        ("mlp_by_hand", ["x:0", "y:0"], ["prediction:0"]),
    ],
)
def test_inputs_and_outputs(model: str, inputs: list[str], outputs: list[str]) -> None:
    found = _of(model)
    assert (_names(found.inputs), _names(found.outputs)) == (inputs, outputs)


def test_tensors_have_shapes_and_dtypes() -> None:
    assert _of("mlp_any_batch").inputs == (
        TensorInfo("x:0", (None, 20), "float32"),
        TensorInfo("y:0", (None,), "int64"),
    )
    assert _of("mlp").outputs == (TensorInfo("prediction:0", (8,), "int64"),)
    assert _of("mlp_any_batch", batch=8).outputs == _of("mlp").outputs


def test_outputs_of_an_op_with_several() -> None:
    nodes = [placeholder("x", 2, 5), const("k", 3), node("top", "TopKV2", "x", "k", T="float32")]
    (found,) = summarize(graph_file(nodes)).meta_graphs
    assert found.outputs == (TensorInfo("top:0", (2, 3), "float32"), TensorInfo("top:1", (2, 3), "int32"))


def test_partitioned_variables() -> None:
    assert _of("lstm_unrolled").partitioned == (
        PartitionedVariable("embedding", (50, 8), "float32", ("embedding/part_0", "embedding/part_1")),
    )


def test_frozen_variables() -> None:
    (found,) = summarize(frozen_file()).meta_graphs
    assert [(variable.name, variable.shape, variable.kind) for variable in found.variables] == [
        ("conv2d/kernel", (3, 3, 1, 4), "frozen"),
        ("conv2d/bias", (4,), "frozen"),
        ("resource/dense/kernel", (2704, 10), "frozen"),
        ("resource/dense/bias", (10,), "frozen"),
    ]
    assert _names(found.outputs) == ["scores:0", "classes:0"]
    assert found.scopes[0].parameters == 36 + 4 + 27040 + 10


def test_weights_from_which_the_identities_were_removed() -> None:
    nodes = [
        placeholder("x", None, 2),
        const("w", [[1.0], [2.0]]),
        const("b", [0.5]),
        const("two", 2.0),
        node("product", "MatMul", "x", "w", T="float32"),
        node("sum", "BiasAdd", "product", "b", T="float32"),
        node("twice", "Mul", "sum", "two", T="float32"),
    ]
    (found,) = summarize(graph_file(nodes)).meta_graphs
    assert [variable.name for variable in found.variables] == ["w", "b"]


def test_a_saved_model() -> None:
    (found,) = summarize(saved_model_file()).meta_graphs
    assert (found.tags, found.tensorflow) == (("serve",), "1.15.5")
    assert [(signature.name, signature.method) for signature in found.signatures] == [
        ("classes", "tensorflow/serving/predict"),
        ("serving_default", "tensorflow/serving/predict"),
    ]
    assert found.signatures[1].inputs == {"image": TensorInfo("x:0", (None, 28, 28, 1), "float32")}
    assert found.signatures[1].outputs == {"scores": TensorInfo("scores:0", (None, 10), "float32")}
    assert _names(found.outputs) == ["classes:0", "scores:0"]
    assert found.assets == (Asset("words.txt", "words"),)
    assert all(variable.trainable for variable in found.variables)
    assert found.scopes[0].parameters == 36 + 4 + 27040 + 10


_TENSORFLOW_2 = """
import tensorflow as tf

class Net(tf.Module):
    def __init__(self):
        super().__init__()
        self.w = tf.Variable(tf.ones([784, 10]), name="w")
        self.mean = tf.Variable(tf.zeros([10]), name="mean", trainable=False)

    @tf.function(input_signature=[tf.TensorSpec([None, 784], tf.float32, "x")])
    def __call__(self, x):
        return {"y": tf.nn.softmax(x @ self.w + self.mean)}

net = Net()
tf.saved_model.save(net, "saved", signatures=net.__call__)
"""


@pytest.mark.slow
def test_a_saved_model_of_tensorflow_2(python: Callable[..., Any], tmp_path: Path) -> None:
    saved = python("-c", _TENSORFLOW_2, cwd=tmp_path)
    assert saved.returncode == 0, saved.stderr
    (found,) = summarize(read_graph(tmp_path / "saved")).meta_graphs
    assert found.inputs == (TensorInfo("serving_default_x:0", (None, 784), "float32"),)
    assert found.outputs == (TensorInfo("StatefulPartitionedCall:0", (None, 10), "float32"),)
    assert {variable.name: (variable.shape, variable.trainable) for variable in found.variables} == {
        "w": ((784, 10), True),
        "mean": ((10,), False),
    }
    assert found.scopes[0].parameters == 7840 and not found.problems and not found.gone
    assert any(function.ops.get("MatMul") for function in found.functions)


def test_savers_tables_and_pipelines() -> None:
    found = _of("pipeline")
    assert found.savers == (Saver("V2", "save/Const:0", "save/control_dependency:0", "save/restore_all", 3),)
    assert found.tables == (Table("hash_table", "HashTableV2", "string", "int64"),)
    assert [pipeline.op for pipeline in found.pipelines][:3] == ["TensorSliceDataset", "MapDataset", "BatchDatasetV2"]
    assert [(function.operations, function.ops) for function in found.functions] == [
        (3, {"Const": 1, "Identity": 1, "Mul": 1})
    ]


def test_savers_of_a_graph_without_its_meta_graph() -> None:
    graph = meta_graph_file("cnn").meta_graphs[0].graph_def
    (found,) = summarize(graph_file(list(graph.node))).meta_graphs
    assert [(saver.format, saver.filename, saver.restore) for saver in found.savers] == [
        ("V2", "save/Const:0", "save/restore_all")
    ]
    assert {variable.name for variable in found.variables if variable.trainable} == {
        name for optimizer in found.optimizers for name in optimizer.variables
    }


def test_open_batch_sizes_are_counted_only_if_one_is_given() -> None:
    unknown, known = _of("cnn_any_batch"), _of("cnn_any_batch", batch=8)
    assert unknown.uncounted and unknown.batch is None
    assert not known.uncounted and known.batch == 8
    assert known.scopes[0].floats > unknown.scopes[0].floats


def test_scopes_are_a_tree_in_order() -> None:
    scopes = _of("cnn").scopes
    assert scopes[0].name == "" and scopes[0].operations == sum(_of("cnn").ops.values())
    for before, scope in zip(scopes, scopes[1:]):
        assert scope.depth <= before.depth + 1
        assert scope.depth == scope.name.count("/") + 1
    dense = {scope.name: scope for scope in scopes}["dense"]
    assert dense.parameters == 3010


def test_what_no_tensorflow_would_load_is_a_problem() -> None:
    nodes = [
        node("a", "Tanh", "nowhere", T="float32"),
        node("b", "Tanh", "c", T="float32"),
        node("c", "Tanh", "b", T="float32"),
        node("c", "Relu", "b", T="float32"),
        node("d", "NoOp", "^gone"),
    ]
    assert summarize(graph_file(nodes)).meta_graphs[0].problems == (
        "two nodes have the name c",
        "a takes nowhere, which the graph has not",
        "d takes ^gone, which the graph has not",
        "2 operations hang on themselves, not through a loop; the first is b",
    )


def test_loops_are_no_problem() -> None:
    assert _of("lstm").problems == _of("pipeline").problems == ()


def test_collections_that_are_no_variables_are_refused() -> None:
    file = meta_graph_file("mlp")
    file.meta_graphs[0].collection_def["variables"].bytes_list.value.append(b"\xff\xff")
    with pytest.raises(InvalidFile, match=r"mlp\.meta: no valid VariableDef"):
        summarize(file)


def test_shapes_of_tensors_by_name() -> None:
    shapes = shapes_of(meta_graph_file("resources").meta_graphs[0].graph_def)
    assert shapes["x:0"] == (8, 6, 9, 9, 2)
    assert shapes["net/dense/kernel:0"] == (54, 4)
    assert shapes["net/conv3d/Relu:0"] == (8, 4, 7, 7, 3)
