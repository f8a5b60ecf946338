"""What ``tf1graphs migrate`` makes of each construct: the part of ``SUPPORT.md`` about it."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from tf1graphs.migrate import renames
from tf1graphs.migrate.rules import all_rules

_TESTS = Path(__file__).parents[1]

# What the engine makes of sessions and graphs, for which there are no rules.
_ENGINE = {
    "`tf.placeholder`, `tf.placeholder_with_default`": "an argument of the functions that hang on it",
    "`sess.run(fetches, feed_dict)`, `tensor.eval()`, `op.run()`": "a call of a `tf.function` that computes them",
    "`optimizer.minimize`, `compute_gradients`, `apply_gradients`": "a `tf.GradientTape` and a Keras optimizer",
    "`tf.gradients`": "a `tf.GradientTape`",
    "`tf.Variable`, `tf.get_variable`": "a `tf.Variable`, created once, of the old name",
    "functions that create variables": "a `tf.Module` where it is shared, called where they were",
    "`tf.variable_scope`, `tf.name_scope`, `tf.device`": "nothing; the names of variables stay",
    "`tf.global_variables_initializer` and its like": "nothing: variables have their values from the start",
    "`tf.Session`, `tf.Graph`, `tf.ConfigProto`, `tf.reset_default_graph`": "nothing",
    "`tf.control_dependencies`": "the order of the statements in a function",
    "`tf.train.Saver`": "a `tf.train.Checkpoint` that reads old checkpoints too",
    "`tf.summary.scalar` and its like, `merge_all`, `FileWriter`": "`tf.summary`, with the same tags and steps",
}


def _names() -> list[str]:
    """Returns the functions and classes of 1.15 and its contrib, without what is below a class."""
    packed = [(_TESTS / "fixtures" / "tf115" / f"{kind}_names.txt.gz").read_bytes() for kind in ("public", "contrib")]
    names = {f"tf.{name.removeprefix('tf.')}" for each in packed for name in gzip.decompress(each).decode().split()}
    modules = {name.rpartition(".")[0] for name in names}
    return sorted(name for name in names - modules if all(map(str.islower, name.split(".")[1:-1])))


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head), ["---" for _ in head], *map(list, rows)]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


def _together(becomes: dict[str, tuple[str, ...]]) -> list[list[str]]:
    """Returns a row for all names of which the same is said: the names, and what is said."""
    found = sorted(becomes.items(), key=lambda item: (item[1], item[0]))
    groups = [([name for name, _ in rows], said) for said, rows in groupby(found, key=lambda item: item[1])]
    return [[", ".join(f"`{name}`" for name in names), *said] for names, said in sorted(groups)]


def section() -> str:
    """Returns the part of ``SUPPORT.md``."""
    rules = {name: (rule.becomes,) for name, rule in all_rules().items()}
    found = {name: renames.find(name) for name in _names() if name not in rules}
    renamed = {name: each for name, each in found.items() if each}
    same = [name for name, each in renamed.items() if each.form is None and each.name == name]
    other = {
        name: (f"`{each.form.target}`, arguments as there" if each.form else f"`{each.name}`",)
        for name, each in renamed.items()
        if name not in same
    }
    refusals = {name: renames.refusal(name) for name, each in found.items() if not each}
    refused = {name: (each.reason, each.remedy) for name, each in refusals.items() if each}
    return f"""## What `tf1graphs migrate` makes of each construct

{_table(["sessions and graphs", "become"], _ENGINE.items())}

{_table(["calls", "become"], _together(rules))}

Of other functions and classes, {len(same):,} are the same in TensorFlow 2, and {len(other):,} have other names or
arguments there:

{_table(["TensorFlow 1.15", "TensorFlow 2"], _together(other))}

These are refused:

{_table(["TensorFlow 1.15", "reason", "instead"], _together(refused))}
"""
