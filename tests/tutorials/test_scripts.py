"""Each tutorial script runs alone, prints, writes what TensorBoard shows, and saves its picture."""

from __future__ import annotations

import re

import pytest
import short
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator


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


@pytest.mark.parametrize("version", ["tf1", "tf2"])
def test_script_prints_and_logs(version, pair):
    run = getattr(pair, version)
    assert run.recorded.out.strip()
    check_logs(run.logdir, short.trains(pair.name))


@pytest.mark.parametrize("name", short.NAMES)
def test_twin_is_native(name):
    text = short.source(name, "tf2")
    assert not re.search(r"compat\.v1|tf1graphs\.v1|Session\(|placeholder|get_collection", text)


@pytest.mark.parametrize("name", short.NAMES)
def test_page_shows_the_picture(name):
    page = (short.TUTORIALS / name / "README.md").read_text()
    assert "![" in page and "](picture.png)" in page
    assert (short.TUTORIALS / name / "picture.png").stat().st_size < 250_000


def test_a_script_runs_alone_and_explains_itself(python, tmp_path):
    script = str(short.TUTORIALS / "03_linear_regression" / "tf1.py")
    done = python(script, "--steps", "3", "--logdir", str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"0 .*\n1 .*\n2 .*\nX: 5, Y: .*\nX: 2\.5, Y: .*\n", done.stdout)
    help_text = python(script, "--help").stdout
    assert "example: python tutorials/03_linear_regression/tf1.py --seed 1 --steps 100" in help_text


def test_bad_options_end_with_code_2_and_name_the_option(python):
    script = str(short.TUTORIALS / "03_linear_regression" / "tf1.py")
    done = python(script, "--steps", "0")
    assert done.returncode == 2
    assert "argument --steps: must be 1 or more, not 0" in done.stderr
