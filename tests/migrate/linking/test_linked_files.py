"""Files of one program become native together: each keeps what it is about, and imports what it now needs."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.project import LEFT, NATIVE, UNTOUCHED, migrate_all

TF = "import tensorflow as tf\n"
_RUN = "sess = tf.Session()\nprint(sess.run(y, {x: [[1.0]]}))\n"


@pytest.fixture
def migrated(tmp_path, monkeypatch):
    """Migrates files given by name; returns their outcomes by name."""
    monkeypatch.chdir(tmp_path)

    def run(contents: dict[str, str]):
        for name, text in contents.items():
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(text)
        return {str(each.path): each for each in migrate_all([Path(name) for name in contents], native.migrate)}

    return run


_LAYER = TF + "\n\ndef layer(x):\n    w = tf.get_variable('w', [1, 2])\n    return tf.matmul(x, w)\n"
_X = "x = tf.placeholder(tf.float32, [None, 1])\n"

# Files, and lines that each has afterwards.
LINKED = {
    "a name": (
        {"ops.py": _LAYER, "main.py": TF + "from ops import layer\n" + _X + "y = layer(x)\n" + _RUN},
        {"ops.py": ["class Layer(tf.Module):"], "main.py": ["from ops import Layer", "layer = Layer()"]},
    ),
    "another name": (
        {"ops.py": _LAYER, "main.py": TF + "from ops import layer as net\n" + _X + "y = net(x)\n" + _RUN},
        {"main.py": ["from ops import Layer", "layer = Layer()"]},
    ),
    "a module": (
        {"ops.py": _LAYER, "main.py": TF + "import ops\n" + _X + "y = ops.layer(x)\n" + _RUN},
        {"main.py": ["import ops", "layer = ops.Layer()"]},
    ),
    "a module by another name": (
        {"ops.py": _LAYER, "main.py": TF + "import ops as o\n" + _X + "y = o.layer(x)\n" + _RUN},
        {"main.py": ["import ops as o", "layer = o.Layer()"]},
    ),
    "all names": (
        {"ops.py": _LAYER, "main.py": TF + "from ops import *\n" + _X + "y = layer(x)\n" + _RUN},
        {"main.py": ["from ops import *", "layer = Layer()"]},
    ),
    "a module of a package": (
        {
            "net/__init__.py": "",
            "net/ops.py": _LAYER,
            "main.py": TF + "import net.ops\n" + _X + "y = net.ops.layer(x)\n" + _RUN,
        },
        {"main.py": ["import net.ops", "layer = net.ops.Layer()"]},
    ),
    "from within a package": (
        {
            "net/__init__.py": "from .model import build\n",
            "net/ops.py": _LAYER,
            "net/model.py": TF + "from . import ops\n\n\ndef build(x):\n    return ops.layer(x) + 1\n",
            "main.py": TF + "from net import build\n" + _X + "y = build(x)\n" + _RUN,
        },
        {
            "net/model.py": ["from . import ops", "self.layer = ops.Layer()"],
            "main.py": ["from net.model import Build"],
        },
    ),
    "names that mean different things": (
        {
            "ops.py": TF + "size = 2\n\n\ndef layer(x):\n    return tf.matmul(x, tf.Variable(tf.ones([1, size])))\n",
            "main.py": TF + "from ops import layer\nsize = 1\nx = tf.placeholder(tf.float32, [None, size])\n"
            "y = layer(x)\n" + _RUN,
        },
        {"ops.py": ["size = 2", "self.variable = tf.Variable(tf.ones([1, size]))"], "main.py": ["size = 1"]},
    ),
    "flags": (
        {
            "config.py": TF + "tf.app.flags.DEFINE_integer('size', 1, 'Size.')\nFLAGS = tf.app.flags.FLAGS\n",
            "main.py": TF + "from config import FLAGS\nx = tf.placeholder(tf.float32, [None, FLAGS.size])\n"
            "y = x * 2\n" + _RUN,
        },
        {"config.py": ["flags.DEFINE_integer('size', 1, 'Size.')"], "main.py": ["from config import FLAGS"]},
    ),
    "what an imported file does when it is run itself": (
        {
            "ops.py": _LAYER + "\n\nif __name__ == '__main__':\n    " + _X + "    y = layer(x)\n    print(y.shape)\n",
            "main.py": TF + "from ops import layer\n" + _X + "y = layer(x)\n" + _RUN,
        },
        {"ops.py": ["class Layer(tf.Module):", "if __name__ == '__main__':"]},
    ),
}


def test_definitions_stand_before_what_reads_them(migrated):
    cell = "    return tf.nn.dynamic_rnn(tf.nn.rnn_cell.BasicRNNCell(2), x, dtype=tf.float32)[0]\n"
    files = {
        "ops.py": TF
        + "\n\ndef layer(x):\n"
        + cell
        + "\n\nif __name__ == '__main__':\n    import os\n    print(os.name)\n",
        "main.py": TF + "import ops\nx = tf.placeholder(tf.float32, [None, 1, 1])\ny = ops.layer(x)\n" + _RUN,
    }
    text = migrated(files)["ops.py"].text
    assert (
        text.index("import tensorflow")
        < text.index("class BasicRNNCell")
        < text.index("class Layer")
        < text.index("if __name__")
    )
    assert text.endswith("if __name__ == '__main__':\n    import os\n    print(os.name)\n")


@pytest.mark.parametrize("name", LINKED)
def test_files_of_a_program_are_migrated_together(migrated, name):
    contents, wanted = LINKED[name]
    outcomes = migrated(contents)
    assert {path: each.refusals for path, each in outcomes.items() if each.status == LEFT} == {}
    for path, lines in wanted.items():
        assert outcomes[path].status == NATIVE
        ast.parse(outcomes[path].text)
        found = [line.strip() for line in outcomes[path].text.split("\n")]
        assert [line for line in lines if line not in found] == []


@pytest.mark.parametrize("name", ["a module", "flags", "names that mean different things"])
def test_a_second_run_changes_nothing(migrated, name):
    contents, _ = LINKED[name]
    contents = {**contents, "main.py": contents["main.py"] + "tf.set_random_seed(1)\n"}
    texts = {path: each.text for path, each in migrated(contents).items()}
    assert {each.status for each in migrated(texts).values()} == {UNTOUCHED}


# Files, the one that is refused, and the line and reason.
REFUSED = {
    "a file as an object": (
        {"ops.py": _LAYER, "main.py": TF + "import ops\n" + _X + "y = getattr(ops, 'layer')(x)\n" + _RUN},
        ("main.py", 4, "ops is used as an object"),
    ),
    "a name that is given another value": (
        {
            "ops.py": _LAYER + "size = 1\n",
            "main.py": TF + "import ops\nops.size = 2\n" + _X + "y = ops.layer(x)\n" + _RUN,
        },
        ("main.py", 3, "what ops.size is, is not known by reading"),
    ),
    "an import inside of a function": (
        {
            "ops.py": _LAYER,
            "main.py": TF + "def net(x):\n    import ops\n    return ops.layer(x)\n" + _X + "y = net(x)\n" + _RUN,
        },
        ("main.py", 3, "it is imported inside of a block"),
    ),
    "letters that tell files apart": (
        {"ops.py": _LAYER + "# \ua4d0\n", "main.py": TF + "import ops\n" + _X + "y = ops.layer(x)\n" + _RUN},
        ("ops.py", 1, "it has letters of the Lisu script, by which files are told apart"),
    ),
    "several in one statement": (
        {"ops.py": _LAYER, "main.py": TF + "import os, ops\n" + _X + "y = ops.layer(x)\n" + _RUN},
        ("main.py", 2, "it is imported together with others"),
    ),
    "something in a file that another one imports": (
        {
            "ops.py": _LAYER + "\n\nsaver = tf.train.import_meta_graph('x.meta')\n",
            "main.py": TF + "from ops import layer\n" + _X + "y = layer(x)\n" + _RUN,
        },
        ("ops.py", 9, "it is about the definition of a graph"),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_together_is_refused_where_it_stands(migrated, name):
    contents, (path, line, reason) = REFUSED[name]
    outcomes = migrated(contents)
    assert outcomes[path].status == LEFT
    assert [(each.line, each.reason) for each in outcomes[path].refusals] == [(line, reason)]
    assert {each.status for each in outcomes.values()} <= {LEFT, UNTOUCHED}
