"""Finds where the migrated program has the variables that a call made: the expressions of what a saver saves."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cached_property

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.items import Owner
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.savers import Saved, parts
from tf1graphs.migrate.facts.scopes import Scope
from tf1graphs.migrate.facts.values import Cell, Instance, Variable
from tf1graphs.migrate.writing.classes import Classes
from tf1graphs.migrate.writing.texts import Texts

_UNTRAINED = re.compile(r"\bmoving_")
_PART = re.compile(r"(\.layers\[\d+\])?\.\w+$")


def layer_of(variable: str) -> str:
    """Returns the expression of the layer that has a variable, which may be that of one of several inside."""
    return _PART.sub("", variable)


class Variables:
    """Gives the variables of one file, as a saver's statement can name them."""

    def __init__(self, facts: Facts, texts: Texts, classes: Classes) -> None:
        self.facts = facts
        self.texts = texts
        self.classes = classes

    @cached_property
    def _around(self) -> dict[ast.AST, ast.AST]:
        """Node -> the one around it."""
        return {child: node for node in self.facts.source.nodes for child in trees.children(node)}

    def made(self, name: str, node: ast.Call, saved: Saved) -> dict[str, str] | None:
        """Returns what a call made, expressions by the names in checkpoints; None if the saver cannot name it.

        Args:
            name: what 1.15 called the variable or layer.
            node: the call that made it.
            saved: what the saver saves.
        """
        holder = self._holder(name, node, saved)
        if holder is None:
            return None
        value = self.facts.values.get(node)
        if isinstance(value, Variable):
            attribute = self._object(name, node) if node in self.texts.created else self._attribute(node)
            text = self._held(value, holder) if attribute is None else f"{holder}{attribute}"
            is_saved = value.is_trainable or not saved.is_trainable
            return None if text is None else {name: text} if is_saved else {}
        if isinstance(value, Cell):
            return self._of_cell(name, node, holder, saved)
        if node not in self.texts.created:
            return None
        layer, split = self._object(name, node), self.texts.created[node][2]
        return {
            f"{name}/{old}": f"{holder}{layer}.{attribute}"
            for attribute, old in split.variables.items()
            if not (saved.is_trainable and _UNTRAINED.search(attribute))
        }

    def _of_cell(self, name: str, node: ast.Call, holder: str, saved: Saved) -> dict[str, str] | None:
        """Returns the variables of a recurrent cell, wherever it is kept."""
        attribute = self.texts.created[node][0] if node in self.texts.created else self._attribute(node)
        cell, text = saved.cells.get(name, (None, None))
        if attribute is not None:
            text = f"{holder}{attribute}"
        elif text is None and cell is not None and cell.item is not None:
            text = self._named(cell.item.node, cell.label)
        elif text is None and cell is not None:
            text = self._kept(cell)
        split = self.texts.split(node)
        if text is None or split is None:
            return None
        return {f"{name}/{old}": f"{text}.{attribute}" for attribute, old in split.variables.items()}

    def _named(self, node: ast.stmt, name: str) -> str | None:
        """Returns what becomes of a name that a statement gives to what it makes."""
        targets = node.targets if isinstance(node, ast.Assign) else []
        named = [each for each in targets if isinstance(each, ast.Name) and each.id == name]
        return self.texts.text(named[0]) if named else None

    def _kept(self, wanted: Variable | Cell) -> str | None:
        """Returns what leads to a variable or cell from a name that nothing else has: a new one, or an attribute."""
        for item in self.facts.items.values():
            for target in item.node.targets if isinstance(item.node, ast.Assign) else []:
                if target in self.texts.renamed or target in self.texts.attributes:
                    found = parts(self.texts.text(target), self.facts.values[item.node.value])  # type: ignore[attr-defined]
                    text = next((text for text, each in found if each is wanted), None)
                    if text is not None:
                        return text
        return None

    def spelled(self, text: str, node: ast.stmt) -> str:
        """Returns the expression of a variable at a statement, whose names may be others in the new program."""
        root = syntax.root(ast.parse(text, mode="eval").body) or ""
        last: ast.Name | None = None
        for around in [*self._functions(node), self.facts.source.tree]:
            own = [each for each in syntax.targets(around, root) if self._scope(each) is around]
            before = [each for each in own if each.lineno < node.lineno or self._scope(node) is not around]
            last = last or max(before, key=lambda each: each.lineno, default=None)
        is_new = last in self.texts.attributes or last in self.texts.renamed
        return self.texts.text(last) + text.removeprefix(root) if last is not None and is_new else text

    def _scope(self, node: ast.AST) -> ast.AST:
        return next(self._functions(node), self.facts.source.tree)

    def _object(self, name: str, node: ast.Call) -> str:
        """Returns the name of the object that a call created, which is one of a list if a loop creates several."""
        text = self.texts.created[node][0]
        if self.texts.loops.around(node) is None or node in self.facts.sharing:
            return text
        # In a function whose place a class has taken, each object of the class has a list of its own.
        made = self.facts.made_by[node]
        instance = next((names for names in self.facts.instances.values() if name in names), made)
        return f"{text}[{[each for each in made if each in instance].index(name)}]"

    def user(self, name: str, node: ast.Call) -> ast.Call | None:
        """Returns the call, in a statement that builds the graph, which uses a layer first; None for a variable."""
        value = self.facts.values.get(node)
        if isinstance(value, Variable):
            return None
        if isinstance(value, Cell) and value.user is not None and value.user is not node:
            return self.user(name, value.user)
        function = next(self._functions(node), None)
        if not isinstance(function, ast.FunctionDef) or function not in self.facts.creating:
            return node
        call = self._instance(name, function)
        return None if call is None else self.user(name, call)

    def is_inside_class(self, node: ast.AST) -> bool:
        """Says whether a node stands in a function whose place a class takes."""
        return any(each in self.facts.creating for each in self._functions(node))

    def _holder(self, name: str, node: ast.Call, saved: Saved) -> str | None:
        """Returns what stands before the name of an object that a call creates: nothing, ``self.`` or ``layer_1.``."""
        function = next(self._functions(node), self.facts.source.tree)
        if isinstance(function, ast.FunctionDef) and function in self.facts.creating:
            call = self._instance(name, function)
            holder = None if call is None else self._holder(name, call, saved)
            return None if call is None or holder is None else f"{holder}{self.texts.created[call][0]}."
        for owner in self.facts.owners:
            if owner.node is function and owner.is_around(saved.owner):
                return ""
            if owner.is_class and any(node in trees.walk(each) for each in owner.nodes):
                return "self." if owner is saved.owner else self._object_of(owner, saved)
        return None

    def _object_of(self, of: Owner, saved: Saved) -> str | None:
        """Returns what stands before an attribute of the only object of a class, if a name leads to that."""
        made = [each for each in self.facts.values.values() if isinstance(each, Instance) and each.of is not None]
        objects = {id(each) for each in made if each.of is not None and each.of.node is of.node}
        scope: Scope | None = saved.owner.scope
        named: list[str] = []
        while scope is not None and not named:
            named = [name for name, each in scope.bound.items() if id(each.value) in objects]
            scope = scope.parent
        return f"{named[0]}." if len(objects) == len(named) == 1 else None

    def _held(self, variable: Variable, holder: str) -> str | None:
        """Returns the expression of a variable that a method has made, if that has become an attribute."""
        text = self._kept(variable)
        return f"{holder}{text.removeprefix('self.')}" if text and holder and text.startswith("self.") else text

    def _functions(self, node: ast.AST) -> Iterator[ast.AST]:
        while node in self._around:
            node = self._around[node]
            if isinstance(node, (ast.FunctionDef, ast.Lambda)):
                yield node

    def _instance(self, name: str, function: ast.FunctionDef) -> ast.Call | None:
        """Returns the call of a function in which it made a variable or layer, and whose place an object has taken."""
        for call, names in self.facts.instances.items():
            called = self.facts.values.get(call.func)
            if name in names and getattr(called, "node", None) is function and call in self.texts.created:
                return call
        return None

    def _attribute(self, node: ast.Call) -> str | None:
        """Returns the attribute that holds a variable in the class that has taken the place of a function."""
        function = next(self._functions(node), None)
        statement = self._around[node]
        if not isinstance(statement, ast.Assign) or function not in self.facts.creating:
            return None
        assert isinstance(function, ast.FunctionDef)
        text = self.classes.text(function)
        targets = [self.texts.attributes.get(each, "") for each in statement.targets]
        return next((name for name in targets if re.search(rf"^ *self\.{name} = ", text, re.MULTILINE)), None)
