"""A file that may be migrated: what it uses and imports, and what the engine makes of it."""

from __future__ import annotations

import ast
import os
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from tf1graphs.migrate import files, left, neighbours, scan, trees
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.linking.programs import Linked
from tf1graphs.migrate.refusals import Refusal, Refused, failed
from tf1graphs.run.errors import BadInput

Engine = Callable[[str], str]

_MENTIONS = (b"tensorflow", b"tf1graphs", b"keras")
# A file that uses one of these, and nothing that TensorFlow 2 has not, has been migrated.
_OF_2 = {
    "tensorflow.function",
    "tensorflow.GradientTape",
    "tensorflow.Module",
    "tensorflow.random.set_seed",
    "tensorflow.summary.create_file_writer",
}


def _parse(document: files.Document) -> ast.Module:
    try:
        return trees.parse(document.text)
    except SyntaxError as error:
        place = document.place(error.lineno or 1)
        raise BadInput(f"{place}: {error.msg}; if this is Python 2, convert it with 2to3 first") from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise BadInput(f"{document.path}: not a Python file: {str(error) or 'it nests too deeply'}") from None


class Candidate:
    """A file that may be migrated.

    Attributes:
        path: the file, as it was given.
        key: its absolute path.
        document: the file as it is.
        uses: what it uses of TensorFlow, Keras and tf1graphs.
        native: its text for TensorFlow 2.
        refusals: what keeps it in TensorFlow 1.
    """

    def __init__(self, path: Path) -> None:
        """Reads a file, and parses it if it may use TensorFlow.

        Raises:
            BadInput: it is no Python 3.
        """
        self.path = path
        self.key = Path(os.path.abspath(path))
        self.document = files.read(path)
        self.native = self.document.text
        self.refusals: tuple[Refusal, ...] = ()
        may_use = any(name in self.document.data for name in _MENTIONS)
        self.uses = scan.uses(_parse(self.document)) if may_use else ()

    @cached_property
    def imports(self) -> dict[Path, int]:
        """The files on disk that it imports, with the line of the import."""
        return neighbours.imported(self.key, self.document.text)

    @cached_property
    def is_runnable(self) -> bool:
        """Whether it does something if it is run, and not imported."""
        return any(isinstance(node, ast.If) and syntax.is_main(node) for node in trees.parse(self.document.text).body)

    @property
    def uses_tensorflow(self) -> bool:
        """Whether it imports TensorFlow, or ``tf1graphs.v1`` in its place."""
        return any(scan.is_below(use.path, "tensorflow", "tf1graphs.v1") for use in self.uses)

    @cached_property
    def symbols(self) -> tuple[scan.Use, ...]:
        """What it uses that TensorFlow 2 has not."""
        return tuple(use for use in self.uses if not scan.is_in_tensorflow_2(use.path))

    @property
    def is_of_1(self) -> bool:
        """Whether it uses what TensorFlow 2 has not."""
        return bool(self.symbols)

    @property
    def is_of_2(self) -> bool:
        """Whether it is for TensorFlow 2 alone."""
        return not self.is_of_1 and any(use.path in _OF_2 for use in self.uses)

    @property
    def is_neutral(self) -> bool:
        """Whether it means the same in both: nothing of it changes, and it uses no Keras, which is another one."""
        has_keras = any("keras" in use.path.split(".")[:2] for use in self.uses)
        return not (self.refusals or self.is_of_1 or has_keras) and self.native == self.document.text

    @cached_property
    def marked(self) -> tuple[str, tuple[scan.Use, ...]]:
        """Its text for TensorFlow 1, with comments that say what keeps it there, and what that uses of it."""
        text = left.left(self.document.text, self.refusals)
        return text, tuple(scan.left(trees.parse(text)))

    def migrate(self, engine: Engine) -> None:
        """Sets the text for TensorFlow 2, or the refusals."""
        if self.is_of_2 or not self.uses_tensorflow:
            return
        try:
            self.native = self._migrated(engine)
        except Refused as refused:
            self.refusals = tuple(refused.refusals)

    def become(self, linked: Linked) -> None:
        """Sets the text for TensorFlow 2, or the refusals, to what becomes of it in programs of several files."""
        try:
            self.native = self._checked(linked) if isinstance(linked, str) else self.document.text
            self.refusals = () if isinstance(linked, str) else linked
        except Refused as refused:
            self.refusals = tuple(refused.refusals)
        self.__dict__.pop("marked", None)

    def prepare(self) -> None:
        """Finds out what will be asked of it, while its syntax tree is at hand."""
        if self.uses:
            _ = self.imports, self.is_runnable
        if self.refusals and self.is_of_1:
            _ = self.marked

    def _migrated(self, engine: Engine) -> str:
        """Returns what the engine makes of the text, if it uses nothing of TensorFlow 1.

        Raises:
            Refused: it does, or cannot be migrated.
        """
        try:
            return self._checked(engine(self.document.text))
        except Refused:
            raise
        except Exception as error:
            raise failed(error) from error

    def _checked(self, text: str) -> str:
        """Returns what the engine made of it.

        Raises:
            Refused: that uses something of TensorFlow 1.
        """
        text = left.unmarked(text)
        text = self.document.text if trees.is_same(text, self.document.text) else text
        self.document.rewritten(text)
        symbols = {use.path: use.symbol for use in scan.left(trees.parse(text))}
        lines = {use.path: use.line for use in reversed(self.uses)}
        reason, remedy = "TensorFlow 2 has no such name", "write this part by hand"
        if symbols:
            raise Refused([Refusal(lines.get(path, 1), symbols[path], reason, remedy) for path in symbols])
        return text
