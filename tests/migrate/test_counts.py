"""Which expressions are known to be whole numbers."""

from __future__ import annotations

import ast

import pytest

from tf1graphs.migrate.facts.counts import is_whole

# Statements, the last of which is an expression -> whether it is known to be a whole number.
WHOLE = {
    "3": True,
    "2 * 3 + 1": True,
    "int(x)": True,
    "for i in range(9):\n    pass\ni": True,
    "for i, x in enumerate(xs):\n    pass\ni + 1": True,
    "i = 0\nwhile True:\n    i += 1\ni % 10": True,
    "total = int(n / 10)\nfor e in range(9):\n    for i in range(total):\n        pass\ne * total + i": True,
    "x": False,
    "0.5": False,
    "'3'": False,
    "6 / 2": False,
    "f(3)": False,
    "i = 0\ni += 0.5\ni": False,
    "i = 0\ni = i / 2\ni": False,
    "i = 0\ni = i + 1\ni": False,
    "for i in xs:\n    pass\ni": False,
    "for i, x in enumerate(xs):\n    pass\nx": False,
    "i = 0\nfor i in xs:\n    pass\ni": False,
    "i, j = 0, 1\ni": False,
    "i = 0\ndef f(i):\n    return i\ni": False,
    "with x as i:\n    i = 0\ni": False,
}


@pytest.mark.parametrize("source", WHOLE)
def test_whole_numbers(source: str) -> None:
    tree = ast.parse(source)
    node = tree.body[-1]
    assert isinstance(node, ast.Expr) and is_whole(node.value, list(ast.walk(tree))) is WHOLE[source]
