"""Which files make a program, and what becomes of them together."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tf1graphs.migrate import native
from tf1graphs.migrate.linking.joined import Joined
from tf1graphs.migrate.linking.parted import parted
from tf1graphs.migrate.linking.parts import NotLinked, Part, Program
from tf1graphs.migrate.refusals import Refusal, Refused

Imports = Mapping[Path, Mapping[Path, int]]


@dataclass(frozen=True)
class Linked:
    """What becomes of the files of a program.

    Attributes:
        texts: the new text of each file; none if something was refused.
        refusals: what keeps each file in TensorFlow 1, by the lines of its own text.
    """

    texts: Mapping[Path, str]
    refusals: Mapping[Path, tuple[Refusal, ...]]


def find(imports: Imports, users: Iterable[Path]) -> list[tuple[Path, ...]]:
    """Returns the files of each program that has several with TensorFlow in them, those first that others import.

    Args:
        imports: file -> the files that it imports.
        users: the files that use TensorFlow.
    """
    wanted = set(users)
    imported = {other for file in imports for other in imports[file]}
    programs = [tuple(_reading(root, imports, wanted)) for root in imports if root not in imported]
    return [files for files in programs if len(files) > 1]


def _reading(root: Path, imports: Imports, wanted: set[Path]) -> Iterator[Path]:
    """Yields the files that use TensorFlow, or import one that does, in the order in which Python runs them."""
    done: dict[Path, bool] = {}

    def visit(file: Path) -> Iterator[Path]:
        done[file] = file in wanted
        for other in imports.get(file, {}):
            if other not in done:
                yield from visit(other)
            done[file] |= done[other]
        if done[file]:
            yield file

    yield from visit(root)


def migrated(files: Mapping[Path, str], engine: Callable[[str], str]) -> Linked:
    """Returns what becomes of a program.

    Args:
        files: the text of each file, those first that others import.
        engine: returns a source for TensorFlow 2 in place of one for TensorFlow 1, or raises ``Refused``.
    """
    try:
        parts = [Part(path, native.prepared(text), files) for path, text in files.items()]
        joined = Joined(Program(parts))
        return Linked(parted(joined, engine(joined.text)), {})
    except NotLinked as error:
        remedy = "import it at the head of the file, by its name"
        return Linked({}, {error.path: (Refusal(error.line, "import of a file", error.reason, remedy),)})
    except Refused as refused:
        return Linked({}, _by_file(joined, refused))


def _by_file(joined: Joined, refused: Refused) -> dict[Path, tuple[Refusal, ...]]:
    found: dict[Path, tuple[Refusal, ...]] = {}
    for each in refused.refusals:
        number = bisect_right(joined.lines, each.line - 1) - 1
        path = joined.program.parts[number].path
        own = Refusal(each.line - joined.lines[number], *(joined.plain(text) for text in (each.construct, each.reason)), each.remedy)
        found[path] = (*found.get(path, ()), own)
    return found
