"""``contrib.specs.specs_ops``: the short names of layers and ops in expressions."""

# ruff: noqa: I001 (tf_slim is importable once _tf_slim is)
from __future__ import annotations

from typing import Any

from tf1graphs.v1 import _tf_slim  # noqa: F401
from tf_slim.layers import layers
from tensorflow.python.ops import array_ops, logging_ops, math_ops, nn, nn_ops, variable_scope

from tf1graphs.v1.contrib.specs import specs_lib

External = specs_lib.External
Import = specs_lib.Import
Fun = specs_lib.Function
debug = specs_lib.debug

Print = Fun(logging_ops.Print)
Id = Fun(array_ops.identity)

Cx = Fun(layers.conv2d)
Cs = Fun(layers.conv2d, activation_fn=math_ops.sigmoid)
Ct = Fun(layers.conv2d, activation_fn=math_ops.tanh)
Cr = Fun(layers.conv2d, activation_fn=nn_ops.relu)
Cm = Fun(layers.conv2d, activation_fn=nn_ops.softmax)
Cl = Fun(layers.conv2d, activation_fn=None)

Fx = Fun(layers.fully_connected)
Fs = Fun(layers.fully_connected, activation_fn=math_ops.sigmoid)
Ft = Fun(layers.fully_connected, activation_fn=math_ops.tanh)
Fr = Fun(layers.fully_connected, activation_fn=nn_ops.relu)
Fm = Fun(layers.fully_connected, activation_fn=nn_ops.softmax)
Fl = Fun(layers.fully_connected, activation_fn=None)

Mp = Fun(layers.max_pool2d)
Ap = Fun(layers.avg_pool2d)
Do = Fun(layers.dropout)
Bn = Fun(layers.batch_norm)
Lrn = Fun(nn.local_response_normalization)
Unit = Fun(layers.unit_norm)

Flat = Fun(layers.flatten)
Reshape = Fun(array_ops.reshape)
Transpose = Fun(array_ops.transpose)
Squeeze = Fun(array_ops.squeeze)
Expand = Fun(array_ops.expand_dims)

Relu = Fun(nn_ops.relu)
Sig = Fun(math_ops.sigmoid)
Tanh = Fun(math_ops.tanh)
Smax = Fun(nn_ops.softmax)


def Dws(n: int) -> specs_lib.Function:  # noqa: N802
    """Returns a convolution of 1 by 1 to ``n`` channels, with sigmoids."""
    return Cs(n, [1, 1])


def Dwm(n: int) -> specs_lib.Function:  # noqa: N802
    """Returns a convolution of 1 by 1 to ``n`` channels, with a softmax."""
    return Cm(n, [1, 1])


def Var(name: str, *args: Any, **kw: Any) -> specs_lib.Callable:  # noqa: N802
    """Returns what gives a variable, whatever its input; arguments are those of ``tf.get_variable``."""
    return specs_lib.Callable(lambda _: variable_scope.get_variable(name, *args, **kw))


class Idx(specs_lib.Composable):
    """Gives its input, with no op."""

    def funcall(self, x: Any) -> Any:
        """Returns ``x``."""
        return x


class Conc(specs_lib.Composable):
    """Concatenates the results of functions along a dimension."""

    def __init__(self, dim: int, *args: Any) -> None:
        self.dim = dim
        self.funs = args

    def funcall(self, x: Any) -> Any:
        """Returns the results for a tensor, side by side."""
        return array_ops.concat([f.funcall(x) for f in self.funs], self.dim)


class Shared(specs_lib.Composable):
    """A network whose variables are made once and shared by all of its uses.

    Args:
        subnet: The network.
        name: The name of the scope; by default ``Shared_`` and a number.
        scope: A ``tf.VariableScope`` that has the variables already.

    Raises:
        ValueError: ``scope`` is no scope, or, as in 1.15, there is a name.
    """

    shared_number = 1

    def __init__(self, subnet: Any, name: str | None = None, scope: Any = None) -> None:
        if scope is not None and not isinstance(scope, variable_scope.VariableScope):
            raise ValueError("scope must be None or a VariableScope")
        if name is not None:
            # 1.15 takes the scope for the name that it checks.
            raise ValueError("name must be None or a string")
        self.subnet = subnet
        self.name = f"Shared_{Shared.shared_number}"
        self.scope = scope
        Shared.shared_number += 1

    def funcall(self, x: Any) -> Any:
        """Returns the result for a tensor."""
        if self.scope is None:
            with variable_scope.variable_scope(self.name, values=[x]) as scope:
                self.scope = scope
                return self.subnet.funcall(x)
        with variable_scope.variable_scope(self.scope, values=[x], reuse=True):
            return self.subnet.funcall(x)
