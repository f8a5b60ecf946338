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

# The loops that can take objects from a list.
Taking = (ast.For, ast.ListComp, ast.GeneratorExp)
Loop = ast.For | ast.ListComp | ast.GeneratorExp


class Loops:
    """The loops of one file.

    Attributes:
        taken: the list, as the loop names it, and the name of its element, for each object that a loop takes from one.
    """

    def __init__(self, facts: Facts) -> None:
        """Finds the innermost loop, comprehension or lambda around each node."""
        self._facts = facts
        self.taken: defaultdict[Loop, list[tuple[str, str]]] = defaultdict(list)
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
        if not isinstance(loop, Taking) or self.around(loop) is not None:
            return False
        if not self.is_fixed(loop) and syntax.stored(head(loop).target) & syntax.read(trees.parse(create)):
            return False
        if not isinstance(loop, ast.For):
            return len(loop.generators) == 1 and not loop.generators[0].ifs
        item = self._facts.items.get(loop) or self._facts.locals.get(loop)
        if item is None or not is_later(item) or loop.orelse:
            return False
        own = {name for statement in loop.body for name in syntax.stored(statement)}
        return not own & syntax.read(trees.parse(create))

    def is_fixed(self, loop: ast.AST) -> bool:
        """Says whether what a loop goes over is known when the graph is built."""
        return isinstance(loop, Taking) and self._facts.stages.get(head(loop).iter, Stage.LATER) is Stage.FIXED

    def rounds(self, node: ast.Call) -> int | None:
        """Returns how many objects the rounds of a loop make by a call; None if that differs or is not known."""
        made = self._facts.made_by[node]
        several = [[name for name in names if name in made] for names in self._facts.instances.values()]
        counts = {len(names) for names in several if names} or {len(made)}
        return counts.pop() if len(counts) == 1 else None

    def edits(self, loop: Loop, target: str, iterated: str) -> list[Edit]:
        """Returns the changes of a loop's head that let it take its objects."""
        if not self.taken[loop]:
            return []
        lists, names = zip(*self.taken[loop], strict=True)
        over, source = head(loop), self._facts.source
        first = f"({target})" if isinstance(over.target, ast.Tuple) and not target.startswith("(") else target
        return [
            Edit(source.start(over.target), source.end(over.target), ", ".join([first, *names])),
            Edit(source.start(over.iter), source.end(over.iter), f"zip({', '.join([iterated, *lists])})"),
        ]


def head(loop: Loop) -> ast.For | ast.comprehension:
    """Returns what says over what a loop or comprehension goes."""
    return loop if isinstance(loop, ast.For) else loop.generators[0]
