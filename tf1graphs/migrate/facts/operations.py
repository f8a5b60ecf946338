"""Ops whose names are known by reading, by which a program may ask for them."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from tf1graphs.migrate.facts.values import Operation, Value

# Functions that give what they return the name that they are given.
_NAMED = frozenset(
    {
        *("placeholder", "placeholder_with_default", "sparse_placeholder", "minimize", "apply_gradients"),
        *("abs", "add", "argmax", "argmin", "divide", "div", "equal", "exp", "expand_dims", "greater", "identity"),
        *("constant", "less", "log", "log_softmax", "matmul", "maximum", "minimum", "multiply", "negative", "pow"),
        *("reduce_all", "reduce_any", "reduce_max", "reduce_mean", "reduce_min", "reduce_prod", "reduce_sum"),
        *("relu", "reshape", "sigmoid", "softmax", "sqrt", "square", "squeeze", "subtract", "tanh", "transpose"),
        *("bias_add", "conv2d", "max_pool", "avg_pool", "one_hot", "no_op", "group", "xw_plus_b"),
    }
)


@dataclass(frozen=True)
class Named:
    """What has a name in the graph: the value, and the call that made it."""

    value: Value
    call: ast.Call

    def is_asked_by(self, name: str, path: str) -> bool:
        """Says whether a name asks for it that ends in the number of an output, unless it has none."""
        return name == (path if isinstance(self.value, Operation) else f"{path}:0")


def is_named(function: str) -> bool:
    """Says whether what a function makes has the name that is given to the function."""
    return function.rpartition(".")[2] in _NAMED
