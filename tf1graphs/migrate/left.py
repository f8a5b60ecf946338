"""Leaves a file in TensorFlow 1: it runs on ``tf1graphs``, and comments say what keeps it from being migrated.

Its imports say ``tf1graphs.v1`` in place of ``tensorflow``. Where it imports what only stood inside TensorFlow 1.15, or
uses a name of 0.x, they stay, and ``tf1graphs.install()`` before them supplies what they ask for.
"""

from __future__ import annotations

import ast
import importlib.util
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from tf1graphs.migrate import names, scan, trees
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.source import Edit, Source
from tf1graphs.run import old_names

_MARK = "# tf1graphs: "
_API = "tf1graphs.v1"
# Module, with everything below it -> the module that supplies it; the first row counts.
_HOMES = {"tensorflow.compat.v1": _API, "tensorflow": _API, "keras": f"{_API}.keras"}
_INTERNAL = re.compile(r"tensorflow\.(python|core|compiler|models|tools)\b|tensorflow\.contrib\..*\bpython\b")
_FROM = re.compile(r"from((?:\s|\\)+)(.+?)((?:\s|\\)+import\b)", re.DOTALL)
_INSTALL = "import tf1graphs\n\ntf1graphs.install()\n\n"
_INSTALL_INLINE = "import tf1graphs; tf1graphs.install(); "


def _home(module: str) -> str | None:
    """Returns the module that supplies one of TensorFlow 1 or Keras; None for any other."""
    for old, new in _HOMES.items():
        if scan.is_below(module, old):
            return new + module[len(old) :]
    return None


@cache
def _folder(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else Path("not", "installed")


def _exists(home: str) -> bool:
    """Whether ``tf1graphs.v1`` has a module, by the files that it is made of: importing it would import TensorFlow."""
    parts = home.split(".")[2:]
    if parts[:1] == ["keras"]:
        return _folder("tf_keras").joinpath("api", "_v1", *parts, "__init__.py").exists()
    own = _folder("tf1graphs").joinpath("v1", *parts)
    generated = _folder("tensorflow").joinpath("_api", "v2", "compat", "v1", *parts, "__init__.py")
    return own.is_dir() or own.with_suffix(".py").exists() or generated.exists()


def _is_old(path: str) -> bool:
    """Whether a name, or the module it is in, is one of TensorFlow 0.x, which ``tf1graphs.install()`` supplies."""
    parts = path.split(".")[1:]
    heads = [".".join(parts[:count]) for count in range(1, len(parts) + 1)]
    return any(head in old_names.RENAMED or head in old_names.REPLACED for head in heads)


def _imported_modules(tree: ast.Module) -> Iterator[str]:
    for node in names.statements(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def _needs_install(tree: ast.Module) -> bool:
    homes = filter(None, map(_home, _imported_modules(tree)))
    used = [use.path for use in scan.uses(tree)]
    return not all(map(_exists, homes)) or any(_INTERNAL.match(path) or _is_old(path) for path in used)


def _renamed(source: Source, node: ast.stmt) -> Iterator[Edit]:
    """Yields the changes of an import."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            home = _home(alias.name if alias.asname else alias.name.partition(".")[0])
            if home:
                local = alias.asname or alias.name.partition(".")[0]
                yield Edit(source.start(alias), source.end(alias), f"{home} as {local}")
    elif isinstance(node, ast.ImportFrom) and not node.level:
        home = _home(node.module or "")
        found = _FROM.match(source.segment(node))
        if home and found:
            yield Edit(source.start(node) + found.start(2), source.start(node) + found.end(2), home)


def _is_future(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.ImportFrom) and statement.module == "__future__"


def _begins_line(source: Source, statement: ast.stmt) -> bool:
    """Whether a line of its own can stand before a statement."""
    line = source.first_line(statement)
    blanks = source.text[source.line_start(line) : source.start(statement)]
    continues = line > 1 and source.lines(line - 1, line - 1).endswith("\\")
    return not continues and (not blanks.strip() or line < statement.lineno)


def _mark(refusal: Refusal) -> str:
    text = " ".join(f"{refusal.construct}: {refusal.reason}; {refusal.remedy}".split())
    # In the first two lines of a file "coding: ..." in a comment names its encoding.
    return _MARK + re.sub(r"(?<=coding)(?=[:=])", " ", text)


def _marks(source: Source, refusals: Iterable[Refusal]) -> dict[int, str]:
    """Returns line -> the comments before it, each refusal's before the innermost statement that begins a line."""
    statements = [node for node in names.statements(source.tree) if _begins_line(source, node)]
    statements.sort(key=source.first_line)
    comments: dict[int, str] = {}
    for refusal in sorted(set(refusals)):
        around = [each for each in statements if source.first_line(each) <= refusal.line <= (each.end_lineno or 0)]
        behind = [each for each in statements if source.first_line(each) > refusal.line]
        nearest = [*around[-1:], *behind[:1], *statements[-1:]]
        line = source.first_line(nearest[0]) if nearest else 1
        text = source.lines(line, line)
        comment = f"{text[: len(text) - len(text.lstrip())]}{_mark(refusal)}\n"
        if comment not in comments.get(line, ""):
            comments[line] = comments.get(line, "") + comment
    return comments


def _old_marks(source: Source) -> Iterator[Edit]:
    if _MARK not in source.text:
        return
    strings = [node for node in trees.walk(source.tree) if isinstance(node, (ast.Constant, ast.JoinedStr))]
    inside = {line for node in strings for line in range(node.lineno + 1, (node.end_lineno or 0) + 1)}
    for line in range(1, source.last_line + 1):
        if line not in inside and source.lines(line, line).lstrip().startswith(_MARK):
            yield Edit(source.line_start(line), min(source.line_end(line) + 1, len(source.text)), "")


def unmarked(text: str) -> str:
    """Returns a file's text without the comments of an earlier migration."""
    source = Source(text)
    return source.edited(0, len(text), _old_marks(source))


def _first_statement(source: Source) -> ast.stmt:
    """Returns the first statement that something may stand before."""
    has_docstring = ast.get_docstring(source.tree, clean=False) is not None
    return next(each for each in source.tree.body[has_docstring:] if not _is_future(each))


def left(text: str, refusals: Iterable[Refusal]) -> str:
    """Returns the text of a file that stays in TensorFlow 1, with comments at the refused lines.

    Args:
        text: the old text, which is Python 3.
        refusals: what cannot be migrated.
    """
    source = Source(text)
    edits, before = list(_old_marks(source)), _marks(source, refusals)
    if not _needs_install(source.tree):
        edits += [edit for node in names.statements(source.tree) for edit in _renamed(source, node)]
    elif not any(use.path == "tf1graphs.install" for use in scan.uses(source.tree)):
        first = _first_statement(source)
        line = source.first_line(first)
        if _begins_line(source, first) and not source.lines(line, line)[0].isspace():
            before[line] = _INSTALL + before.get(line, "")
        else:
            edits.append(Edit(source.start(first), source.start(first), _INSTALL_INLINE))
    edits += [Edit(source.line_start(line), source.line_start(line), inserted) for line, inserted in before.items()]
    return source.edited(0, len(text), edits)
