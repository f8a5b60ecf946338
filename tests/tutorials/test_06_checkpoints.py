"""Training goes on from its last checkpoint, also after SIGKILL at any moment; damaged checkpoints are refused."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import short
import warm

FOLDER = short.TUTORIALS / "06_checkpoints"
KILLS = 20
Call = Callable[..., Any]

FOREIGN = {
    "tf1": """
import tf1graphs.v1 as tf
def main(arguments):
    tf.Variable(tf.zeros([3, 3]), name="W1")
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        tf.train.Saver().save(sess, arguments[0])
""",
    "tf2": """
import tensorflow as tf
def main(arguments):
    model = tf.Module()
    model.W1 = tf.Variable(tf.zeros([3, 3]), name="W1")
    tf.train.Checkpoint(model=model).write(arguments[0])
""",
}

# What saves leave when they are killed at one of their steps, and deletions of old checkpoints too.
LEFTOVERS = {
    "tf1": [
        "checkpoint.tmp0f",
        "dnn.ckpt-30.meta.tmp0f",
        "dnn.ckpt-35.data-00000-of-00001",
        "dnn.ckpt-35.index.tempstate12",
        "dnn.ckpt-5.data-00000-of-00001",
        "dnn.ckpt-5.index",
    ],
    "tf2": [
        "checkpoint.tmp0f",
        "dnn.ckpt-35.data-00000-of-00001",
        "dnn.ckpt-35.index",
        "dnn.ckpt-40_temp/part-00000-of-00001.data-00000-of-00001.tempstate12",
        "dnn.ckpt-5.data-00000-of-00001",
    ],
}

READ_RUNS = """
import json
from pathlib import Path
import {0}
def main(arguments):
    print(json.dumps({0}.read_runs(Path(arguments[0]))))
"""


class Version:
    """The scripts of one version, run in forks of a process of their own.

    Attributes:
        name: ``tf1`` or ``tf2``.
        call: calls a function of ``warm`` in that process.
        trained: the log directory of a run with its default options; tests copy it.
        output: what that run printed.
    """

    def __init__(self, name: str, call: Call, trained: Path) -> None:
        self.name = name
        self.call = call
        self.trained = trained
        self.output = self.train("--logdir", trained).out

    def run(self, script: Path, *arguments: object, kill: warm.Kill | None = None) -> warm.Finished:
        finished: warm.Finished = self.call(warm.run, script, [str(argument) for argument in arguments], kill)
        return finished

    def train(self, *arguments: object, kill: warm.Kill | None = None) -> warm.Finished:
        return self.run(FOLDER / f"{self.name}.py", *arguments, kill=kill)

    def predict(self, *arguments: object) -> warm.Finished:
        return self.run(FOLDER / f"{self.name}_predict.py", *arguments)

    def values(self, logdir: Path, step: int) -> dict[str, np.ndarray]:
        """Returns all numbers of a checkpoint by name, but for what TF2 adds: the objects and the number of saves."""
        values = self.call(warm.checkpoint_values, str(logdir / "model" / f"dnn.ckpt-{step}"))
        return {name: value for name, value in values.items() if not re.match("save_counter|_CHECKPOINTABLE", name)}


def _version(name: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Version]:
    with warm.process() as call:
        yield Version(name, call, tmp_path_factory.mktemp(name))


@pytest.fixture(scope="module")
def tf1(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Version]:
    yield from _version("tf1", tmp_path_factory)


@pytest.fixture(scope="module")
def tf2(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Version]:
    yield from _version("tf2", tmp_path_factory)


@pytest.fixture(scope="module", params=["tf1", "tf2"])
def version(request: pytest.FixtureRequest) -> Version:
    found: Version = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def trained(version: Version, tmp_path: Path) -> Path:
    """A log directory of the version's own trained model."""
    return Path(shutil.copytree(version.trained, tmp_path / "trained"))


def _steps(word: str, output: str) -> list[int]:
    """Returns the numbers of the checkpoints that were ``Restored`` or ``Saved``."""
    return [int(number) for number in re.findall(rf"^{word}: .*-(\d+)$", output, re.MULTILINE)]


def _assert_same(values: dict[str, np.ndarray], expected: dict[str, np.ndarray]) -> None:
    assert values.keys() == expected.keys()
    for name, value in expected.items():
        np.testing.assert_allclose(values[name], value, rtol=1e-6, err_msg=name)


def _assert_refused(done: warm.Finished, path: Path) -> None:
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 1), done.err
    assert str(path) in done.err


def _listed(model: Path) -> set[str]:
    """Returns the checkpoints in the state file; those are whole, for it is replaced when a save has ended."""
    state = model / "checkpoint"
    return set(re.findall(r'all_.*paths: "(?:.*/)?(.*)"', state.read_text())) if state.exists() else set()


def _unlisted(model: Path) -> list[str]:
    """Returns the files that belong to no checkpoint of the state file: what a killed save left."""
    listed = _listed(model)
    names = [path.name for path in model.iterdir()] if model.exists() else []
    return [n for n in names if n != "checkpoint" and (re.search("te?mp", n) or n.rsplit(".", 1)[0] not in listed)]


def test_two_runs_are_one_long_run(version, tmp_path):
    for logdir, steps in (("short", 7), ("short", 5), ("long", 12)):
        assert version.train("--logdir", tmp_path / logdir, "--steps", steps, "--save-every", 4).code == 0
    _assert_same(version.values(tmp_path / "short", 12), version.values(tmp_path / "long", 12))
    assert _listed(tmp_path / "short" / "model") == {f"dnn.ckpt-{step}" for step in (4, 7, 11, 12)}


def test_five_checkpoints_are_kept_over_all_runs(version, trained):
    version.train("--logdir", trained)
    kept = {f"dnn.ckpt-{step}" for step in (20, 30, 40, 50, 60)}
    assert _listed(trained / "model") == {path.stem for path in (trained / "model").glob("*.index")} == kept


def test_the_folder_can_be_moved(version, trained):
    shutil.move(trained, trained.with_name("moved"))
    assert _steps("Restored", version.train("--logdir", trained.with_name("moved"), "--steps", 1).out) == [30]


def test_a_resumed_run_removes_what_a_killed_save_left(version, trained):
    for name in LEFTOVERS[version.name]:
        path = trained / "model" / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    assert _unlisted(trained / "model")
    done = version.train("--logdir", trained, "--steps", 1)
    assert (done.code, _steps("Restored", done.out)) == (0, [30])
    assert _unlisted(trained / "model") == []


def test_files_of_others_in_the_folder_are_left_alone(version, trained):
    own = [trained / "model" / name for name in ("notes.tmp", "dnn.ckpt-30-best.index", "best.data-00000-of-00001")]
    for path in own:
        path.touch()
    assert version.train("--logdir", trained, "--steps", 1).code == 0
    assert all(path.exists() for path in own)


def test_prediction_alone_gives_the_trained_predictions(version, trained):
    predicted = version.predict("--logdir", trained)
    assert (predicted.code, predicted.err) == (0, "")
    assert _steps("Restored", predicted.out) == [30]
    assert predicted.out.splitlines()[1:] == version.output.splitlines()[-3:]
    assert predicted.out.endswith("Accuracy: 100.00\n")


def test_prediction_without_a_checkpoint_says_what_to_do(version, tmp_path):
    done = version.predict("--logdir", tmp_path)
    _assert_refused(done, tmp_path / "model")
    assert f"run {version.name}.py first" in done.err


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [_cut, _flip, Path.unlink])
@pytest.mark.parametrize("suffix", ["index", "data-00000-of-00001"])
def test_a_damaged_checkpoint_is_refused_in_one_line(version, trained, suffix, damage):
    damage(trained / "model" / f"dnn.ckpt-30.{suffix}")
    files = sorted(trained.glob("model/*"))
    for done in (version.train("--logdir", trained), version.predict("--logdir", trained)):
        _assert_refused(done, trained / "model" / "dnn.ckpt-30")
    assert sorted(trained.glob("model/*")) == files


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"rubbish", b'model_checkpoint_path: "dnn.ck'])
def test_a_damaged_state_file_is_refused_in_one_line(version, trained, content):
    state = trained / "model" / "checkpoint"
    state.write_bytes(content)
    _assert_refused(version.train("--logdir", trained), state)


def test_a_checkpoint_of_another_network_is_refused_in_one_line(version, trained, tmp_path):
    script = tmp_path / "foreign.py"
    script.write_text(FOREIGN[version.name])
    assert version.run(script, trained / "model" / "dnn.ckpt-30").code == 0
    _assert_refused(version.train("--logdir", trained), trained / "model" / "dnn.ckpt-30")


@pytest.mark.parametrize(("reader", "writer"), [("tf1", "tf2"), ("tf2", "tf1")])
def test_each_version_goes_on_from_the_checkpoints_of_the_other_as_that_does(request, tmp_path, reader, writer):
    printed = []
    for name in (reader, writer):
        logdir = shutil.copytree(request.getfixturevalue(writer).trained, tmp_path / name)
        done = request.getfixturevalue(name).train("--logdir", logdir)
        assert (done.code, done.err) == (0, "")
        printed.append(done.out.replace(str(logdir), ""))
    assert _steps("Restored", printed[0]) == [30] and _steps("Saved", printed[0]) == [40, 50, 60]
    assert printed[0] == printed[1]


@pytest.mark.parametrize(("reader", "writer"), [("tf1", "tf2"), ("tf2", "tf1")])
def test_the_picture_has_the_runs_of_both_versions(request, tmp_path, reader, writer):
    logdir = shutil.copytree(request.getfixturevalue(writer).trained, tmp_path / "logs")
    version = request.getfixturevalue(reader)
    version.train("--logdir", logdir)
    script = tmp_path / "read_runs.py"
    script.write_text(READ_RUNS.format(reader))
    first, second = json.loads(version.run(script, logdir).out)
    assert [list(run["saved"]) for run in (first, second)] == [["10", "20", "30"], ["40", "50", "60"]]
    costs = [*first["cost"].values(), *second["cost"].values()]
    assert len(costs) == 60
    assert costs == sorted(costs, reverse=True) and costs[-1] > 0.5


@pytest.mark.slow
def test_killed_runs_go_on_from_a_whole_checkpoint_and_lose_only_what_came_after_it(version, tmp_path):
    choose = random.Random(6)
    logdir, model = tmp_path / "killed", tmp_path / "killed" / "model"
    saved = seen = 0
    for _ in range(KILLS):
        # While it starts, after a save, or before and in one: a step's line is what is printed last before its save.
        starting = warm.Kill("", 0, choose.uniform(0.0, 1.0))
        after = warm.Kill("Saved", choose.randint(1, 5), choose.uniform(0.0, 0.05))
        before = warm.Kill("Step", choose.randint(1, 5), choose.uniform(0.0, 0.05))
        kill = choose.choice([starting, after, before, before])
        every = choose.choice([1, 1, 1, 3])
        done = version.train("--logdir", logdir, "--steps", 100_000, "--save-every", every, kill=kill)
        assert done.code == -9, done.err
        restored = _steps("Restored", done.out)
        steps = [int(step) for step in re.findall(r"^Step: (\d+),.*\n", done.out, re.MULTILINE)]
        if done.out:
            start = restored[0] if restored else 0
            assert saved <= start <= seen
            assert steps == list(range(start + 1, start + 1 + len(steps)))
        saved = max([saved, *restored, *_steps("Saved", done.out)])
        seen = max([seen, *steps])

    done = version.train("--logdir", logdir, "--steps", 50, "--save-every", 10)
    assert done.code == 0, done.err
    last = _steps("Saved", done.out)[-1]
    assert len(_listed(model)) == 5
    assert _unlisted(model) == []
    assert version.train("--logdir", tmp_path / "whole", "--steps", last, "--save-every", last).code == 0
    _assert_same(version.values(logdir, last), version.values(tmp_path / "whole", last))
