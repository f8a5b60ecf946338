"""Which files make a program, and what becomes of them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from tf1graphs.migrate import native
from tf1graphs.migrate.linking.joined import Joined
from tf1graphs.migrate.linking.merged import NotMerged, Version, merged
from tf1graphs.migrate.linking.parted import parted
from tf1graphs.migrate.linking.parts import NotLinked, Part, Program
from tf1graphs.migrate.processes import Map
from tf1graphs.migrate.refusals import Refusal, Refused, failed

Imports = Mapping[Path, Mapping[Path, int]]
# What becomes of a file: its new text, or what keeps it in TensorFlow 1, by the lines of its own text.
Linked = str | tuple[Refusal, ...]


def find(imports: Imports, users: Iterable[Path], runnable: Iterable[Path]) -> list[tuple[Path, ...]]:
    """Returns the files of each program that has several with TensorFlow in them, those first that others import.

    Args:
        imports: file -> the files that it imports.
        users: the files that use TensorFlow.
        runnable: the files that do something when they are run themselves.
    """
    imported = {other for file in imports for other in imports[file]} - set(runnable)
    programs = [tuple(_reading(root, imports, set(users))) for root in imports if root not in imported]
    return [files for files in programs if len(files) > 1]


def _reading(root: Path, imports: Imports, users: set[Path]) -> Iterator[Path]:
    """Yields the files that use TensorFlow, or import one that does, in the order in which Python runs them."""
    found: dict[Path, bool] = {}

    def visit(file: Path) -> Iterator[Path]:
        found[file] = file in users
        for other in imports.get(file, {}):
            if other not in found:
                yield from visit(other)
            found[file] |= found[other]
        if found[file]:
            yield file

    yield from visit(root)


def migrated(
    programs: Sequence[tuple[Path, ...]],
    texts: Mapping[Path, str],
    alone: Mapping[Path, str],
    engine: Callable[[str], str],
    apply: Map,
) -> dict[Path, Linked]:
    """Returns what becomes of the files of programs.

    Args:
        programs: the files of each, those first that others import.
        texts: the text of each file.
        alone: what becomes of those that are run by themselves, too.
        engine: returns a source for TensorFlow 2 in place of one for TensorFlow 1, or raises ``Refused``.
        apply: applies a function to each program.
    """
    versions = defaultdict[Path, list[Version]](list, {path: [Version(text)] for path, text in alone.items()})
    refusals = defaultdict[Path, set[Refusal]](set)
    given = [{path: texts[path] for path in files} for files in programs]
    for found in apply(partial(_migrated, engine=engine), given):
        for path, each in found.items():
            if isinstance(each, Version):
                versions[path].append(each)
            else:
                refusals[path] |= set(each)
    refused = {path: tuple(sorted(each)) for path, each in refusals.items()}
    return {path: _merged(texts[path], each) for path, each in versions.items()} | refused


def _merged(old: str, versions: list[Version]) -> Linked:
    try:
        return merged(old, versions)
    except NotMerged as error:
        reason = "the programs that import it need it in different ways"
        return (Refusal(1, str(error), reason, "give each program a file of its own"),)


def _migrated(files: Mapping[Path, str], engine: Callable[[str], str]) -> dict[Path, Version | tuple[Refusal, ...]]:
    """Returns what becomes of the files of a program, by the text of each, those first that others import."""
    try:
        joined = join(files)
        program = joined.program
        unreached = program.unreached()
        return {
            path: Version(text, frozenset(place.name for place in unreached if place.path == path))
            for path, text in parted(joined, engine(joined.text)).items()
        }
    except NotLinked as error:
        remedy = "import it at the head of the file"
        return {error.path: (Refusal(error.line, "import of a file", error.reason, remedy),)}
    except Refused as refused:
        return dict(_by_file(joined, refused))
    except Exception as error:
        return {list(files)[-1]: tuple(failed(error).refusals)}


def join(files: Mapping[Path, str]) -> Joined:
    """Returns one text for the files of a program, by the text of each, those first that others import.

    Raises:
        NotLinked: they cannot be read as one.
    """
    return Joined(Program([Part(path, native.prepared(text), files) for path, text in files.items()]))


def _by_file(joined: Joined, refused: Refused) -> dict[Path, tuple[Refusal, ...]]:
    found: dict[Path, tuple[Refusal, ...]] = {}
    for each in refused.refusals:
        path, line = joined.origin(each.line)
        construct, reason = (joined.plain(text) for text in (each.construct, each.reason))
        found[path] = (*found.get(path, ()), Refusal(line, construct, reason, each.remedy))
    return found
