"""Whatever is in a file, the engine migrates or refuses it; it writes Python, and a second run changes nothing."""

from __future__ import annotations

import ast
import tempfile
from pathlib import Path

import migrated
import pytest
import standard_library
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tf1graphs.migrate import files, native
from tf1graphs.migrate.project import NATIVE, UNREADABLE, UNTOUCHED, Outcome, migrate_all
from tf1graphs.migrate.refusals import Refused
from tf1graphs.run.errors import BadInput

# What Python thinks of odd sources is no matter here.
pytestmark = pytest.mark.filterwarnings("ignore::SyntaxWarning", "ignore::DeprecationWarning")

EXAMPLES = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
BEGINNING = """
import numpy as np
import tensorflow as tf

data = np.ones([2, 3])
x = tf.placeholder(tf.float32, [None, 3])
w = tf.Variable(tf.zeros([3, 1]))
y = tf.matmul(x, w)
loss = tf.reduce_mean(tf.square(y - 1))
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
feed = {x: data}
sess = tf.Session()
sess.run(tf.global_variables_initializer())
sess.run([train, loss], feed)
"""


def result(source: str) -> str | None:
    """Returns what the engine makes of a text, or None if it refuses it; nothing else may happen."""
    try:
        text = native.migrate(source)
    except Refused as refused:
        lines = source.count("\n") + 1
        assert all(1 <= each.line <= lines and each.reason and each.remedy for each in refused.refusals)
        assert refused.refusals
        return None
    ast.parse(text)
    return text


def becomes(text: str) -> Outcome:
    """Returns what the command makes of a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "program.py")
        path.write_text(text, encoding="utf-8")
        [outcome] = migrate_all([path], native.migrate)
    return outcome


def assert_once_is_enough(source: str) -> None:
    """Asserts that a program that became native stays as it is."""
    once = becomes(source)
    if once.status == NATIVE:
        twice = becomes(once.text)
        assert (twice.status, twice.text, twice.refusals) == (UNTOUCHED, once.text, ())


# Statements of TensorFlow 1, of which any may follow any other.
_NAMES = st.sampled_from(["x", "y", "w", "h", "loss", "train", "sess", "feed", "self.x"])
_VALUES = st.sampled_from(["1", "2.0", "None", "[1, 2]", "data", "x", "y", "w", "h", "loss", "i", "{}", "{x: data}"])
_TENSORS = st.one_of(
    _VALUES,
    st.builds("tf.{}({})".format, st.sampled_from(["log", "reduce_sum", "nn.relu", "to_float", "square"]), _VALUES),
    st.builds(
        "tf.{}({}, {})".format, st.sampled_from(["add", "matmul", "mul", "concat", "layers.dense"]), _VALUES, _VALUES
    ),
    st.builds("{} {} {}".format, _VALUES, st.sampled_from(["+", "-", "*", "/", "@", "=="]), _VALUES),
    st.builds("{}[{}]".format, _VALUES, _VALUES),
    st.builds("[{0} for i in {1}]".format, _VALUES, _VALUES),
    st.builds("tf.cond({}, lambda: {}, lambda: {})".format, _VALUES, _VALUES, _VALUES),
)
_MADE = st.one_of(
    _TENSORS,
    st.sampled_from(
        [
            "tf.placeholder(tf.float32, [None, 3])",
            "tf.placeholder_with_default(1.0, [])",
            "tf.Variable(tf.zeros([3, 1]))",
            'tf.get_variable("w", [3, 1])',
            "tf.Session()",
            "tf.InteractiveSession()",
            "tf.global_variables_initializer()",
            "tf.trainable_variables()",
            "tf.train.Saver()",
            "tf.summary.merge_all()",
            "net(x)",
            "Model()",
        ]
    ),
    st.builds("tf.train.AdamOptimizer({}).minimize({})".format, _VALUES, _VALUES),
    st.builds("sess.run({}, {})".format, _VALUES, _VALUES),
    st.builds("sess.run([{}, {}], feed_dict={{{}: {}}})".format, _VALUES, _VALUES, _VALUES, _VALUES),
    st.builds("{}.eval()".format, _NAMES),
)
_SIMPLE = st.one_of(
    st.builds("{} = {}".format, _NAMES, _MADE),
    st.builds("{}, {} = {}".format, _NAMES, _NAMES, _MADE),
    st.builds("{} += {}".format, _NAMES, _TENSORS),
    st.builds("print({})".format, _MADE),
    st.builds("{}".format, _MADE),
    st.builds("feed[{}] = {}".format, _NAMES, _VALUES),
    st.builds("del {}".format, _NAMES),
    st.sampled_from(["pass", "# a comment", "tf.reset_default_graph()", "raise ValueError(x)"]),
)
_HEADS = st.one_of(
    st.builds("for i in {}:".format, _VALUES),
    st.builds("while {}:".format, _TENSORS),
    st.builds("if {}:".format, _TENSORS),
    st.sampled_from(
        [
            "with tf.Session() as sess:",
            "with tf.Graph().as_default():",
            'with tf.variable_scope("a", reuse=True):',
            "with tf.control_dependencies([train]):",
            "def net(x):\n    global w",
            "def main():",
            "def net(x):\n    return tf.layers.dense(x, 3)",
            "class Model(object):",
            "def __init__(self):",
            'if __name__ == "__main__":',
        ]
    ),
)


def _block(head: str, body: list[str]) -> str:
    lines = [line for statement in body for line in statement.split("\n")]
    return "\n".join([head, *(f"    {line}" for line in lines), "    pass"])


_STATEMENTS = st.recursive(_SIMPLE, lambda inner: st.builds(_block, _HEADS, st.lists(inner, max_size=4)), max_leaves=12)


@EXAMPLES
@given(st.lists(_STATEMENTS, min_size=1, max_size=10))
def test_any_statements_are_migrated_or_refused(statements):
    source = BEGINNING + "\n".join(statements) + "\n"
    try:
        compile(source, "<fuzz>", "exec")
    except SyntaxError:
        return
    if result(source) is not None:
        assert_once_is_enough(source)


@EXAMPLES
@given(st.data())
def test_programs_with_lines_missing_or_in_other_places_are_migrated_or_refused(data):
    path = data.draw(st.sampled_from([path for path in migrated.PROGRAMS.values() if path.suffix == ".py"]))
    lines = path.read_text(encoding="utf-8").split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(lines) - 1))
        line = lines.pop(place)
        if data.draw(st.booleans()):
            lines.insert(data.draw(st.integers(0, len(lines))), line)
    source = "\n".join(lines)
    try:
        ast.parse(source)
    except SyntaxError:
        return
    result(source)


@EXAMPLES
@given(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=200))
def test_any_text_is_python_or_not(source):
    try:
        ast.parse(source)
    except (SyntaxError, ValueError):
        with pytest.raises((SyntaxError, ValueError)):
            native.migrate(source)
    else:
        assert result(source) is not None


@pytest.mark.parametrize("path", standard_library.sample(), ids=lambda path: path.name)
def test_the_standard_library_stays_as_it_is(path):
    [outcome] = migrate_all([path], native.migrate)
    assert outcome.status in (UNTOUCHED, UNREADABLE) and not outcome.is_changed


@pytest.mark.parametrize("path", standard_library.sample(40), ids=lambda path: path.name)
def test_the_engine_itself_writes_the_standard_library_as_python_or_refuses_it(path):
    try:
        text = files.read(path).text
        ast.parse(text)
    except (SyntaxError, ValueError, BadInput):
        return
    result(text)


@pytest.mark.parametrize("name", [name for name in migrated.PROGRAMS if name.startswith(migrated.OWN)])
def test_migrating_twice_is_migrating_once(name):
    assert_once_is_enough(migrated.PROGRAMS[name].read_text(encoding="utf-8"))
