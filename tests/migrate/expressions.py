"""Migrates an expression by the tables and rules alone, as the engine does with a program."""

from __future__ import annotations

import ast
import re
from typing import Any

from tf1graphs.migrate import renames, rules
from tf1graphs.migrate.calls import Argument, Call, Definition, Outcome, Refuse, Replace, Split

# What hangs on a placeholder in these tests.
LATER = frozenset({"x", "y", "images"})


class Refused(Exception):
    """An expression cannot be migrated."""


def outcome(source: str) -> Outcome:
    """Returns what a call becomes; its arguments are taken as they are."""
    node = ast.parse(source, mode="eval").body
    assert isinstance(node, ast.Call)
    found = _outcome(node, source)
    # What is created once is computed here where it stands.
    is_object = isinstance(found, Split) and found.use == "{object}"
    return Replace(found.create, found.needs) if is_object else found


def _outcome(node: ast.Call, source: str) -> Outcome:
    written = ast.unparse(node.func)
    name = renames.current(written)
    rule, rename, refusal = rules.all_rules().get(name), renames.find(name), renames.refusal(name)
    form = rule or (rename and rename.form)
    if form:
        given = dict(zip(form.parameters, node.args))
        given |= {each.arg: each.value for each in node.keywords if each.arg}
        ordered = {each: _argument(given[each], source) for each in form.parameters if each in given}
        assert len(ordered) == len(node.args) + len(node.keywords), f"{source}: not in the signature of {name}"
        return form.apply(Call(name, ordered, node))
    if rename:
        return Replace(f"{rename.name}{(ast.get_source_segment(source, node) or '')[len(written) :]}")
    return refusal or Refuse("nothing is known about it", "")


def _argument(node: ast.expr, source: str) -> Argument:
    text = ast.get_source_segment(source, node) or ""
    try:
        return Argument(text, ast.literal_eval(node))
    except ValueError:
        names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
        return Argument(text, is_later=not LATER.isdisjoint(names))


def migrated(source: str) -> tuple[str, tuple[Definition, ...]]:
    """Returns an expression with all its calls migrated, the inner ones first, and the definitions it needs."""
    migration = _Migration()
    tree = migration.visit(ast.parse(source, mode="eval").body)
    return ast.unparse(tree), tuple(migration.needs)


def _path(node: ast.expr) -> str:
    """Returns a dotted name, or nothing if an expression is another."""
    return ast.unparse(node) if re.fullmatch(r"[\w.]+", ast.unparse(node)) else ""


class _Migration(ast.NodeTransformer):
    def __init__(self) -> None:
        self.needs: list[Definition] = []

    def visit_Call(self, node: ast.Call) -> ast.AST:
        path = _path(node.func)
        function = node.func if path.startswith("tf.") else self.visit(node.func)
        arguments = [self.visit(each) for each in node.args]
        keywords = [ast.keyword(each.arg, self.visit(each.value)) for each in node.keywords]
        node = ast.Call(function, arguments, keywords)
        if not path.startswith("tf."):
            return node
        source = ast.unparse(node)
        found = outcome(source)
        if not isinstance(found, Replace):
            raise Refused(f"{source}: {found}")
        self.needs += [each for each in found.needs if each not in self.needs]
        return ast.parse(found.text, mode="eval").body

    def visit_Attribute(self, node: ast.Attribute) -> Any:
        path = _path(node)
        if not path.startswith("tf."):
            return self.generic_visit(node)
        rename = renames.find(path)
        if rename is None or rename.name is None:
            raise Refused(f"{path}: {renames.refusal(path)}")
        return ast.parse(rename.name, mode="eval").body
