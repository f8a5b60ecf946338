"""Recurrent networks: what calls become, and that it computes what TensorFlow 1.15 computed (``migrate_rnn.json``)."""

from __future__ import annotations

import ast
import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import tensorflow as tf

from tf1graphs.migrate import rules
from tf1graphs.migrate.calls import Argument, Call, Definition, Outcome, Refuse, Replace, Split
from tf1graphs.migrate.definitions import cell_wrappers, rnn, rnn_cells, seq2seq
from tf1graphs.migrate.rules import all_rules

NETWORKS = json.loads((Path(__file__).parents[2] / "fixtures" / "tf115" / "migrate_rnn.json").read_text())
DEFINITIONS = [
    each
    for module in (rnn_cells, cell_wrappers, rnn, seq2seq)
    for each in vars(module).values()
    if isinstance(each, Definition)
]
RULES = {f"{rules.__name__}.{name}" for name in ("rnn_cells", "rnn", "seq2seq")}
LATER = {"keep_prob", "x"}

Load = Callable[..., ModuleType]


def outcome(node: ast.Call, graph_name: str | None = None) -> Outcome:
    rule = all_rules()[ast.unparse(node.func)]
    given = [*zip(rule.parameters, node.args), *[(each.arg, each.value) for each in node.keywords]]
    return rule.apply(Call(rule.name, {name: argument(value) for name, value in given}, node, graph_name))


def argument(node: ast.expr) -> Argument:
    try:
        value = ast.literal_eval(node)
    except ValueError:
        value = ...
    return Argument(ast.unparse(node), value, any(isinstance(n, ast.Name) and n.id in LATER for n in ast.walk(node)))


def outcome_of(code: str, graph_name: str | None = None) -> Outcome:
    node = ast.parse(code, mode="eval").body
    assert isinstance(node, ast.Call)
    return outcome(node, graph_name)


class Migration(ast.NodeTransformer):
    """Puts what rules say in place of calls, and collects what stands before the function."""

    def __init__(self, scopes: list[str]) -> None:
        self.scopes = iter(scopes)
        self.created: dict[str, str] = {}

    def visit_Call(self, node: ast.Call) -> ast.AST:  # noqa: N802
        self.generic_visit(node)
        name = ast.unparse(node.func)
        if name not in all_rules() or all_rules()[name].apply.__module__ not in RULES:
            return node
        found = outcome(node)
        if isinstance(found, Split):
            found = outcome(node, next(self.scopes))
        assert isinstance(found, Replace | Split), found
        if isinstance(found, Replace):
            return ast.parse(found.text, mode="eval").body
        variable = f"{found.name}_{len(self.created)}"
        self.created[variable] = found.create
        return ast.parse(found.use.format(object=variable), mode="eval").body


def migrated(code: str, scopes: list[str]) -> str:
    migration = Migration(scopes)
    body = ast.unparse(migration.visit(ast.parse(code))).replace("\n", "\n    ")
    created = "".join(f"{name} = {create}\n" for name, create in migration.created.items())
    return f"{created}\ndef network(x, lengths, s):\n    {body}\n    return tf.nest.flatten(result)\n"


@pytest.fixture(scope="module")
def load(tmp_path_factory: pytest.TempPathFactory) -> Load:
    """Imports a migrated program; AutoGraph reads the source again, so that it has to be a file.

    All programs import the same definitions, as AutoGraph takes long for them.
    """
    folder = tmp_path_factory.mktemp("migrated")

    def load(source: str, name: str = "program", **names: Any) -> ModuleType:
        file = folder / f"{name}.py"
        file.write_text(source)
        spec = importlib.util.spec_from_file_location(name, file)
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        vars(module).update(names)
        spec.loader.exec_module(module)
        return module

    definitions = load("\n\n".join(each.source for each in DEFINITIONS), "definitions", tf=tf)
    names = {each.name: getattr(definitions, each.name) for each in DEFINITIONS}
    return lambda source: load(source, tf=tf, **names)


def values(shape: list[int], start: float, dtype: Any = np.float32) -> np.ndarray:
    """Returns the numbers that ``tests/oracle/record_migrate_rnn.py`` uses."""
    return np.sin(np.arange(np.prod(shape)) * 1.7 + start).reshape(shape).astype(dtype)


def variables_of(module: ModuleType) -> list[tf.Variable]:
    """Returns the variables of the cells of a program."""
    cells = [each for name, each in vars(module).items() if name.startswith("cell_")]
    return [variable for cell in cells for variable in cell.variables]


X, LENGTHS, S = values([3, 4, 2], 0.5), np.array([3, 1, 2], np.int32), values([3, 3], 0.3)

CREATED = [
    ("tf.nn.rnn_cell.BasicRNNCell(n)", "BasicRNNCell(n)"),
    ("tf.nn.rnn_cell.BasicRNNCell(num_units=8, activation=None, reuse=False, dtype=tf.float32)", "BasicRNNCell(8)"),
    ("tf.contrib.rnn.BasicRNNCell(8, tf.nn.relu)", "BasicRNNCell(8, activation=tf.nn.relu)"),
    ("tf.rnn_cell.BasicRNNCell(8, name='a')", 'BasicRNNCell(8, name="a")'),
    ("tf.nn.rnn_cell.GRUCell(8)", "GRUCell(8)"),
    ("tf.contrib.rnn.GRUCell(8, 'relu')", "GRUCell(8, activation=tf.nn.relu)"),
    ("tf.nn.rnn_cell.GRUCell(8, kernel_initializer=init)", "GRUCell(8, kernel_initializer=init)"),
    (
        "tf.nn.rnn_cell.GRUCell(8, bias_initializer=tf.constant_initializer(0.5))",
        "GRUCell(8, bias_initializer=tf.constant_initializer(0.5))",
    ),
    ("tf.nn.rnn_cell.BasicLSTMCell(8)", 'LSTMCell(8, name="basic_lstm_cell")'),
    ("tf.contrib.rnn.BasicLSTMCell(8, forget_bias=1)", 'LSTMCell(8, name="basic_lstm_cell")'),
    ("tf.contrib.rnn.BasicLSTMCell(8, 0.0, True)", 'LSTMCell(8, forget_bias=0.0, name="basic_lstm_cell")'),
    ("tf.contrib.rnn.core_rnn_cell.LSTMCell(8, state_is_tuple=True)", "LSTMCell(8)"),
    ("tf.nn.rnn_cell.LSTMCell(8, use_peepholes=False, num_proj=None)", "LSTMCell(8)"),
    ("tf.nn.rnn_cell.LSTMCell(8, initializer=init)", "LSTMCell(8, initializer=init)"),
    ("tf.nn.rnn_cell.LSTMCell(8, True, name='a')", 'ExtendedLSTMCell(8, use_peepholes=True, name="a")'),
    (
        "tf.nn.rnn_cell.LSTMCell(8, num_proj=n, proj_clip=1.0, forget_bias=0.0)",
        "ExtendedLSTMCell(8, num_proj=n, proj_clip=1.0, forget_bias=0.0)",
    ),
    ("tf.nn.rnn_cell.LSTMCell(8, cell_clip=5.0)", "ExtendedLSTMCell(8, cell_clip=5.0)"),
    ("tf.contrib.rnn.LayerNormBasicLSTMCell(8)", "LayerNormLSTMCell(8)"),
    (
        "tf.contrib.rnn.LayerNormBasicLSTMCell(8, dropout_keep_prob=0.9)",
        "LayerNormLSTMCell(8, dropout_keep_prob=0.9)",
    ),
]

REPLACED = [
    ("tf.nn.rnn_cell.LSTMStateTuple(c, h=h)", "LSTMStateTuple(c, h)"),
    ("tf.nn.rnn_cell.MultiRNNCell([a, b])", "MultiRNNCell([a, b])"),
    ("tf.contrib.rnn.MultiRNNCell(cells=cells, state_is_tuple=True)", "MultiRNNCell(cells)"),
    ("tf.nn.rnn_cell.MultiRNNCell(cells, state_is_tuple=False)", "ConcatenatedState(MultiRNNCell(cells))"),
    ("tf.nn.rnn_cell.DropoutWrapper(cell)", "cell"),
    ("tf.nn.rnn_cell.DropoutWrapper(cell, 1.0, 1.0, variational_recurrent=False)", "cell"),
    (
        "tf.contrib.rnn.DropoutWrapper(cell, output_keep_prob=keep_prob)",
        "DropoutWrapper(cell, output_keep_prob=keep_prob)",
    ),
    (
        "tf.nn.rnn_cell.DropoutWrapper(cell, 0.5, 0.9)",
        "DropoutWrapper(cell, input_keep_prob=0.5, output_keep_prob=0.9)",
    ),
    ("tf.nn.rnn_cell.DropoutWrapper(cell, state_keep_prob=0.5)", "StateDropoutWrapper(cell, 0.5)"),
    (
        "tf.nn.rnn_cell.DropoutWrapper(cell, 0.5, state_keep_prob=0.9)",
        "DropoutWrapper(StateDropoutWrapper(cell, 0.9), input_keep_prob=0.5)",
    ),
    ("tf.nn.rnn_cell.ResidualWrapper(cell)", "ResidualWrapper(cell)"),
    ("tf.nn.rnn_cell.ResidualWrapper(cell, add)", "ResidualWrapper(cell, residual_fn=add)"),
    ("tf.nn.rnn_cell.DeviceWrapper(cell, '/gpu:0')", "cell"),
    ("tf.nn.dynamic_rnn(cell, x, dtype=tf.float32)", "dynamic_rnn(cell, x)"),
    ("tf.nn.dynamic_rnn(dtype='float32', scope='a', inputs=x, cell=cell)", "dynamic_rnn(cell, x)"),
    (
        "tf.nn.dynamic_rnn(cell, x, n, start, time_major=True, swap_memory=True)",
        "dynamic_rnn(cell, x, sequence_length=n, initial_state=start, time_major=True)",
    ),
    (
        "tf.nn.dynamic_rnn(cell, x, None, None, x.dtype, parallel_iterations=1, time_major=False)",
        "dynamic_rnn(cell, x, dtype=x.dtype, parallel_iterations=1)",
    ),
    ("tf.contrib.rnn.static_rnn(cell, x, dtype=tf.float32)", "static_rnn(cell, x)"),
    ("tf.nn.rnn(cell, x, start)", "static_rnn(cell, x, initial_state=start)"),
    (
        "tf.nn.bidirectional_dynamic_rnn(a, b, x, n, dtype=tf.float64)",
        "bidirectional_dynamic_rnn(a, b, x, sequence_length=n, dtype=tf.float64)",
    ),
    ("tf.nn.static_bidirectional_rnn(a, b, x, dtype=tf.float32)", "static_bidirectional_rnn(a, b, x)"),
    (
        "tf.contrib.rnn.stack_bidirectional_dynamic_rnn(a, b, x, sequence_length=n, dtype=tf.float32)",
        "stack_bidirectional_dynamic_rnn(a, b, x, sequence_length=n)",
    ),
    ("tf.contrib.seq2seq.sequence_loss(logits=a, targets=b, weights=c, name='n')", "sequence_cross_entropy(a, b, c)"),
    (
        "tf.contrib.seq2seq.sequence_loss(a, b, c, average_across_batch=False)",
        "sequence_cross_entropy(a, b, c, average_across_batch=False)",
    ),
    (
        "tf.contrib.legacy_seq2seq.sequence_loss_by_example(a, b, c, size)",
        "sequence_loss_by_example(a, b, c, average_across_timesteps=size)",
    ),
    (
        "tf.nn.seq2seq.rnn_decoder(x, state, cell, loop_function=f if g else None, scope='a')",
        "rnn_decoder(x, state, cell, loop_function=f if g else None)",
    ),
]

REFUSED = [
    (
        "tf.contrib.seq2seq.sequence_loss(logits, targets, weights, sum_over_batch=True)",
        "its sum_over_batch divides by a number of weights",
    ),
    ("tf.nn.rnn_cell.BasicRNNCell(8, reuse=True)", "it may share the variables of another cell"),
    (
        "tf.nn.rnn_cell.BasicLSTMCell(8, reuse=tf.get_variable_scope().reuse)",
        "it may share the variables of another cell",
    ),
    ("tf.nn.rnn_cell.BasicRNNCell(8, name=name)", "its name is not a literal"),
    ("tf.nn.rnn_cell.GRUCell(8, 'hard_sigmoid')", "its activation 'hard_sigmoid' has another formula in TensorFlow 2"),
    ("tf.nn.rnn_cell.GRUCell(8, kernel_initializer='uniform')", "its kernel_initializer is the name of one"),
    ("tf.nn.rnn_cell.BasicLSTMCell(8, x)", "its forget_bias is known only when the graph runs"),
    ("tf.nn.rnn_cell.BasicLSTMCell(8, state_is_tuple=flag)", "its state_is_tuple is not a literal"),
    ("tf.nn.rnn_cell.LSTMCell(8, flag)", "its use_peepholes is not a literal"),
    ("tf.nn.rnn_cell.LSTMCell(8, num_unit_shards=2)", "its num_unit_shards has no counterpart"),
    ("tf.contrib.rnn.LayerNormBasicLSTMCell(8, layer_norm=False)", "its layer_norm has no counterpart"),
    (
        "tf.contrib.rnn.LayerNormBasicLSTMCell(8, dropout_keep_prob=keep_prob)",
        "its dropout_keep_prob is known only when the graph runs",
    ),
    ("tf.nn.rnn_cell.MultiRNNCell(cells, flag)", "its state_is_tuple is not a literal"),
    ("tf.nn.rnn_cell.DropoutWrapper(cell, 0.5, seed=1)", "its seed has no counterpart"),
    (
        "tf.nn.rnn_cell.DropoutWrapper(cell, 0.5, variational_recurrent=True, dtype=tf.float32)",
        "its dropout masks are the same at every step",
    ),
    ("tf.nn.raw_rnn(cell, loop)", "its loop function works on a state of its own"),
    ("tf.nn.static_state_saving_rnn(cell, x, saver, 'a')", "it keeps states in a queue"),
]


@pytest.mark.parametrize(("code", "created"), CREATED)
def test_cells_are_created_once(code: str, created: str) -> None:
    found = outcome_of(code)
    assert isinstance(found, Split)
    assert (found.create, found.use) == (created, "{object}")
    assert created.split("(")[0] == found.needs[-1].name


def test_cells_take_the_name_in_the_graph() -> None:
    found = outcome_of("tf.nn.rnn_cell.BasicLSTMCell(8, name='a')", "net/rnn/a")
    assert isinstance(found, Split)
    assert found.create == 'LSTMCell(8, name="net/rnn/a")'


def test_state_in_one_matrix() -> None:
    found = outcome_of("tf.nn.rnn_cell.LSTMCell(8, state_is_tuple=False)")
    assert isinstance(found, Split)
    assert (found.create, found.use) == ("LSTMCell(8)", "ConcatenatedState({object})")


@pytest.mark.parametrize(("code", "text"), REPLACED)
def test_calls_are_replaced(code: str, text: str) -> None:
    found = outcome_of(code)
    assert isinstance(found, Replace)
    assert found.text == text
    assert {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)} >= {
        each.name for each in found.needs[-1:]
    }


@pytest.mark.parametrize(("code", "reason"), REFUSED)
def test_refusals(code: str, reason: str) -> None:
    found = outcome_of(code)
    assert isinstance(found, Refuse)
    assert found.reason == reason
    assert found.remedy


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda each: each.name)
def test_definitions_are_short_and_documented(definition: Definition) -> None:
    node = ast.parse(definition.source).body[-1]
    assert definition.source.endswith("\n") and not definition.source.endswith("\n\n")
    assert max(map(len, definition.source.splitlines())) <= 120
    if isinstance(node, ast.ClassDef | ast.FunctionDef):
        assert node.name == definition.name
        assert ast.get_docstring(node)


@pytest.mark.parametrize("code", [code for code, _ in CREATED + REPLACED])
def test_all_definitions_are_named_in_order(code: str) -> None:
    found = outcome_of(code)
    assert isinstance(found, Replace | Split)
    defined: set[str] = set()
    names = {each.name for each in DEFINITIONS}
    for text in [*[each.source for each in found.needs], found.create if isinstance(found, Split) else found.text]:
        node = ast.parse(text)
        used = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)} & names
        defined |= {each.name for each in found.needs if each.source == text}
        assert used <= defined


@pytest.mark.parametrize("name", NETWORKS)
def test_networks_compute_the_same_as_on_1_15(name: str, load: Load) -> None:
    recorded = NETWORKS[name]
    module = load(migrated(recorded["code"], recorded["scopes"]))

    arguments = [tf.constant(each) for each in (X, LENGTHS, S)]
    # The trace for two sequences creates the variables; the one for any number, which is compared, finds them.
    tf.function(module.network)(*[each[:2] for each in arguments])
    variables = {each.name.removesuffix(":0"): each for each in variables_of(module)}
    assert {key: each.shape.as_list() for key, each in variables.items()} == recorded["variables"]
    for key, value in recorded["constants"].items():
        np.testing.assert_array_equal(variables[key], np.full(variables[key].shape, value, np.float32))
    for number, key in enumerate(recorded["variables"]):
        variables[key].assign(values(variables[key].shape, number, variables[key].dtype.as_numpy_dtype))

    @tf.function(input_signature=signature("unstack" in recorded["code"]))
    def run(x: tf.Tensor, lengths: tf.Tensor, s: tf.Tensor) -> Any:
        with tf.GradientTape() as tape:
            tape.watch(x)
            results = module.network(x, lengths, s)
            loss = tf.add_n([tf.reduce_sum(tf.cast(tf.square(each), tf.float32)) for each in results])
        return results, tape.gradient(loss, [*[variables[each] for each in recorded["variables"]], x])

    results, gradients = run(*arguments)
    assert len(variables_of(module)) == len(recorded["variables"])
    # Where terms cancel out, what is left of a float32 has an error like that of the terms.
    for found in (results, module.network(*arguments)):
        compare(found, recorded["results"], rtol=1e-6, atol=1e-6)
    compare(gradients, recorded["gradients"], rtol=1e-5, atol=1e-5)


def compare(found: list[tf.Tensor], wanted: list[list[float]], **tolerances: float) -> None:
    assert len(found) == len(wanted)
    for tensor, numbers in zip(found, wanted):
        np.testing.assert_allclose(np.ravel(tensor), numbers, **tolerances)


def signature(is_static: bool) -> list[tf.TensorSpec]:
    steps = 4 if is_static else None
    return [tf.TensorSpec([None, steps, 2]), tf.TensorSpec([None], tf.int32), tf.TensorSpec([None, 3])]


@pytest.mark.parametrize("name", NETWORKS)
def test_split_says_how_1_15_calls_the_variables(name: str) -> None:
    recorded = NETWORKS[name]
    names = []
    for scope, node in zip(recorded["scopes"], calls_of_cells(recorded["code"])):
        found = outcome(node, scope)
        assert isinstance(found, Split)
        names += [f"{scope}/{variable}" for variable in found.variables.values()]
    assert sorted(names) == sorted(recorded["variables"])


def calls_of_cells(code: str) -> list[ast.Call]:
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    calls = [node for node in calls if ast.unparse(node.func) in all_rules() and isinstance(outcome(node), Split)]
    return sorted(calls, key=lambda node: (node.lineno, node.col_offset))


GRU = "result = tf.nn.dynamic_rnn(tf.nn.rnn_cell.GRUCell(3), x, dtype=tf.float32)"


def test_attributes_hold_the_variables_of_their_names(load: Load) -> None:
    for name, recorded in NETWORKS.items():
        module = load(migrated(recorded["code"], recorded["scopes"]))
        module.network(X, LENGTHS, S)
        for number, node in enumerate(calls_of_cells(recorded["code"])):
            scope = recorded["scopes"][number]
            found = outcome(node, scope)
            assert isinstance(found, Split)
            for attribute, variable in found.variables.items():
                held = getattr(getattr(module, f"cell_{number}"), attribute)
                assert held.name == f"{scope}/{variable}:0", name


def test_kernels_start_with_glorot_uniform(load: Load) -> None:
    module = load(migrated("result = tf.nn.rnn_cell.BasicLSTMCell(100)", ["a"]))
    tf.random.set_seed(1)
    module.cell_0.build(60)
    kernel, limit = module.cell_0.kernel.numpy(), np.sqrt(6 / (160 + 400))
    assert np.abs(kernel).max() <= limit
    np.testing.assert_allclose([kernel.mean(), kernel.std()], [0, limit / np.sqrt(3)], atol=limit / 100)
    again = load(migrated("result = tf.nn.rnn_cell.BasicLSTMCell(100)", ["a"]))
    tf.random.set_seed(1)
    again.cell_0.build(60)
    np.testing.assert_array_equal(again.cell_0.kernel, kernel)


def test_a_checkpoint_restored_before_the_first_call_gives_the_variables_their_values(
    load: Load, tmp_path: Path
) -> None:
    module = load(migrated(GRU, ["rnn/gru_cell"]))
    wanted = tf.function(module.network)(X, LENGTHS, S)
    path = tf.train.Checkpoint(cell=module.cell_0).save(str(tmp_path / "checkpoint"))
    again = load(migrated(GRU, ["rnn/gru_cell"]))
    status = tf.train.Checkpoint(cell=again.cell_0).restore(path)
    found = tf.function(again.network)(X, LENGTHS, S)
    status.assert_consumed()
    np.testing.assert_array_equal(found[0], wanted[0])


def test_the_first_call_may_be_that_which_trains(load: Load) -> None:
    module = load(migrated(GRU, ["rnn/gru_cell"]))

    @tf.function
    def train(x: tf.Tensor) -> tf.Tensor:
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(module.network(x, None, None)[0] ** 2)
        variables = module.cell_0.trainable_variables
        for variable, gradient in zip(variables, tape.gradient(loss, variables)):
            variable.assign_sub(0.1 * gradient)
        return loss

    losses = [float(train(x)) for x in (X, X[:2], X, X[:2])]
    assert len(module.cell_0.variables) == 4
    assert losses[2] < losses[0] and losses[3] < losses[1]


def test_dropout_takes_the_probability_of_each_call(load: Load) -> None:
    code = "\n".join(
        [
            "cell = tf.nn.rnn_cell.DropoutWrapper(tf.nn.rnn_cell.GRUCell(50), output_keep_prob=s)",
            "result = tf.nn.dynamic_rnn(cell, x, dtype=tf.float32)",
        ]
    )
    network = tf.function(load(migrated(code, ["rnn/gru_cell"])).network)
    whole, _ = network(X, LENGTHS, tf.constant(1.0))
    dropped, _ = network(X, LENGTHS, tf.constant(0.5))
    kept = dropped != 0
    assert 0.4 < tf.reduce_mean(tf.cast(kept, tf.float32)) < 0.6
    np.testing.assert_allclose(dropped[kept], 2 * whole[kept], rtol=1e-6)
    assert not np.array_equal(kept[:, 0], kept[:, 1])


def test_dropout_of_the_state_spares_what_the_cell_keeps(load: Load) -> None:
    code = "\n".join(
        [
            "inner = tf.nn.rnn_cell.MultiRNNCell([tf.nn.rnn_cell.LSTMCell(50), tf.nn.rnn_cell.GRUCell(50)])",
            "cell = tf.nn.rnn_cell.DropoutWrapper(inner, state_keep_prob=0.5)",
            "result = cell(x[:, 0], cell.zero_state(3, tf.float32))",
        ]
    )
    _, *state = load(migrated(code, ["a", "b"])).network(X, LENGTHS, S)
    assert [bool(tf.reduce_any(part == 0)) for part in state] == [False, True, True]
