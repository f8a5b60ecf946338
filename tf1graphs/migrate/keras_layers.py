"""A Keras layer in the place of one of ``tf.layers``, whose arguments and variables have the same names."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from tf1graphs.migrate.calls import Argument, Call, Definition, Refuse, Split

# They say which variables the layer has, which the engine has established.
_NAMES = ("name", "reuse", "scope")
_UNSUPPORTED = {
    "activity_regularizer": Refuse("activity_regularizer adds to a collection of losses", "add its value to the loss"),
    "outputs_collections": Refuse("outputs_collections fills a graph collection", "use the result itself"),
    "variables_collections": Refuse("variables_collections fills a graph collection", "use the layer's variables"),
    **{
        f"{variable}_constraint": Refuse(
            f"{variable}_constraint is applied by TensorFlow 1's optimizers",
            "assign the constrained value after a step",
        )
        for variable in ("kernel", "recurrent", "depthwise", "pointwise", "bias", "beta", "gamma")
    },
}
# Where the given value is 1.15's and Keras's default, nothing is written.
_DEFAULTS = {
    "trainable": True,
    "use_bias": True,
    "center": True,
    "scale": True,
    "activation": None,
    "data_format": "channels_last",
    "dtype": None,
    **dict.fromkeys(("kernel_initializer", "depthwise_initializer", "pointwise_initializer"), None),
    **dict.fromkeys(("kernel_regularizer", "depthwise_regularizer", "pointwise_regularizer", "bias_regularizer"), None),
    **dict.fromkeys(_UNSUPPORTED, None),
    **dict.fromkeys(("recurrent_regularizer", "beta_regularizer", "gamma_regularizer", "embeddings_regularizer"), None),
}
# Whether there is a variable depends on them.
_DECIDES = {"use_bias": "bias", "center": "beta", "scale": "gamma"}
# Of the names of activations that 1.15 takes, those that Keras computes alike: its hard_sigmoid is another function.
_ACTIVATIONS = ("elu", "linear", "relu", "selu", "sigmoid", "softmax", "softplus", "softsign", "tanh", None, ...)


@dataclass(frozen=True)
class Layer:
    """A layer of Keras.

    Attributes:
        function: its name as a function of ``tf.layers``, which the object gets too.
        name: its class, such as ``tf.keras.layers.Dense``.
        positional: the arguments that are given by place.
        variables: the names of its variables.
        definition: the class, where Keras has none that computes the same.
    """

    function: str
    name: str
    positional: tuple[str, ...]
    variables: tuple[str, ...] = ()
    definition: Definition | None = None


def create(call: Call, layer: Layer) -> Split | Refuse:
    """Returns the layer as the call creates it, used as ``{object}``.

    Args:
        call: a call with the parameters of ``tf.layers``; ``inputs`` and ``training`` are left to the caller.
        layer: what it creates.
    """
    arguments = {
        name: argument
        for name, argument in call.arguments.items()
        if name not in ("inputs", "training", *_NAMES) and _is_written(name, argument)
    }
    for name, argument in arguments.items():
        refusal = _refusal(name, argument)
        if refusal:
            return refusal
    if not call.dtype and "dtype" not in arguments:
        return Refuse(
            "whether its inputs are float64 is not known by reading", "cast them: tf.cast(inputs, tf.float32)"
        )
    if call.dtype == "float64":
        arguments.setdefault("dtype", Argument('"float64"', "float64"))
    missing = {variable for name, variable in _DECIDES.items() if call.value(name) is False}
    texts = [arguments.pop(name).text for name in layer.positional]
    texts += [f"{name}={_text(call, name, argument)}" for name, argument in arguments.items()]
    return Split(
        create=f"{spelled(call, layer.name)}({', '.join(texts)}{named(call) if texts else named(call)[2:]})",
        use="{object}",
        name=layer.function,
        variables={name: name for name in layer.variables if name not in missing},
        needs=(layer.definition,) if layer.definition else (),
    )


def named(call: Call) -> str:
    """Returns the last argument of a layer: its name, if that is known."""
    # Keras takes no slash in a name; the scope is that of the variables in old checkpoints only.
    return f', name="{call.graph_name.rpartition("/")[2]}"' if call.graph_name else ""


def spelled(call: Call, name: str) -> str:
    """Returns a name of TensorFlow as the file spells it."""
    return f"{call.tf}{name[2:]}" if name.startswith("tf.") else name


def called(*arguments: str) -> str:
    """Returns the use of a layer: the call of ``{object}`` with the arguments."""
    return f"{{object}}({', '.join(arguments).replace('{', '{{').replace('}', '}}')})"


def kind(text: str) -> type[ast.expr]:
    """Returns what kind of expression a text is, which may go over several lines as an argument may."""
    return type(ast.parse(f"({text}\n)", mode="eval").body)


def enclosed(text: str, *closer: type[ast.expr]) -> str:
    """Returns an expression, in parentheses if it would come apart in a larger one.

    Args:
        text: the expression.
        *closer: kinds of expression that bind closer than what surrounds it.
    """
    is_whole = kind(text) in (ast.Name, ast.Attribute, ast.Call, ast.Subscript, ast.Constant, *closer)
    return text if is_whole and "\n" not in text else f"({text})"


def later(call: Call, *parameters: str) -> Refuse | None:
    """Returns a refusal if one of the arguments is only known when the migrated function runs."""
    for name in parameters:
        if name in call.arguments and call.arguments[name].is_later:
            return _later(name)
    return None


def unsupported(call: Call) -> Refuse | None:
    """Returns a refusal if an argument other than None is given that nothing in TensorFlow 2 does the work of."""
    return next((why for name, why in _UNSUPPORTED.items() if call.value(name) is not None), None)


def _is_written(name: str, argument: Argument) -> bool:
    return name not in _DEFAULTS or argument.value != _DEFAULTS[name]


def _refusal(name: str, argument: Argument) -> Refuse | None:
    if name in _UNSUPPORTED:
        return _UNSUPPORTED[name]
    if argument.is_later:
        return _later(name)
    if name in _DECIDES and not isinstance(argument.value, bool):
        return Refuse(f"whether there is a {_DECIDES[name]} depends on {name}", f"write {name} as True or False")
    if name.endswith("_regularizer") and kind(argument.text) is ast.Lambda:
        return Refuse(f"Keras takes no function as {name}", "add its value to the loss")
    if name == "activation" and argument.value not in _ACTIVATIONS:
        return Refuse(f"Keras has another activation {argument.text}", "give the function itself")
    return None


def _later(name: str) -> Refuse:
    return Refuse(f"{name} is only known when the function runs", f"make {name} a Python value")


def _text(call: Call, name: str, argument: Argument) -> str:
    if name == "padding" and isinstance(argument.value, str):
        return f'"{argument.value.lower()}"'
    if name.endswith("_initializer") and kind(argument.text) is ast.Call:
        # It makes an initializer draw other values for each layer; one that is written here has no other layer.
        seed = f"seed={call.tf}.keras.random.SeedGenerator()"
        return argument.text.replace(f", {seed}", "").replace(seed, "")
    return argument.text
