"""Says where a migrated program would get faster: loops that could be in functions, functions for XLA."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import syntax

# What XLA makes one kernel of.
_ELEMENTWISE = frozenset(
    """
    abs add cast clip_by_value divide elu equal erf exp greater less log log1p maximum minimum multiply negative pow
    relu rsqrt sigmoid sign softplus sqrt square squared_difference subtract tanh
    """.split()  # noqa: SIM905
)
# What it compiles too, to the same numbers. Convolutions are none of these: on CPUs it makes them slower.
_COMPILED = _ELEMENTWISE | frozenset(
    """
    GradientTape argmax concat constant expand_dims gather identity l2_loss log_softmax matmul ones ones_like
    reduce_max reduce_mean reduce_min reduce_sum reshape sigmoid_cross_entropy_with_logits softmax
    softmax_cross_entropy_with_logits sparse_softmax_cross_entropy_with_logits split squeeze stack transpose unstack
    while_loop zeros zeros_like
    append apply_gradients assign assign_add assign_sub gradient len list range watched_variables zip
    """.split()  # noqa: SIM905
)
_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)
_MANY = 8
_LOOPS = (ast.For, ast.While)
_SCOPES = (ast.FunctionDef, ast.ClassDef, ast.Lambda)
# What reads no more than values that are there.
_READING = (
    ast.Name, ast.Attribute, ast.Subscript, ast.Slice, ast.Constant, ast.Tuple, ast.List, ast.BinOp, ast.UnaryOp,
    ast.operator, ast.unaryop, ast.expr_context,
)  # fmt: skip


@dataclass(frozen=True, order=True)
class Hint:
    """A place that would get faster.

    Attributes:
        line: its line in the migrated text.
        construct: the function.
        advice: what to do, and why.
    """

    line: int
    construct: str
    advice: str


def of(text: str) -> list[Hint]:
    """Returns what would make a migrated program faster."""
    tree = ast.parse(text)
    functions = _Functions(tree)
    return sorted({*_loops(tree, functions), *functions.to_compile()})


class _Functions:
    """The functions of a file."""

    def __init__(self, tree: ast.Module) -> None:
        self._by_name = {node.name: node for node in trees.walk(tree) if isinstance(node, ast.FunctionDef)}
        self._graphs = {name: found for name, node in self._by_name.items() if (found := _decorator(node))}

    def trained(self, node: ast.Call) -> str | None:
        """Returns the name of the ``tf.function`` that a call calls, if it trains."""
        name = _name(node.func)
        trains = name in self._graphs and "apply_gradients" in map(_name, self._calls(self._by_name[name]))
        return name if trains else None

    def is_own(self, node: ast.Call) -> bool:
        """Says whether a call calls one of them."""
        return _name(node.func) in self._by_name

    def to_compile(self) -> Iterator[Hint]:
        """Yields the functions that XLA would make faster."""
        for name, decorator in self._graphs.items():
            reason = self._reason(self._by_name[name])
            if reason and not any(each.arg == "jit_compile" for each in getattr(decorator, "keywords", ())):
                yield Hint(decorator.lineno, name, f"{reason}; compile it: tf.function(jit_compile=True)")

    def _reached(self, function: ast.FunctionDef) -> Iterator[ast.AST]:
        """Yields the nodes of a function and of those that it calls."""
        waiting, seen = [function], {function}
        while waiting:
            for node in (each for part in waiting.pop().body for each in trees.walk(part)):
                yield node
                called = self._by_name.get(_name(node.func)) if isinstance(node, ast.Call) else None
                if called and called not in seen:
                    seen.add(called)
                    waiting.append(called)

    def _calls(self, function: ast.FunctionDef) -> Iterator[ast.expr]:
        return (node.func for node in self._reached(function) if isinstance(node, ast.Call))

    def _reason(self, function: ast.FunctionDef) -> str:
        """Returns why XLA would make a function faster, or nothing."""
        called = list(map(_name, self._calls(function)))
        if not all(name in _COMPILED or name in self._by_name for name in called):
            return ""
        nodes = list(self._reached(function))
        if "while_loop" in called:
            # XLA has no gradients of loops without a known end.
            return "" if "GradientTape" in called else "it has a loop"
        if any(isinstance(node, ast.For) and _is_counted(node) for node in nodes):
            return "it has an unrolled loop"
        if "matmul" in called:
            # Large products take all the time, and XLA computes them no faster.
            return ""
        arithmetic = sum(isinstance(node, ast.BinOp) and isinstance(node.op, _ARITHMETIC) for node in nodes)
        count = arithmetic + sum(name in _ELEMENTWISE for name in called)
        return "it has many small elementwise operations" if count >= _MANY else ""


def _decorator(node: ast.FunctionDef) -> ast.expr | None:
    """Returns the decorator that makes a function a graph."""
    for each in node.decorator_list:
        if _name(each.func if isinstance(each, ast.Call) else each) == "function":
            return each
    return None


def _is_counted(loop: ast.For) -> bool:
    return isinstance(loop.iter, ast.Call) and isinstance(loop.iter.func, ast.Name) and loop.iter.func.id == "range"


def _name(node: ast.expr) -> str:
    """Returns the last part of a name, such as ``train_step`` of ``graph.train_step`` or ``graph["train_step"]``."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value)
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _loops(tree: ast.Module, functions: _Functions) -> Iterator[Hint]:
    """Yields the loops that train with data that is there before."""
    for loop in trees.walk(tree):
        if isinstance(loop, _LOOPS):
            data = _Data(loop, functions)
            for node in _within(loop.body):
                name = functions.trained(node) if isinstance(node, ast.Call) else None
                if name and isinstance(node, ast.Call) and all(map(data.is_there, _arguments(node))):
                    advice = "a loop calls it with data that is in memory; run the loop in a tf.function, over tf.range"
                    yield Hint(loop.lineno, name, advice)


def _within(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yields the nodes of statements, but not those of loops and functions in them."""
    for node in body:
        if not isinstance(node, (*_LOOPS, *_SCOPES)):
            yield node
            yield from _within(trees.children(node))


def _arguments(node: ast.Call) -> list[ast.expr]:
    return [*node.args, *(each.value for each in node.keywords)]


class _Data:
    """What a loop reads."""

    def __init__(self, loop: ast.For | ast.While, functions: _Functions) -> None:
        self._functions = functions
        # What a loop gives names: expressions, or None for what is not known.
        self._given: dict[str, list[ast.expr | None]] = {}
        for node in trees.walk(loop):
            for name, value in self._changes(node):
                self._given.setdefault(name, []).append(value)

    def _changes(self, node: ast.AST) -> Iterator[tuple[str, ast.expr | None]]:
        """Yields the names that a node gives another value, or whose value it may change."""
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            yield node.targets[0].id, node.value
        elif isinstance(node, ast.For) and _is_counted(node):
            yield from ((name, ast.Constant(0)) for name in syntax.stored(node.target))
        elif isinstance(node, (ast.Assign, ast.For)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from ((name, None) for target in targets for name in syntax.stored(target))
        elif isinstance(node, (ast.AugAssign, ast.AnnAssign, ast.NamedExpr, ast.withitem)):
            yield from ((name, None) for name in syntax.stored(node))
        elif isinstance(node, (ast.Attribute, ast.Subscript)) and isinstance(node.ctx, ast.Store):
            yield syntax.root(node) or "", None
        elif isinstance(node, ast.Call) and not self._functions.is_own(node):
            # It may change what it is called on.
            yield syntax.root(node.func) or "", None

    def is_there(self, node: ast.expr | None, within: frozenset[str] = frozenset()) -> bool:
        """Says whether an expression has a value that hangs on nothing but the number of the round.

        Args:
            node: the expression.
            within: the names whose values it gives.
        """
        nodes = list(trees.walk(node)) if node else []
        names = {each.id for each in nodes if isinstance(each, ast.Name)}
        if not nodes or names & within or not all(isinstance(each, _READING) for each in nodes):
            return False
        return all(self._is_known(name, within | {name}) for name in names)

    def _is_known(self, name: str, within: frozenset[str]) -> bool:
        given = self._given.get(name, [])
        return len(given) < 2 and all(self.is_there(each, within) for each in given)
