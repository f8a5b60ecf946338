"""Makes a program note what its expressions are when they are evaluated."""

from __future__ import annotations

import ast

from tf1graphs.migrate.facts.trace import Place, place

# The function through which each expression's value goes, with the file and a number.
NOTE = "__tf1graphs_note__"

_NOTED = (
    *(ast.Attribute, ast.BinOp, ast.BoolOp, ast.Call, ast.Compare, ast.IfExp, ast.JoinedStr, ast.ListComp),
    *(ast.Name, ast.Subscript, ast.UnaryOp),
)
# What Python reads in ways of its own: patterns, annotations.
_LEFT_ALONE = ("annotation", "pattern", "returns", "type_params")


class _Noting(ast.NodeTransformer):
    """Wraps expressions in calls; each is evaluated as often as before, and at the same time."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.places: list[Place] = []

    def visit(self, node: ast.AST) -> ast.AST:
        # Python gives what stands within an f-string places of its own from version 3.12 on only.
        changed = node if isinstance(node, ast.JoinedStr) else self.generic_visit(node)
        if not isinstance(node, _NOTED) or not isinstance(getattr(node, "ctx", ast.Load()), ast.Load):
            return changed
        return self._noted(node)

    def generic_visit(self, node: ast.AST) -> ast.AST:
        for name, value in ast.iter_fields(node):
            if isinstance(value, list):
                value[:] = [self.visit(each) if isinstance(each, ast.AST) else each for each in value]
            elif isinstance(value, ast.AST) and name not in _LEFT_ALONE:
                # A function is left to its call, which "super()" and others are known by.
                is_called = isinstance(node, ast.Call) and name == "func"
                setattr(node, name, self.generic_visit(value) if is_called else self.visit(value))
        return node

    def _noted(self, node: ast.expr) -> ast.expr:
        self.places.append(place(node))
        key = [ast.Constant(self._file), ast.Constant(len(self.places) - 1)]
        call = ast.Call(ast.Name(NOTE, ast.Load()), [*key, node], [])
        return ast.fix_missing_locations(ast.copy_location(call, node))


def instrumented(text: str, file: str) -> tuple[ast.Module, list[Place]]:
    """Returns the syntax tree of a file that notes its expressions by its name and numbers, and the places of these.

    Raises:
        SyntaxError: the text is not Python 3.
    """
    noting = _Noting(file)
    tree = ast.parse(text)
    noting.visit(tree)
    return tree, noting.places
