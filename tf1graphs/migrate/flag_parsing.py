"""Where a file has to parse the command line: 1.15's flags do it when the first of them is read, absl's do not."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from tf1graphs.migrate import trees
from tf1graphs.migrate.calls import Definition, Refuse
from tf1graphs.migrate.rules.flags import MODULES, VALUES

# The statement to insert, and what it needs beside ``rules.flags.FLAGS``.
PARSE = "flags.FLAGS(sys.argv)"
SYS = Definition("sys", "import sys\n")

_DEFINE = tuple(f"{module}.DEFINE" for module in MODULES)
# What may be asked of 1.15's flags before they are parsed, beside what begins with a _.
_METHODS = frozenset(
    [
        "append_flag_values",
        "append_flags_into_file",
        "find_module_defining_flag",
        "find_module_id_defining_flag",
        "flag_values_dict",
        "flags_by_module_dict",
        "flags_by_module_id_dict",
        "flags_into_string",
        "get_flag_value",
        "get_help",
        "get_key_flags_for_module",
        "is_gnu_getopt",
        "is_parsed",
        "key_flags_by_module_dict",
        "main_module_help",
        "mark_as_parsed",
        "module_help",
        "read_flags_from_files",
        "remove_flag_values",
        "set_default",
        "set_gnu_getopt",
        "unparse_flags",
        "validate_all_flags",
        "write_help_in_xml_format",
    ]
)

NameOf = Callable[[ast.AST], "str | None"]
_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def parse_before(tree: ast.Module, name_of: NameOf) -> ast.stmt | Refuse | None:
    """Returns the statement before which ``PARSE`` belongs, or None if the file needs none.

    It is the first one outside of functions that may read a flag. Other files' functions are not looked into: absl
    refuses to give them a flag that is not parsed.

    Args:
        tree: the old file.
        name_of: gives the symbol of 1.15 that an expression is, such as ``tf.app.flags.FLAGS``, or None.
    """
    file = _File(tree, name_of)
    for statement in _executed(tree.body):
        if file.may(statement, file.parses):
            return None
        is_run = file.may(statement, file.runs)
        if file.may(statement, file.reads, follows=not is_run):
            if file.may(statement, file.defines):
                return Refuse("one statement defines flags and reads them", "define the flags at the top of the file")
            return statement
        if is_run:
            return None
    return None


def _executed(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yields the statements of a file, with those under ``if __name__ == "__main__"``."""
    for statement in body:
        if isinstance(statement, ast.If) and "__name__" in ast.unparse(statement.test):
            yield from _executed(statement.body)
        elif not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            yield statement


class _File:
    """Says what the statements of a file do with flags."""

    def __init__(self, tree: ast.Module, name_of: NameOf) -> None:
        self._name_of = name_of
        self._functions: dict[str, list[ast.AST]] = {}
        for node in trees.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                self._functions.setdefault(node.name, []).append(node)
            elif isinstance(node, ast.ClassDef):
                self._functions.setdefault(node.name, []).extend(node.body)

    def reads(self, node: ast.AST) -> bool:
        """Says whether an expression is the value of a flag, or gives all flags to a function."""
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            is_flag = node.attr not in _METHODS and not node.attr.startswith("_")
            return is_flag and self._name_of(node.value) in VALUES
        if isinstance(node, ast.Call) and not (self._name_of(node.func) or "").startswith(MODULES):
            return any(self._name_of(each) in VALUES for each in node.args)
        return False

    def defines(self, node: ast.AST) -> bool:
        """Says whether an expression defines a flag."""
        return isinstance(node, ast.Call) and (self._name_of(node.func) or "").startswith(_DEFINE)

    def parses(self, node: ast.AST) -> bool:
        """Says whether an expression parses the command line, by calling the flags, as absl would have it."""
        if not isinstance(node, ast.Call):
            return False
        values = node.func
        if isinstance(values, ast.Attribute) and values.attr == "_parse_flags":
            # Before 1.5 the flags had a method for it.
            values = values.value
        return self._name_of(values) in VALUES

    def runs(self, node: ast.AST) -> bool:
        """Says whether an expression is a call of ``tf.app.run``, which parses them."""
        return isinstance(node, ast.Call) and self._name_of(node.func) == "tf.app.run"

    def may(self, statement: ast.stmt, does: Callable[[ast.AST], bool], follows: bool = True) -> bool:
        """Says whether something is done by a statement, or by the file's functions that it names, if followed."""
        left = [*_now(statement)]
        seen: set[str] = set()
        while left:
            node = left.pop()
            if does(node):
                return True
            for name in self._named(node) - seen if follows else ():
                seen.add(name)
                left += [child for function in self._functions[name] for child in trees.walk(function)]
        return False

    def _named(self, node: ast.AST) -> set[str]:
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else None
        return {name} if name in self._functions and self._name_of(node) is None else set()


def _now(node: ast.AST) -> Iterator[ast.AST]:
    """Yields what is computed when a statement is executed: not the bodies of functions that it defines."""
    yield node
    for child in trees.children(node):
        if not isinstance(child, _Function):
            yield from _now(child)
