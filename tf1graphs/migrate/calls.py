"""A call of a TensorFlow 1.x symbol, as a rule sees it, and what a rule may make of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

# Methods that a text calls, but for functions of modules whose names are those of methods, too.
_CALLED = re.compile(r"(?<!\bnp)(?<!\bnumpy)(?<!\brandom)\.(\w+)\(")


@dataclass(frozen=True)
class Argument:
    """An argument of a call.

    Attributes:
        text: its source, already migrated.
        value: its value where it is a literal (a number, string, bool, None, or a tuple or list of those), or ``...``.
        is_later: whether it hangs on what differs from one call of the migrated function to the next (a placeholder,
            a variable's value, a random number), so that only a function's body may use it.
        rank: how many dimensions it has in 1.15, or None if that is not known.
        dtype: the name of its dtype in 1.15, such as ``float32``, or None if that is not known.
    """

    text: str
    value: Any = ...
    is_later: bool = False
    rank: int | None = None
    dtype: str | None = None


@dataclass(frozen=True)
class Normalizer:
    """The function that a layer calls on its result before the activation.

    Attributes:
        name: its symbol by the 1.15 name, such as ``tf.contrib.layers.batch_norm``.
        arguments: those that it gets apart from the result.
        scope: what the names of its variables begin with, within those of the layer.
    """

    name: str
    arguments: Mapping[str, Argument]
    scope: str


@dataclass(frozen=True)
class Call:
    """A call of ``name`` with its arguments bound to the parameters of 1.15, in the order of the signature.

    Attributes:
        name: the symbol by its 1.15 name, such as ``tf.layers.dense``, however the file imports it.
        arguments: the given ones only, by parameter; those of ``*args`` and ``**kwargs`` are refused before.
        graph_name: the name that TensorFlow 1.15 gave what the call creates, such as ``conv_net/dense_1``, or None if
            it is not established.
        graph_seed: the argument of the ``tf.set_random_seed`` in force for the graph, or None.
        has_row_gradients: whether a gradient may be ``tf.IndexedSlices``, as the program looks up rows of a variable.
        tf: how the file spells ``tensorflow``, such as ``tf``.
        node: the call in the old source.
        normalizer: what the layer that it makes has for ``normalizer_fn``, or None.
        dtype: the dtype of a layer's inputs, which is that of its variables; nothing if it may be float64 or not.
    """

    name: str
    arguments: Mapping[str, Argument]
    node: ast.Call
    graph_name: str | None = None
    tf: str = "tf"
    has_row_gradients: bool = True
    graph_seed: Argument | None = None
    normalizer: Normalizer | None = None
    dtype: str = "float32"

    def text(self, parameter: str, default: str | None = None) -> str:
        """Returns the migrated source of an argument, or the default."""
        if parameter in self.arguments:
            return self.arguments[parameter].text
        if default is None:
            raise KeyError(parameter)
        return default

    def value(self, parameter: str, default: Any = None) -> Any:
        """Returns the literal value of an argument, ``...`` if it is no literal, or the default if it is not given."""
        return self.arguments[parameter].value if parameter in self.arguments else default


@dataclass(frozen=True)
class Definition:
    """A class or function that the migrated file defines itself: TensorFlow 2 has nothing that computes the same.

    Attributes:
        name: what it defines.
        source: its source, which spells TensorFlow ``tf``; it ends with one newline.
        methods: the source of those methods of a class which it gets only where something calls them, by name.
    """

    name: str
    source: str
    methods: Mapping[str, str] = field(default_factory=dict)

    def used_in(self, text: str) -> str:
        """Returns its source, with the methods that a text calls, or another one of these."""
        wanted: set[str] = set()
        waiting = [text]
        while waiting:
            read = set(_CALLED.findall(waiting.pop()))
            more = [name for name in self.methods if name in read - wanted]
            wanted.update(more)
            waiting += [self.methods[name] for name in more]
        return "\n".join([self.source, *(method for name, method in self.methods.items() if name in wanted)])


@dataclass(frozen=True)
class Replace:
    """The call becomes another expression, which is computed where the old one was.

    Attributes:
        text: the expression.
        needs: definitions that the expression uses.
    """

    text: str
    needs: tuple[Definition, ...] = ()


@dataclass(frozen=True)
class Split:
    """The call becomes an object that is created once, and a use of it wherever the result is needed.

    Attributes:
        create: the expression that creates the object, such as ``tf.keras.layers.Dense(10, name="dense")``.
        use: the expression of the result, with ``{object}`` for the object, such as ``{object}(inputs)``.
        name: the name for the object if the old program gives it none, such as ``dense``.
        variables: the name in TensorFlow 1.15's checkpoints, behind the call's ``graph_name``, of each of the object's
            variables: ``{"kernel": "kernel", "bias": "bias"}`` says that ``object.bias`` was ``<graph_name>/bias``.
        has_updates: whether TensorFlow 1.15 put ops into ``UPDATE_OPS`` that the object now runs itself when called.
        needs: definitions that the expressions use.
    """

    create: str
    use: str
    name: str
    variables: Mapping[str, str] = field(default_factory=dict)
    has_updates: bool = False
    needs: tuple[Definition, ...] = ()


@dataclass(frozen=True)
class Refuse:
    """The call cannot be migrated.

    Attributes:
        reason: why, in a few words, without the symbol's name.
        remedy: what to do instead.
    """

    reason: str
    remedy: str


Outcome = Replace | Split | Refuse
