"""``tf1graphs verify`` as a user calls it: real processes, exit codes, reports."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

OLD = """
import sys
import time
import numpy as np
import tensorflow as tf

epochs = int(sys.argv[1])
X = tf.placeholder(tf.float32, [None, 2], name="X")
Y = tf.placeholder(tf.float32, [None, 1], name="Y")
W = tf.Variable(tf.random_normal([2, 1]), name="W")
b = tf.Variable(tf.zeros([1]), name="b")
cost = tf.reduce_mean(tf.square(tf.matmul(X, W) + b - Y))
train_op = tf.train.GradientDescentOptimizer(0.1).minimize(cost)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for epoch in range(epochs):
        x = np.random.uniform(size=[8, 2])
        _, loss = sess.run([train_op, cost], {X: x, Y: x.sum(axis=1, keepdims=True)})
        print("epoch", epoch, "cost %.5f" % loss)
"""

NEW = """
import sys
import time
import numpy as np
import tensorflow as tf

epochs = int(sys.argv[1])
W = tf.Variable(tf.random.normal([2, 1]), name="W")
b = tf.Variable(tf.zeros([1]), name="b")
for epoch in range(epochs):
    x = np.random.uniform(size=[8, 2]).astype(np.float32)
    with tf.GradientTape() as tape:
        cost = tf.reduce_mean(tf.square(x @ W + b - x.sum(axis=1, keepdims=True)))
    for variable, gradient in zip([W, b], tape.gradient(cost, [W, b])):
        variable.assign_sub(0.1 * gradient)
    print("epoch", epoch, "cost %.5f" % cost)
"""

Verify = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the old program, its port, and a port with another learning rate."""
    (tmp_path / "old.py").write_text(OLD)
    (tmp_path / "new.py").write_text(NEW)
    (tmp_path / "faster.py").write_text(NEW.replace("0.1 *", "0.2 *"))
    return tmp_path


@pytest.fixture
def verify(folder: Path, python: Verify) -> Verify:
    return lambda *arguments: python("-m", "tf1graphs", "verify", *arguments, cwd=folder)


def test_equal_programs_exit_with_0_and_say_what_was_compared(verify, folder):
    done = verify("old.py", "new.py", "--json", "report.json", "--html", "report.html", "--", "12")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^equivalent: \d+ values of \d+ quantities agree$", done.stdout, re.MULTILINE)
    report = json.loads((folder / "report.json").read_text())
    assert report["verdict"] == "equivalent" and report["variables"] == {"W": "W", "b": "b"}
    compared = {(quantity["kind"], quantity["name"]): quantity["compared"] for quantity in report["quantities"]}
    assert compared["loss", "loss"] == 12
    assert compared["print", "epoch # cost #"] == 12
    assert compared["gradient", "W"] == 10
    page = (folder / "report.html").read_text()
    assert page.count("<svg") >= 4 and "epoch # cost #" in page
    assert not re.search(r"(src|href)=[\"']?https?:", page.replace("http://www.w3.org", ""))


def test_other_programs_exit_with_1_and_name_the_step(verify):
    done = verify("old.py", "faster.py", "--", "5")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "different from training step 1 on" in done.stdout


def test_steps_end_both_programs_early(verify):
    done = verify("old.py", "new.py", "--steps", "3", "--json", "-", "--", "1000000")
    assert done.returncode == 0, done.stdout + done.stderr
    quantities = json.loads(done.stdout)["quantities"]
    assert next(quantity for quantity in quantities if quantity["kind"] == "loss")["compared"] == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["missing.py", "new.py"], "tf1graphs verify: missing.py: no such file\n"),
        (["old.py", "new.py", "--steps", "0"], "tf1graphs verify: --steps 0: not a number of steps\n"),
        (["old.py", "new.py", "--json", "new.py"], "tf1graphs verify: --json new.py: the file exists; --force over"),
        (["old.py", "new.py", "--oracle", "no-such-python"], "tf1graphs verify: --oracle no-such-python: No such file"),
    ],
)
def test_bad_input_is_one_line_and_exits_with_2(verify, arguments, message):
    done = verify(*arguments)
    assert done.returncode == 2
    assert done.stderr.startswith(message) and done.stderr.count("\n") == 1


def test_a_program_that_fails_could_not_be_compared(verify):
    done = verify("old.py", "new.py", "--", "many")
    assert done.returncode == 2
    assert "old.py ended with exit code 1: ValueError: invalid literal for int()" in done.stderr


def test_programs_with_nothing_in_common_could_not_be_compared(verify, folder):
    (folder / "silent.py").write_text("import tensorflow as tf\nprint(tf.constant(1.0) is None)\n")
    done = verify("silent.py", "silent.py")
    assert done.returncode == 2
    assert "could not compare" in done.stdout


@pytest.fixture
def endless(folder: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """The command in a process group of its own, and the number of the process of the endless program that it runs."""
    source = "import os, time\nopen('pid', 'w').write(f'{os.getpid()} ')\nwhile True:\n    time.sleep(0.1)\n"
    (folder / "endless.py").write_text(source)
    command = [sys.executable, "-m", "tf1graphs", "verify", "endless.py", "endless.py"]
    quiet = {name: value for name, value in os.environ.items() if name != "TF_CPP_MIN_LOG_LEVEL"}
    streams = {"env": quiet, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=folder, start_new_session=True, **streams) as process:
        number = folder / "pid"
        _wait_for(lambda: number.exists() and number.read_text().endswith(" "))
        yield process, int(number.read_text())
        process.kill()


def test_programs_end_with_the_command_that_runs_them(endless):
    process, program = endless
    process.kill()
    _wait_for(lambda: not Path(f"/proc/{program}").exists())


def test_ctrl_c_ends_both_with_one_line(endless):
    process, program = endless
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said == "tf1graphs verify: interrupted\n"
    _wait_for(lambda: not Path(f"/proc/{program}").exists())


@pytest.mark.parametrize("style", ["import tensorflow as tf\ntf.placeholder\n", "import tensorflow as tf\n"])
def test_an_interrupt_that_reaches_the_program_first_is_one_too(verify, folder, style):
    (folder / "stops.py").write_text(f"{style}import os, signal\nos.kill(os.getpid(), signal.SIGINT)\nsignal.pause()\n")
    done = verify("stops.py", "stops.py")
    assert (done.returncode, done.stderr) == (130, "tf1graphs verify: interrupted\n")


def _wait_for(condition: Callable[[], object]) -> None:
    for _ in range(600):
        if condition():
            return
        time.sleep(0.1)
    pytest.fail("waited a minute")
