"""Each tutorial script runs alone, prints, writes what TensorBoard shows, and saves its picture."""

from __future__ import annotations

import contextlib
import io
import re

import pytest
import twin
from loading import load
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

NAMES = sorted(path.parent.name for path in twin.TUTORIALS.glob("*/tf1.py"))
COUNTS = re.compile(r"tutorial\.parser\(__file__, __doc__, (\w+)=")


def short_run(name, script, logdir):
    counts = COUNTS.search((twin.TUTORIALS / name / script).read_text())
    return [*([f"--{counts[1]}", "2"] if counts else []), "--logdir", str(logdir)]


def check_logs(logdir, trains):
    assert (logdir / "picture.png").read_bytes().startswith(b"\x89PNG")
    assert not list(logdir.glob("*.tmp")), "a temporary file is left"
    # A script that compares networks writes a run, which is a folder to TensorBoard, for each.
    runs = {path.parent for path in logdir.rglob("events.out.tfevents.*")}
    assert runs
    for run in runs:
        events = EventAccumulator(str(run))
        events.Reload()
        tags = events.Tags()
        assert tags["graph"]
        if trains:
            assert tags["scalars"] or tags["tensors"]
            assert tags["histograms"] or tags["tensors"]


def trains(name):
    return "minimize(" in (twin.TUTORIALS / name / "tf1.py").read_text()


@pytest.mark.parametrize("name", NAMES)
def test_tf1_script_runs(name, tmp_path):
    import tf1graphs.v1 as tf

    printed = io.StringIO()
    with tf.Graph().as_default(), contextlib.redirect_stdout(printed):
        load(twin.TUTORIALS / name / "tf1.py").main(short_run(name, "tf1.py", tmp_path))
    assert printed.getvalue().strip()
    check_logs(tmp_path, trains(name))


@pytest.mark.parametrize("name", NAMES)
def test_tf2_script_runs(name, tmp_path, in_tf2):
    assert in_tf2(twin.run_script, name, short_run(name, "tf2.py", tmp_path)).strip()
    check_logs(tmp_path, trains(name))


@pytest.mark.parametrize("name", NAMES)
def test_twin_is_native(name):
    text = (twin.TUTORIALS / name / "tf2.py").read_text()
    assert not re.search(r"compat\.v1|tf1graphs\.v1|Session\(|placeholder|get_collection", text)


@pytest.mark.parametrize("name", NAMES)
def test_page_shows_the_picture(name):
    page = (twin.TUTORIALS / name / "README.md").read_text()
    assert "![" in page and "](picture.png)" in page
    assert (twin.TUTORIALS / name / "picture.png").stat().st_size < 100_000


def test_a_script_runs_alone_and_explains_itself(python, tmp_path):
    script = str(twin.TUTORIALS / "03_linear_regression" / "tf1.py")
    done = python(script, "--steps", "3", "--logdir", str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"0 .*\n1 .*\n2 .*\nX: 5, Y: .*\nX: 2\.5, Y: .*\n", done.stdout)
    help_text = python(script, "--help").stdout
    assert "example: python tutorials/03_linear_regression/tf1.py --seed 1 --steps 100" in help_text


def test_bad_options_end_with_code_2_and_name_the_option(python):
    script = str(twin.TUTORIALS / "03_linear_regression" / "tf1.py")
    done = python(script, "--steps", "0")
    assert done.returncode == 2
    assert "argument --steps: must be 1 or more, not 0" in done.stderr
