"""Finds what each dotted name of a file may stand for, from the imports and aliases that Python's scopes let it see."""

from __future__ import annotations

import ast
import builtins
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tf1graphs.migrate import trees

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_OPENING = (*_FUNCTIONS, *_COMPREHENSIONS, ast.Lambda, ast.ClassDef)
_LEAVES = (ast.Name, ast.Constant)
_BINDING = (ast.stmt, ast.Name, ast.ExceptHandler, ast.pattern)
_BLOCKS = ("body", "orelse", "finalbody", "handlers", "cases")
# The packages whose names are followed.
_PACKAGES = ("tensorflow", "keras", "tf1graphs")


@dataclass(frozen=True)
class _Alias:
    """An expression that a name is bound to, and where it stands."""

    value: ast.expr
    scope: _Scope


class _Scope:
    """What a module, class or function binds each name to: an import's path, an alias, or None for anything else.

    Attributes:
        followed: the names that are bound to a path or an alias anywhere in the file; ``*`` if something imports that.
    """

    def __init__(self, parent: _Scope | None = None, is_class: bool = False) -> None:
        self.followed: set[str] = parent.followed if parent else set()
        self._parent = parent
        self._is_class = is_class
        self._names: defaultdict[str, list[str | _Alias | None]] = defaultdict(list)
        self._elsewhere: dict[str, _Scope] = {}

    def bind(self, name: str, value: str | _Alias | None = None) -> None:
        self._elsewhere.get(name, self)._names[name].append(value)
        if value is not None:
            self.followed.add(name)

    def declare(self, node: ast.Global | ast.Nonlocal) -> None:
        """Lets the names of a ``global`` or ``nonlocal`` statement be bound where it says."""
        owner = self
        while owner._parent and (owner is self or owner._is_class or isinstance(node, ast.Global)):
            owner = owner._parent
        self._elsewhere.update(dict.fromkeys(node.names, owner))

    def _owner(self, name: str) -> _Scope | None:
        scope: _Scope | None = self._elsewhere.get(name, self)
        while scope and (name not in scope._names or (scope._is_class and scope is not self)):
            scope = scope._parent
        return scope

    def is_outer(self, name: str) -> bool:
        """Says whether a name that is read here is one of the module, or of nothing that the file binds."""
        owner = self._owner(name)
        return owner is None or owner._parent is None

    def sees(self, name: str) -> bool:
        """Says whether a name that is read here is bound somewhere."""
        return self._owner(name) is not None

    @property
    def imports_all(self) -> bool:
        """Whether something is imported by a star."""
        return "*" in self._names

    @property
    def bound(self) -> set[str]:
        """The names that are bound here."""
        return self._names.keys() - {"*"}

    def _star_imports(self, name: str) -> set[str]:
        scope = self
        while scope._parent:
            scope = scope._parent
        return set() if hasattr(builtins, name) else {f"{module}.{name}" for module in scope._names["*"] if module}

    def paths(self, node: ast.expr, seen: frozenset[str] = frozenset()) -> set[str]:
        """Returns all that a dotted name may stand for; nothing if it is none of the packages that are followed."""
        parts = dotted(node)
        if not parts or parts[0] in seen:
            return set()
        owner = self._owner(parts[0])
        found = set[str]() if owner else self._star_imports(parts[0])
        for value in owner._names[parts[0]] if owner else ():
            if isinstance(value, _Alias):
                found |= value.scope.paths(value.value, seen | {parts[0]})
            elif value:
                found.add(value)
        return {".".join([path, *parts[1:]]) for path in found}


def free_name(name: str, taken: set[str], first: int = 2) -> str:
    """Returns a name that is not taken, as like to another as can be, and takes it; numbers begin with ``first``."""
    found, number = name, first - 1
    while found in taken:
        number += 1
        found = f"{name}_{number}"
    taken.add(found)
    return found


def dotted(node: ast.expr) -> list[str]:
    """Returns the parts of a dotted name, and nothing for any other expression."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.insert(0, node.attr)
        node = node.value
    return [node.id, *parts] if isinstance(node, ast.Name) else []


def _root(node: ast.expr) -> str:
    """Returns the first part of a dotted name, and nothing for any other expression."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _bind_import(node: ast.Import | ast.ImportFrom, scope: _Scope) -> None:
    for alias in node.names:
        if isinstance(node, ast.Import):
            root = alias.name.partition(".")[0]
            local, path = (alias.asname, alias.name) if alias.asname else (root, root)
        else:
            local, path = alias.asname or alias.name, f"{node.module}.{alias.name}".removesuffix(".*")
        is_followed = path.partition(".")[0] in _PACKAGES and not getattr(node, "level", 0)
        scope.bind(local, path if is_followed else None)


def _bind(node: ast.AST, scope: _Scope) -> None:
    """Adds the names that a node binds in the scope that it stands in."""
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        _bind_import(node, scope)
    elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        scope.bind(node.id)
    elif isinstance(node, (*_FUNCTIONS, ast.ClassDef, ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
        scope.bind(node.name)
    elif isinstance(node, ast.Assign) and dotted(node.value):
        for target in node.targets:
            if isinstance(target, ast.Name):
                scope.bind(target.id, _Alias(node.value, scope))


def statements(tree: ast.AST) -> Iterator[ast.stmt]:
    """Yields every statement of a file, those inside others too; this is much faster than ``ast.walk``."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        for block in _BLOCKS:
            for child in getattr(node, block, ()):
                waiting.append(child)
                if isinstance(child, ast.stmt):
                    yield child


def _open(node: ast.AST, scope: _Scope) -> tuple[_Scope, list[ast.AST]]:
    """Returns the scope that a node opens, with its parameters, and the children that stand in it."""
    opened = _Scope(scope, isinstance(node, ast.ClassDef))
    if isinstance(node, (*_FUNCTIONS, ast.Lambda)):
        for parameter in trees.walk(node.args):
            if isinstance(parameter, ast.arg):
                opened.bind(parameter.arg)
    if isinstance(node, ast.Lambda):
        return opened, [node.body]
    if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
        return opened, list(node.body)
    return opened, trees.children(node)


def _with_scopes(tree: ast.Module) -> list[tuple[ast.AST, _Scope]]:
    """Returns every node with the scope that it stands in. There is no recursion: generated files nest deeply."""
    found: list[tuple[ast.AST, _Scope]] = []
    waiting: list[tuple[ast.AST, _Scope]] = [(tree, _Scope())]
    while waiting:
        node, scope = waiting.pop()
        found.append((node, scope))
        if isinstance(node, _OPENING):
            opened, inside = _open(node, scope)
            apart = set(map(id, inside))
            waiting += [(child, opened if id(child) in apart else scope) for child in trees.children(node)]
        elif not isinstance(node, _LEAVES):
            waiting += [(child, scope) for child in trees.children(node)]
    for node, scope in found:
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            scope.declare(node)
    for node, scope in found:
        if isinstance(node, _BINDING):
            _bind(node, scope)
    return found


def unbound(tree: ast.Module) -> Iterator[ast.Name]:
    """Yields the names that a file reads where no scope that they see binds them; none if it has star imports."""
    nodes = _with_scopes(tree)
    if nodes[0][1].imports_all:
        return
    for node, scope in nodes:
        if isinstance(node, ast.Name) and not scope.sees(node.id) and not hasattr(builtins, node.id):
            yield node


@dataclass(frozen=True)
class Names:
    """The names of a file.

    Attributes:
        outer: those that stand for something of the module, or for nothing that the file binds.
        bound: what the module binds.
        inner: what its functions, classes and comprehensions bind.
    """

    outer: list[ast.Name]
    bound: set[str]
    inner: set[str]


def of(tree: ast.Module) -> Names:
    """Returns the names of a file."""
    nodes = _with_scopes(tree)
    module = nodes[0][1]
    inner = {id(scope): scope.bound for _, scope in nodes if scope is not module}
    outer = [node for node, scope in nodes if isinstance(node, ast.Name) and scope.is_outer(node.id)]
    return Names(outer, module.bound, set().union(*inner.values()))


def _literal_getattr(node: ast.Call) -> ast.expr:
    """Returns ``a.b`` for the call ``getattr(a, "b")``, and any other call as it is."""
    match node:
        case ast.Call(ast.Name("getattr"), [owner, ast.Constant(str(name)), *_]):
            return ast.copy_location(ast.Attribute(owner, name, ast.Load()), node)
    return node


def resolved(tree: ast.Module) -> Iterator[tuple[int, set[str]]]:
    """Yields the line of each dotted name of a file as a whole, and all the full names that it may stand for."""
    nodes = _with_scopes(tree)
    followed = nodes[0][1].followed
    parts = {id(node.value) for node, _ in nodes if isinstance(node, ast.Attribute)}
    for node, scope in nodes:
        name = _literal_getattr(node) if isinstance(node, ast.Call) else node
        if not isinstance(name, (ast.Attribute, ast.Name)) or id(name) in parts:
            continue
        # Most names stand for nothing that is followed.
        if "*" in followed or _root(name) in followed:
            yield name.lineno, scope.paths(name)
