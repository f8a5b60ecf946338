"""The command line of ``tf1graphs convert``; what needs no TensorFlow is tested here."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tf1graphs.cli import main
from tf1graphs.inspect.reading.checkpoints import open_checkpoint

FIXTURES = Path(__file__).parents[1] / "fixtures" / "tf115" / "checkpoints"
KERAS_FILE = str(FIXTURES.parent / "inspect_keras" / "sequential.h5")
OPTIMIZERS = str(FIXTURES / "optimizers")


def test_a_checkpoint_is_cut_renamed_and_made_smaller(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = str(tmp_path / "small.ckpt")
    options = ["--without-slots", "--dtype", "float16", "--rename", "weights$=kernel", "--without", "ftrl"]
    assert main(["convert", OPTIMIZERS, target, *options]) == 0
    printed = capsys.readouterr().out
    assert f"{target}: 5 tensors carried over" in printed.replace("\n", "")
    assert "adam/weights/Adam_1" in printed
    entries = open_checkpoint(target).entries
    assert set(entries) == {f"{name}/kernel" for name in ("adadelta", "adam", "momentum", "rmsprop")} | {"global_step"}
    assert entries["adam/kernel"].dtype == "float16"


def test_a_map_is_written_and_then_followed(tmp_path: Path) -> None:
    file = tmp_path / "map.json"
    assert main(["convert", OPTIMIZERS, str(tmp_path / "one.ckpt"), "--only", "adam/weights$", "--map", str(file)]) == 0
    file.write_text(file.read_text().replace('"targets": ["adam/weights"]', '"targets": ["edited"]'))
    assert main(["convert", OPTIMIZERS, str(tmp_path / "two.ckpt"), "--map", str(file)]) == 0
    assert list(open_checkpoint(tmp_path / "two.ckpt").entries) == ["edited"]


def test_objects(tmp_path: Path) -> None:
    assert main(["convert", OPTIMIZERS, str(tmp_path / "ckpt"), "--to", "objects"]) == 0
    assert open_checkpoint(tmp_path / "ckpt").object_graph is not None


def test_nothing_is_overwritten_without_force(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["convert", OPTIMIZERS, str(tmp_path / "new.ckpt")]
    assert main(command) == 0
    before = (tmp_path / "new.ckpt.index").read_bytes()
    assert main([*command, "--without-slots"]) == 2
    assert "new.ckpt.index exists; --force overwrites it" in capsys.readouterr().err
    assert (tmp_path / "new.ckpt.index").read_bytes() == before
    assert main([*command, "--without-slots", "--force"]) == 0
    assert (tmp_path / "new.ckpt.index").read_bytes() != before


REFUSED = {
    "no such file, directory or checkpoint": ["nothing", "new.ckpt"],
    "has no .meta beside it: name the graph, and this by --checkpoint": [OPTIMIZERS, "served"],
    "no regular expression": [OPTIMIZERS, "new.ckpt", "--only", "("],
    "nothing is left of its 22 tensors": [OPTIMIZERS, "new.ckpt", "--only", "nothing"],
    "--trainable has no use for --to checkpoint": [OPTIMIZERS, "new.ckpt", "--trainable"],
    "--without-slots has no use for --to saved_model": [OPTIMIZERS, "served", "--without-slots"],
    "--dtype has no use with --like": [OPTIMIZERS, "new.ckpt", "--like", OPTIMIZERS, "--dtype", "float16"],
    "is name-based: --like is a checkpoint of tf.train.Checkpoint": [OPTIMIZERS, "new", "--like", OPTIMIZERS],
    "a Keras file becomes a name-based checkpoint alone": [KERAS_FILE, "served"],
    "name the map of the conversion that made it by --map": [KERAS_FILE, "back.ckpt"],
    "no JSON": [OPTIMIZERS, "new.ckpt", "--map", __file__],
}


@pytest.mark.parametrize("problem", REFUSED)
def test_bad_input_is_one_line_and_exit_code_2(
    problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["convert", *REFUSED[problem]]) == 2
    error = capsys.readouterr().err
    assert problem in error
    assert error.startswith("tf1graphs convert: ") and error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_meta_graph_alone_has_no_tensors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    meta = FIXTURES.parent / "convert_keras" / "nets" / "mlp.meta.gz"
    (tmp_path / "alone.meta").write_bytes(gzip.decompress(meta.read_bytes()))
    assert main(["convert", str(tmp_path / "alone.meta"), str(tmp_path / "new.ckpt")]) == 2
    assert "alone.meta has no checkpoint beside it: name the checkpoint itself" in capsys.readouterr().err


@pytest.mark.parametrize("rename", ["nothing", "=text"])
def test_a_rename_needs_a_pattern_and_a_text(rename: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["convert", OPTIMIZERS, "new.ckpt", "--rename", rename])
    assert caught.value.code == 2
    assert "write PATTERN=TEXT" in capsys.readouterr().err
