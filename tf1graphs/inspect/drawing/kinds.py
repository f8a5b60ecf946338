"""Kinds of operations and layers, which are the colours of a picture."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """How a kind is drawn, in light and in dark; the fills differ in lightness too, so that they need no colour vision.

    Attributes:
        title: what the legend says.
        fill: of a box, as ``#rrggbb``.
        line: of its border.
        dark_fill: of a box on a dark page.
        dark_line: of its border there.
    """

    title: str
    fill: str
    line: str
    dark_fill: str
    dark_line: str


# Tints and shades of the colours that Okabe and Ito chose for all kinds of colour vision:
# https://jfly.uni-koeln.de/color/
KINDS = {
    "input": Kind("input", "#d9efc2", "#4d8a10", "#28400f", "#9ccc65"),
    "variable": Kind("variable", "#ffdfae", "#c77700", "#4d3000", "#ffb74d"),
    "constant": Kind("constant", "#f4f4f4", "#9a9a9a", "#333333", "#8a8a8a"),
    "matrix": Kind("matrix product, convolution", "#c3dcf3", "#0072b2", "#0d3a5c", "#64b5f6"),
    "activation": Kind("activation", "#c6eee2", "#009e73", "#06402f", "#4dd0a8"),
    "loss": Kind("loss", "#ffc9b0", "#d55e00", "#592400", "#ff8a50"),
    "training": Kind("training", "#edd0e2", "#b0588c", "#4a1f3a", "#e29cc4"),
    "other": Kind("other", "#ffffff", "#6b7785", "#20262d", "#7d8a99"),
    "scope": Kind("scope", "#e9ecf1", "#6b7785", "#2a3038", "#7d8a99"),
}

# Of these kinds is what a model computes.
COMPUTING = ("matrix", "activation", "loss")
# What a folded scope shows of what is inside.
SHOWN_IN_BAR = ("input", "variable", "matrix", "activation", "loss", "training")

_PATTERNS = {
    "input": r"Placeholder\w*|\w*Iterator\w*|\w*Dataset\w*|\w*Reader\w*|\w*Queue\w*|InputLayer|_Arg",
    "variable": r"Variable|VariableV2|_?VarHandles?Op|AutoReloadVariable|TemporaryVariable|\w*HashTable\w*",
    "constant": r"Const|HostConst|ImmutableConst",
    # The gradient of a convolution is what tf.nn.conv2d_transpose computes by.
    "matrix": r"\w*MatMul(V\d)?|Einsum|\w*Conv|\w*Conv[123]D(Transpose)?"
    r"|Conv[23]DBackpropInput(V2)?|DepthwiseConv2dNative|Dense|EinsumDense|Embedding|\w*(LSTM|GRU|RNN)\w*|\w*Attention",
    "activation": r"Relu6?|LeakyRelu|ReLU|LeakyReLU|PReLU|Elu|ELU|Selu|Gelu|Sigmoid|Tanh|Softmax|LogSoftmax|Softplus"
    r"|Softsign|Activation",
    "loss": r"\w*CrossEntropy\w*|\w*Loss|CTCLoss\w*",
    "training": r"(Resource)?(Sparse)?Apply[A-Z]\w*|\w*Grad|\w*GradV\d|\w*BackpropFilter(V2)?|SymbolicGradient",
}
_TYPES = {kind: re.compile(pattern) for kind, pattern in _PATTERNS.items()}
_LOSS = re.compile(r"(^|_)(loss|losses|cost|costs|cross_entropy|xent|objective)(_|\d|$)", re.IGNORECASE)
_GRADIENTS = re.compile(r"gradients(_\d+)?")


def of_type(type_name: str, label: str) -> str:
    """The kind of an op type or a layer's class; what is called ``loss`` or ``cost`` is one."""
    for kind in ("training", "input", "variable", "constant"):
        if _TYPES[kind].fullmatch(type_name):
            return kind
    if _LOSS.search(label):
        return "loss"
    return next((kind for kind, pattern in _TYPES.items() if pattern.fullmatch(type_name)), "other")


def of_scope(label: str) -> str:
    """The kind of a scope, which it has by its name alone; ``gradients`` is the name that tf.gradients gives."""
    if _GRADIENTS.fullmatch(label):
        return "training"
    return "loss" if _LOSS.search(label) else "scope"
