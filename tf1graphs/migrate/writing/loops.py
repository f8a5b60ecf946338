"""What loops create: a list of objects, made before the loop, of which each round takes one."""

from __future__ import annotations

import ast
from collections import defaultdict

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.items import is_later
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Stage
from tf1graphs.migrate.source import Edit

_REPEATING = (ast.For, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Lambda)


class Loops:
    """The loops of one file.

    Attributes:
        taken: the list, as the loop names it, and the name of its element, for each object that a loop takes from one.
    """

    def __init__(self, facts: Facts) -> None:
        """Finds the innermost loop, comprehension or lambda around each node."""
        self._facts = facts
        self.taken: defaultdict[ast.For, list[tuple[str, str]]] = defaultdict(list)
        self._around: dict[ast.AST, ast.AST] = {}
        for node in facts.source.nodes:
            if isinstance(node, _REPEATING):
                head = set(trees.walk(node.iter)) if isinstance(node, ast.For) else set()
                # Outer ones are met first.
                self._around |= {child: node for child in trees.walk(node) if child is not node and child not in head}

    def around(self, node: ast.AST) -> ast.AST | None:
        """Returns the innermost loop, comprehension or lambda around a node, or None."""
        return self._around.get(node)

    def is_simple(self, loop: ast.AST, create: str) -> bool:
        """Says whether what a loop creates can be created before it."""
        if not isinstance(loop, ast.For) or self.around(loop) is not None or loop.orelse:
            return False
        item = self._facts.items.get(loop) or self._facts.locals.get(loop)
        if item is None or not is_later(item) or self._facts.stages.get(loop.iter, Stage.LATER) is not Stage.FIXED:
            return False
        own = {name for statement in loop.body for name in syntax.stored(statement)}
        return not own & syntax.read(trees.parse(create))

    def edits(self, loop: ast.For, target: str, iterated: str) -> list[Edit]:
        """Returns the changes of a loop's head that let it take its objects."""
        if not self.taken[loop]:
            return []
        lists, names = zip(*self.taken[loop], strict=True)
        first = f"({target})" if isinstance(loop.target, ast.Tuple) and not target.startswith("(") else target
        source = self._facts.source
        return [
            Edit(source.start(loop.target), source.end(loop.target), ", ".join([first, *names])),
            Edit(source.start(loop.iter), source.end(loop.iter), f"zip({', '.join([iterated, *lists])})"),
        ]
