"""The symbols of TensorFlow 1.15 that TensorFlow 2 has too: the same, under another name, or with other arguments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tf1graphs.migrate import tables
from tf1graphs.migrate.calls import Refuse
from tf1graphs.migrate.forms import Form
from tf1graphs.run import old_names


@dataclass(frozen=True)
class Rename:
    """What a symbol is in TensorFlow 2.

    Attributes:
        name: its name there, also where it is not called (``activation=tf.nn.relu``); None if it can only be called.
        form: what its calls become; None if their arguments stay as they are.
    """

    name: str | None
    form: Form | None = None


def current(name: str) -> str:
    """Returns the name that 1.15 has for a symbol, by which all tables and rules know it.

    Args:
        name: its name in any TensorFlow 1 or 0, such as ``tf.mul`` or ``tf.compat.v1.log``.
    """
    path = name.partition(".")[2].removeprefix("compat.v1.")
    head, tail = path, ""
    while head and head not in old_names.RENAMED:
        head, _, last = head.rpartition(".")
        tail = f".{last}{tail}"
    return f"tf.{old_names.RENAMED[head]}{tail}" if head else f"tf.{path}".rstrip(".")


@cache
def find(name: str) -> Rename | None:
    """Returns what a symbol is in TensorFlow 2, or None if no table has it; a rule of the symbol comes before.

    Args:
        name: its name such as ``tf.log``.
    """
    name = current(name)
    if name in _calls():
        form = Form.parse(*_calls()[name])
        return Rename(form.reference, form)
    row = _row(_names(), name)
    if row is None or len(_row(_refusals(), name) or "") > len(row):
        return None
    return Rename(_names()[row] + name[len(row.removesuffix(".*")) :])


@cache
def refusal(name: str) -> Refuse | None:
    """Returns why a symbol has no counterpart in TensorFlow 2, and what to do instead; None if no table says so."""
    row = None if find(name) else _row(_refusals(), current(name))
    return None if row is None else _refusals()[row]


def _row(table: Mapping[str, object], name: str) -> str | None:
    """Returns the row about a name: its own, or one such as ``tf.estimator.*`` about a class or module above it."""
    if name in table:
        return name
    while name and f"{name}.*" not in table:
        name = name.rpartition(".")[0]
    return f"{name}.*" if name else None


@cache
def _names() -> dict[str, str]:
    """Returns the name in TensorFlow 2 of what is the same there, by its name in 1.15."""
    rows = [line.split() for table in ("same_objects.txt", "names.txt") for line in tables.read(table)]
    return {row[0]: row[-1].removesuffix(".*") for row in rows}


@cache
def _calls() -> dict[str, tuple[str, str]]:
    """Returns the old signature and the new call of each function whose arguments change, by its name in 1.15."""
    rows: dict[str, tuple[str, str]] = {}
    for line in (*tables.read("calls.txt"), *tables.read("keras_calls.txt")):
        names, _, rest = line.partition("(")
        signature, _, target = (part.strip() for part in rest.partition(") => "))
        for name in names.split():
            # A dot in place of a function keeps the name.
            rows[name] = signature, name + target[1:] if target.startswith(".(") else target
    return rows


@cache
def _refusals() -> dict[str, Refuse]:
    """Returns why a symbol is refused, by its name in 1.15."""
    rows = [[part.strip() for part in line.split("|")] for line in tables.read("refusals.txt")]
    return {name: Refuse(reason, remedy) for names, reason, remedy in rows for name in names.split()}
