"""Clusters of real processes: synchronous training is one machine's, and no death of a process loses the training."""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import short

from tf1graphs import tutorial

FOLDER = short.TUTORIALS / "31_distributed_training"
STEPS = 110
SAVE_STEPS = 20
SECONDS = 120

# Ends with code 1 at its first start, then well; the folder is its first argument.
ENDS_ONCE = """
import pathlib, sys
mark = pathlib.Path(sys.argv[1], "-".join(sys.argv[2:6]).replace("--", ""))
mark.exists() and sys.exit(0)
mark.touch()
sys.exit(1)
"""
LIVES_UNTIL_THE_LIFELINE_ENDS = """
import sys, time
sys.path.insert(0, sys.argv[1])
import cluster
cluster.end_with(int(sys.argv[sys.argv.index("--lifeline") + 1]))
time.sleep(1000)
"""
LAUNCHES = """
import pathlib, sys, time
lives, folder, tutorial = sys.argv[1:]
sys.path.insert(0, tutorial)
import cluster
command = [sys.executable, "-c", lives, tutorial, folder]
with cluster.Cluster(command, {"ps": ["a"]}, ("ps",), pathlib.Path(folder)):
    time.sleep(1000)
"""


@pytest.fixture
def module(monkeypatch):
    """Imports a module of the tutorial."""

    def find(name):
        monkeypatch.syspath_prepend(str(FOLDER))
        monkeypatch.delitem(sys.modules, name, raising=False)
        found = importlib.import_module(name)
        monkeypatch.delitem(sys.modules, name)
        return found

    return find


def processes_with(text):
    """Returns the command lines of all processes that have ``text`` in theirs."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if text in line and path.parent.name != str(os.getpid()):
            found.append(line)
    return found


def wait_for(condition):
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def run(python, tmp_path_factory):
    """Runs a script with ``--quick`` once for each victim; returns its folder."""
    done = {}

    def of(version, victim):
        if (version, victim) not in done:
            logdir = tmp_path_factory.mktemp("cluster")
            script = str(FOLDER / f"{version}.py")
            ended = python(script, "--quick", "--kill", victim, "--logdir", str(logdir), TF1GRAPHS_OFFLINE="1")
            assert ended.returncode == 0, ended.stderr
            assert f"{victim} is killed\n{victim} is started anew" in ended.stderr
            assert not processes_with(str(logdir)), "a process is left"
            done[version, victim] = logdir
        return done[version, victim]

    return of


def weights(folder):
    """Returns the variables of a folder's last checkpoint, by their names in TF1."""
    from tensorflow.python.training import checkpoint_management, py_checkpoint_reader

    reader = py_checkpoint_reader.NewCheckpointReader(checkpoint_management.latest_checkpoint(str(folder)))
    ending = "/.ATTRIBUTES/VARIABLE_VALUE"
    names = {name: name.replace(ending, "").replace("model/", "") for name in reader.get_variable_to_shape_map()}
    return {short: reader.get_tensor(name) for name, short in names.items() if short in ("W1", "b1", "W2", "b2")}


def assert_is_one_machine(logdir, tolerance):
    one, cluster = weights(logdir / "one"), weights(logdir / "sync")
    assert one.keys() == cluster.keys() == {"W1", "b1", "W2", "b2"}
    for name in one:
        np.testing.assert_allclose(cluster[name], one[name], rtol=0, atol=tolerance)


def steps_of(folder, task):
    return [int(line.split()[1]) for line in (folder / f"losses-{task}.txt").read_text().splitlines()]


def last_step(folder):
    """Returns the last step of all workers: which of them takes it is chance."""
    return max(steps_of(folder, path.stem.removeprefix("losses-"))[-1] for path in folder.glob("losses-*.txt"))


@pytest.mark.slow
@pytest.mark.parametrize(("version", "victim"), [("tf1", "ps:0"), ("tf2", "worker:1")])
def test_synchronous_training_is_one_machines_though_a_process_was_killed(version, victim, run):
    assert_is_one_machine(run(version, victim), 1e-5)


@pytest.mark.slow
def test_a_killed_workers_last_gradient_may_count_twice_and_no_more(run):
    assert_is_one_machine(run("tf1", "worker:1"), 5e-3)


@pytest.mark.slow
def test_asynchronous_training_goes_on_without_a_killed_worker(run):
    folder = run("tf1", "worker:1") / "async"
    steps = steps_of(folder, 0)
    assert steps == sorted(steps)
    assert last_step(folder) >= STEPS - 2


@pytest.mark.slow
def test_no_step_is_left_out_when_a_worker_is_killed(run):
    steps = steps_of(run("tf2", "worker:1") / "async", 0)
    assert set(steps) == set(range(STEPS))
    assert max(before - after for before, after in zip(steps, steps[1:])) <= 2 * SAVE_STEPS


@pytest.mark.slow
@pytest.mark.parametrize("version", ["tf1", "tf2"])
def test_a_killed_parameter_server_costs_the_steps_since_the_checkpoint_alone(version, run):
    folder = run(version, "ps:0") / "async"
    steps = steps_of(folder, 0)
    assert max(before - after for before, after in zip(steps, steps[1:])) <= 2 * SAVE_STEPS
    assert 0 not in steps[1:], "it began anew"
    assert last_step(folder) >= STEPS - 2


@pytest.mark.slow
def test_a_killed_chief_restores_the_checkpoint(run):
    logdir = run("tf1", "worker:0")
    for training in ("async", "sync"):
        steps = steps_of(logdir / training, 0)
        assert last_step(logdir / training) >= STEPS - 2
        assert 0 not in steps[1:], "it began anew"


def test_what_ends_badly_is_started_anew(module, tmp_path, capfd):
    cluster = module("cluster")
    jobs = {"worker": ["a", "b"]}
    with cluster.Cluster([sys.executable, "-c", ENDS_ONCE, str(tmp_path)], jobs, (), tmp_path) as processes:
        assert list(processes.steps(lambda: 3, None, 0)) == [-1, 0, 1, 2]
    assert processes.killed_at is None
    lines = capfd.readouterr().err.splitlines()
    assert sorted(lines) == ["worker:0 is started anew", "worker:1 is started anew"]


def test_what_always_ends_badly_ends_the_launcher_with_one_line(module, tmp_path, capfd):
    cluster = module("cluster")
    with (
        pytest.raises(SystemExit) as ended,
        cluster.Cluster([sys.executable, "-c", "raise SystemExit(3)"], {"worker": ["a"]}, (), tmp_path) as processes,
    ):
        list(processes.steps(lambda: 0, None, 0))
    assert ended.value.code == 2
    assert f"worker:0 has ended 6 times; see {tmp_path / 'worker-0.log'}" in capfd.readouterr().err


def test_a_cluster_without_steps_is_ended(module, tmp_path, capfd, monkeypatch):
    cluster = module("cluster")
    monkeypatch.setattr(cluster, "PATIENCE_SECONDS", 0.2)
    command = [sys.executable, "-c", "import time; time.sleep(1000)", str(tmp_path)]
    with (
        pytest.raises(SystemExit),
        cluster.Cluster(command, {"worker": ["a"]}, (), tmp_path) as processes,
    ):
        list(processes.steps(lambda: -1, None, 0))
    assert "see the logs in" in capfd.readouterr().err
    assert not processes_with(str(tmp_path))


def test_all_processes_end_with_a_killed_launcher(tmp_path):
    command = [sys.executable, "-c", LAUNCHES, LIVES_UNTIL_THE_LIFELINE_ENDS, str(tmp_path), str(FOLDER)]
    launcher = subprocess.Popen(command)
    try:
        wait_for(lambda: processes_with(f"{tmp_path} --job ps --task 0 --lifeline"))
    finally:
        launcher.send_signal(signal.SIGKILL)
        launcher.wait()
    wait_for(lambda: not processes_with(str(tmp_path)))


def test_free_addresses_differ(module):
    assert len(set(module("cluster").free_addresses(20))) == 20


def test_losses_are_read_in_the_order_of_time_without_half_lines(module, tmp_path):
    losses = module("losses")
    assert losses.last_step(tmp_path) == -1
    (tmp_path / "losses-0.txt").write_text("1.0 0 2.5\n3.0 2 1.5\n4.0 3")
    (tmp_path / "losses-1.txt").write_text("2.0 1 2.0\n")
    assert losses.read(tmp_path) == [(1.0, 0, 2.5), (2.0, 1, 2.0), (3.0, 2, 1.5)]
    assert losses.last_step(tmp_path) == 2


def test_a_killed_worker_goes_on_in_its_file(module, tmp_path):
    losses = module("losses")
    for step in (0, 1):
        losses.log_of(tmp_path, 1)(step, 0.25)
    assert [row[1:] for row in losses.read(tmp_path)] == [(0, 0.25), (1, 0.25)]


def test_the_workers_share_the_joint_batch(module):
    options = module("options")
    data = type("Data", (), {"images": np.arange(250), "labels": np.arange(250), "num_examples": 250})
    joint = options.batch(data, 2)[0]
    halves = [options.batch(data, 2, task, 2)[0] for task in (0, 1)]
    assert joint.tolist() == [*range(200, 250), *range(50)]
    assert sorted(np.concatenate(halves)) == sorted(joint) and len(halves[0]) == len(halves[1])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--kill", "worker:7"], "argument --kill: invalid choice: 'worker:7'"),
        (["--cluster", "a:1"], "argument --cluster: must be JSON such as"),
        (["--job", "worker"], "argument --cluster: has no address for worker:0"),
        (
            ["--job", "worker", "--task", "2", "--cluster", json.dumps({"worker": ["a", "b"]})],
            "no address for worker:2",
        ),
        (["--job", "worker", "--task", "-1", "--cluster", json.dumps({"worker": ["a"]})], "no address for worker:-1"),
    ],
)
def test_bad_options_are_refused(arguments, message, module, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        module("options").parse(tutorial.parser(str(FOLDER / "tf1.py"), ""), [*arguments, "--logdir", str(tmp_path)])
    assert ended.value.code == 2
    assert message in capsys.readouterr().err
