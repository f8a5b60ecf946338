"""The code of a notebook, cell by cell, without the commands that only a notebook server understands."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import types

from tf1graphs.run.errors import BadInput

_MAGIC = re.compile(r"^(\s*)([%!?].*|[\w.]+\?{1,2}\s*)$")
_CELL_MAGIC = re.compile(r"^%%(\w+)[^\n]*\n?")
_RUNS_PYTHON = {"time", "timeit", "capture", "prun"}


def _comment(magic: re.Match[str]) -> str:
    # Inside a block a statement has to stay; at the top "from __future__" may follow.
    return f"{magic[1]}pass  # {magic[2]}" if magic[1] else f"# {magic[2]}"


def _is_unfinished(lines: list[str]) -> bool:
    """Whether a statement, a bracket or a string is still open at the end of some lines."""
    try:
        list(tokenize.generate_tokens(io.StringIO("\n".join(lines)).readline))
    except tokenize.TokenError:
        return True
    except SyntaxError:
        return False
    return False


def _without_magic(source: str) -> str:
    """Turns lines of magic into comments; a cell that is in another language becomes empty."""
    cell_magic = _CELL_MAGIC.match(source)
    if cell_magic and cell_magic[1] not in _RUNS_PYTHON:
        return ""
    lines: list[str] = []
    for number, line in enumerate(source.split("\n")):
        if number == 0 and cell_magic:
            line = ""
        elif _MAGIC.match(line) and not _is_unfinished(lines):
            line = _MAGIC.sub(_comment, line)
        lines.append(line)
    return "\n".join(lines)


def cells(data: bytes, path: str) -> list[str]:
    """Returns the Python source of each code cell of a notebook of any format version.

    Raises:
        BadInput: ``data`` is not a notebook.
    """
    import nbformat

    try:
        content = nbformat.reads(data.decode("utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    except (nbformat.reader.NotJSONError, nbformat.ValidationError, UnicodeDecodeError, KeyError) as error:
        raise BadInput(f"{path}: not a notebook: {str(error).splitlines()[0]}") from None
    return [_without_magic(cell.source) for cell in content.cells if cell.cell_type == "code"]


def shown(code: types.CodeType, source: str, filename: str) -> types.CodeType:
    """Returns the code of a cell with its last expression printed, as a notebook shows it; ``code`` if it has none."""
    tree = ast.parse(source, filename)
    if not tree.body or not isinstance(tree.body[-1], ast.Expr) or source.rstrip().endswith(";"):
        return code
    last = tree.body[-1]
    call = ast.Call(ast.Name("__show__", ast.Load()), [last.value], [])
    tree.body[-1] = ast.copy_location(ast.Expr(call), last)
    return compile(ast.fix_missing_locations(tree), filename, "exec", dont_inherit=True)


def show(value: object) -> None:
    """Prints the value of a cell's last expression, if it has one."""
    if value is not None:
        print(repr(value))
