"""The old names of variables: their own in the new program, or what a loop over names and variables gives."""

from __future__ import annotations

import ast
from functools import cached_property

from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Cell, Variable, VariableList
from tf1graphs.migrate.writing.loops import Loop, Taking, head
from tf1graphs.migrate.writing.texts import Texts


class Named:
    """Gives the old names of the variables of one file.

    Attributes:
        loops: the names of the variables' names in the loops that go over these too: ``for name, variable in ...``.
    """

    def __init__(self, facts: Facts, texts: Texts) -> None:
        self.facts = facts
        self.texts = texts
        self.loops: dict[Loop, str] = {}

    def is_kept(self, variable: Variable) -> bool:
        """Says whether a variable has its old name in the new program."""
        if variable.call is not None:
            return self.facts.graph_names.get(variable.call) == variable.name
        return variable.name in self._of_cells

    @cached_property
    def _of_cells(self) -> set[str]:
        """The names of the variables of recurrent cells, which get them whole as they are created."""
        found = set()
        for node, value in self.facts.values.items():
            name = self.facts.graph_names.get(node) if isinstance(node, ast.Call) else None
            split = self.texts.split(node) if isinstance(value, Cell) and name is not None else None  # type: ignore[arg-type]
            found |= {f"{name}/{old}" for old in split.variables.values()} if split else set()
        return found

    def in_loop(self, node: ast.expr) -> str | None:
        """Returns what names a variable's old name where a loop goes over a list of variables; None elsewhere."""
        loop = self._loop(node)
        if loop is None:
            return None
        if loop not in self.loops:
            self.loops[loop] = next(iter(self.loops.values()), None) or self.texts.free("name")
        return self.loops[loop]

    def listed(self, node: ast.expr) -> VariableList | None:
        """Returns the list of variables of which a name stands for one after the other; None for other expressions."""
        loop = self._loop(node)
        value = self.facts.values.get(head(loop).iter) if loop is not None else None
        return value if isinstance(value, VariableList) else None

    def _loop(self, node: ast.expr) -> Loop | None:
        """Returns the loop in which a name stands for each variable of a known list in turn; None elsewhere."""
        loop = self.texts.loops.around(node)
        while loop is not None and not self._goes_over(loop, node):
            loop = self.texts.loops.around(loop)
        return loop if isinstance(loop, Taking) else None

    def _goes_over(self, loop: ast.AST, node: ast.expr) -> bool:
        if not isinstance(loop, Taking) or not isinstance(node, ast.Name):
            return False
        target = head(loop).target
        is_one = isinstance(loop, ast.For) or len(loop.generators) == 1
        is_target = isinstance(target, ast.Name) and target.id == node.id
        return is_one and is_target and isinstance(self.facts.values.get(head(loop).iter), VariableList)

    def head(self, node: ast.expr) -> tuple[Loop, bool] | None:
        """Returns the loop whose target or list a node is, and whether it is the target, if names are needed there."""
        for loop in self.loops:
            if node in (head(loop).target, head(loop).iter):
                return loop, node is head(loop).target
        return None
