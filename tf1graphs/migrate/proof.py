"""Runs old and new programs and compares what they compute."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tf1graphs.migrate import neighbours
from tf1graphs.migrate.project import NATIVE, Outcome

if TYPE_CHECKING:
    from tf1graphs.verify import Workers


@dataclass(frozen=True)
class Verdict:
    """How the new program compares with the old one.

    Attributes:
        text: the verdict, in one line.
        equivalent: whether both compute the same.
    """

    text: str
    equivalent: bool


def _key(outcome: Outcome) -> Path:
    return Path(os.path.abspath(outcome.path))


def programs(outcomes: Sequence[Outcome], status: str) -> list[Outcome]:
    """Returns the files that people run: no other one imports them, and they or what they import have a status."""
    imports = {_key(each): neighbours.imported(_key(each), each.document.text) for each in outcomes if each.document}
    wanted = {_key(each) for each in outcomes if each.status == status}
    imported = set().union(*imports.values())
    reached = {key: neighbours.reached(key, imports) for key in imports.keys() - imported}
    return [each for each in outcomes if reached.get(_key(each), set()) & wanted]


def _mirror(folder: Path, into: Path, files: Mapping[Path, bytes]) -> None:
    """Makes a folder like another one, with some files of its own, and links to all others."""
    into.mkdir()
    for entry in folder.iterdir():
        if any(entry in file.parents for file in files):
            _mirror(entry, into / entry.name, files)
        elif entry not in files:
            (into / entry.name).symlink_to(entry)
    for file, data in files.items():
        if file.parent == folder:
            (into / file.name).write_bytes(data)


def _script(outcome: Outcome) -> Path:
    """Returns the path of the script that is run for a program: that of a notebook stands beside it."""
    path = _key(outcome)
    return path.with_name(f"{path.name}.py") if path.suffix == ".ipynb" else path


def _mirrors(outcomes: Sequence[Outcome], scratch: Path) -> tuple[Path, Path, Path]:
    """Returns the folder that has all files, and copies of it that hold the old programs and the new ones."""
    changed = [(each, each.document) for each in outcomes if each.document and each.is_changed]
    folder = Path(os.path.commonpath([_key(each).parent for each, _ in changed]))
    old = {_script(each): document.text.encode() for each, document in changed if _script(each) != _key(each)}
    new = {_script(each): each.text.encode() for each, _ in changed if _script(each) in old}
    new |= {_key(each): document.rewritten(each.text) for each, document in changed}
    _mirror(folder, scratch / "old", old)
    _mirror(folder, scratch / "new", new)
    return folder, scratch / "old", scratch / "new"


def _verdict(
    old: Path, new: Path, arguments: Sequence[str], workers: Workers, begin: Callable[[str], object]
) -> Verdict:
    from tf1graphs.verify import CouldNotRecord, report, verify

    try:
        comparison = verify(old, new, arguments, workers=workers, begin=begin)
    except CouldNotRecord as error:
        return Verdict(f"could not compare: {error}", False)
    words = "; ".join([report.verdict(comparison), *report.likely_causes(comparison)])
    return Verdict(words, comparison.is_comparable and comparison.is_equivalent)


def verify_all(
    outcomes: Sequence[Outcome], arguments: Sequence[str], begin: Callable[[str], object]
) -> dict[Path, Verdict]:
    """Runs each program that was migrated, old and new, and compares them; the files need not have been written.

    Args:
        outcomes: all files that were migrated together.
        arguments: the command line of each program.
        begin: is told of each program when it begins.
    """
    from tf1graphs.verify import Workers

    chosen = programs(outcomes, NATIVE)
    if not chosen:
        return {}
    with tempfile.TemporaryDirectory(prefix="tf1graphs-migrate-") as scratch, Workers() as workers:
        folder, old, new = _mirrors(outcomes, Path(scratch))
        verdicts = {}
        for each in chosen:
            place = _script(each).relative_to(folder)
            before = old / place if _script(each) != _key(each) else _key(each)
            verdicts[each.path] = _verdict(before, new / place, arguments, workers, begin)
        return verdicts
