"""A program runs as under plain ``python``: arguments, names, neighbours, exit codes, tracebacks, interrupts."""

from __future__ import annotations

import signal
import subprocess
import sys


def test_arguments_names_and_neighbours_are_those_of_python(legacy, tmp_path):
    (tmp_path / "helper.py").write_text("import tensorflow as tf\nVERSION = tf.__version__\n")
    done = legacy(
        "import os, sys, helper\nprint(sys.argv, __name__, __file__, helper.VERSION)\n"
        "print(os.path.samefile(sys.path[0], '.'), sys.modules['__main__'].__dict__ is globals())",
        "--epochs",
        "3",
        "--help",
    )
    assert done.stdout.splitlines() == ["['train.py', '--epochs', '3', '--help'] __main__ train.py 1.15.5", "True True"]
    assert done.stderr == ""


def test_module_is_run_with_its_package(command, tmp_path):
    package = tmp_path / "models"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "net.py").write_text("SIZE = 7\n")
    (package / "train.py").write_text(
        "import sys\nfrom .net import SIZE\nprint(SIZE, __name__, __package__, sys.argv[1:])"
    )
    done = command("-m", "models.train", "--fast")
    assert done.stdout == "7 __main__ models ['--fast']\n", done.stderr


def test_package_is_run_by_its_main(command, tmp_path):
    (tmp_path / "tool").mkdir()
    (tmp_path / "tool" / "__init__.py").write_text("print(__name__)\n")
    (tmp_path / "tool" / "__main__.py").write_text("print(__package__, __spec__.name)\n")
    done = command("-m", "tool")
    assert done.stdout == "tool\ntool tool.__main__\n", done.stderr


def test_package_of_a_module_finds_what_the_program_does(command, tmp_path):
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "__init__.py").write_text(
        "import collections, tensorflow as tf\nkind = collections.MutableMapping\nx = tf.placeholder(tf.float32)\n"
    )
    (tmp_path / "old" / "train.py").write_text("from old import kind, x\nprint(kind.__name__, x)\n")
    done = command("-m", "old.train")
    assert done.stdout == 'MutableMapping Tensor("Placeholder:0", dtype=float32)\n', done.stderr


def test_app_run_and_flags(legacy):
    done = legacy(
        "import tensorflow as tf\n"
        "flags = tf.app.flags\n"
        "flags.DEFINE_integer('steps', 3, 'how many')\n"
        "def main(_):\n    print(flags.FLAGS.steps)\n"
        "if __name__ == '__main__':\n    tf.app.run()",
        "--steps=5",
    )
    assert (done.stdout, done.returncode) == ("5\n", 0)


def test_exit_codes_are_the_programs_own(legacy):
    assert legacy("import sys; sys.exit(7)").returncode == 7
    assert legacy("raise SystemExit('no data')").stderr.endswith("no data\n")


def test_traceback_begins_at_the_program(legacy):
    done = legacy("def step():\n    return 1 / 0\n\nstep()\n")
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert lines[:3] == ["Traceback (most recent call last):", '  File "train.py", line 4, in <module>', "    step()"]
    assert lines[-1] == "ZeroDivisionError: division by zero"
    assert "tf1graphs" not in done.stderr


def test_interrupt_ends_the_process_by_its_signal(tmp_path):
    (tmp_path / "long.py").write_text("import time\nprint('up', flush=True)\ntime.sleep(60)\n")
    command = [sys.executable, "-m", "tf1graphs", "run", "long.py"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A job in the background, as CI is, hands on that the signal is ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        assert process.stdout.readline() == "up\n"
        process.send_signal(signal.SIGINT)
        errors = process.stderr.read()
    assert process.returncode == -signal.SIGINT
    assert errors.rstrip().endswith("KeyboardInterrupt")


def test_missing_program(command):
    done = command("nothing.py")
    assert (done.returncode, done.stderr) == (2, "tf1graphs: nothing.py: No such file or directory\n")


def test_missing_module_to_run(command, tmp_path):
    done = command("-m", "nothing.here")
    assert (done.returncode, done.stderr) == (2, f"tf1graphs: no module named nothing.here below {tmp_path}\n")


def test_syntax_error_is_one_line(legacy):
    done = legacy("x = 1\nprint 'loss', x\n")
    assert done.returncode == 2
    assert done.stderr.startswith("tf1graphs: train.py:2: ")
    assert done.stderr.endswith("print 'loss', x; if this is Python 2, run it with --py2\n")
    assert done.stderr.count("\n") == 1


def test_module_that_is_not_installed_is_one_line(legacy):
    done = legacy("x = 1\nimport cv2.nothing\n")
    assert done.returncode == 2
    assert done.stderr == "tf1graphs: train.py:2: no module named cv2: pip install opencv-python\n"


def test_what_is_gone_fails_on_use_and_not_on_import(legacy):
    done = legacy(
        "from tensorflow.contrib import tensor_forest\n"
        "from tensorflow.contrib.tensor_forest.client import random_forest\n"
        "print('imported')\nrandom_forest.TensorForestEstimator(3)\n"
    )
    assert (done.stdout, done.returncode) == ("imported\n", 2)
    assert done.stderr.startswith(
        "tf1graphs: train.py:4: tf.contrib.tensor_forest.client.random_forest is not supported: "
    )
    assert done.stderr.count("\n") == 1
