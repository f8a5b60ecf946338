"""TensorFlow's start-up lines stay away; a user's own wish and other lines on standard error are respected."""

from __future__ import annotations

import os
import re

from tf1graphs import quiet

A_SESSION = "import tf1graphs.v1 as tf\ntf.layers.dense(tf.zeros([1, 2]), 3)\ntf.Session().run(tf.constant(1))"


def test_a_tf1_program_prints_its_own_lines_only(python):
    done = python("-c", A_SESSION)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_tf2_tutorial_prints_its_own_lines_only(python):
    done = python("-c", "from tf1graphs import tutorial\nimport tensorflow as tf\nprint(int(tf.constant(1)))")
    assert (done.returncode, done.stdout, done.stderr) == (0, "1\n", "")


def test_the_users_log_level_wins(python):
    # Which lines there are depends on the processor.
    said = python("-c", A_SESSION, TF_CPP_MIN_LOG_LEVEL="0").stderr
    assert re.search(r"^(I\d{4}|\d{4}-\d\d-\d\d \S+: I) ", said, re.MULTILINE)


def test_only_log_lines_are_dropped(capfd):
    with quiet.startup():
        os.write(2, b"I0000 00:00:1795223532.977077    3877 port.cc:153] oneDNN custom operations are on.\n")
        os.write(2, b"2026-11-21 01:07:47.123456: E external/local_xla/cuda.cc:10] Unable to register\n")
        os.write(2, b"a line of the program\n")
    assert capfd.readouterr().err == "a line of the program\n"


def test_standard_error_is_given_back_after_an_exception(capfd):
    try:
        with quiet.startup():
            raise RuntimeError
    except RuntimeError:
        os.write(2, b"after\n")
    assert capfd.readouterr().err == "after\n"
