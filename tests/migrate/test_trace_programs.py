"""``--trace`` as a user calls it: programs run once, in processes of their own, and become what is proven."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tf1graphs import cli, verify
from tf1graphs.migrate import native
from tf1graphs.migrate.project import LEFT, NATIVE, Outcome, migrate_all
from tf1graphs.migrate.trace.processes import CouldNotTrace, trace
from tf1graphs.migrate.trace.programs import migrate_traced

FOLDER = Path(__file__).parent / "traced"
# Program -> what is taken from its run.
PROGRAMS = {
    "optimizer_by_config": ["CONFIG['layers']: [5, 3]"],
    "scope_by_flag": ["args.scope: 'critic'", "args.scope: 'critic'"],
    "sizes_of_data": ["data.shape[1]: 5", "len(names): 2"],
}
SAMPLE = "optimizer_by_config"
OTHERS = PROGRAMS.keys() - {SAMPLE}


@pytest.mark.parametrize(
    "name", [each if each == SAMPLE else pytest.param(each, marks=pytest.mark.slow) for each in PROGRAMS]
)
def test_programs_become_native_and_are_proven(name, workers, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = Path(shutil.copy(FOLDER / f"{name}.py", tmp_path))
    read = migrate_all([path], native.migrate)
    assert read[0].status == LEFT
    traced = migrate_traced(read, [], 1)
    assert traced.failures == ()
    assert [f"{each.expression}: {each.value}" for each in traced.assumed[path]] == PROGRAMS[name]
    (outcome,) = traced.outcomes
    assert outcome.status == NATIVE
    new = tmp_path / "new.py"
    new.write_text(outcome.text)
    comparison = verify.verify(path, new, workers=workers, steps=10)
    assert comparison.is_comparable and comparison.is_equivalent, verify.text(comparison)


def test_every_program_is_known():
    assert {path.stem for path in FOLDER.glob("*.py")} == PROGRAMS.keys()


MAIN = """\
import sys
import tensorflow as tf
from layers import scale
print("printed")
print("said", file=sys.stderr)
x = tf.placeholder(tf.float32, [None])
with tf.variable_scope(sys.argv[1]):
    w = tf.get_variable("w", [])
loss = scale * tf.reduce_sum(x * w)
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
saver = tf.train.Saver()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(100):
        sess.run(train, {x: [1.0]})
        open("steps", "a").write("1")
"""
LAYERS = "import tensorflow as tf\nscale = 2 * 1.5\n"


@pytest.fixture
def migrate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Runs the command on ``main.py``, which imports ``layers.py``."""
    monkeypatch.chdir(tmp_path)
    Path("main.py").write_text(MAIN)
    Path("layers.py").write_text(LAYERS)
    return lambda *arguments: cli.main(["migrate", *arguments])


def test_the_report_says_what_was_taken_and_the_program_says_nothing(migrate, capfd):
    assert migrate("main.py", "layers.py", "--trace", "--json", "report.json", "--", "critic") == 0
    said = capfd.readouterr()
    assert said.err == ""
    assert "main.py:7: sys.argv[1] is taken to be 'critic', as it was in a run\n" in said.out
    assert "printed" not in said.out
    report = json.loads(Path("report.json").read_text())
    assert report["untraced"] == []
    assert report["files"][0]["assumed"] == [
        {"place": "main.py:7", "line": 7, "expression": "sys.argv[1]", "value": "'critic'"}
    ]
    # It ended with its first training step.
    assert not Path("steps").exists()


def test_an_error_of_the_program_is_one_line(migrate, capfd):
    assert migrate("main.py", "--trace") == 1
    said = capfd.readouterr()
    line = "main.py: it failed (IndexError: list index out of range); it is migrated by reading alone"
    assert (line in said.out.splitlines(), said.err) == (True, "")


@pytest.mark.parametrize("arguments", [["--diff"], ["--trace", "--check"]])
def test_nothing_runs_without_need(migrate, arguments):
    text = MAIN.replace("sys.argv[1]", '"critic"') if "--trace" in arguments else MAIN
    Path("main.py").write_text('open("has_run", "w")\n' + text)
    migrate("main.py", *arguments)
    assert not Path("has_run").exists()


def test_time_is_limited(tmp_path):
    script = tmp_path / "forever.py"
    script.write_text("while True: pass\n")
    with pytest.raises(CouldNotTrace, match="did not end within 0.1 seconds"):
        trace(script, {script: script.read_text()}, [], 1, 0.1)


def test_programs_are_those_that_others_do_not_import(migrate, monkeypatch):
    ran = []

    def stop(script: Path, *_: object) -> None:
        ran.append(script.name)
        raise CouldNotTrace("stopped")

    monkeypatch.setattr("tf1graphs.migrate.trace.programs.trace", stop)
    Path("layers.py").write_text(LAYERS + "tf.contrib.training.HParams()\n")
    outcomes: list[Outcome] = migrate_all([Path("layers.py"), Path("main.py")], native.migrate)
    traced = migrate_traced(outcomes, [], 1)
    assert (ran, traced.failures) == (["main.py"], ("main.py: it stopped; it is migrated by reading alone",))
    assert [each.text for each in traced.outcomes] == [each.text for each in outcomes]
