"""Fills a checkpoint that a TensorFlow 2 program saved with tensors of TensorFlow 1, under the keys of that program."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from tf1graphs.convert.carrying.rows import Row
from tf1graphs.convert.checkpoints.named import Begin, carried, cast, write_state
from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.keras.matching import matches_of
from tf1graphs.convert.keras.report import Match, Report
from tf1graphs.convert.keras.targets import TargetGroup
from tf1graphs.convert.writing.bundles import BundleWriter
from tf1graphs.inspect.checkpoints.roles import VARIABLE
from tf1graphs.inspect.checkpoints.summary import ATTRIBUTES, roles_of
from tf1graphs.inspect.reading import dtypes
from tf1graphs.inspect.reading.checkpoints import Checkpoint


def _keys_by_path(template: Checkpoint) -> dict[str, str]:
    """The keys of the variables by what their program calls them, else by the attributes that lead to them."""
    graph = template.object_graph
    if graph is None:
        raise CouldNotConvert(f"{template.path} is name-based: --like is a checkpoint of tf.train.Checkpoint")
    names = {each.checkpoint_key: each.full_name for node in graph.nodes for each in node.attributes}
    keys = [key for key, role in roles_of(template).items() if role.name == VARIABLE]
    count = Counter(names.get(key) for key in keys)
    has_names = all(count[names.get(key)] == 1 and "/" in names.get(key, "") for key in keys)
    return {names[key] if has_names else key.partition(ATTRIBUTES)[0]: key for key in keys}


def _groups(paths: Mapping[str, str], template: Checkpoint) -> list[TargetGroup]:
    groups: dict[str, TargetGroup] = {}
    for path, key in paths.items():
        scope, _, name = path.rpartition("/")
        groups.setdefault(scope, TargetGroup(scope, {})).shapes[name] = template.entries[key].shape
    return list(groups.values())


def match(source: Checkpoint, template: Checkpoint, given: Sequence[Row]) -> Report:
    """What becomes which tensor of ``template``; rows name its keys. Slots and counters of it are no targets.

    Raises:
        CouldNotConvert: the template is no object-based checkpoint.
    """
    paths = _keys_by_path(template)
    by_key = {key: path for path, key in paths.items()}
    known = [dataclasses.replace(row, targets=tuple(by_key.get(key, key) for key in row.targets)) for row in given]
    matches = [
        Match(
            dataclasses.replace(each.row, targets=tuple(paths.get(path, path) for path in each.row.targets)), each.how
        )
        for each in matches_of(source.entries, _groups(paths, template), known, None)
    ]
    sources = {name for each in matches for name in each.row.sources}
    targets = {key for each in matches for key in each.row.targets}
    return Report(
        matches,
        {name: "" for name in source.entries if name not in sources},
        {key: "" for key in by_key if key not in targets},
    )


def write_like(source: Checkpoint, template: Checkpoint, prefix: Path, rows: Sequence[Row], begin: Begin) -> None:
    """Writes the checkpoint ``template`` again with what ``rows`` make of ``source`` in place of its own values.

    Raises:
        CouldNotConvert: a row cannot be carried, or does not fit; nothing is written then.
    """
    written = set()
    with BundleWriter(prefix) as writer:
        for key, array in carried(source, rows, None, begin):
            if key not in template.entries:
                raise CouldNotConvert(f"{template.path} has no tensor {key}, which the map names")
            entry = template.entries[key]
            array = cast(key, array, entry.dtype if entry.dtype in dtypes.FLOATS else None)
            if (array.shape, array.dtype.name) != (entry.shape, entry.dtype):
                is_now = f"{list(array.shape)} of {array.dtype.name}"
                raise CouldNotConvert(f"{key} is {list(entry.shape)} of {entry.dtype}, what it is made of {is_now}")
            writer.add(key, array)
            written.add(key)
        for key in template.entries:
            if key not in written:
                writer.add(key, template.read(key))
    write_state(prefix)
