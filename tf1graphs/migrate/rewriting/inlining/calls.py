"""The only call of a function, if the function's statements can stand in its place."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from tf1graphs.migrate import names, trees
from tf1graphs.migrate.facts import builtins, syntax
from tf1graphs.migrate.source import Source

# What cannot stand elsewhere: it says where names belong, or leaves its function in another way.
_BOUND = (ast.Global, ast.Nonlocal, ast.Yield, ast.YieldFrom, ast.Await, ast.ClassDef, ast.AsyncFunctionDef)
_DEFINING = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
# Functions that tell or change the names where they are called.
_TELLING = frozenset({"locals", "globals", "vars", "dir", "eval", "exec", "super"})
# The last parts of the names of what makes objects of names.
_RECORDS = [[name] for name in builtins.RECORDS]


@dataclass(frozen=True)
class OnlyCall:
    """The only call of a function.

    Attributes:
        source: the program.
        names: its names.
        function: the function.
        call: the call.
        statement: the statement that does nothing but call it, and give the result to something.
        caller: the module or function in which that stands.
        given: the expression of each parameter.
        result: the end of the function, if that returns something.
    """

    source: Source
    names: names.Names
    function: ast.FunctionDef
    call: ast.Call
    statement: ast.Assign | ast.Expr
    caller: ast.Module | ast.FunctionDef
    given: Mapping[str, ast.expr]
    result: ast.Return | None

    @cached_property
    def body(self) -> Sequence[ast.stmt]:
        """The statements of the function but for its docstring."""
        return self.function.body[1:] if ast.get_docstring(self.function) is not None else self.function.body

    @cached_property
    def inside(self) -> set[ast.AST]:
        """The nodes of the function."""
        return set(trees.walk(self.function))

    @cached_property
    def around(self) -> Sequence[ast.AST]:
        """What the caller's names are looked for in: the names of the module itself, or all of a function."""
        if isinstance(self.caller, ast.Module):
            return [node for node in self.names.outer if node not in self.inside]
        return trees.walk(self.caller)

    @cached_property
    def free(self) -> set[str]:
        """The names that the function reads and does not bind."""
        return {node.id for node in self.names.outer if node in self.inside}

    @cached_property
    def outer(self) -> set[ast.AST]:
        """The places where names of the module are read or given."""
        return set(self.names.outer)

    @cached_property
    def pairs(self) -> Sequence[tuple[ast.expr, ast.expr]]:
        """The targets, with what each of them gets of the result; none if that is not told by reading."""
        value = self.result.value if self.result else None
        target = self.statement.targets[0] if isinstance(self.statement, ast.Assign) else None
        if value is None or target is None or len(getattr(self.statement, "targets", ())) > 1:
            return []
        if not isinstance(target, (ast.Tuple, ast.List)):
            return [(target, value)]
        is_whole = isinstance(value, ast.Tuple) and len(value.elts) == len(target.elts)
        if not isinstance(value, ast.Tuple) or not is_whole:
            return []
        pairs = list(zip(target.elts, value.elts, strict=True))
        return [] if any(isinstance(each, ast.Starred) for pair in pairs for each in pair) else pairs

    @cached_property
    def parts(self) -> Mapping[str, ast.expr]:
        """What is in the dict, or object of names, that a name gets as the result; nothing if it is none."""
        target, value = self.pairs[0] if self.pairs else (None, None)
        if not isinstance(target, ast.Name):
            return {}
        if isinstance(value, ast.Dict):
            keys = [each.value if isinstance(each, ast.Constant) else None for each in value.keys]
            pairs = [(key, part) for key, part in zip(keys, value.values, strict=True) if isinstance(key, str)]
            return dict(pairs) if len({key for key, _ in pairs}) == len(keys) else {}
        if not isinstance(value, ast.Call) or value.args or names.dotted(value.func)[-1:] not in _RECORDS:
            return {}
        pairs = [(each.arg, each.value) for each in value.keywords if each.arg]
        return dict(pairs) if len(pairs) == len(value.keywords) else {}


def only_call(source: Source, name: str) -> OnlyCall | None:
    """Returns the only call of a function of the module; None if there are more, or it cannot be written out."""
    known = names.of(source.tree)
    functions = [each for each in source.nodes if isinstance(each, _DEFINING) and each.name == name]
    used = [each for each in known.outer if each.id == name]
    places = [each for each in _places(source.tree) if used and _calls(each[0], used[0])]
    if len(functions) != 1 or len(used) != 1 or len(places) != 1 or _is_brought(source, name):
        return None
    (function,), ((statement, caller),) = functions, places
    assert isinstance(function, ast.FunctionDef)
    assert isinstance(statement, (ast.Assign, ast.Expr)) and isinstance(statement.value, ast.Call)
    given = _given(function, statement.value)
    if caller is function or given is None or not _can_move(function):
        return None
    result = _end(function.body)
    call = OnlyCall(source, known, function, statement.value, statement, caller, given, result)
    return None if not call.body or _is_captured(call) or not _are_lasting(call) else call


def named(node: ast.AST) -> Iterator[str]:
    """Yields the names that a node reads or binds by itself."""
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, (ast.Global, ast.Nonlocal)):
        yield from node.names
    elif isinstance(node, ast.alias):
        yield (node.asname or node.name).partition(".")[0]
    elif isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
        yield node.name


def _places(tree: ast.Module) -> Iterator[tuple[ast.stmt, ast.Module | ast.FunctionDef]]:
    """Yields the statements of the module, its functions and its classes' methods that are run once in these."""
    waiting: list[tuple[ast.stmt, ast.Module | ast.FunctionDef]] = [(each, tree) for each in tree.body]
    while waiting:
        node, caller = waiting.pop()
        yield node, caller
        if isinstance(node, ast.FunctionDef) and isinstance(caller, ast.Module):
            waiting += [(each, node) for each in node.body]
        elif isinstance(node, ast.ClassDef) and isinstance(caller, ast.Module):
            waiting += [(each, method) for method in syntax.methods(node) for each in method.body]
        elif isinstance(node, (ast.If, ast.With)):
            waiting += [(each, caller) for each in [*node.body, *getattr(node, "orelse", [])]]


def _calls(statement: ast.stmt, name: ast.Name) -> bool:
    """Says whether all that a statement does is to call what has a name."""
    value = statement.value if isinstance(statement, (ast.Assign, ast.Expr)) else None
    return isinstance(value, ast.Call) and value.func is name


def _is_brought(source: Source, name: str) -> bool:
    """Says whether an import or ``global`` may make something else of a name."""
    brought = (each.asname or each.name for each in source.nodes if isinstance(each, ast.alias))
    declared = (each for node in source.nodes if isinstance(node, ast.Global) for each in node.names)
    return name in {*brought, *declared}


def _given(function: ast.FunctionDef, call: ast.Call) -> dict[str, ast.expr] | None:
    """Returns the expression of each parameter, those of the call first; None if they are not all known."""
    own = function.args
    if own.vararg or own.kwarg or any(isinstance(each, ast.Starred) for each in call.args):
        return None
    positional = [each.arg for each in [*own.posonlyargs, *own.args]]
    given = dict(zip(positional, call.args, strict=False))
    for keyword in call.keywords:
        if keyword.arg is None or keyword.arg in given:
            return None
        given[keyword.arg] = keyword.value
    defaults = dict(zip(positional[len(positional) - len(own.defaults) :], own.defaults, strict=True))
    defaults |= {each.arg: value for each, value in zip(own.kwonlyargs, own.kw_defaults, strict=True) if value}
    wanted = {*positional, *(each.arg for each in own.kwonlyargs)}
    is_whole = len(call.args) <= len(positional) and given.keys() | defaults.keys() == wanted
    return given | {name: value for name, value in defaults.items() if name not in given} if is_whole else None


def _can_move(function: ast.FunctionDef) -> bool:
    """Says whether the statements of a function mean the same elsewhere, and are left at the end only."""
    inside = trees.walk(function)
    returns = [each for each in syntax.walk(function.body) if isinstance(each, ast.Return)]
    is_bound = any(isinstance(each, _BOUND) or _hides(each) for each in inside)
    is_bound |= bool(_TELLING & syntax.read(function))
    return not function.decorator_list and not is_bound and returns in ([], [_end(function.body)])


def _hides(node: ast.AST) -> bool:
    """Says whether a comprehension has a name of its own for what it also reads from outside of it."""
    if not isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
        return False
    return bool(
        syntax.read(node.generators[0].iter) & {name for each in node.generators for name in syntax.stored(each)}
    )


def _end(body: Sequence[ast.stmt]) -> ast.Return | None:
    """Returns the ``return`` at the end of a block, within ``with`` or not."""
    last = body[-1]
    if isinstance(last, ast.With):
        return _end(last.body)
    return last if isinstance(last, ast.Return) else None


def _is_captured(call: OnlyCall) -> bool:
    """Says whether a name that the function reads from outside is the caller's own where it is called."""
    if isinstance(call.caller, ast.Module):
        return False
    inner = [each for each in call.around[1:] if each not in call.outer]
    return bool(call.free & {name for each in inner for name in named(each)})


def _are_lasting(call: OnlyCall) -> bool:
    """Says whether the defaults that are used are the same whenever they are computed."""
    defaults = [each for each in call.given.values() if each in call.inside]
    return all(_is_constant(each) or (names.dotted(each) and _is_imported(call.source, each)) for each in defaults)


def _is_constant(node: ast.expr) -> bool:
    """Says whether an expression is a literal that nobody can change, as a list can be."""
    try:
        hash(ast.literal_eval(node))
    except (ValueError, TypeError):
        return False
    return True


def _is_imported(source: Source, node: ast.expr) -> bool:
    """Says whether a dotted name begins with a module."""
    modules = (each for node in source.nodes if isinstance(node, ast.Import) for each in node.names)
    return syntax.root(node) in {(each.asname or each.name).partition(".")[0] for each in modules}
