"""Many files are migrated by several processes, with the same results as by one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tf1graphs import cli
from tf1graphs.migrate import processes
from tf1graphs.run.errors import BadInput

MANY = 1000
TF = "import tensorflow as tf\n"
KINDS = [
    f"{TF}x = tf.placeholder(tf.float32)\nwith tf.Session() as sess:\n    print(sess.run(tf.log(x), {{x: 1.0}}))\n",
    f"{TF}tf.contrib.learn(1)\n",
    "import helper\n",
    f"{TF}print 'old'\n",
]
INTERRUPTED = """
import sys
from tf1graphs import cli
from tf1graphs.migrate import processes

processes._cores = lambda: print("begins", flush=True) or 2
sys.exit(cli.main())
"""


@pytest.fixture
def two_cores(monkeypatch):
    monkeypatch.setattr(processes, "_cores", lambda: 2)


@pytest.mark.parametrize(("cores", "count"), [(1, MANY), (2, 3), (64, 3)])
def test_few_files_or_one_core_take_no_further_process(monkeypatch, cores, count):
    monkeypatch.setattr(processes, "_cores", lambda: cores)
    with processes.mapping(count) as apply:
        assert apply is map


def test_results_come_in_order_and_errors_as_they_are(two_cores):
    with processes.mapping(MANY) as apply:
        assert list(apply(abs, range(-50, 0))) == list(range(50, 0, -1))
    with pytest.raises(ValueError, match="invalid literal"), processes.mapping(MANY) as apply:
        list(apply(int, ["1", "x"]))


def test_a_process_that_is_killed_is_told(two_cores):
    with pytest.raises(BadInput, match="ended from outside"), processes.mapping(MANY) as apply:
        list(apply(os._exit, [1]))


def test_many_processes_say_and_write_what_one_does(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    for number in range(30):
        Path("old", str(number)).mkdir(parents=True)
        Path("old", str(number), "main.py").write_text(KINDS[number % len(KINDS)])
    Path("old", "2", "helper.py").write_text(KINDS[1])
    said, written = [], []
    for cores in (1, 2):
        monkeypatch.setattr(processes, "_cores", lambda cores=cores: cores)
        assert cli.main(["migrate", "old", "-o", "new", "--force"]) == 2
        said.append(capsys.readouterr())
        written.append({path: path.read_bytes() for path in sorted(Path("new").rglob("*.py"))})
        assert len(written[-1]) == 24
    assert said[0] == said[1]
    assert written[0] == written[1]


def test_an_interrupt_ends_all_processes_without_a_word_of_theirs(tmp_path):
    for number in range(MANY):
        (tmp_path / f"{number}.py").write_text(KINDS[0] * 20)
    command = [sys.executable, "-c", INTERRUPTED, "migrate", str(tmp_path), "--check"]
    started = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert started.stdout and started.stdout.readline() == "begins\n"
    time.sleep(0.5)
    os.killpg(started.pid, signal.SIGINT)
    # What they could write to is closed as the last of them ends.
    assert started.communicate(timeout=30) == ("", "tf1graphs migrate: interrupted\n")
    assert started.returncode == 128 + signal.SIGINT
