"""Running recurrent cells over sequences: functions of the same names, in the migrated file itself."""

from __future__ import annotations

from collections.abc import Callable

from tf1graphs.migrate.calls import Call, Definition, Outcome, Refuse, Replace
from tf1graphs.migrate.definitions import rnn
from tf1graphs.migrate.rules import rule

# Not swap_memory and scope, which change no value: where tensors are kept, and names, which the cells have already.
_DEFAULTS = {
    "sequence_length": None,
    "initial_state": None,
    "initial_state_fw": None,
    "initial_state_bw": None,
    "initial_states_fw": None,
    "initial_states_bw": None,
    "dtype": None,
    "parallel_iterations": None,
    "time_major": False,
}
_DYNAMIC = (rnn.RNN_STEP, rnn.DYNAMIC_RNN)
_BIDIRECTIONAL = (*_DYNAMIC, rnn.BIDIRECTIONAL_DYNAMIC_RNN)
_STATIC = (rnn.RNN_STEP, rnn.STATIC_RNN)


def _runner(needs: tuple[Definition, ...], *required: str) -> Callable[[Call], Outcome]:
    """Returns the rule for a function that the last of the definitions defines, with arguments of the same names."""

    def apply(call: Call) -> Outcome:
        arguments = [call.text(parameter) for parameter in required]
        for parameter, default in _DEFAULTS.items():
            if call.value(parameter, default) != default and not _is_float32(call, parameter):
                arguments.append(f"{parameter}={call.text(parameter)}")
        return Replace(f"{needs[-1].name}({', '.join(arguments)})", needs)

    return apply


def _is_float32(call: Call, parameter: str) -> bool:
    return parameter == "dtype" and call.text("dtype") in (f"{call.tf}.float32", "'float32'", '"float32"')


rule(
    "tf.nn.dynamic_rnn",
    signature=(
        "cell, inputs, sequence_length=None, initial_state=None, dtype=None, parallel_iterations=None, "
        "swap_memory=False, time_major=False, scope=None"
    ),
    becomes="a function `dynamic_rnn` in the file: one `tf.while_loop`",
)(_runner(_DYNAMIC, "cell", "inputs"))
rule(
    "tf.nn.bidirectional_dynamic_rnn",
    signature=(
        "cell_fw, cell_bw, inputs, sequence_length=None, initial_state_fw=None, initial_state_bw=None, dtype=None, "
        "parallel_iterations=None, swap_memory=False, time_major=False, scope=None"
    ),
    becomes="a function `bidirectional_dynamic_rnn` in the file",
)(_runner(_BIDIRECTIONAL, "cell_fw", "cell_bw", "inputs"))
rule(
    "tf.contrib.rnn.stack_bidirectional_dynamic_rnn",
    signature=(
        "cells_fw, cells_bw, inputs, initial_states_fw=None, initial_states_bw=None, dtype=None, sequence_length=None, "
        "parallel_iterations=None, time_major=False, scope=None, swap_memory=False"
    ),
    becomes="a function `stack_bidirectional_dynamic_rnn` in the file",
)(_runner((*_BIDIRECTIONAL, rnn.STACK_BIDIRECTIONAL_DYNAMIC_RNN), "cells_fw", "cells_bw", "inputs"))
rule(
    "tf.nn.static_rnn",
    "tf.contrib.rnn.static_rnn",
    "tf.contrib.rnn.core_rnn.static_rnn",
    "tf.nn.rnn",
    signature="cell, inputs, initial_state=None, dtype=None, sequence_length=None, scope=None",
    becomes="a function `static_rnn` in the file: a Python loop",
)(_runner(_STATIC, "cell", "inputs"))
rule(
    "tf.nn.static_bidirectional_rnn",
    "tf.contrib.rnn.static_bidirectional_rnn",
    "tf.contrib.rnn.core_rnn.static_bidirectional_rnn",
    "tf.nn.bidirectional_rnn",
    signature=(
        "cell_fw, cell_bw, inputs, initial_state_fw=None, initial_state_bw=None, dtype=None, sequence_length=None, "
        "scope=None"
    ),
    becomes="a function `static_bidirectional_rnn` in the file",
)(_runner((*_STATIC, rnn.STATIC_BIDIRECTIONAL_RNN), "cell_fw", "cell_bw", "inputs"))


@rule(
    "tf.nn.raw_rnn",
    signature="cell, loop_fn, parallel_iterations=None, swap_memory=False, scope=None",
    becomes="refused",
)
def _raw_rnn(call: Call) -> Outcome:
    return Refuse("its loop function works on a state of its own", "write the loop with tf.while_loop and the cell")


@rule(
    "tf.nn.static_state_saving_rnn",
    "tf.contrib.rnn.static_state_saving_rnn",
    "tf.nn.state_saving_rnn",
    signature="cell, inputs, state_saver, state_name, sequence_length=None, scope=None",
    becomes="refused",
)
def _state_saving_rnn(call: Call) -> Outcome:
    return Refuse("it keeps states in a queue", "use static_rnn, and hand the last state in as initial_state")
