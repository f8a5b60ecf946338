"""A program to run: a script, a module or a notebook, compiled but not yet executed."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import linecache
import os
import sys
import types
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from tf1graphs.run import notebook
from tf1graphs.run.errors import BadInput

Convert = Callable[[str, str], str]


@dataclass(frozen=True)
class Program:
    """What ``python`` would run as ``__main__``.

    Attributes:
        file: the path that ``__file__`` and ``sys.argv[0]`` get.
        search: the first entry of ``sys.path``.
        codes: the compiled code, one for a script, one for each cell of a notebook.
        spec: the module's spec for ``-m``, else None.
    """

    file: str
    search: str
    codes: tuple[types.CodeType, ...]
    spec: importlib.machinery.ModuleSpec | None = None

    @property
    def files(self) -> frozenset[str]:
        """The file names that the program's own lines have in tracebacks."""
        return frozenset(code.co_filename for code in self.codes)


def _compile(source: str | bytes, filename: str) -> types.CodeType:
    try:
        return compile(source, filename, "exec", dont_inherit=True)
    except SyntaxError as error:
        line = (error.text or "").strip()
        python2 = "; if this is Python 2, run it with --py2" if "--py2" not in sys.argv else ""
        raise BadInput(f"{error.filename}:{error.lineno}: {error.msg}: {line}{python2}") from None
    except ValueError as error:
        raise BadInput(f"{filename}: not a Python file: {error}") from None


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}") from None


def from_file(path: str, convert: Convert | None = None) -> Program:
    """Reads a script, through ``convert`` (text and path to text) where it is given.

    Raises:
        BadInput: the file cannot be read or is not Python.
    """
    if os.path.isdir(path):
        path = os.path.join(path, "__main__.py")
    if path.endswith(".ipynb"):
        return _from_notebook(path, convert)
    source: str | bytes = _read(path)
    if convert:
        source = convert(importlib.util.decode_source(_read(path)), path)
    return Program(path, os.path.dirname(os.path.abspath(path)), (_compile(source, path),))


def _from_notebook(path: str, convert: Convert | None) -> Program:
    codes = []
    for number, source in enumerate(notebook.cells(_read(path), path), start=1):
        filename = f"{path}, cell {number}"
        text = convert(source, filename) if convert else source
        linecache.cache[filename] = (len(text), None, text.splitlines(keepends=True), filename)
        codes.append(notebook.shown(_compile(text, filename), text, filename))
    return Program(path, os.path.dirname(os.path.abspath(path)), tuple(codes))


def from_module(name: str, convert: Convert | None = None) -> Program:
    """Reads what ``python -m name`` would run, from the working directory on; the packages above it are not executed.

    Raises:
        BadInput: there is no such module, or it is not Python.
    """
    place = name.replace(".", os.sep)
    for root in (os.getcwd(), *sys.path):
        for module, file in ((f"{name}.__main__", f"{place}{os.sep}__main__.py"), (name, f"{place}.py")):
            path = os.path.join(root, file)
            if os.path.isfile(path):
                spec = importlib.util.spec_from_file_location(module, path)
                return replace(from_file(path, convert), search=os.getcwd(), spec=spec)
    raise BadInput(f"no module named {name} below {os.getcwd()}")
