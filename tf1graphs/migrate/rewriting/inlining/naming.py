"""What the names of a function become where it is called."""

from __future__ import annotations

import ast
import keyword
from collections import Counter
from collections.abc import Iterator

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.rewriting.inlining.calls import OnlyCall, named

_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
# What may be computed later, with the values that names have then.
_INNER = (ast.FunctionDef, ast.Lambda, ast.GeneratorExp)
_SCOPES = (ast.FunctionDef, ast.Lambda, *_COMPREHENSIONS)


class Naming:
    """The names of a function at its only call.

    Attributes:
        renamed: the function's names that become others.
        assigned: the parameters that need a statement, by their new names, and what they are given.
        is_possible: whether each name can become what it has to.
    """

    def __init__(self, call: OnlyCall) -> None:
        self.call = call
        self.renamed: dict[str, str] = {}
        self.assigned: list[tuple[str, ast.expr]] = []
        self._own = set(self._bound())
        self._fixed = set(self._spelled())
        # What functions and comprehensions in it bind, which would hide a new name of another thing.
        scopes = [each for each in call.inside - {call.function} if isinstance(each, _SCOPES)]
        self._inner = {name for each in scopes for name in syntax.defined(trees.walk(each))}
        self._all = {name for node in call.source.nodes for name in named(node)}
        self._taken = set(self._of_caller())
        self._kept = {name for name, count in Counter(self._bindings()).items() if count == 1}
        later = [each for each in call.inside - {call.function} if isinstance(each, _INNER)]
        self._held = {name for node in later for name in syntax.read(node)}
        self._direct = set(self._given())
        self._results()
        self._others()
        self.is_possible = not self._fixed & {name for name, new in self.renamed.items() if name != new}

    def _of_caller(self) -> Iterator[str]:
        """Yields the names that mean something where the function is called, or where parts of its result are read."""
        call = self.call
        if isinstance(call.caller, ast.Module):
            yield from call.names.bound - {"_"}
        for node in call.around:
            # What is never read may be given one thing after the other.
            is_unread = isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store)
            yield from () if is_unread else named(node)
        record = syntax.stored(call.pairs[0][0]) if call.parts else set()
        for node in call.source.nodes:
            if isinstance(node, _SCOPES) and node not in call.inside and record & syntax.read(node):
                yield from (name for each in trees.walk(node) for name in named(each))

    def _bindings(self) -> Iterator[str]:
        """Yields each name of the caller as often as it is given something, or more often."""
        for node in [*self.call.around, *(set(self.call.source.nodes) - self.call.inside - set(self.call.around))]:
            if not isinstance(node, ast.Name) or (node in self.call.around and not isinstance(node.ctx, ast.Load)):
                yield from named(node)

    def _bound(self) -> Iterator[str]:
        """Yields the names that the function binds, without those of functions and comprehensions in it."""
        nodes = list(syntax.walk(self.call.body))
        apart = {
            child
            for node in nodes
            if isinstance(node, _COMPREHENSIONS)
            for each in node.generators
            for child in trees.walk(each.target)
        }
        yield from self.call.given
        for node in nodes:
            is_bound = not isinstance(node, ast.Name) or (isinstance(node.ctx, ast.Store) and node not in apart)
            yield from named(node) if is_bound else ()

    def _spelled(self) -> Iterator[str]:
        """Yields the names that stand where they cannot be changed: in strings, imports, parameters and the like."""
        for statement in self.call.body:
            for node in trees.walk(statement):
                if isinstance(node, ast.JoinedStr):
                    yield from (each.id for each in trees.walk(node) if isinstance(each, ast.Name))
                elif not isinstance(node, ast.Name):
                    yield from named(node)

    def _given(self) -> Iterator[str]:
        """Yields the parameters that become the names which they are given."""
        declaring = [each for each in self.call.source.nodes if isinstance(each, (ast.Global, ast.Nonlocal))]
        # What other functions change may not be read later than at the call.
        changed = {name for each in declaring for name in each.names} | self._inner
        nodes = [each for statement in self.call.body for each in trees.walk(statement) if isinstance(each, ast.Name)]
        changing = {each.id for each in nodes if not isinstance(each.ctx, ast.Load)}
        for name, value in self.call.given.items():
            if not isinstance(value, ast.Name) or value.id in changed or value in self.call.inside:
                continue
            if name not in changing and self._can_be(name, value.id):
                self.renamed[name] = value.id
                yield name

    def _can_be(self, name: str, new: str) -> bool:
        """Says whether a name of the function can become one of the caller, which may be given other things later."""
        is_same = name not in self._held or new in self._kept
        return is_same and (name == new or name not in self._fixed)

    def _results(self) -> None:
        """Gives what is returned the names that it gets."""
        read = {name for value in self.call.given.values() for name in syntax.read(value)}
        taken = self.call.free | read | self._inner | set(self.renamed.values())
        for target, value in self.call.pairs:
            if isinstance(target, ast.Name) and isinstance(value, ast.Name) and value.id in self._own - self._direct:
                is_new = value.id not in self.renamed and target.id not in taken
                if is_new and self._can_be(value.id, target.id) and not self.is_seen(target.id):
                    self.renamed[value.id] = target.id
                    taken.add(target.id)

    def is_seen(self, name: str) -> bool:
        """Says whether other functions may read a name of the caller before the function ends."""
        stored = [each for each in self.call.around if isinstance(each, ast.Name) and each.id == name]
        if sum(not isinstance(each.ctx, ast.Load) for each in stored) == 1:
            return False
        scopes = (ast.FunctionDef, ast.Lambda)
        inner = [each for each in self.call.source.nodes if isinstance(each, scopes) and each is not self.call.caller]
        return any(name in syntax.read(each) for each in inner if each is not self.call.function)

    def _others(self) -> None:
        """Gives all other names those that the caller does not have."""
        for name in sorted(self._own - self.renamed.keys()):
            if name in self._taken or name in self.renamed.values():
                self.renamed[name] = self.free(name)
        for name, value in self.call.given.items():
            if name not in self._direct:
                self.assigned.append((self.renamed.get(name, name), value))

    def is_own(self, name: str) -> bool:
        """Says whether a name of the function stays its own, and is given to nothing else where it is called."""
        return name in self._own - self._direct

    def new(self, key: str) -> str:
        """Returns a name for what the function has none for."""
        taken = self._taken | self._own | self._inner | self.call.free | {*self.renamed.values()}
        return self.free(key) if key in taken or not key.isidentifier() or keyword.iskeyword(key) else key

    def free(self, name: str) -> str:
        """Returns a name that the program does not have."""
        wanted = (f"{name}_{number}" for number in range(2, len(self._all) + 3))
        new = next(each for each in wanted if each not in self._all)
        self._all.add(new)
        return new
