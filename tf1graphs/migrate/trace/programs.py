"""Runs the programs of a project for what reading alone does not tell of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tf1graphs.migrate import native, proof
from tf1graphs.migrate.candidate import Candidate
from tf1graphs.migrate.facts.trace import VARIES, Place, Seen
from tf1graphs.migrate.linking.joined import Joined
from tf1graphs.migrate.linking.parts import NotLinked
from tf1graphs.migrate.linking.programs import join
from tf1graphs.migrate.project import LEFT, NATIVE, Outcome, migrate_all, programs_of
from tf1graphs.migrate.trace.engine import Assumption, Engine
from tf1graphs.migrate.trace.processes import CouldNotTrace, trace

_SECONDS = 600.0


@dataclass(frozen=True)
class Traced:
    """What becomes of the files of a project with what runs of its programs have shown.

    Attributes:
        outcomes: what becomes of each file.
        assumed: what was taken from the runs, for each file that it made native.
        failures: why programs could not be recorded, in one line each.
    """

    outcomes: Sequence[Outcome]
    assumed: Mapping[Path, tuple[Assumption, ...]] = field(default_factory=dict)
    failures: tuple[str, ...] = ()


def migrate_traced(
    outcomes: Sequence[Outcome],
    arguments: Sequence[str],
    steps: int,
    begin: Callable[[str], object] = lambda program: None,
    seconds: float = _SECONDS,
) -> Traced:
    """Runs each program once in which something was refused, and migrates all files anew with what that has shown.

    Args:
        outcomes: what becomes of the files of a project by reading.
        arguments: the command line of each program.
        steps: after how many training steps each is ended.
        begin: is told of each program when it begins.
        seconds: after how many seconds one has failed.
    """
    texts = {_key(each): each.document.text for each in outcomes if each.document and each.status in (LEFT, NATIVE)}
    plain = {path: native.prepared(text) for path, text in texts.items()}
    seen: dict[str, list[Seen]] = {}
    failures = []
    for each in proof.programs(outcomes, LEFT):
        begin(str(each.path))
        try:
            found = trace(_key(each), plain, arguments, steps, seconds)
        except CouldNotTrace as error:
            failures.append(f"{each.path}: it {error}; it is migrated by reading alone")
            continue
        for path, facts in found.items():
            seen.setdefault(texts[path], []).append(facts)
    agreed = {text: _agreed(runs) for text, runs in seen.items()}
    every = {_key(each): each.document.text for each in outcomes if each.document}
    joined = list(_joined(every))
    engine = Engine(agreed | {each.text: _of_all(each, every, agreed) for each in joined})
    migrated = migrate_all([each.path for each in outcomes], engine)
    assumed = {each.path: _assumed(each, engine, joined) for each in migrated if each.status == NATIVE}
    return Traced(migrated, {path: each for path, each in assumed.items() if each}, tuple(failures))


def _joined(texts: Mapping[Path, str]) -> Iterator[Joined]:
    """Yields the text of each program of several files."""
    for files in programs_of([Candidate(path) for path in texts]):
        with suppress(NotLinked):
            yield join({path: texts[path] for path in files})


def _of_all(joined: Joined, texts: Mapping[Path, str], seen: Mapping[str, Seen]) -> Seen:
    """Returns what runs have shown of the files of a program, by its places in their joined text."""
    found: dict[Place, tuple[str, Any]] = {}
    for part in joined.program.parts:
        found |= joined.seen(part, seen.get(texts[part.path], {}))
    return found


def _assumed(outcome: Outcome, engine: Engine, joined: Iterable[Joined]) -> tuple[Assumption, ...]:
    """Returns what was taken from runs for a file, alone or together with others."""
    assert outcome.document is not None
    together = [
        Assumption(line, each.plain(one.expression), one.value)
        for each in joined
        for one in engine.assumed.get(each.text, ())
        for path, line in [each.origin(one.line)]
        if path == _key(outcome)
    ]
    return tuple(dict.fromkeys([*engine.assumed.get(outcome.document.text, ()), *together]))


def _key(outcome: Outcome) -> Path:
    return Path(os.path.abspath(outcome.path))


def _agreed(runs: Iterable[Seen]) -> Seen:
    """Returns what several runs of a file have shown alike."""
    found: dict[Place, dict[str, tuple[str, Any]]] = {}
    for facts in runs:
        for place, fact in facts.items():
            # 1, 1.0 and True are not alike.
            found.setdefault(place, {})[repr(fact)] = fact
    alike = {place: next(iter(facts.values())) for place, facts in found.items() if len(facts) == 1}
    return {place: (kind, value) for place, (kind, value) in alike.items() if kind != VARIES}
