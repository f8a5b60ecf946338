"""``tf1graphs migrate`` as a user calls it: files, reports, exit codes."""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace

import notebook_files
import pytest

from tf1graphs import cli, verify
from tf1graphs.migrate.refusals import Refusal, Refused

TF = "import tensorflow as tf\n"
OLD, NEW = f"{TF}tf.log(1)\n", f"{TF}tf.math.log(1)\n"
REFUSED = f"{TF}x = 1\ntf.contrib.learn(x)\n"
REFUSAL = "b.py:3: tf.contrib.learn: it has left; use Keras"

Command = Callable[..., int]


def engine(text: str) -> str:
    """Stands in for the real one: it knows one name."""
    if "tf.contrib.learn(" in text:
        raise Refused([Refusal(3, "tf.contrib.learn", "it has left", "use Keras")])
    return text.replace("tf.log(", "tf.math.log(")


@pytest.fixture
def migrate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs the command in a folder with ``a.py``, which it migrates, ``b.py``, which it does not, and others."""
    native = types.ModuleType("tf1graphs.migrate.native")
    monkeypatch.setattr(native, "migrate", engine, raising=False)
    monkeypatch.setitem(sys.modules, native.__name__, native)
    monkeypatch.chdir(tmp_path)
    for name, text in {"a.py": OLD, "b.py": REFUSED, "p/a.py": OLD, "p/q/c.py": "x = 1\n", "p/data.csv": "1"}.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)
    notebook_files.write(tmp_path / "p" / "book.ipynb", TF, "tf.log(1)")
    return lambda *arguments: cli.main(["migrate", *arguments])


def test_it_says_what_would_become_of_files_and_writes_nothing(migrate, capsys):
    assert migrate("a.py", "b.py", "p/q") == 1
    said = capsys.readouterr()
    assert [line.split() for line in said.out.splitlines()[:3]] == [
        ["file", "becomes"],
        ["a.py", "native", "to", "TensorFlow", "2"],
        ["b.py", "not", "migrated"],
    ]
    assert said.out.splitlines()[3:] == [
        REFUSAL,
        "b.py: still of TensorFlow 1: tf1graphs.v1, tf.contrib.learn",
        "1 native to TensorFlow 2, 1 not migrated, 1 untouched",
        "nothing was written: --diff shows the changes, -o OUT or --in-place writes them",
    ]
    assert (Path("a.py").read_text(), said.err) == (OLD, "")


def test_in_place_writes_what_changes_and_twice_is_once(migrate):
    Path("a.py").chmod(0o755)
    untouched = Path("p/q/c.py").stat().st_mtime_ns
    assert migrate("a.py", "p", "--in-place") == 0
    assert Path("a.py").read_text() == Path("p/a.py").read_text() == NEW
    assert Path("a.py").stat().st_mode & 0o777 == 0o755
    assert notebook_files.sources(Path("p/book.ipynb").read_bytes()) == [TF, "tf.math.log(1)"]
    assert Path("p/q/c.py").stat().st_mtime_ns == untouched
    assert migrate("p", "--check") == 0


def test_output_is_a_file_or_a_folder(migrate, capsys):
    assert migrate("a.py", "-o", "new.py") == 0
    assert migrate("a.py", "-o", "folder/") == 0
    assert migrate("p", "-o", "p2") == 0
    assert "wrote 3 files; 1 other file was not copied" in capsys.readouterr().out
    assert migrate("b.py", "p", "-o", "all") == 1
    for file in ("new.py", "folder/a.py", "p2/a.py", "all/p/a.py"):
        assert Path(file).read_text() == NEW
    assert Path("p2/q/c.py").read_text() == "x = 1\n" and not Path("p2/data.csv").exists()
    assert "# tf1graphs: tf.contrib.learn: it has left; use Keras\ntf.c" in Path("all/b.py").read_text()
    assert (Path("a.py").read_text(), Path("b.py").read_text()) == (OLD, REFUSED)


def test_standard_output_gets_the_text_alone(migrate, capsys):
    assert migrate("a.py", "-o", "-") == 0
    said = capsys.readouterr()
    assert said.out == NEW and "1 native to TensorFlow 2" in said.err


def test_diff_is_a_patch(migrate, capsys):
    Path("a.py").write_bytes(b"import tensorflow as tf\r\ntf.log(1)")
    assert migrate("a.py", "p/q", "p/book.ipynb", "--diff") == 0
    said = capsys.readouterr()
    script, _, notebook = said.out.partition("--- p/book.ipynb\n")
    assert script.encode() == (
        b"--- a.py\n+++ a.py\n@@ -1,2 +1,2 @@\n import tensorflow as tf\r\n"
        b"-tf.log(1)\n\\ No newline at end of file\n+tf.math.log(1)\n\\ No newline at end of file\n"
    )
    assert "-tf.log(1)\n+tf.math.log(1)\n" in notebook
    assert "2 native to TensorFlow 2, 1 untouched" in said.err


def test_check_fails_if_something_would_change(migrate):
    assert migrate("a.py", "--check") == 1
    assert migrate("p/q", "--check") == 0
    assert Path("a.py").read_text() == OLD


def test_it_says_what_would_be_faster_by_the_lines_of_the_new_files(migrate, capsys):
    step = "@tf.function\ndef train_step():\n    optimizer.apply_gradients(pairs)\n"
    loop = "for _ in range(9):\n    train_step()"
    Path("a.py").write_text(f"{OLD}{step}{loop}\n")
    notebook_files.write(Path("book.ipynb"), OLD + step, f"\n{loop}")
    assert migrate("a.py", "book.ipynb", "--json", "report.json") == 0
    advice = "a loop calls it with data that is in memory; run the loop in a tf.function, over tf.range"
    lines = [f"{place}: faster: train_step: {advice}" for place in ("a.py:6", "book.ipynb, cell 2:2")]
    assert capsys.readouterr().out.splitlines()[3:5] == lines
    script, notebook = json.loads(Path("report.json").read_text())["files"]
    assert script["hints"] == [{"place": "a.py:6", "line": 6, "construct": "train_step", "advice": advice}]
    assert [hint["place"] for hint in notebook["hints"]] == ["book.ipynb, cell 2:2"]


def test_json_says_all(migrate, capsys):
    Path("bad.py").write_text(f"{TF}print 1\n")
    assert migrate("a.py", "b.py", "bad.py", "-o", "out", "--json", "report.json") == 2
    report = json.loads(Path("report.json").read_text())
    assert report["counts"] == {"native": 1, "left": 1, "unreadable": 1}
    good, refused, bad = report["files"]
    assert good == {
        "path": "a.py",
        "status": "native",
        "changed": True,
        "written": "out/a.py",
        "message": None,
        "refusals": [],
        "symbols": {},
        "hints": [],
        "assumed": [],
        "verified": None,
    }
    assert refused["symbols"] == {"tf1graphs.v1": 1, "tf.contrib.learn": 1}
    assert refused["refusals"] == [
        {"place": "b.py:3", "line": 3, "construct": "tf.contrib.learn", "reason": "it has left", "remedy": "use Keras"}
    ]
    assert bad["message"].startswith("bad.py:2: ") and bad["message"].endswith("convert it with 2to3 first")
    assert (bad["written"], Path("out/bad.py").exists()) == (None, False)
    capsys.readouterr()
    assert migrate("a.py", "--json") == 0
    assert json.loads(capsys.readouterr().out)["files"][0]["written"] is None


BAD_INPUT = [
    (["no.py"], "no.py: no such file or folder"),
    (["empty"], "empty: no script or notebook in it"),
    (["a.py", "-o", "b.py"], "b.py: the file exists; --force overwrites it"),
    (["a.py", "--json", "b.py"], "b.py: the file exists; --force overwrites it"),
    (["a.py", "-o", "a.py", "--force"], "-o a.py: it is inside what is migrated; --in-place writes to the same files"),
    (["p", "-o", "p/new"], "-o p/new: it is inside what is migrated; --in-place writes to the same files"),
    (["a.py", "b.py", "-o", "-"], "-o -: 2 files cannot all go to standard output"),
    (["a.py", "--diff", "--json"], "--json: name a file; standard output has something else to show"),
    (["a.py", "--", "--epochs", "3"], "--: nothing is run that could take arguments, without --trace or --verify"),
    (["a.py", "--trace", "--trace-steps", "0"], "--trace-steps 0: not a number of steps"),
    (["a.py", "p/a.py", "-o", "out"], "a.py and p/a.py have the same name: migrate them one after the other"),
]


@pytest.mark.parametrize(("arguments", "message"), BAD_INPUT)
def test_bad_input_is_one_line_and_writes_nothing(migrate, capsys, arguments, message):
    Path("empty").mkdir()
    before = {file: file.read_bytes() for file in Path().rglob("*.*") if file.is_file()}
    assert migrate(*arguments) == 2
    assert capsys.readouterr() == ("", f"tf1graphs migrate: {message}\n")
    assert {file: file.read_bytes() for file in Path().rglob("*.*") if file.is_file()} == before


def test_force_overwrites(migrate):
    assert migrate("a.py", "-o", "b.py", "--json", "p/data.csv", "--force") == 0
    assert Path("b.py").read_text() == NEW and json.loads(Path("p/data.csv").read_text())


def test_ctrl_c_is_one_line(migrate, capsys, monkeypatch):
    def interrupt(text: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["tf1graphs.migrate.native"], "migrate", interrupt)
    assert migrate("a.py") == 130
    assert capsys.readouterr() == ("", "tf1graphs migrate: interrupted\n")


class Workers:
    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        pass


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str, str]]:
    """Stands in for ``verify``: the names and texts of the programs that it is given; a text with "other" differs."""
    pairs = []

    def compare(
        old: Path, new: Path, arguments: Sequence[str], *, workers: Workers, begin: Callable[[str], object]
    ) -> SimpleNamespace:
        begin(str(old))
        assert arguments == (["--epochs", "3"] if "takes_arguments" in old.read_text() else [])
        pairs.append((old.name, old.read_text(), new.name, new.read_text()))
        assert (new.parent / "beside.txt").read_text() == "data"
        if "fails" in pairs[-1][1]:
            raise verify.CouldNotRecord("it failed")
        equal = "other" not in pairs[-1][1]
        return SimpleNamespace(is_comparable=True, is_equivalent=equal, quantities=[], parted=3)

    Path("beside.txt").write_text("data")
    Path("p/beside.txt").write_text("data")
    report = SimpleNamespace(
        verdict=lambda comparison: "equivalent" if comparison.is_equivalent else "different",
        likely_causes=lambda comparison: [],
    )
    for name, value in {"Workers": Workers, "verify": compare, "report": report}.items():
        monkeypatch.setattr(verify, name, value, raising=False)
    return pairs


def test_verify_runs_old_and_new_programs(migrate, compared, capsys):
    Path("p/main.py").write_text("import a\n")
    assert migrate("a.py", "b.py", "p", "-o", "out", "--verify") == 1
    assert compared[0] == ("a.py", OLD, "a.py", NEW)
    assert [pair[0] for pair in compared] == ["a.py", "book.ipynb.py", "main.py"]
    assert "tf.log(1)" in compared[1][1] and "tf.math.log(1)" in compared[1][3]
    assert " equivalent" in capsys.readouterr().out


def test_verify_hands_on_what_follows_two_dashes(migrate, compared):
    Path("a.py").write_text(f"{OLD}takes_arguments = 1\n")
    assert migrate("a.py", "--verify", "--", "--epochs", "3") == 0
    assert len(compared) == 1


@pytest.mark.parametrize(("word", "verdict"), [("other", "different"), ("fails", "could not compare: it failed")])
def test_verify_fails_if_a_program_is_not_proven(migrate, compared, capsys, word, verdict):
    Path("a.py").write_text(f"{OLD}{word} = 1\n")
    assert migrate("a.py", "--verify", "--in-place", "--json") == 1
    verified = json.loads(capsys.readouterr().out)["files"][0]["verified"]
    assert verified == {"text": verdict, "equivalent": False}


def test_verify_has_nothing_to_do_for_files_that_stay(migrate, compared):
    assert migrate("p/q", "--verify") == 0
    assert compared == []


def test_tensorflow_is_not_imported(python, tmp_path):
    (tmp_path / "a.py").write_text(OLD + "tf.contrib.learn(1)\n")
    code = (
        "import sys, types\nfrom tf1graphs import cli\n"
        "code = cli.main(['migrate', 'a.py', '--in-place'])\n"
        "print(code, [name for name in ('tensorflow', 'numpy', 'keras', 'nbformat') if name in sys.modules])"
    )
    assert python("-c", code, cwd=tmp_path).stdout.splitlines()[-1] == "1 []"
