"""Migrates the files of a project: each becomes native to TensorFlow 2, or stays in TensorFlow 1 and says why."""

from __future__ import annotations

import gc
import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tf1graphs.migrate import files, hints, neighbours, scan
from tf1graphs.migrate.candidate import Candidate, Engine
from tf1graphs.migrate.hints import Hint
from tf1graphs.migrate.linking import programs
from tf1graphs.migrate.processes import Map
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.run.errors import BadInput

NATIVE = "native"  # now uses nothing of TensorFlow 1
LEFT = "left"  # stays in TensorFlow 1
UNTOUCHED = "untouched"  # had nothing to migrate
UNREADABLE = "unreadable"  # is no Python 3


@dataclass(frozen=True)
class Outcome:
    """What becomes of a file.

    Attributes:
        path: the file.
        status: one of the four words above.
        document: the file as it was; None if it is unreadable.
        text: its new text.
        refusals: what keeps it in TensorFlow 1, by the lines of the old text.
        symbols: what the new text uses of TensorFlow 1.
        message: why it is unreadable.
        hints: what would make the new program faster, by the lines of the new text.
    """

    path: Path
    status: str
    document: files.Document | None = None
    text: str = ""
    refusals: tuple[Refusal, ...] = ()
    symbols: tuple[scan.Use, ...] = ()
    message: str = ""
    hints: tuple[Hint, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether the new text is another one."""
        return self.document is not None and self.text != self.document.text


def _opened(path: Path) -> Candidate | None:
    try:
        return Candidate(path)
    except BadInput:
        return None


class _Project:
    """The files that are migrated, and those that they import from elsewhere."""

    def __init__(self, own: Iterable[Candidate]) -> None:
        self._files: dict[Path, Candidate | None] = {file.key: file for file in own}
        self._own = frozenset(self._files)
        self._imports: dict[Path, dict[Path, int]] = {}
        # Files without TensorFlow only matter where they bring files together, one of which is refused.
        own_files = [file for file in self._files.values() if file]
        is_refused = any(file.refusals for file in own_files)
        waiting = [file.key for file in own_files if file.uses or is_refused]
        while waiting:
            path = waiting.pop()
            if path not in self._imports:
                file = self._files[path] if path in self._files else self._files.setdefault(path, _opened(path))
                self._imports[path] = file.imports if file else {}
                waiting += self._imports[path]

    def _blocks(self, file: Candidate) -> bool:
        """Whether a file stays in TensorFlow 1 on its own account."""
        return bool(file.refusals) if file.key in self._own else file.is_of_1

    def left(self) -> dict[Path, bool]:
        """Returns the own files that stay in TensorFlow 1, and whether their process is for sure one of that."""
        found: dict[Path, bool] = {}
        known = {path: file for path, file in self._files.items() if file and file.uses}
        members = {path: file for path, file in known.items() if path not in self._own or not file.is_neutral}
        for group in neighbours.groups(members, self._imports):
            blockers = {path for path in group if self._blocks(members[path])}
            is_of_1 = any(members[path].is_of_1 for path in group)
            for path in group & self._own if blockers else ():
                self._say_blocker(members[path], blockers)
                found[path] = is_of_1
        return found

    def _say_blocker(self, file: Candidate, blockers: set[Path]) -> None:
        if file.refusals:
            return
        below = [(line, neighbours.reached(other, self._imports) & blockers) for other, line in file.imports.items()]
        line, reached = next((each for each in below if each[1]), (min(use.line for use in file.uses), blockers))
        blocker = min(reached)
        name = os.path.relpath(blocker, file.key.parent)
        construct = "import of TensorFlow" if reached is blockers else f"import of {blocker.stem}"
        remedy = f"migrate {name} first" if blocker in self._own else f"migrate {name} with it"
        file.refusals = (Refusal(line, construct, f"{name} stays in TensorFlow 1, in the same process", remedy),)


def _migrated(path: Path, engine: Engine) -> Candidate | Outcome:
    try:
        file = Candidate(path)
        file.migrate(engine)
    except BadInput as error:
        return Outcome(path, UNREADABLE, message=str(error))
    file.prepare()
    return file


def programs_of(files: Sequence[Candidate]) -> list[tuple[Path, ...]]:
    """Returns the files of each program of TensorFlow 1 that has several, those first that others import."""
    own = {file.key: file for file in files}
    return [program for program in _programs(own) if _is_of_1(program, own)]


def _is_of_1(program: Iterable[Path], own: Mapping[Path, Candidate]) -> bool:
    return any(own[key].is_of_1 for key in program)


def _programs(own: Mapping[Path, Candidate]) -> list[tuple[Path, ...]]:
    if not any(file.is_of_1 or file.is_of_2 for file in own.values()):
        return []
    users = {key for key, file in own.items() if file.uses_tensorflow}
    runnable = {key for key in users if own[key].is_runnable}
    return programs.find({key: file.imports for key, file in own.items()}, users, runnable)


def _link(files: Sequence[Candidate], engine: Engine, apply: Map) -> None:
    """Migrates the files of each program together, if TensorFlow is in several of them."""
    own = {file.key: file for file in files}
    found = _programs(own)
    old = [program for program in found if _is_of_1(program, own)]
    for program in found:
        if program not in old and any(own[key].is_of_2 for key in program):
            # It has been migrated.
            for key in program:
                own[key].become(own[key].document.text)
    roots = {program[-1] for program in old}
    alone = {key for program in old for key in program if own[key].is_runnable and key not in roots}
    texts = {key: file.document.text for key, file in own.items()}
    made = programs.migrated(old, texts, {key: own[key].native for key in alone}, engine, apply)
    for key, linked in made.items():
        own[key].become(linked)


def _outcome(file: Candidate, left_files: dict[Path, bool]) -> Outcome:
    if left_files.get(file.key):
        text, symbols = file.marked
    elif file.key in left_files or file.native == file.document.text:
        text, symbols = file.document.text, file.symbols
    else:
        # It would have been refused if it used anything of TensorFlow 1.
        text, symbols = file.native, ()
    status = LEFT if file.key in left_files else NATIVE if text != file.document.text else UNTOUCHED
    faster = tuple(hints.of(text)) if status == NATIVE else ()
    return Outcome(file.path, status, file.document, text, file.refusals, symbols, hints=faster)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Lets the trees of all files stay until the end: to look through them for garbage again and again takes long."""
    was_enabled = gc.isenabled()
    gc.disable()
    yield
    if was_enabled:
        gc.enable()


def migrate_all(
    paths: Sequence[Path], engine: Engine, done: Callable[[Path], object] = lambda path: None, apply: Map = map
) -> list[Outcome]:
    """Returns what becomes of the files of a project; nothing is written, and nothing of them is executed.

    Args:
        paths: the scripts and notebooks.
        engine: returns a source for TensorFlow 2 in place of one for TensorFlow 1, or raises ``Refused``.
        done: is told of each file when the engine is done with it.
        apply: applies a function to each path.
    """
    found: list[Candidate | Outcome] = []
    with warnings.catch_warnings(), _without_collection():
        # What Python thinks of old files, such as of the escape "\d", is no matter here.
        warnings.simplefilter("ignore")
        for path, file in zip(paths, apply(partial(_migrated, engine=engine), paths), strict=True):
            done(path)
            found.append(file)
        _link([file for file in found if isinstance(file, Candidate)], engine, apply)
        left_files = _Project(file for file in found if isinstance(file, Candidate)).left()
        return [_outcome(file, left_files) if isinstance(file, Candidate) else file for file in found]
