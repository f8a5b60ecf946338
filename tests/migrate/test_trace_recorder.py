"""What is recorded of a program that runs, and that it computes what it would without that."""

from __future__ import annotations

import ast
import builtins

import numpy as np
import pytest
from trace_cases import nodes

from tf1graphs.migrate.facts.trace import TENSOR, VALUE, VARIES, place
from tf1graphs.migrate.source import one_statement_per_line
from tf1graphs.migrate.trace.instrument import NOTE, instrumented
from tf1graphs.migrate.trace.recorder import Recorder


class Tensor:
    def __bool__(self) -> bool:
        raise TypeError("a tensor has no truth value")

    def __eq__(self, other: object) -> bool:
        raise TypeError("this would add an op")

    __hash__ = object.__hash__


class Session:
    def run(self, fetches: object) -> object:
        return fetches


def run(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[dict[str, object], dict[str, tuple[str, object]]]:
    """Runs a program; returns its names, and what its expressions were."""
    text = one_statement_per_line(text)
    session = type("OwnSession", (Session,), {"run": Session.run})
    recorder = Recorder(Tensor)
    recorder.watch(session)
    monkeypatch.setattr(builtins, NOTE, recorder.note, raising=False)
    tree, places = instrumented(text, "a.py")
    names: dict[str, object] = {"Tensor": Tensor, "Session": session, "np": np}
    exec(compile(tree, "a.py", "exec"), names)
    texts = {place(node): ast.unparse(node) for node in nodes(text)}
    found = {texts[places[number]]: fact for number, fact in recorder.found("a.py").items()}
    return names, {text: fact for text, fact in found.items() if fact[0] != VARIES}


RECORDED = {
    "a = 1\nb = a + 2": {"a": 1, "a + 2": 3},
    "a = 'x' * 3": {"'x' * 3": "xxx"},
    "a = not None\nb = -1.5": {"not None": True, "-1.5": -1.5},
    "a = dict(n=None)\nb = a['n']": {"a['n']": None},
    "a = [1, (2, 'x')]\nb = a": {"a": [1, [2, "x"]]},
    "a = np.int64(3) + 1\nb = np.float32(0.5)": {"np.int64(3)": 3, "np.int64(3) + 1": 4, "np.float32(0.5)": 0.5},
    "a = np.zeros([2, 3])\nb = a.shape[1]": {"a.shape": [2, 3], "a.shape[1]": 3},
    "a = [str(i) for i in range(2)]": {"[str(i) for i in range(2)]": ["0", "1"]},
    "for i in range(2): a = f'{i}' if i else 'no'": {"f'{i}'": "1"},
    "for i in range(2): a = len('no')": {"len('no')": 2},
    "a = {1: True}[1]\nb = [1, 1.0][0]": {"{1: True}[1]": True, "[1, 1.0][0]": 1},
    "for a in (1, True): b = a": {},
    "a = 1e999\nb = a * 0": {},
    "a = 'long' * 1\nb = list(range(65))": {"'long' * 1": "long"},
    "a = Tensor()\nb = [a][0]": {"Tensor()": ..., "[a][0]": ...},
    "a = [Tensor()]\nb = a": {"Tensor()": ...},
    # What comes after a run may hang on it, even if it was seen before.
    "s = Session()\na = 1 + 1\nb = s.run(2)\nc = 1 + 2": {"1 + 1": 2},
    "s = Session()\nfor i in range(2): a = 1 + 1; s.run(a)": {},
    "s = Session()\na = [s.run(1)]\nb = a[0]": {},
}


@pytest.mark.parametrize("text", RECORDED)
def test_what_is_the_same_at_each_evaluation_is_recorded(text, monkeypatch):
    _, found = run(text, monkeypatch)
    wanted = {key: (TENSOR, None) if value is ... else (VALUE, value) for key, value in RECORDED[text].items()}
    assert {key: repr(found.get(key)) for key in wanted} == {key: repr(value) for key, value in wanted.items()}
    assert set(found) - set(wanted) <= {"a", "b", "i", "[a]"}


SAME = [
    "a = []\ndef f(): a.append(1); return a\nb = f() or f()\nb += f()[:1]\nb[0] += 1",
    "class A:\n    def f(self): return 1\nclass B(A):\n    def f(self): return super().f()\na = B().f()",
    "def f():\n    x = yield 1\n    y = yield x\nb = f(); a = [next(b), b.send(2), list(b)]",
    "a = [(x, y) for x in range(3) if x for y in 'ab']; b = {x: 1 for x in a}; c = sum(x for x, _ in a)",
    "a = {**dict(x=1), 'y': 2}; b = [*a, *a.values()]; c = dict(**a)",
    "try: a = 1 / 0\nexcept (ValueError, ZeroDivisionError) as e: a = str(e)\nfinally: b = 2",
    "f = lambda x, *y, z=1: (x, y, z); a = f(1, 2, z=3)",
    "a = [0, 1, 2]\ndel a[0]\na[0:1] = [5]\n(b, *c), d = (1, 2, 3), a[-1]",
    "def deco(x): return lambda f: x\n@deco(5)\ndef f(x: int = 3) -> int: return x\na = f\nb: int = a + 1",
    "a = 2\nwhile (b := a) < 9: a += b\nassert a > 1, f'{a!r:>5} {a + 1=}'\nc = f'{a:>{b}}'",
    "def f(): global a; a = 3\nf()\nb = locals()['a'], sorted(n for n in vars() if n in 'ab')",
    "match {'k': [1, 2]}:\n    case {'k': [x, int() as y]} if x: a = x + y\n    case str.x: a = 0",
    "a = 1 < 2 < 3, not 1, -1, 1 if [] else 2, None is None, 'x' in 'xy', 2 ** 3",
    "import asyncio\nasync def f(): return 1\nasync def g(): return [await f() for _ in 'ab']\na = asyncio.run(g())",
    "a = b'x', 1j, ..., 'a' 'b'\nb = a[0][0], a[-1].upper()",
]


@pytest.mark.parametrize("text", SAME)
def test_a_recorded_program_computes_the_same(text, monkeypatch):
    plain: dict[str, object] = {"Tensor": Tensor, "np": np}
    exec(text, plain)
    recorded, _ = run(text, monkeypatch)
    for name in "abc":
        if not callable(plain.get(name)) or isinstance(plain.get(name), int):
            assert repr(recorded.get(name)).split(" at 0x")[0] == repr(plain.get(name)).split(" at 0x")[0]


def test_lines_of_errors_stay(monkeypatch):
    with pytest.raises(ZeroDivisionError) as raised:
        run("a = 1\n\nb = (a +\n     a / 0)", monkeypatch)
    assert raised.traceback[-1].lineno == 3
