"""The names that TensorFlow 1.15 gives variables and layers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from tf1graphs.migrate.facts.values import Scoping, Value

# The layers that create variables, and their names where the program gives none.
LAYERS = {
    **{
        f"tf.layers.{name}": name
        for name in ("dense", "conv1d", "conv2d", "conv3d", "conv2d_transpose", "conv3d_transpose")
    },
    **{f"tf.layers.{name}": name for name in ("separable_conv1d", "separable_conv2d", "batch_normalization")},
    **{
        f"tf.contrib.{module}.{name}": scope
        for module in ("layers", "slim")
        for name, scope in {
            "fully_connected": "fully_connected",
            "linear": "fully_connected",
            "relu": "fully_connected",
            "relu6": "fully_connected",
            "conv1d": "Conv",
            "conv2d": "Conv",
            "conv3d": "Conv",
            "convolution": "Conv",
            "convolution2d": "Conv",
            "conv2d_transpose": "Conv2d_transpose",
            "convolution2d_transpose": "Conv2d_transpose",
            "separable_conv2d": "SeparableConv2d",
            "separable_convolution2d": "SeparableConv2d",
            "batch_norm": "BatchNorm",
            "layer_norm": "LayerNorm",
            "embed_sequence": "EmbedSequence",
        }.items()
    },
}

# Functions that make one op whose name in lower case is theirs, without ``reduce_``.
_NAMED_ALIKE = frozenset(
    {
        *("reduce_mean", "reduce_max", "reduce_min", "reduce_sum", "reduce_prod", "sqrt", "square", "exp", "log"),
        *("placeholder", "metrics.accuracy"),
    }
)


class Names:
    """The scopes that are open, and the names that have been given.

    Attributes:
        graph: what stands for the graph, for copies too.
        got: the variables that ``tf.get_variable`` has made, by their names.
        is_sure: whether what is interpreted is run just once.
    """

    def __init__(self) -> None:
        """Starts as a new graph does."""
        self._ops = [""]
        self._variables = [""]
        self._reuse: list[bool] = [False]
        self._used: Counter[str] = Counter()
        self._layers: Counter[str] = Counter()
        self._perhaps: set[str] = set()
        self.graph = object()
        self.got: dict[str, Value] = {}
        self.is_sure = True

    def _unique(self, path: str) -> str:
        # Names that differ only in case count as one (``tensorflow/python/framework/ops.py``, ``Graph.unique_name``).
        if not self.is_sure:
            self._perhaps.add(_loosely(path))
        key = path.lower()
        number = self._used[key]
        self._used[key] += 1
        if not number:
            return path
        while f"{key}_{number}" in self._used:
            number += 1
        self._used[f"{key}_{number}"] += 1
        return f"{path}_{number}"

    def op(self, name: str) -> str | None:
        """Notes that there is an op of a name, and returns its path; None if that is not sure."""
        path = self._ops[-1] + name
        is_sure = self.is_sure and _loosely(path) not in self._perhaps
        unique = self._unique(path)
        return unique if is_sure else None

    def unnamed(self, function: str) -> None:
        """Notes that there are ops which a function of TensorFlow made, such as ``nn.relu``, and gave its own name."""
        last = function.rpartition(".")[2].removeprefix("reduce_")
        if function in _NAMED_ALIKE:
            self.op(last)
        else:
            self._perhaps.add(_loosely(self._ops[-1] + last))

    def tag(self, name: str) -> str | None:
        """Returns the name of a summary; None if it is not sure, as when an op may have it and it gets a number."""
        path = self._ops[-1] + name
        return self._unique(path) if self.is_sure and _loosely(path) not in self._perhaps else None

    def variable(self, name: str) -> str:
        """Returns the name of a variable made by ``tf.Variable``."""
        return self._unique(self._ops[-1] + name)

    def shared(self, name: str) -> str:
        """Returns the name of a variable made by ``tf.get_variable``."""
        return self._variables[-1] + name

    def take(self, path: str) -> None:
        """Notes that a name is given, whatever scopes are open."""
        self._unique(path)

    @property
    def is_reused(self) -> bool:
        """Whether ``tf.get_variable`` gives existing variables only."""
        return self._reuse[-1]

    def layer(self, default: str, given: str | None) -> str:
        """Returns the name of a layer, whose variables' names begin with it."""
        if given:
            return self._variables[-1] + given
        path = self._variables[-1] + default
        number = self._layers[path]
        self._layers[path] += 1
        return f"{path}_{number}" if number else path

    @property
    def prefixes(self) -> tuple[str, str]:
        """What the names of variables and of ops begin with."""
        return self._variables[-1], self._ops[-1]

    @contextmanager
    def perhaps(self) -> Iterator[None]:
        """Marks names that are given in a part of the program which runs any number of times."""
        before, self.is_sure = self.is_sure, False
        yield
        self.is_sure = before

    @contextmanager
    def entered(self, scope: Scoping) -> Iterator[None]:
        """Opens a scope."""
        before = self._ops, self._variables, self._reuse, self.is_sure
        layers = self._layers.copy()
        name = scope.name or ""
        if scope.is_numbered:
            name = self.layer(name, None).rpartition("/")[2]
        self.is_sure = self.is_sure and scope.is_known
        # A name with a slash at its end is that of a scope which is entered again.
        again = name if name.endswith("/") else f"{self._unique(self._ops[-1] + name)}/" if name else self._ops[-1]
        self._ops = [*self._ops, again]
        if scope.is_variable_scope:
            inside = f"{self._variables[-1]}{name}/" if name else self._variables[-1]
            scope.path = scope.path if scope.is_again and scope.path is not None else inside
            self._variables = [*self._variables, scope.path]
            self._reuse = [*self._reuse, scope.reuse or self._reuse[-1]]
        yield
        if scope.is_again:
            self._layers = layers
        elif scope.is_variable_scope and name:
            # A variable scope that is entered again names its layers as the first time.
            inside = self._variables[-1]
            self._layers = Counter({key: count for key, count in self._layers.items() if not key.startswith(inside)})
        self._ops, self._variables, self._reuse, self.is_sure = before


def _loosely(path: str) -> str:
    """Returns what the name of an op, such as ``BiasAdd``, and of the function that makes it have in common."""
    scope, slash, last = path.rpartition("/")
    return (scope + slash + last.replace("_", "")).lower()
