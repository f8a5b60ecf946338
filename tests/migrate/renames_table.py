"""Finds the symbols of TensorFlow 1.15 that are the very same object in TensorFlow 2.

``python tests/migrate/renames_table.py > tf1graphs/migrate/tables/same_objects.txt`` writes the table of them. A
symbol is in it if ``tf.compat.v1`` gives for 1.15's name an object that TensorFlow 2 has too, whose parameters begin
with those that the symbol had in 1.15, with the same defaults. The rest is in the tables that are written by hand.
"""

from __future__ import annotations

import ast
import functools
import gzip
import inspect
import re
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tensorflow as tf
from tensorflow.python.util import tf_decorator, tf_inspect

from tf1graphs.migrate.tables import read

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures" / "tf115"
# Of the tables by hand: Keras, which is another, contrib, the ops, and programs for several devices.
OTHERS = ("tf.keras.", "tf.contrib.", "tf.raw_ops.", "tf.distribute.", "tf.tpu.", "tf.train.Server", "tf.train.Cluster")
OTHER_TABLES = ("calls.txt", "keras_calls.txt", "refusals.txt")

HEAD = """\
# Symbols of TensorFlow 1.15 that are the same object in TensorFlow 2: the name in 1.15 and, where it is another, the
# one in TensorFlow 2. A name that ends in .* is a class, with all that is below it.
#
# Source: TensorFlow 2.21, by tests/migrate/renames_table.py, which writes this file; do not edit it.

"""


def signatures() -> dict[str, tuple[str, str]]:
    """Returns (kind, parameters) for every name of 1.15 that is not below a class."""
    with gzip.open(FIXTURES / "signatures.txt.gz", "rt") as lines:
        rows = [line.rstrip("\n").split("\t") for line in lines]
    return {name: (kind, parameters) for name, kind, parameters in rows}


def resolve(root: Any, name: str) -> Any:
    """Returns what a name such as ``tf.nn.relu`` stands for below ``root``, or None."""
    return functools.reduce(lambda owner, part: getattr(owner, part, None), name.split(".")[1:], root)


def undecorated(value: Any) -> Any:
    """Returns the function itself: a dispatch decorator is another object for each name it was exported under."""
    return value if inspect.isclass(value) else tf_decorator.unwrap(value)[1]


def parameters(value: Any) -> list[tuple[str, str | None]]:
    """Returns (name, default) for each parameter of a function or class of TensorFlow 2."""
    found = tf_inspect.getfullargspec(value.__init__ if inspect.isclass(value) else value)
    given = found.args[1:] if inspect.isclass(value) else found.args
    defaults = dict(zip(reversed(given), reversed(found.defaults or ())))
    defaults |= found.kwonlydefaults or {}
    return [(name, _source(defaults[name]) if name in defaults else None) for name in given + found.kwonlyargs]


def takes_more(value: Any) -> bool:
    """Whether a function or class takes keywords that are not among its parameters."""
    return tf_inspect.getfullargspec(value.__init__ if inspect.isclass(value) else value).varkw is not None


def old_parameters(signature: str) -> list[tuple[str, str | None]]:
    """Returns (name, default) for each parameter of a recorded signature."""
    head = ast.parse(f"def call({signature}): ...").body[0]
    assert isinstance(head, ast.FunctionDef)
    given = head.args.args
    defaults = [*[None] * (len(given) - len(head.args.defaults)), *head.args.defaults, *head.args.kw_defaults]
    names = [each.arg for each in [*given, *head.args.kwonlyargs]]
    return [(name, ast.unparse(value) if value else None) for name, value in zip(names, defaults)]


def _source(value: Any) -> str:
    if isinstance(value, tf.DType):
        return f"tf.{value.name}"
    try:
        ast.literal_eval(repr(value))
    except (SyntaxError, ValueError):
        return "None"
    return repr(value)


def begins_alike(value: Any, signature: str) -> bool:
    """Whether a function's parameters begin with those of 1.15, with the same defaults; its name may differ."""
    try:
        new = parameters(value)
    except TypeError:
        return not signature
    old = old_parameters(signature)
    return len(old) <= len(new) and all(a == b or a[0] == b[0] == "name" for a, b in zip(old, new))


@functools.cache
def names_by_object() -> dict[int, list[str]]:
    """Returns the names in TensorFlow 2 of every object of its API, by identity."""
    found: dict[int, list[str]] = {}
    for name, value in _walk(tf, "tf", set()):
        found.setdefault(id(undecorated(value)), []).append(name)
    return found


def _walk(module: types.ModuleType, path: str, seen: set[int]) -> Iterator[tuple[str, Any]]:
    seen.add(id(module))
    for name in sorted(set(dir(module)) - {"compat", "python", "keras", "raw_ops"}):
        value = getattr(module, name, None)
        if name.startswith("_") or value is None:
            continue
        if isinstance(value, types.ModuleType):
            if "_api.v2" in value.__name__ and id(value) not in seen:
                yield from _walk(value, f"{path}.{name}", seen)
        elif not isinstance(value, int | float | str | tuple | frozenset):
            yield f"{path}.{name}", value


def new_name(name: str, kind: str, signature: str) -> str | None:
    """Returns the name of the same object in TensorFlow 2: its own if it still has it, else the one it prefers."""
    old = resolve(tf.compat.v1, name)
    if kind == "module":
        return name if isinstance(resolve(tf, name), types.ModuleType) else None
    if kind == "value" and old is not None and isinstance(old, int | float | str | tuple | frozenset):
        return name if resolve(tf, name) == old else None
    found = names_by_object().get(id(undecorated(old)), []) if old is not None else []
    if not found or (kind == "function" and not begins_alike(resolve(tf, found[0]), signature)):
        return None
    if kind == "class" and "pb2" not in old.__module__ and not begins_alike(old, signature):
        return None
    preferred = [f"tf.{each}" for each in getattr(undecorated(old), "_tf_api_names", ())]
    return next((each for each in [name, *preferred] if each in found), found[0])


def table() -> str:
    """Returns the table, without the symbols that another table is about; a rule comes before all tables."""
    by_hand = {line.split()[0] for line in read("names.txt")}
    by_hand |= {name for table in OTHER_TABLES for line in read(table) for name in re.split(r"[(|]", line)[0].split()}
    others = {name.removesuffix(".*") for name in by_hand}
    rows = []
    for name, (kind, signature) in signatures().items():
        new = None if name in others or name.startswith(OTHERS) else new_name(name, kind, signature)
        if new:
            rows.append(f"{name}{'.*' if kind == 'class' else ''}{'' if new == name else f' {new}'}\n")
    return HEAD + "".join(rows)


if __name__ == "__main__":
    print(table(), end="")
