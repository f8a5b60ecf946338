"""Recurrent cells: those with variables are created once, wrappers around them wherever they are used.

A cell's call with inputs and state, ``zero_state``, ``state_size`` and ``output_size`` stay as they are: the classes
that stand in for those of 1.15 have them too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tf1graphs.migrate.calls import Call, Definition, Outcome, Refuse, Replace, Split
from tf1graphs.migrate.definitions import cell_wrappers, rnn_cells
from tf1graphs.migrate.rules import rule

# Names of tf.keras.activations in 1.15 that have the same formula in TensorFlow 2.
_ACTIVATIONS = {
    "elu": "nn.elu",
    "exponential": "exp",
    "linear": "identity",
    "relu": "nn.relu",
    "selu": "nn.selu",
    "sigmoid": "sigmoid",
    "softmax": "nn.softmax",
    "softplus": "nn.softplus",
    "softsign": "nn.softsign",
    "tanh": "tanh",
}
_NO_REUSE = "create the cell once, and call that object wherever its variables are to be shared"


@dataclass(frozen=True)
class Cell:
    """What stands in for a class of cells.

    Attributes:
        definition: the class.
        needs: the definitions that it uses.
        scope: the name of a cell's variables if the program gives none.
        defaults: the parameters of 1.15 that the class has too, with their defaults.
        variables: what 1.15 calls the variables, by attribute.
        own_scope: the default of the class's parameter ``name``.
    """

    definition: Definition
    needs: tuple[Definition, ...]
    scope: str
    defaults: Mapping[str, object]
    variables: Mapping[str, str]
    own_scope: str

    def split(self, call: Call) -> Outcome:
        """Returns the creation of a cell, or why a call cannot become that."""
        arguments = [call.text("num_units")]
        for parameter, default in self.defaults.items():
            if call.value(parameter, default) == default:
                continue
            text = call.text(parameter)
            if parameter == "activation":
                found = _activation(call)
                if isinstance(found, Refuse):
                    return found
                text = found
            elif isinstance(call.value(parameter), str):
                return Refuse(f"its {parameter} is the name of one", f"give the {parameter} itself")
            arguments.append(f"{parameter}={text}")
        name = call.graph_name or call.value("name") or self.scope
        if name is ...:
            return Refuse("its name is not a literal", "write the name out")
        if name != self.own_scope:
            arguments.append(f'name="{name}"')
        create = f"{self.definition.name}({', '.join(arguments)})"
        return Split(create, "{object}", "cell", self.variables, needs=(*self.needs, self.definition))


def _activation(call: Call) -> str | Refuse:
    value = call.value("activation")
    if not isinstance(value, str):
        return call.text("activation")
    if value not in _ACTIVATIONS:
        return Refuse(f"its activation {value!r} has another formula in TensorFlow 2", "give a function as activation")
    return f"{call.tf}.{_ACTIVATIONS[value]}"


_KERNEL_AND_BIAS = {"kernel": "kernel", "bias": "bias"}
_LSTM_NEEDS = (rnn_cells.GLOROT_UNIFORM, rnn_cells.LSTM_STATE_TUPLE)
_BASIC_RNN = Cell(
    rnn_cells.BASIC_RNN_CELL,
    (rnn_cells.GLOROT_UNIFORM,),
    "basic_rnn_cell",
    {"activation": None},
    _KERNEL_AND_BIAS,
    "basic_rnn_cell",
)
_GRU = Cell(
    rnn_cells.GRU_CELL,
    (rnn_cells.GLOROT_UNIFORM,),
    "gru_cell",
    {"activation": None, "kernel_initializer": None, "bias_initializer": None},
    {
        "gate_kernel": "gates/kernel",
        "gate_bias": "gates/bias",
        "candidate_kernel": "candidate/kernel",
        "candidate_bias": "candidate/bias",
    },
    "gru_cell",
)
_BASIC_LSTM = Cell(
    rnn_cells.LSTM_CELL,
    _LSTM_NEEDS,
    "basic_lstm_cell",
    {"forget_bias": 1.0, "activation": None},
    _KERNEL_AND_BIAS,
    "lstm_cell",
)
_LSTM = Cell(
    rnn_cells.LSTM_CELL,
    _LSTM_NEEDS,
    "lstm_cell",
    {"forget_bias": 1.0, "activation": None, "initializer": None},
    _KERNEL_AND_BIAS,
    "lstm_cell",
)
_EXTENSIONS: dict[str, object] = {"use_peepholes": False, "cell_clip": None, "num_proj": None, "proj_clip": None}
_PEEPHOLES = {"w_f_diag": "w_f_diag", "w_i_diag": "w_i_diag", "w_o_diag": "w_o_diag"}
_PROJECTION = {"projection": "projection/kernel"}
_LAYER_NORM_LSTM = Cell(
    rnn_cells.LAYER_NORM_LSTM_CELL,
    _LSTM_NEEDS,
    "layer_norm_basic_lstm_cell",
    {
        "forget_bias": 1.0,
        "activation": None,
        "norm_gain": 1.0,
        "norm_shift": 0.0,
        "dropout_keep_prob": 1.0,
    },
    {
        "kernel": "kernel",
        **{
            f"{part}_{variable}": f"{part}/{variable}"
            for part in ("input", "transform", "forget", "output", "state")
            for variable in ("gamma", "beta")
        },
    },
    "layer_norm_basic_lstm_cell",
)


def _names(name: str) -> tuple[str, ...]:
    """Returns the names that 1.15 and the versions before it had for a cell."""
    folders = ("nn.rnn_cell", "contrib.rnn", "rnn_cell", "contrib.rnn.core_rnn_cell")
    return tuple(f"tf.{folder}.{name}" for folder in folders)


def _refusal(call: Call, *only_defaults: tuple[str, object]) -> Refuse | None:
    """Returns why a call cannot create a cell once, or None; some parameters may only have their defaults."""
    if call.value("reuse") not in (None, False):
        return Refuse("it may share the variables of another cell", _NO_REUSE)
    for parameter, default in only_defaults:
        if call.value(parameter, default) != default:
            return Refuse(f"its {parameter} has no counterpart", f"leave {parameter} out")
    for parameter, argument in call.arguments.items():
        if argument.is_later:
            return Refuse(f"its {parameter} is known only when the graph runs", f"make {parameter} a number of Python")
    return None


def _as_tuple_says(call: Call, outcome: Outcome) -> Outcome:
    """Returns an outcome with its state in one matrix if the call says ``state_is_tuple=False``."""
    is_tuple = call.value("state_is_tuple", True)
    if is_tuple is True or isinstance(outcome, Refuse):
        return outcome
    if is_tuple is not False:
        return Refuse("its state_is_tuple is not a literal", "write True or False")
    needs = (*outcome.needs, cell_wrappers.CONCATENATED_STATE)
    if isinstance(outcome, Replace):
        return Replace(f"ConcatenatedState({outcome.text})", needs)
    return Split(outcome.create, "ConcatenatedState({object})", outcome.name, outcome.variables, needs=needs)


@rule(
    *_names("BasicRNNCell"),
    signature="num_units, activation=None, reuse=None, name=None, dtype=None",
    becomes="a `BasicRNNCell` module in the file, with one kernel",
)
def _basic_rnn(call: Call) -> Outcome:
    return _refusal(call) or _BASIC_RNN.split(call)


@rule(
    *_names("GRUCell"),
    signature=(
        "num_units, activation=None, reuse=None, kernel_initializer=None, bias_initializer=None, name=None, dtype=None"
    ),
    becomes="a `GRUCell` module in the file, with 1.15's formula and kernels",
)
def _gru(call: Call) -> Outcome:
    return _refusal(call) or _GRU.split(call)


@rule(
    *_names("BasicLSTMCell"),
    signature="num_units, forget_bias=1.0, state_is_tuple=True, activation=None, reuse=None, name=None, dtype=None",
    becomes="an `LSTMCell` module in the file, with one kernel",
)
def _basic_lstm(call: Call) -> Outcome:
    return _refusal(call) or _as_tuple_says(call, _BASIC_LSTM.split(call))


@rule(
    *_names("LSTMCell"),
    signature=(
        "num_units, use_peepholes=False, cell_clip=None, initializer=None, num_proj=None, proj_clip=None, "
        "num_unit_shards=None, num_proj_shards=None, forget_bias=1.0, state_is_tuple=True, activation=None, "
        "reuse=None, name=None, dtype=None"
    ),
    becomes="an `LSTMCell` module in the file, or an `ExtendedLSTMCell` with peepholes, projection and clipping",
)
def _lstm(call: Call) -> Outcome:
    refusal = _refusal(call, ("num_unit_shards", None), ("num_proj_shards", None))
    if refusal:
        return refusal
    if call.value("use_peepholes", False) not in (True, False):
        return Refuse("its use_peepholes is not a literal", "write True or False")
    if all(call.value(parameter, default) == default for parameter, default in _EXTENSIONS.items()):
        return _as_tuple_says(call, _LSTM.split(call))
    variables = {
        **_KERNEL_AND_BIAS,
        **(_PEEPHOLES if call.value("use_peepholes") else {}),
        **(_PROJECTION if call.value("num_proj") is not None else {}),
    }
    defaults = {**_EXTENSIONS, **_LSTM.defaults}
    extended = Cell(rnn_cells.EXTENDED_LSTM_CELL, _LSTM_NEEDS, _LSTM.scope, defaults, variables, _LSTM.own_scope)
    return _as_tuple_says(call, extended.split(call))


@rule(
    "tf.contrib.rnn.LayerNormBasicLSTMCell",
    signature=(
        "num_units, forget_bias=1.0, input_size=None, activation=tanh, layer_norm=True, norm_gain=1.0, norm_shift=0.0, "
        "dropout_keep_prob=1.0, dropout_prob_seed=None, reuse=None"
    ),
    becomes="a `LayerNormLSTMCell` module in the file",
)
def _layer_norm_lstm(call: Call) -> Outcome:
    refusal = _refusal(call, ("layer_norm", True), ("dropout_prob_seed", None))
    return refusal or _LAYER_NORM_LSTM.split(call)


@rule(*_names("LSTMStateTuple"), signature="c, h", becomes="a named tuple in the file")
def _state_tuple(call: Call) -> Outcome:
    return Replace(f"LSTMStateTuple({call.text('c')}, {call.text('h')})", (rnn_cells.LSTM_STATE_TUPLE,))


@rule(*_names("MultiRNNCell"), signature="cells, state_is_tuple=True", becomes="a `MultiRNNCell` in the file")
def _multi_rnn(call: Call) -> Outcome:
    stack = Replace(f"MultiRNNCell({call.text('cells')})", (cell_wrappers.MULTI_RNN_CELL,))
    return _as_tuple_says(call, stack)


@rule(
    *_names("DropoutWrapper"),
    signature=(
        "cell, input_keep_prob=1.0, output_keep_prob=1.0, state_keep_prob=1.0, variational_recurrent=False, "
        "input_size=None, dtype=None, seed=None, dropout_state_filter_visitor=None"
    ),
    becomes="a `DropoutWrapper` in the file, and a `StateDropoutWrapper` for the state",
)
def _dropout(call: Call) -> Outcome:
    if call.value("variational_recurrent", False) is not False:
        return Refuse(
            "its dropout masks are the same at every step", "draw the mask before the loop, and multiply by it"
        )
    for parameter in ("seed", "dropout_state_filter_visitor"):
        if call.value(parameter) is not None:
            return Refuse(f"its {parameter} has no counterpart", f"leave {parameter} out")
    text = call.text("cell")
    needs: tuple[Definition, ...] = ()
    if call.value("state_keep_prob", 1.0) != 1.0:
        text = f"StateDropoutWrapper({text}, {call.text('state_keep_prob')})"
        needs = (rnn_cells.LSTM_STATE_TUPLE, cell_wrappers.STATE_DROPOUT_WRAPPER)
    rates = [
        f"{parameter}={call.text(parameter)}"
        for parameter in ("input_keep_prob", "output_keep_prob")
        if call.value(parameter, 1.0) != 1.0
    ]
    if rates:
        text = f"DropoutWrapper({', '.join([text, *rates])})"
        needs = (*needs, cell_wrappers.DROPOUT_WRAPPER)
    return Replace(text, needs)


@rule(
    *_names("ResidualWrapper"),
    signature="cell, residual_fn=None",
    becomes="a `ResidualWrapper` in the file",
)
def _residual(call: Call) -> Outcome:
    function = "" if call.value("residual_fn") is None else f", residual_fn={call.text('residual_fn')}"
    return Replace(f"ResidualWrapper({call.text('cell')}{function})", (cell_wrappers.RESIDUAL_WRAPPER,))


@rule(*_names("DeviceWrapper"), signature="cell, device", becomes="the cell: TensorFlow 2 places ops by itself")
def _device(call: Call) -> Outcome:
    return Replace(call.text("cell"))
