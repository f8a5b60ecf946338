"""A file that stays in TensorFlow 1 gets other imports and comments, and nothing else changes."""

from __future__ import annotations

import ast
import random
import re
import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from standard_library import sample

from tf1graphs.migrate.left import left, unmarked
from tf1graphs.migrate.refusals import Refusal

# What the first run has written looks other than what it has found.
NOT_REFUSED = re.compile(r"\bimport\b|tf1graphs")
WORDS = ["(", ")", ":", "=", "tf.", "if", "else", "x", "'", "def"]
SCRIPTS = sorted(Path(__file__).parents[1].joinpath("legacy", "scripts").glob("*.py"))

IMPORTS = {
    "import tensorflow as tf": "import tf1graphs.v1 as tf",
    "import tensorflow": "import tf1graphs.v1 as tensorflow",
    "import os, tensorflow as tf, sys": "import os, tf1graphs.v1 as tf, sys",
    "import tensorflow.compat.v1 as tf": "import tf1graphs.v1 as tf",
    "import tensorflow.contrib.slim as slim": "import tf1graphs.v1.contrib.slim as slim",
    "import tensorflow.contrib.slim": "import tf1graphs.v1 as tensorflow",
    "from tensorflow.contrib import rnn, layers as l": "from tf1graphs.v1.contrib import rnn, layers as l",
    "from tensorflow.contrib import (  # one\n    rnn,  # two\n)": (
        "from tf1graphs.v1.contrib import (  # one\n    rnn,  # two\n)"
    ),
    "from tensorflow.examples.tutorials.mnist import input_data": (
        "from tf1graphs.v1.examples.tutorials.mnist import input_data"
    ),
    "from tensorflow import contrib, nn": "from tf1graphs.v1 import contrib, nn",
    "from tensorflow.compat import v1 as tf": "from tf1graphs.v1.compat import v1 as tf",
    "from tensorflow.train import Saver": "from tf1graphs.v1.train import Saver",
    "from tensorflow.keras import layers": "from tf1graphs.v1.keras import layers",
    "import keras": "import tf1graphs.v1.keras as keras",
    "import keras.layers": "import tf1graphs.v1.keras as keras",
    "import keras.backend as K": "import tf1graphs.v1.keras.backend as K",
    "from keras.models import Sequential": "from tf1graphs.v1.keras.models import Sequential",
    "def f():\n    import tensorflow as tf  # late": "def f():\n    import tf1graphs.v1 as tf  # late",
    "é = 1; import tensorflow as tf": "é = 1; import tf1graphs.v1 as tf",
    "from tensorflow \\\n  import nn": "from tf1graphs.v1 \\\n  import nn",
}
# Parsing the standard library warns of some escapes.
pytestmark = pytest.mark.filterwarnings("ignore:invalid escape sequence")

INSTALL = "import tf1graphs\n\ntf1graphs.install()\n\n"
INSTALLED = [
    ("", "from tensorflow.python.framework import ops"),
    ("", "import tensorflow.python.platform.gfile as gfile"),
    ("", "from tensorflow import python"),
    ("", "from tensorflow.contrib.rnn.python.ops import core_rnn_cell"),
    ("", "import tensorflow as tf\ntf.python.framework"),
    ("", "import tensorflow as tf\ntf.mul(1, 2)"),
    ("", "import tensorflow as tf\ntf.nn.seq2seq.embedding_attention_seq2seq"),
    ("", "from keras.layers.core import Dense"),
    ('"""Doc."""\nfrom __future__ import division\n\n# words\n', "import tensorflow.python.x as x"),
    ("", "@f\ndef g():\n    import tensorflow.python.x"),
]
UNCHANGED = [
    "",
    "import numpy as np\n",
    "import tf1graphs.v1 as tf\n",
    "from . import tensorflow\nfrom .keras import layers\n",
    "import tensorflow_hub, tensorflow_probability as tfp\n",
    "'import tensorflow as tf'\n",
    f"{INSTALL}import tensorflow.python.x\n",
]


@pytest.mark.parametrize(("before", "after"), IMPORTS.items())
def test_imports_say_tf1graphs(before, after):
    assert left(before, []) == after
    assert left(after, []) == after


@pytest.mark.parametrize(("head", "rest"), INSTALLED)
def test_what_only_stood_inside_tensorflow_is_installed(head, rest):
    installed = head + INSTALL + rest
    assert left(head + rest, []) == installed
    assert left(installed, []) == installed


def test_install_stands_in_a_line_with_others_where_it_must():
    text = "from __future__ import division; import tensorflow.python.x\n"
    assert left(text, []) == text.replace("; import", "; import tf1graphs; tf1graphs.install(); import")


@pytest.mark.parametrize("text", UNCHANGED)
def test_other_imports_stay(text):
    assert left(text, []) == text


MARKED = [
    ("a = 1\nb = 2\n", 2, "a = 1\n# here\nb = 2\n"),
    ("def f():\n\tb = (1,\n\t\t2)", 3, "def f():\n\t# here\n\tb = (1,\n\t\t2)"),
    ("if a: b = 1\n", 1, "# here\nif a: b = 1\n"),
    ("a = 1; b = 2\n", 1, "# here\na = 1; b = 2\n"),
    ("x = '''\nb\n'''\n", 2, "# here\nx = '''\nb\n'''\n"),
    ("@a\n@b(1)\ndef f(): pass\n", 2, "# here\n@a\n@b(1)\ndef f(): pass\n"),
    (
        "class A:\n    @a\n    def f(self):\n        return 1\n",
        2,
        "class A:\n    # here\n    @a\n    def f(self):\n        return 1\n",
    ),
    ("if a:\n    b\nelif c:\n    d\n", 3, "if a:\n    b\n# here\nelif c:\n    d\n"),
    ("try:\n    a\nexcept b:\n    c\n", 3, "# here\ntry:\n    a\nexcept b:\n    c\n"),
    ("if a: \\\n  b\nc\n", 2, "# here\nif a: \\\n  b\nc\n"),
    ("x = 1; \\\ny = 2\n", 2, "# here\nx = 1; \\\ny = 2\n"),
    ("# words\n\na\n", 1, "# words\n\n# here\na\n"),
    ("a\n# words\nb\n", 2, "a\n# words\n# here\nb\n"),
    ("\\\na\n", 2, "# here\n\\\na\n"),
    ("a\n\n\n", 9, "# here\na\n\n\n"),
]


def _here(line: int, construct: str = "here") -> Refusal:
    return Refusal(line, construct, "why", "what")


@pytest.mark.parametrize(("before", "line", "after"), MARKED)
def test_a_comment_stands_before_the_refused_statement(before, line, after):
    after = after.replace("# here", "# tf1graphs: here: why; what")
    assert left(before, [_here(line)]) == after
    moved = line + 1 if line <= before.count("\n") else line
    assert left(after, [_here(moved)]) == after
    assert unmarked(after) == before


def test_each_comment_stands_once_and_old_ones_go():
    once = left("a\nb\n", [_here(1), _here(1), _here(1, "there")])
    assert once == "# tf1graphs: here: why; what\n# tf1graphs: there: why; what\na\nb\n"
    assert left(once, [_here(4)]) == "a\n# tf1graphs: here: why; what\nb\n"


def test_no_comment_names_the_encoding_of_the_file():
    text = left("a\n", [_here(1, "tf.encoding")])
    assert compile(text.encode(), "a.py", "exec") and "tf.encoding :" in text


def test_comments_are_one_line():
    assert left("a", [Refusal(1, "x", "why\nso", " what\tnow ")]) == "# tf1graphs: x: why so; what now\na"


def test_comments_in_strings_stay():
    text = "x = '''\n# tf1graphs: a: b; c\n'''\n"
    assert left(text, []) == unmarked(text) == text


def _refused(text: str, words: list[str]) -> list[Refusal]:
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if not NOT_REFUSED.search(line)]
    return [_here(number, word) for number, line in lines for word in words if word in line]


def _without_imports(text: str) -> str:
    tree = ast.parse(text)
    kept = [node for node in tree.body if not isinstance(node, (ast.Import, ast.ImportFrom))]
    return ast.dump(ast.Module([node for node in kept if "install" not in ast.unparse(node)], []))


@given(st.sampled_from(SCRIPTS), st.lists(st.sampled_from(WORDS), max_size=4))
@settings(deadline=None, max_examples=30)
def test_programs_compute_the_same_and_change_once(script, words):
    text = script.read_text()
    once = left(text, _refused(text, words))
    assert _without_imports(once) == _without_imports(text)
    assert left(once, _refused(once, words)) == once


@given(st.integers(0, 2**32))
@settings(deadline=None, max_examples=20)
def test_any_file_stays_what_it_is(seed):
    choice = random.Random(seed)
    file = choice.choice(sample())
    try:
        text = file.read_text(encoding="utf-8")
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return
    lines = [choice.randint(1, text.count("\n") + 2) for _ in range(5)]
    assert ast.dump(ast.parse(left(text, map(_here, lines)))) == ast.dump(tree)


def test_blocks_keep_their_indentation():
    text = textwrap.dedent("""\
        with a:
                if b:
                  import tensorflow as tf
                  tf.x()
        """)
    assert left(text, [_here(4)]).splitlines()[2:] == [
        "          import tf1graphs.v1 as tf",
        "          # tf1graphs: here: why; what",
        "          tf.x()",
    ]
