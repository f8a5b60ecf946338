"""The files of a project become native, or stay in TensorFlow 1 together with those that run in their process."""

from __future__ import annotations

import ast
from pathlib import Path

import notebook_files
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from standard_library import sample

from tf1graphs.migrate.project import LEFT, NATIVE, UNREADABLE, UNTOUCHED, migrate_all
from tf1graphs.migrate.refusals import Refusal, Refused

# Parsing what the standard library and chance have written warns of some escapes.
pytestmark = pytest.mark.filterwarnings("ignore:invalid escape sequence")

TF = "import tensorflow as tf\n"
OLD = f"{TF}tf.log(1)\n"
NEW = f"{TF}tf.math.log(1)\n"
REFUSED = f"{TF}tf.contrib.learn(1)\n"


def engine(text: str) -> str:
    """Stands in for the real one: it knows one name."""
    lines = [number for number, line in enumerate(text.split("\n"), start=1) if line.startswith("tf.contrib.learn")]
    if lines:
        raise Refused([Refusal(line, "tf.contrib.learn", "it has left", "use Keras") for line in lines])
    return text.replace("tf.log(", "tf.math.log(").replace("tf1graphs.v1", "tensorflow")


@pytest.fixture
def migrated(tmp_path, monkeypatch):
    """Migrates a folder of files given by name, or those named in ``only``."""
    monkeypatch.chdir(tmp_path)

    def run(contents: dict[str, str], only: tuple[str, ...] = (), engine=engine):
        for name, text in contents.items():
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(text)
        found = migrate_all([Path(name) for name in only or contents], engine)
        return {str(outcome.path): outcome for outcome in found}

    return run


ALONE = [
    (OLD, NATIVE, NEW),
    (NEW, UNTOUCHED, NEW),
    ("import numpy as np\nnp.log(1)\n", UNTOUCHED, "import numpy as np\nnp.log(1)\n"),
    ("# tensorflow\nimport keras\ntf.log(1)\n", UNTOUCHED, "# tensorflow\nimport keras\ntf.log(1)\n"),
    ("print 'no tf'\n", UNTOUCHED, "print 'no tf'\n"),
    (
        f"{TF}f = tf.function(g)\n'''\ntf.contrib.learn'''\n",
        UNTOUCHED,
        f"{TF}f = tf.function(g)\n'''\ntf.contrib.learn'''\n",
    ),
    (f"{TF}'''\ntf.contrib.learn'''\n", LEFT, f"{TF}'''\ntf.contrib.learn'''\n"),
    (
        REFUSED,
        LEFT,
        "import tf1graphs.v1 as tf\n# tf1graphs: tf.contrib.learn: it has left; use Keras\ntf.contrib.learn(1)\n",
    ),
    (f"{TF}print 'old'\n", UNREADABLE, ""),
    (f"{TF}x = 1\0\n", UNREADABLE, ""),
]


@pytest.mark.parametrize(("before", "status", "after"), ALONE)
def test_a_file_becomes_one_of_four(migrated, before, status, after):
    outcome = migrated({"a.py": before})["a.py"]
    assert outcome.status == status
    assert outcome.text == after


def test_a_second_run_changes_nothing_unless_the_file_was_mended(migrated):
    left = migrated({"a.py": REFUSED})["a.py"].text
    again = migrated({"a.py": left})["a.py"]
    assert (again.text, again.status, again.is_changed) == (left, LEFT, False)
    mended = migrated({"a.py": left.replace("contrib.learn", "log")})["a.py"]
    assert (mended.text, mended.status) == (NEW, NATIVE)


def test_what_the_engine_leaves_of_tensorflow_1_keeps_the_file_there(migrated):
    outcome = migrated({"a.py": f"{TF}\ntf.log(tf.placeholder(1))\n"})["a.py"]
    assert outcome.status == LEFT and "tf.log(tf.placeholder(1))" in outcome.text
    assert outcome.refusals[0] == Refusal(
        3, "tf.placeholder", "TensorFlow 2 has no such name", "write this part by hand"
    )
    assert [use.symbol for use in outcome.symbols] == ["tf1graphs.v1", "tf.log", "tf.placeholder"]


@pytest.mark.parametrize("broken", ["x = (", 1 / 3, None])
def test_a_failing_engine_leaves_the_file(migrated, broken):
    outcome = migrated({"a.py": OLD}, engine=lambda text: broken)["a.py"]
    assert outcome.status == LEFT
    assert outcome.refusals[0].remedy == "report it as a bug of tf1graphs"


def test_notebooks_are_migrated_as_one_program(tmp_path):
    file = notebook_files.write(tmp_path / "book.ipynb", f"%matplotlib inline\n{TF}", "tf.log(1)", "%%bash\ntf.log(")
    (outcome,) = migrate_all([file], engine)
    assert outcome.status == NATIVE
    sources = notebook_files.sources(outcome.document.rewritten(outcome.text))
    assert sources == [f"%matplotlib inline\n{TF}", "tf.math.log(1)", "%%bash\ntf.log("]


def test_a_notebook_of_python_2_names_its_cell(tmp_path):
    file = notebook_files.write(tmp_path / "book.ipynb", TF, "x = 1\nprint x")
    (outcome,) = migrate_all([file], engine)
    assert outcome.status == UNREADABLE
    assert "book.ipynb, cell 2:2: " in outcome.message and outcome.message.endswith("convert it with 2to3 first")


TOGETHER = [
    ({"a.py": OLD + "import b", "b.py": OLD}, {"a.py": NATIVE, "b.py": NATIVE}),
    ({"a.py": OLD + "import b", "b.py": REFUSED}, {"a.py": LEFT, "b.py": LEFT}),
    ({"a.py": REFUSED + "import b", "b.py": OLD}, {"a.py": LEFT, "b.py": LEFT}),
    ({"a.py": OLD, "b.py": REFUSED}, {"a.py": NATIVE, "b.py": LEFT}),
    ({"a.py": OLD, "b.py": REFUSED, "main.py": "import a, b"}, {"a.py": LEFT, "b.py": LEFT, "main.py": UNTOUCHED}),
    (
        {"a.py": OLD + "import c", "b.py": REFUSED + "import c", "c.py": ""},
        {"a.py": NATIVE, "b.py": LEFT, "c.py": UNTOUCHED},
    ),
    ({"a.py": OLD + "import m", "m.py": "import b", "b.py": REFUSED}, {"a.py": LEFT, "m.py": UNTOUCHED, "b.py": LEFT}),
    ({"p/__init__.py": "from . import b", "p/b.py": REFUSED, "a.py": OLD + "import p"}, {"p/b.py": LEFT, "a.py": LEFT}),
    ({"p/__init__.py": REFUSED, "p/b.py": "", "a.py": OLD + "from p.b import x"}, {"a.py": LEFT}),
    ({"p/__init__.py": "", "p/b.py": REFUSED, "p/a.py": OLD + "from .b import x"}, {"p/a.py": LEFT}),
    (
        {"p/__init__.py": "", "p/b.py": REFUSED, "p/q/__init__.py": "", "p/q/a.py": OLD + "from .. import b"},
        {"p/q/a.py": LEFT},
    ),
    ({"p/__init__.py": "", "p/b.py": REFUSED, "p/a.py": OLD + "from p.b import x"}, {"p/a.py": LEFT}),
    ({"a.py": OLD + "import b", "b.py": f"{TF}@tf.function\ndef f(): pass\n"}, {"a.py": NATIVE, "b.py": UNTOUCHED}),
    ({"a.py": REFUSED + "import b", "b.py": "import keras\n"}, {"a.py": LEFT, "b.py": LEFT}),
    ({"a.py": OLD + "import b", "b.py": "import keras\n"}, {"a.py": NATIVE, "b.py": UNTOUCHED}),
    ({"tensorflow/__init__.py": REFUSED, "a.py": OLD}, {"a.py": NATIVE}),
]


@pytest.mark.parametrize(("contents", "statuses"), TOGETHER)
def test_files_of_one_process_stay_together(migrated, contents, statuses):
    outcomes = migrated(contents)
    assert {name: outcomes[name].status for name in statuses} == statuses
    for outcome in outcomes.values():
        assert (outcome.status == LEFT) == bool(outcome.refusals)
        if outcome.status == LEFT:
            assert "import tf1graphs.v1" in outcome.text


def test_a_file_says_which_other_one_keeps_it(migrated):
    outcomes = migrated({"a.py": OLD + "import b", "b.py": REFUSED, "c.py": OLD, "d.py": "import b\nimport c"})
    reason = "b.py stays in TensorFlow 1, in the same process"
    assert outcomes["a.py"].refusals == (Refusal(3, "import of b", reason, "migrate b.py first"),)
    assert outcomes["c.py"].refusals == (Refusal(1, "import of TensorFlow", reason, "migrate b.py first"),)


def test_a_helper_that_is_not_migrated_keeps_its_importers(migrated):
    outcomes = migrated({"a.py": OLD + "import b", "b.py": REFUSED}, only=("a.py",))
    reason = "b.py stays in TensorFlow 1, in the same process"
    assert outcomes["a.py"].refusals == (Refusal(3, "import of b", reason, "migrate b.py with it"),)


def test_a_helper_that_has_been_migrated_keeps_nobody(migrated):
    assert migrated({"a.py": OLD + "import b", "b.py": NEW}, only=("a.py",))["a.py"].status == NATIVE


def test_the_standard_library_is_untouched():
    outcomes = migrate_all(sample(), engine)
    assert {outcome.status for outcome in outcomes} <= {UNTOUCHED, UNREADABLE}


@given(
    st.lists(
        st.sampled_from(
            ["import tensorflow as tf", "\n", " ", "tf.log(", ")", "'", '"""', "#", "\\", "\x0c", "é", "x", ":"]
        )
    )
)
@settings(deadline=None, max_examples=150)
def test_nothing_raises(tmp_path_factory, pieces):
    file = tmp_path_factory.getbasetemp() / "fuzz.py"
    file.write_text(TF + "".join(pieces), encoding="utf-8")
    (outcome,) = migrate_all([file], engine)
    if outcome.status != UNREADABLE:
        ast.parse(outcome.document.rewritten(outcome.text))
