"""What calls of TensorFlow's symbols stand for."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from tf1graphs.migrate.facts import (
    cells,
    collections,
    creating,
    datasets,
    defaults,
    distributions,
    flags,
    losses,
    metrics,
    monitored,
    moving,
    normalizers,
    pipelines,
    queues,
    savers,
    scopings,
    sizing,
    summaries,
    syntax,
)
from tf1graphs.migrate.facts.names import LAYERS
from tf1graphs.migrate.facts.values import (
    Elements,
    Function,
    Graph,
    Host,
    Initializer,
    Layer,
    Many,
    Operation,
    Scoping,
    Session,
    Settings,
    Stage,
    Symbol,
    Tensor,
    Value,
    flat,
    latest,
)

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.expressions import Expressions

argument = syntax.argument

RANDOM = frozenset(
    {
        *("random_normal", "random_uniform", "truncated_normal", "random_shuffle", "random_crop", "random_gamma"),
        *("random_poisson", "multinomial"),
        *(f"random.{name}" for name in ("normal", "uniform", "truncated_normal", "shuffle", "gamma", "poisson")),
        *("random.categorical", "random.multinomial", "nn.dropout", "contrib.layers.dropout", "layers.dropout"),
        *("contrib.slim.dropout", "gradients", "nn.uniform_candidate_sampler", "nn.log_uniform_candidate_sampler"),
    }
)
_INITIALIZERS = frozenset(
    {
        *(
            "global_variables_initializer",
            "initialize_all_variables",
            "local_variables_initializer",
            "tables_initializer",
        ),
        *("initialize_local_variables", "variables_initializer", "initialize_variables", "initialize_all_tables"),
        *("initializers.global_variables", "initializers.variables", "initializers.local_variables"),
        *("initializers.tables_initializer",),
    }
)
# What lets TensorFlow 2 behave as 1.15 does.
BEHAVIOUR = frozenset({"tf.disable_v2_behavior", "tf.disable_eager_execution"})
_SESSIONS = frozenset({"Session", "InteractiveSession"})
_GROUPS = frozenset({"group", "no_op"})
_ASSIGNS = frozenset(
    {
        f"{kind}{suffix}"
        for kind in ("assign", "scatter")
        for suffix in ("", "_add", "_sub", "_update", "_mul", "_nd_update")
    }
)
_VARIABLES = frozenset({"Variable", "get_variable", "contrib.framework.model_variable", "contrib.framework.variable"})
_MERGES = frozenset({"summary.merge_all", "summary.merge", "merge_all_summaries", "merge_summary"})
_HOST_MODULES = (
    *("gfile.", "logging.", "app.", "flags.", "test.", "train.", "GraphKeys"),
    *("keras.preprocessing.", "keras.utils.", "keras.datasets."),
)
_SCHEDULES = ("_decay", "piecewise_constant", "_decay_restarts", "train.limit_epochs", "train.range_input_producer")
_HOST = frozenset({"TensorShape", "as_dtype", "set_random_seed", "RunOptions"})
_SEVERAL = frozenset(
    {
        "split",
        "unstack",
        "unpack",
        "gradients",
        "meshgrid",
        "decode_csv",
        "io.decode_csv",
        "unique",
        "unique_with_counts",
        "setdiff1d",
        "listdiff",
        "svd",
        "nn.moments",
        "clip_by_global_norm",
        "nn.top_k",
    }
)


def call(self: Expressions, name: str, node: ast.Call) -> Value:
    """Returns what a call of a symbol of TensorFlow stands for."""
    self.facts.note(node.func, Symbol(name=name))
    short = name.removeprefix("tf.")
    _note_seed(self, short, node)
    if short in _VARIABLES:
        return creating.variable(self, short, node)
    if short.rpartition(".")[2].endswith("Optimizer"):
        return creating.optimizer(self, node)
    for module in (pipelines, queues, monitored):
        followed: Value | None = module.called(self, short, node)
        if followed is not None:
            return followed
    normalizers.set_apart(self, name, node)
    arguments, keywords = self.arguments(node)
    value = _called(self, name, node, [*arguments, *keywords.values(), *defaults.given(self, name, node)])
    sizing.call(self, name, node, value)
    return value


def _note_seed(self: Expressions, short: str, node: ast.Call) -> None:
    """Notes the seed of the graph, which a call may set or, with a new graph, forget."""
    if short in ("set_random_seed", "random.set_random_seed"):
        self.graph_seed = argument(node, 0, "seed")
    elif short in ("reset_default_graph", "Graph"):
        self.graph_seed = None
    self.facts.graph_seeds[node] = self.graph_seed


def _called(self: Expressions, name: str, node: ast.Call, values: Sequence[Value]) -> Value:
    short = name.removeprefix("tf.")
    if short in _SPECIAL:
        return _SPECIAL[short](self, node, values)
    if short in _INITIALIZERS:
        return Initializer(Stage.LATER)
    if name in summaries.CALLS:
        return summaries.CALLS[name](self, name, node, values)
    if name in metrics.NAMES:
        return metrics.called(self, name, node)
    if name in LAYERS:
        return _layer(self, name, node, values)
    last = short.rpartition(".")[2]
    cell = cells.created(self, short, node, values)
    if cell is not None:
        return cell
    if short.startswith(("layers.", "keras.")) and last[:1].isupper():
        creating.note_created(self, node, f"{short} at {node.lineno}:{node.col_offset}")
        return Layer(symbol=short)
    for value in values:
        for each in flat(value):
            _called_back(self, each)
    if short in _ASSIGNS or short in _GROUPS:
        return _run_later(self, short, values)
    cells.run(self, name, node)
    return cells.result(self, name, node, _op(self, short, node, values))


def _layer(self: Expressions, name: str, node: ast.Call, values: Sequence[Value]) -> Value:
    """Returns what a function returns that makes a layer and calls it."""
    layer = self.names.layer(LAYERS[name], creating.literal_text(self, node, None, "name", "scope"))
    self.facts.note_name(node, layer)
    moving.called(self, name, node)
    losses.regularized(self, name, node, layer)
    self.names.op(layer.rpartition("/")[2])
    if layer not in self.made.names:
        collections.take_names(self, layer, node)
    creating.note_created(self, node, layer)
    return Tensor(max(latest(values), Stage.EITHER))


def _run_later(self: Expressions, short: str, values: Sequence[Value]) -> Value:
    """Returns what a call stands for whose op a session runs, for what it does."""
    if short == "group" and values and all(isinstance(each, Initializer) for value in values for each in flat(value)):
        return Elements(Stage.LATER, datasets.starts(values)) if datasets.starts(values) else Initializer(Stage.LATER)
    if short in _GROUPS:
        return Operation(Stage.LATER)
    self.item.stage = Stage.LATER
    self.item.assigns = True
    return Tensor(Stage.LATER)


def _called_back(self: Expressions, value: Value) -> None:
    if isinstance(value, Function) and value.node is not None:
        count = len(value.node.args.args)
        self.call(value, [Tensor(Stage.LATER)] * count, {})


def _op(self: Expressions, short: str, node: ast.Call, values: Sequence[Value]) -> Value:
    """Returns what a call of any other symbol stands for: a tensor, or what Python computes from the arguments."""
    stage = max(latest(values), Stage.EITHER if short in RANDOM else Stage.FIXED)
    if self.is_initial and stage is Stage.EITHER:
        stage = Stage.FIXED
    if short == "TensorArray":
        # A function can only fill those that it has made itself.
        stage = Stage.LATER
    is_schedule = short.endswith(_SCHEDULES)
    if short in _HOST or (short.startswith(_HOST_MODULES) and not is_schedule):
        return Host(stage)
    if short.endswith("initializer"):
        return Host(stage)
    self.item.stage = max(self.item.stage, stage)
    value = (
        _several(self, short, node, stage) if short in _SEVERAL or _is_of_several(self, short, node) else Tensor(stage)
    )
    creating.note_op(self, short, node, value)
    losses.filled(self, f"tf.{short}", node, value)
    return value


def _several(self: Expressions, short: str, node: ast.Call, stage: Stage) -> Value:
    """Returns the tensors that a call gives, one by one if it is known how many: a gradient for each variable."""
    given = argument(node, 1, "xs") if short == "gradients" else None
    variables = self.facts.values.get(given) if given is not None else None
    if isinstance(variables, Elements):
        return Elements(stage, tuple(Tensor(stage) for _ in variables.elements))
    return Many(stage, Tensor(stage))


# Where the functions of loops have what they begin with.
_BEGINS = {"scan": (2, "initializer"), "while_loop": (2, "loop_vars")}


def _is_of_several(self: Expressions, short: str, node: ast.Call) -> bool:
    """Says whether a loop returns several tensors, as it begins with several."""
    begins = argument(node, *_BEGINS[short]) if short in _BEGINS else None
    value = self.facts.values.get(begins) if begins is not None else None
    return isinstance(value, Elements) and len(value.elements) > 1


def _session(self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
    del self, node, values
    return Session()


_SPECIAL: dict[str, Callable[[Any, ast.Call, Sequence[Value]], Value]] = {
    **dict.fromkeys(("ConfigProto", "GPUOptions", "GraphOptions", "OptimizerOptions"), lambda *_: Settings()),
    "placeholder": creating.placeholder,
    "placeholder_with_default": creating.placeholder_with_default,
    **dict.fromkeys(_SESSIONS, _session),
    "name_scope": scopings.scope,
    "op_scope": scopings.scope,
    "device": lambda *_: Scoping(),
    "control_dependencies": lambda self, node, values: Scoping(latest(values)),
    "variable_scope": scopings.variable_scope,
    "variable_op_scope": scopings.variable_scope,
    **dict.fromkeys(defaults.ARG_SCOPES, lambda self, node, values: defaults.arguments(self, node)),
    "trainable_variables": collections.trainable,
    "global_variables": collections.all_variables,
    "all_variables": collections.all_variables,
    "get_variable_scope": lambda *_: Scoping(is_variable_scope=True),
    "app.run": flags.run,
    "Graph": savers.graph,
    "get_default_graph": lambda *_: Graph(),
    "train.global_step": lambda *_: Host(),
    "get_default_session": lambda *_: Session(),
    "train.Saver": savers.created,
    "get_collection": collections.got,
    **losses.CALLS,
    **distributions.CALLS,
    "reset_default_graph": savers.reset,
}


def is_handled(name: str) -> bool:
    """Says whether calls of a symbol are understood here, rather than by a rule."""
    short = name.removeprefix("tf.")
    tables = (_VARIABLES, _SPECIAL, _INITIALIZERS, _ASSIGNS, _GROUPS, _HOST, _MERGES)
    return any(short in table for table in tables) or name in summaries.KINDS or name in LAYERS
