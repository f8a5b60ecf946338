"""Options, progress and failure of the tutorials."""

from __future__ import annotations

import pytest

from tf1graphs import tutorial


def options(**counts):
    return tutorial.parser("/repository/tutorials/99_name/tf1.py", "What it shows.", **counts)


def test_defaults_and_log_directory(tmp_path):
    args = tutorial.parse(options(epochs=3), ["--logdir", str(tmp_path / "a" / "b")])
    assert (args.epochs, args.seed) == (3, 777)
    assert (tmp_path / "a" / "b").is_dir()


def test_default_log_directory_is_named_after_tutorial_and_script():
    assert str(options().get_default("logdir")) == "/repository/logs/99_name/tf1"


@pytest.mark.parametrize("value", ["0", "-1", "many"])
def test_counts_are_positive_integers(value, tmp_path, capsys):
    with pytest.raises(SystemExit) as stopped:
        tutorial.parse(options(steps=5), ["--steps", value, "--logdir", str(tmp_path)])
    assert stopped.value.code == 2
    assert "argument --steps" in capsys.readouterr().err


def test_quick_gives_counts_their_small_values_and_can_be_corrected(tmp_path):
    quick = {"epochs": 2, "batch_size": 25}
    for arguments, expected in (([], (30, 100)), (["--quick"], (2, 25)), (["--quick", "--epochs", "3"], (3, 25))):
        args = tutorial.parse(options(quick=quick, epochs=30, batch_size=100), [*arguments, "--logdir", str(tmp_path)])
        assert (args.epochs, args.batch_size) == expected
    assert (
        "a run of seconds: --epochs 2 --batch-size 25" in options(quick=quick, epochs=30, batch_size=100).format_help()
    )


def test_log_directory_that_cannot_be_made_is_refused_in_one_line(tmp_path, capsys):
    (tmp_path / "file").write_text("")
    with pytest.raises(SystemExit) as stopped:
        tutorial.parse(options(), ["--logdir", str(tmp_path / "file" / "logs")])
    assert stopped.value.code == 2
    assert f"--logdir {tmp_path / 'file' / 'logs'}: Not a directory" in capsys.readouterr().err


def test_progress_yields_every_item_and_writes_nothing_where_there_is_no_terminal(capsys):
    assert list(tutorial.progress(range(3), "Training")) == [0, 1, 2]
    assert capsys.readouterr() == ("", "")


def test_fail_is_one_line_and_code_2(capsys):
    with pytest.raises(SystemExit) as stopped:
        tutorial.fail("data.csv: line 3 has two columns")
    assert stopped.value.code == 2
    assert capsys.readouterr().err.endswith("data.csv: line 3 has two columns\n")


def test_batches_are_whole():
    assert tutorial.batches(103, 25) == 4


def test_a_batch_larger_than_the_set_is_refused_in_one_line(capsys):
    with pytest.raises(SystemExit) as stopped:
        tutorial.batches(10, 25)
    assert stopped.value.code == 2
    assert capsys.readouterr().err.endswith("--batch-size 25: there are only 10 examples\n")
