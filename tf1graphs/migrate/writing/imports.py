"""What becomes of a file's imports from TensorFlow."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import imports, syntax

# What TensorFlow 2 has under the same path, and what is meant by it there.
_SAME = ("tensorflow.keras",)


def _aliases(node: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    """Yields the path of what an import brings, and its local name."""
    for alias in node.names:
        if isinstance(node, ast.Import):
            yield alias.name, alias.asname or alias.name.partition(".")[0]
        else:
            yield f"{node.module}.{alias.name}", alias.asname or alias.name


def _stays(path: str) -> bool:
    return path == "tensorflow" or any(path == same or path.startswith(same + ".") for same in _SAME)


def is_from_tensorflow(node: ast.stmt) -> bool:
    """Says whether a statement imports a part of TensorFlow."""
    if isinstance(node, ast.ImportFrom) and node.level:
        return False
    return isinstance(node, (ast.Import, ast.ImportFrom)) and any(imports.symbol(path) for path, _ in _aliases(node))


def kept(nodes: Iterable[ast.AST]) -> set[str]:
    """Returns the names that imports bring which stay in a migrated file."""
    return {
        name
        for node in nodes
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for path, name in _aliases(node)
        if imports.symbol(path) is None or _stays(path)
    }


def brought(nodes: Iterable[ast.AST]) -> set[str]:
    """Returns the names that imports from TensorFlow bring."""
    return {
        name
        for node in nodes
        if isinstance(node, (ast.Import, ast.ImportFrom)) and is_from_tensorflow(node)
        for path, name in _aliases(node)
        if imports.symbol(path)
    }


def text(node: ast.Import | ast.ImportFrom) -> str | None:
    """Returns the import of a migrated file, or None if nothing of it is needed."""
    staying = [alias for alias, (path, _) in zip(node.names, _aliases(node), strict=True) if _stays_or_is_root(path)]
    if not staying:
        return None
    if isinstance(node, ast.ImportFrom):
        root = imports.symbol(f"{node.module}.{staying[0].name}") == "tf"
        return f"import tensorflow as {staying[0].asname or staying[0].name}" if root else ast.unparse(node)
    names = [
        ast.alias("tensorflow" if imports.symbol(alias.name) == "tf" else alias.name, alias.asname) for alias in staying
    ]
    return ast.unparse(ast.Import(names))


def _stays_or_is_root(path: str) -> bool:
    return imports.symbol(path) in (None, "tf") or _stays(path)


def of(text: str) -> list[ast.Import | ast.ImportFrom]:
    """Returns the imports at the top level of a file."""
    return [node for node in trees.parse(text).body if isinstance(node, (ast.Import, ast.ImportFrom))]


def parted(source: str) -> tuple[list[str], str]:
    """Returns the imports at the head of a definition, and the rest of it."""
    lines = source.strip().split("\n")
    rest = (number for number, line in enumerate(lines) if line and not line.startswith(("import ", "from ")))
    first = next(rest, len(lines))
    return [line for line in lines[:first] if line], "\n".join(lines[first:])


def with_imports(text: str, wanted: Sequence[str]) -> str:
    """Returns a file with imports that it lacks, before its own."""
    own = of(text)
    had = {ast.unparse(node) for node in own}
    lacking = [line for line in dict.fromkeys(wanted) if line not in had]
    # Python's own modules come first.
    lacking.sort(key=lambda line: line if line.startswith("from absl") else "")
    kept = [node.lineno for node in own if getattr(node, "module", "") != "__future__"]
    # Before all else, unless that is the docstring.
    first = min([*kept[:1], *(node.lineno for node in trees.parse(text).body if not _is_head(node))], default=1)
    lines = text.split("\n")
    return "\n".join([*lines[: first - 1], *lacking, *lines[first - 1 :]])


def without_idle(text: str, old: ast.Module) -> str:
    """Returns a file without the imports of TensorFlow by names that only the old file read."""
    had = {ast.unparse(node) for node in old.body}
    read = syntax.read(trees.parse(text))
    idle = {
        node.lineno
        for node in of(text)
        if ast.unparse(node) not in had
        and all(alias.name == "tensorflow" and alias.asname not in (None, *read) for alias in node.names)
    }
    return "\n".join(line for number, line in enumerate(text.split("\n"), 1) if number not in idle)


def _is_head(node: ast.stmt) -> bool:
    """Says whether a statement must stay at the head of a file: its docstring, or what it takes from the future."""
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_text or (isinstance(node, ast.ImportFrom) and node.module == "__future__")


def place(text: str, names: set[str]) -> tuple[set[int], int]:
    """Returns where definitions belong that a file reads: behind its imports, but before what reads one of them.

    Args:
        text: the file.
        names: the names that they define.

    Returns:
        The lines of the imports that stand later and that they need, and the line behind which they go.
    """
    own = of(text)
    kinds = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
    body = [node for node in trees.parse(text).body if not isinstance(node, kinds)]
    first = next((node.lineno for node in body if syntax.read(node) & names), None)
    last = max((node.end_lineno or 0 for node in own), default=0)
    if first is None or last < first:
        return set(), last
    known = {ast.unparse(node) for node in own if node.lineno < first}
    late = {
        node.lineno
        for node in own
        if node.lineno > first and is_from_tensorflow(node) and ast.unparse(node) not in known
    }
    return late, first - 1
