"""Variables: created once, under the names that TensorFlow 1.15 gave them."""

from __future__ import annotations

from tf1graphs.migrate.calls import Call, Outcome, Refuse, Replace
from tf1graphs.migrate.rules import rule

# They change nothing here: every variable is a resource, and its shape is checked.
_IDLE = frozenset({"use_resource", "validate_shape", "caching_device", "expected_shape", "import_scope"})
_KEPT = ("trainable", "dtype", "constraint", "synchronization", "aggregation")


def _unsupported(call: Call, known: frozenset[str]) -> Refuse | None:
    for parameter, argument in call.arguments.items():
        if parameter not in known and argument.value is not None:
            return Refuse(f"its {parameter} has no counterpart", "create the variable without it")
    return None


def _variable(call: Call, initial: str, kept: tuple[str, ...] = _KEPT) -> Replace:
    arguments = [initial, *(f"{name}={call.text(name)}" for name in kept if call.value(name, None) is not None)]
    if call.graph_name and call.graph_name != "Variable":
        arguments.append(f'name="{call.graph_name}"')
    elif call.graph_name is None and "name" in call.arguments:
        arguments.append(f"name={call.text('name')}")
    return Replace(f"{call.tf}.Variable({', '.join(arguments)})")


@rule(
    "tf.Variable",
    signature="initial_value=None, trainable=None, collections=None, validate_shape=True, caching_device=None, "
    "name=None, "
    "variable_def=None, dtype=None, expected_shape=None, import_scope=None, constraint=None, use_resource=None, "
    "synchronization=None, aggregation=None, shape=None",
    becomes="a `tf.Variable` with the old name",
)
def variable(call: Call) -> Outcome:
    """Keeps the initial value."""
    refusal = _unsupported(call, _IDLE | {*_KEPT, "initial_value", "name", "shape"})
    if refusal:
        return refusal
    if "initial_value" not in call.arguments:
        return Refuse("it has no initial value", "give it one")
    return _variable(call, call.text("initial_value"), (*_KEPT, "shape"))


@rule(
    "tf.get_variable",
    signature="name, shape=None, dtype=None, initializer=None, regularizer=None, trainable=None, collections=None, "
    "caching_device=None, partitioner=None, validate_shape=True, use_resource=None, custom_getter=None, "
    "constraint=None, synchronization=None, aggregation=None",
    becomes="a `tf.Variable` with the old name and the initializer called",
)
def get_variable(call: Call) -> Outcome:
    """Calls the initializer, Glorot's uniform one by default."""
    refusal = _unsupported(call, _IDLE | {*_KEPT, "name", "shape", "initializer"})
    if refusal:
        return refusal
    kept = tuple(name for name in _KEPT if name != "dtype")
    if "shape" not in call.arguments or call.value("shape") is None:
        if "initializer" not in call.arguments:
            return Refuse("it has neither shape nor initializer", "give it one of them")
        return _variable(call, call.text("initializer"))
    initializer = call.text("initializer", f"{call.tf}.keras.initializers.GlorotUniform()")
    if call.value("initializer") is None:
        initializer = f"{call.tf}.keras.initializers.GlorotUniform()"
    dtype = f", dtype={call.text('dtype')}" if call.value("dtype") is not None else ""
    return _variable(call, f"{initializer}({call.text('shape')}{dtype})", kept)
