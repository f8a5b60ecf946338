"""Whole programs: what ``tf1graphs migrate`` makes of each, whether that is proven, and the table that says so."""

from __future__ import annotations

import re
import shutil
import sys
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from tf1graphs import verify
from tf1graphs.migrate import native
from tf1graphs.migrate.project import LEFT, UNREADABLE, Outcome, migrate_all

TESTS = Path(__file__).resolve().parents[1]
sys.path += [str(TESTS / "tutorials"), str(TESTS / "legacy")]
import catalogue as legacy  # noqa: E402
import short  # noqa: E402

TABLE = TESTS / "migrate" / "figures.md"
OWN = "programs/"
PROJECTS = "projects/"
_TUTORIALS = "tutorials/"
PROGRAMS = {
    **{f"{OWN}{path.stem}": path for path in sorted((TESTS / "migrate" / "programs").glob("*.py"))},
    **{f"{PROJECTS}{path.parent.name}": path for path in sorted((TESTS / "migrate" / "projects").glob("*/main.py"))},
    **{f"{_TUTORIALS}{name}": short.TUTORIALS / name / "tf1.py" for name in short.NAMES},
    **{f"legacy/{name}": path for name, path in legacy.SCRIPTS.items()},
}
STEPS = 10
EQUIVALENT, REFUSED, WRONG = "equivalent", "refused", "wrong"


@cache
def outcomes(name: str) -> list[Outcome]:
    """Returns what becomes of the files of a program."""
    path = PROGRAMS[name]
    return migrate_all(sorted(path.parent.rglob("*.py")) if path.stem == "main" else [path], native.migrate)


def reasons(name: str) -> list[str]:
    """Returns what keeps a program in TensorFlow 1; none if it became native."""
    left = [each for each in outcomes(name) if each.status in (LEFT, UNREADABLE)]
    found = {f"{refusal.construct}: {refusal.reason}" for each in left for refusal in each.refusals}
    return sorted(found | {each.message for each in left if each.message})


def _programs(name: str, folder: Path) -> tuple[Path, Path]:
    """Writes the old and the new program, each beside what lies beside the old one, and returns their paths."""
    path = PROGRAMS[name]
    old, new = folder / "old", folder / "new"
    for place in (old, new):
        shutil.copytree(path.parent, place)
    script = path.with_suffix(".py").name
    for outcome in outcomes(name):
        assert outcome.document
        written = outcome.path.relative_to(path.parent).with_suffix(".py")
        for place, text in ((old, outcome.document.text), (new, outcome.text)):
            (place / written).write_text(text, encoding="utf-8")
    return old / script, new / script


def _tutorial(name: str, folder: Path) -> tuple[Path, Path]:
    """Writes the short run of a tutorial, old and new."""
    old, new = folder / "old", folder / "new"
    old.mkdir(parents=True)
    new.mkdir()
    script, migrated = short.write(name, "tf1", old), short.write(name, "tf1", new)
    migrated.write_text(native.migrate(script.read_text(encoding="utf-8")), encoding="utf-8")
    return script, migrated


def difference(name: str, workers: verify.Workers, folder: Path) -> str:
    """Returns what keeps the migrated program from being proven equivalent; nothing if it is.

    Args:
        name: a native program.
        workers: the processes to run it in.
        folder: an empty one, the present working directory.
    """
    tutorial = name.removeprefix(_TUTORIALS)
    old, new = _tutorial(tutorial, folder) if tutorial != name else _programs(name, folder)
    arguments = short.arguments(tutorial, folder / "logs") if tutorial != name else []
    try:
        comparison = verify.verify(old, new, arguments, workers=workers, steps=STEPS)
    except verify.CouldNotRecord as error:
        return str(error).replace(f"{folder}/", "")
    if comparison.is_comparable and comparison.is_equivalent:
        return ""
    return verify.text(comparison).strip().splitlines()[-1]


def results(lines: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Returns program -> (one of the three words, why) from the lines of the table."""
    rows = [re.fullmatch(r"\| (\w+/\w+) \| (\w+) \| (.*) \|", line.rstrip()) for line in lines]
    return {row[1]: (row[2], row[3]) for row in rows if row}


def row(name: str, result: str, why: str) -> str:
    """Returns a line of the table."""
    return f"| {name} | {result} | {why.replace('|', '/')} |"


def shares(rows: dict[str, tuple[str, str]]) -> str:
    """Returns the table of the shares of each group of programs, and that of the reasons of refusals."""
    lines = ["| programs | | native | proven equivalent | refused | wrong |", "|---|---:|---:|---:|---:|---:|"]
    for group in dict.fromkeys(name.partition("/")[0] for name in rows):
        words = Counter(word for name, (word, _) in rows.items() if name.startswith(f"{group}/"))
        total = sum(words.values())
        counted = [total - words[REFUSED], words[EQUIVALENT], words[REFUSED], words[WRONG]]
        lines.append(f"| {group} | {total} | {' | '.join(f'{count} ({count / total:.0%})' for count in counted)} |")
    found = Counter(reason for word, why in rows.values() if word == REFUSED for reason in why.split("; "))
    lines += ["", "| reason of a refusal | programs |", "|---|---:|"]
    return "\n".join(lines + [f"| {reason} | {count} |" for reason, count in found.most_common()])
