"""Writes what becomes of flags beside their names: where they are parsed, and what was private to the old ones."""

from __future__ import annotations

import ast
from functools import cached_property

from tf1graphs.migrate import flag_parsing, renames, trees
from tf1graphs.migrate.calls import Definition, Refuse
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.flags import has_values
from tf1graphs.migrate.facts.values import Symbol
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.rules.flags import APP, FLAGS, NAMES
from tf1graphs.migrate.writing.texts import Texts

# What a migrated file reads of the modules that it imports for flags.
_READ = {FLAGS.name: {name.removeprefix("flags.") for name in NAMES.values()}, APP.name: {"run"}}


class Flags:
    """Writes the flags of one file."""

    def __init__(self, texts: Texts) -> None:
        self.facts = texts.facts
        self.texts = texts

    def expression(self, node: ast.expr) -> str | None:
        """Returns what takes the place of something private to the old flags; None for other expressions."""
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "_parse_flags":
            return self._parsed(node.func.value)
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == "__dict__":
            is_all = isinstance(node.slice, ast.Constant) and node.slice.value == "__flags"
            return self._all(node.value.value) if is_all else None
        if not isinstance(node, ast.Attribute) or not node.attr.startswith("_"):
            return None
        return self._all(node.value) if node.attr == "__flags" else self._private(node)

    def _parsed(self, values: ast.expr) -> str | None:
        if not has_values(self.facts.values.get(values)):
            return None
        self._need(flag_parsing.SYS)
        return f"{self.texts.text(values)}(sys.argv)"

    def _all(self, values: ast.expr) -> str | None:
        """Returns the dict of all flags."""
        text = self.texts.text(values)
        return f"{{name: {text}[name] for name in {text}}}" if has_values(self.facts.values.get(values)) else None

    def _private(self, node: ast.Attribute) -> str | None:
        if has_values(self.facts.values.get(node.value)):
            reason = "it is private to the flags of 1.15"
            self._refuse(node, ast.unparse(node), reason, "use a public method of absl's flags")
        return None

    # Parsing.

    @cached_property
    def _parsed_before(self) -> ast.stmt | Refuse | None:
        return flag_parsing.parse_before(self.facts.source.tree, self._symbol)

    def _symbol(self, node: ast.AST) -> str | None:
        value = self.facts.values.get(node)
        return renames.current(value.name) if isinstance(value, Symbol) else None

    def before(self, node: ast.stmt) -> list[str]:
        """Returns the statement that parses the command line, if that has to be done before another."""
        if isinstance(self._parsed_before, Refuse):
            self._refuse(node, "tf.flags", self._parsed_before.reason, self._parsed_before.remedy)
        if self._parsed_before is not node:
            return []
        self._need(FLAGS)
        self._need(flag_parsing.SYS)
        return [flag_parsing.PARSE]

    # Names.

    def check(self, text: str) -> None:
        """Refuses a migrated text in which the name of a module that it needs stands for something else."""
        tree = ast.parse(text)
        for name in _READ.keys() & self.texts.needs:
            scopes = [node for node in trees.walk(tree) if isinstance(node, (ast.FunctionDef, ast.Lambda))]
            shadowing = [scope for scope in scopes if _binds(scope, name) and _reads(scope, name)]
            if shadowing or _binds(tree, name):
                line = next(node.lineno for node in trees.walk(self.facts.source.tree) if _is_bound(node, name))  # type: ignore[attr-defined]
                reason = f"absl's {name} has this name in the new program"
                self.facts.refusals.add(Refusal(line, name, reason, "give yours another name"))

    def _need(self, definition: Definition) -> None:
        self.texts.needs[definition.name] = definition

    def _refuse(self, node: ast.AST, construct: str, reason: str, remedy: str) -> None:
        self.facts.refusals.add(Refusal(node.lineno, construct, reason, remedy))  # type: ignore[attr-defined]


def _is_bound(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.Name):
        return node.id == name and isinstance(node.ctx, ast.Store)
    return (isinstance(node, ast.arg) and node.arg == name) or (isinstance(node, ast.FunctionDef) and node.name == name)


def _binds(scope: ast.Module | ast.FunctionDef | ast.Lambda, name: str) -> bool:
    """Says whether a module or function gives a name a value of its own."""
    body = scope.body if isinstance(scope.body, list) else [scope.body]
    inside = [] if isinstance(scope, ast.Module) else trees.walk(scope.args)
    return any(_is_bound(node, name) for node in [*syntax.walk(body), *inside])


def _reads(scope: ast.AST, name: str) -> bool:
    """Says whether the module of a name is read."""
    return any(
        isinstance(node, ast.Attribute) and ast.unparse(node.value) == name and node.attr in _READ[name]
        for node in trees.walk(scope)
    )
