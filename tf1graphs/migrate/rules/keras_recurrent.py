"""Recurrent layers of Keras, whose gates have another activation in Keras 3."""

from __future__ import annotations

from dataclasses import replace

from tf1graphs.migrate.calls import Argument, Call, Definition, Outcome, Refuse, Replace, Split
from tf1graphs.migrate.forms import Form
from tf1graphs.migrate.rules import rule

HARD_SIGMOID = Definition(
    "hard_sigmoid",
    '''\
def hard_sigmoid(x):
    """Returns a line of slope 0.2 that is cut at 0 and 1, as Keras 2 did."""
    return tf.clip_by_value(0.2 * x + 0.5, 0.0, 1.0)
''',
)
_GATES = "units, activation='tanh', recurrent_activation='hard_sigmoid', use_bias=True, "
_INITIALIZERS = "kernel_initializer='glorot_uniform', recurrent_initializer='orthogonal', bias_initializer='zeros', "
_REGULARIZERS = "kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, "
_CONSTRAINTS = "kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, "
_DROPOUT = "dropout=0.0, recurrent_dropout=0.0, implementation=1, "
_SEQUENCES = "return_sequences=False, return_state=False, go_backwards=False, stateful=False, unroll=False, "
_LAYER = f"activity_regularizer=None, {_CONSTRAINTS}{_DROPOUT}{_SEQUENCES}"
_OPTIONS = "name=None, dtype=None, trainable=True"
_LSTM = f"{_GATES}{_INITIALIZERS}unit_forget_bias=True, {_REGULARIZERS}"
_GRU = f"{_GATES}{_INITIALIZERS}{_REGULARIZERS}"
_SIGNATURES = {
    "LSTM": f"{_LSTM}{_LAYER}{_OPTIONS}, input_shape=None",
    "LSTMCell": f"{_LSTM}{_CONSTRAINTS}{_DROPOUT}{_OPTIONS}",
    "GRU": f"{_GRU}{_LAYER}reset_after=False, {_OPTIONS}, input_shape=None",
    "GRUCell": f"{_GRU}{_CONSTRAINTS}{_DROPOUT}reset_after=False, {_OPTIONS}",
}
_VARIABLES = ("kernel", "recurrent_kernel", "bias")
_CALL = "(units, activation, recurrent_activation, **others)"


def _recurrent(call: Call) -> Outcome:
    """Writes the defaults of 1.15 out; how the gates are computed (``implementation``) changes no value."""
    for parameter in ("dropout", "recurrent_dropout"):
        if call.value(parameter, 0) != 0:
            return Refuse(f"Keras drops the same {parameter} for all gates", "drop what goes in by a layer of its own")
    for parameter in ("kernel_constraint", "recurrent_constraint", "bias_constraint"):
        if call.value(parameter) is not None:
            return Refuse(f"{parameter} is applied by TensorFlow 1's optimizers", "constrain the variable by hand")
    arguments = dict(call.arguments)
    for idle in ("implementation", "dropout", "recurrent_dropout"):
        arguments.pop(idle, None)
    name = call.name.rpartition(".")[2]
    if "reset_after" not in arguments and name.startswith("GRU"):
        arguments["reset_after"] = Argument("False", False)
    needs: tuple[Definition, ...] = ()
    for parameter in ("activation", "recurrent_activation"):
        if call.value(parameter, "hard_sigmoid" if parameter != "activation" else "tanh") == "hard_sigmoid":
            arguments[parameter] = Argument(HARD_SIGMOID.name)
            needs = (HARD_SIGMOID,)
    form = Form.parse(_SIGNATURES[name], f"{call.name}{_CALL}")
    outcome = form.apply(replace(call, arguments=arguments))
    if not isinstance(outcome, Replace):
        return outcome
    path = "" if name.endswith("Cell") else "cell."
    kept = _VARIABLES if call.value("use_bias", True) else _VARIABLES[:2]
    return Split(outcome.text, "{object}", name.lower(), {f"{path}{each}": each for each in kept}, needs=needs)


for _name, _signature in _SIGNATURES.items():
    rule(f"tf.keras.layers.{_name}", signature=_signature, becomes="the same, of the old gates")(_recurrent)
