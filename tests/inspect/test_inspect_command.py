"""The command line of ``tf1graphs inspect``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tf1graphs.cli import main

FIXTURES = Path(__file__).parents[1] / "fixtures" / "tf115"
DTYPES = str(FIXTURES / "checkpoints" / "dtypes")
V1 = str(FIXTURES / "checkpoints" / "v1_dtypes")
RUN = str(FIXTURES / "inspect_events" / "contrib")


def printed(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main(["inspect", *arguments]) == code
    return capsys.readouterr().out


def test_a_checkpoint(capsys: pytest.CaptureFixture[str]) -> None:
    text = printed(capsys, DTYPES)
    assert "name-based checkpoint, format V2" in text
    assert "dtypes/bfloat16" in text


def test_values_are_read_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(printed(capsys, DTYPES, "--values", "--json", "-"))["checkpoint"]
    values = {tensor["name"]: tensor["values"] for tensor in found["tensors"]}
    assert values["scalar"]["mean"] == 1.5
    assert json.loads(printed(capsys, DTYPES, "--json", "-"))["checkpoint"]["tensors"][0]["values"] is None


def test_events(capsys: pytest.CaptureFixture[str]) -> None:
    assert "events" in json.loads(printed(capsys, RUN, "--json", "-"))


def test_a_directory_that_is_several_things(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(DTYPES, tmp_path / "both")
    shutil.copytree(RUN, tmp_path / "both", dirs_exist_ok=True)
    assert list(json.loads(printed(capsys, str(tmp_path / "both"), "--json", "-"))) == ["checkpoint", "events"]


def test_two_checkpoints(capsys: pytest.CaptureFixture[str]) -> None:
    assert "no difference" in printed(capsys, DTYPES, DTYPES)
    assert "dtypes/bfloat16" in printed(capsys, DTYPES, V1, code=1)
    assert json.loads(printed(capsys, DTYPES, V1, "--json", "-", code=1))["checkpoint"]["only_second"] == []


def test_two_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert "no difference" in printed(capsys, RUN, RUN)


def test_a_json_file_is_not_overwritten_without_force(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "found.json"
    assert "name-based" in printed(capsys, DTYPES, "--json", str(file))
    assert json.loads(file.read_text())["checkpoint"]["format"] == "V2"
    assert main(["inspect", DTYPES, "--json", str(file)]) == 2
    assert f"--json {file}: the file exists; --force overwrites it" in capsys.readouterr().err
    assert printed(capsys, DTYPES, "--json", str(file), "--force")


REFUSED = {
    "no such file, directory or checkpoint": ["nothing"],
    "has no graph; name its .meta, .pb or SavedModel": [DTYPES, "--svg", "new.svg"],
    "are not two graphs, two checkpoints or two runs": [DTYPES, RUN],
    "--batch 0: no batch size": [DTYPES, "--batch", "0"],
    "--depth -1: no number of levels": [DTYPES, "--depth", "-1"],
}


@pytest.mark.parametrize("problem", REFUSED)
def test_bad_input_is_one_line_and_exit_code_2(
    problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["inspect", *REFUSED[problem]]) == 2
    error = capsys.readouterr().err
    assert problem in error
    assert error.startswith("tf1graphs inspect: ") and error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
