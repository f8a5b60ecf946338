"""What flags become, where the command line is parsed, and that programs print what they print on 1.15."""

from __future__ import annotations

import ast
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import absl.flags
import pytest

from tf1graphs.migrate import flag_parsing
from tf1graphs.migrate.calls import Argument, Call, Outcome, Refuse, Replace
from tf1graphs.migrate.rules import all_rules, flags

TESTS = Path(__file__).parents[2]
RECORDER = TESTS / "oracle" / "record_migrate_flags.py"
RECORDED = json.loads((TESTS / "fixtures" / "tf115" / "migrate_flags.json").read_text())

PARSER = "flags_parser=lambda argv: flags.FLAGS(argv, known_only=True)"
REPLACED = [
    ("tf.app.flags.DEFINE_string('a', 'b', 'c')", "flags.DEFINE_string('a', 'b', 'c')"),
    ("tf.flags.DEFINE_integer('a', 1, help='c')", "flags.DEFINE_integer('a', 1, help='c')"),
    ("tf.flags.DEFINE_integer('a', 1, 'c', 0, upper_bound=9)", "flags.DEFINE_integer('a', 1, 'c', 0, upper_bound=9)"),
    ("tf.flags.DEFINE_float('a', default_value=1.0, docstring='c')", "flags.DEFINE_float('a', default=1.0, help='c')"),
    ("tf.flags.DEFINE_bool(flag_name='a', default_value=x)", "flags.DEFINE_bool(name='a', default=x)"),
    ("tf.flags.DEFINE_boolean('a', None, 'c', short_name='d')", "flags.DEFINE_boolean('a', None, 'c', short_name='d')"),
    ("tf.flags.DEFINE_string('log_dir', '')", "flags.DEFINE_string('log_dir', '', allow_override=True)"),
    ("tf.app.run()", f"app.run(main, {PARSER})"),
    ("tf.app.run(None)", f"app.run(main, {PARSER})"),
    ("tf.app.run(main=start)", f"app.run(start, {PARSER})"),
    ("tf.app.run(main, [sys.argv[0]] + rest)", f"app.run(main, argv=[sys.argv[0]] + rest, {PARSER})"),
]
REFUSED = [
    ("tf.flags.DEFINE_string('a', 'b', 'c', docstring='d')", "its help twice"),
    ("tf.flags.DEFINE_string('a', default='b', default_value='b')", "its default twice"),
]

HEAD = "F = tf.app.flags.FLAGS\ntf.flags.DEFINE_integer('n', 1, '')\ndef f(): return F.n\n"
# A program, and the statement before which the command line is parsed.
PARSED = [
    ("print(1)\nprint(F.n)\nprint(F.n)", "print(F.n)"),
    ("print(1)\nx = f()", "x = f()"),
    ("g = lambda: f()\nclass C:\n    def m(self): return f()\nC().m()", "C().m()"),
    ("class C:\n    x = F.n", "class C:\n    x = F.n"),
    ("if __name__ == '__main__':\n    print(1)\n    f()", "f()"),
    ("train(F)", "train(F)"),
    ("x = getattr(F, 'n')", "x = getattr(F, 'n')"),
    ("f()\ntf.app.run()", "f()"),
]
NOT_PARSED = [
    "",
    "print(1)",
    "F.n = 3",
    "print(F['n'].value, F.flag_values_dict(), F.__flags)",
    "tf.flags.DEFINE_integer('m', 1, '', flag_values=F)",
    "tf.flags.mark_flags_as_required(['n'], F)",
    "g = lambda: f()",
    "tf.app.run(lambda _: f())",
    "def main(_): f()\nif __name__ == '__main__':\n    tf.app.run()\n    f()",
    "def run(): tf.app.run(main=f)\nrun()",
    "F(sys.argv)\nf()",
    "F._parse_flags()\nf()",
    "def main():\n    F(sys.argv)\n    f()\nmain()",
    "tf.f(other.n)",
]
PARSING_REFUSED = ["def main():\n    tf.flags.DEFINE_integer('m', 1, '')\n    print(F.m)\nmain()"]


def _name(node: ast.AST) -> str | None:
    """Returns the symbol of 1.15 that a name of these programs stands for."""
    text = ast.unparse(node)
    if text in ("F", "FLAGS"):
        return "tf.app.flags.FLAGS"
    return text if text.startswith("tf.") and isinstance(node, ast.Attribute) else None


def _outcome(node: ast.expr) -> Outcome:
    assert isinstance(node, ast.Call)
    rule = all_rules()[ast.unparse(node.func)]
    given = [*zip(rule.parameters, node.args), *((each.arg, each.value) for each in node.keywords)]
    assert {name for name, _ in given} <= {*rule.parameters}
    return rule.apply(Call(rule.name, {str(name): _argument(value) for name, value in given}, node))


def _argument(node: ast.expr) -> Argument:
    return Argument(ast.unparse(node), node.value if isinstance(node, ast.Constant) else ...)


class _Migration(ast.NodeTransformer):
    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        found = _outcome(node) if ast.unparse(node.func) in all_rules() else None
        return ast.parse(found.text, mode="eval").body if isinstance(found, Replace) else node


class _Names(ast.NodeTransformer):
    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        new = flags.NAMES.get(ast.unparse(node))
        return ast.parse(new, mode="eval").body if new else self.generic_visit(node)  # type: ignore[return-value]


def _migrated(source: str) -> str:
    tree = ast.parse(source)
    found = flag_parsing.parse_before(tree, _name)
    if isinstance(found, ast.stmt):
        tree.body.insert(tree.body.index(found), ast.parse(flag_parsing.PARSE).body[0])
    del tree.body[0]
    imports = "".join(each.source for each in (flag_parsing.SYS, flags.APP, flags.FLAGS))
    return imports + ast.unparse(_Names().visit(_Migration().visit(tree)))


@pytest.fixture(scope="module")
def printed() -> list[Any]:
    """What the migrated programs print, all run by one process."""
    spec = importlib.util.spec_from_file_location("record", RECORDER)
    assert spec and spec.loader
    recorder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(recorder)
    cases = [[_migrated(recorder.PROGRAMS[name]), arguments] for name, arguments, *_ in RECORDED]
    code = (
        "import json, sys, record_migrate_flags as r; print(json.dumps([r.output(*c) for c in json.load(sys.stdin)]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=RECORDER.parent, input=json.dumps(cases), capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


@pytest.mark.parametrize(("source", "text"), REPLACED)
def test_replaced(source: str, text: str) -> None:
    found = _outcome(ast.parse(source, mode="eval").body)
    assert isinstance(found, Replace)
    assert found.text == text
    assert found.needs == ((flags.APP, flags.FLAGS) if "app.run" in text else (flags.FLAGS,))


@pytest.mark.parametrize(("source", "reason"), REFUSED)
def test_refused(source: str, reason: str) -> None:
    found = _outcome(ast.parse(source, mode="eval").body)
    assert isinstance(found, Refuse)
    assert reason in found.reason


def test_every_name_is_one_of_absl() -> None:
    for old, new in flags.NAMES.items():
        assert new == "flags" or hasattr(absl.flags, new.removeprefix("flags.")), old


@pytest.mark.parametrize(("source", "statement"), PARSED)
def test_parsed_before(source: str, statement: str) -> None:
    found = flag_parsing.parse_before(ast.parse(HEAD + source), _name)
    assert isinstance(found, ast.stmt)
    assert ast.unparse(found) == ast.unparse(ast.parse(statement))


@pytest.mark.parametrize("source", NOT_PARSED)
def test_not_parsed(source: str) -> None:
    assert flag_parsing.parse_before(ast.parse(HEAD + source), _name) is None


@pytest.mark.parametrize("source", PARSING_REFUSED)
def test_parsing_refused(source: str) -> None:
    assert isinstance(flag_parsing.parse_before(ast.parse(HEAD + source), _name), Refuse)


@pytest.mark.parametrize("number", range(len(RECORDED)), ids=lambda number: f"{RECORDED[number][0]}-{number}")
def test_programs_print_what_they_print_on_115(printed: list[Any], number: int) -> None:
    assert printed[number] == RECORDED[number][2:]
