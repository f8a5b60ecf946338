"""Summaries: what is written, what is refused, and that the same tags, steps and values are in the event files."""

from __future__ import annotations

import json
import linecache
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tensorflow as tf
from tensorflow.core.util import event_pb2

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

FIXTURE = Path(__file__).parents[1] / "fixtures" / "tf115" / "migrate_summaries.json"
RECORDED = json.loads(FIXTURE.read_text())

HEAD = """import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 2])
w = tf.Variable(tf.ones([2, 1]), name="w")
loss = tf.reduce_mean(tf.matmul(x, w))
"""
RUN = """merged = tf.summary.merge_all()
sess = tf.Session()
writer = tf.summary.FileWriter("logs")
writer.add_summary(sess.run(merged, {x: data}), 1)
"""

# The statements between those above -> lines of the migrated program.
WRITTEN = {
    'tf.summary.scalar("loss", loss)': [
        "def write_summaries(x, step):",
        "tf.TensorSpec([], tf.int64)",
        'tf.summary.scalar("loss", loss, step)',
    ],
    'tf.summary.scalar("loss", loss)  # what is minimized': [
        'tf.summary.scalar("loss", loss, step)  # what is minimized'
    ],
    "tf.summary.scalar(tensor=loss, name='loss', collections=None)": ['tf.summary.scalar("loss", loss, step)'],
    'tf.summary.histogram("all", w)': ['tf.summary.histogram("all", w, step)'],
    'tf.summary.histogram("w", w)': ['tf.summary.histogram("w_1", w, step)'],
    'tf.summary.histogram("W", w)': ['tf.summary.histogram("W_1", w, step)'],
    'tf.summary.scalar("grouped", loss, family="f")': ['tf.summary.scalar("f/f/grouped", loss, step)'],
    'with tf.name_scope("s"):\n    tf.summary.scalar("loss", loss)': ['tf.summary.scalar("s/loss", loss, step)'],
    'with tf.name_scope("Loss"):\n    pass\ntf.summary.scalar("loss", loss)': [
        'tf.summary.scalar("loss_1", loss, step)'
    ],
    'loss = tf.identity(loss, name="loss")\ntf.summary.scalar("loss", loss)': [
        'tf.summary.scalar("loss_1", loss, step)'
    ],
    'tf.summary.text("note", tf.constant("hello"))': ['tf.summary.text("note", tf.constant("hello"), step)'],
    'tf.summary.image("x", tf.reshape(x, [-1, 1, 2, 1]), 5)': [
        'images["x/image/{}"] = as_pictures(tf.reshape(x, [-1, 1, 2, 1])[:5])',
        "for number in range(5):",
        "tf.summary.image(tag.format(number), [images[number]])",
    ],
    'tf.summary.image("x", tf.reshape(x, [-1, 1, 2, 1]), max_outputs=1)': ['images["x/image"] = as_pictures('],
    "for each in (w,):\n    tf.summary.histogram(each.op.name, each)": [
        "for each in (w,):",
        '    tf.summary.histogram("w_1", each, step)',
    ],
    'v = tf.Variable([1.0], name="v")\nfor each in (w, v):\n    tf.summary.histogram(each.op.name, each)': [
        "for each in (w, v):",
        '    tf.summary.histogram(f"{each.name[:-2]}_1", each, step)',
    ],
    'tf.scalar_summary("my loss", loss)': ['tf.summary.scalar("my loss", loss, step)'],
}

# Programs behind the head -> lines of the migrated program.
PROGRAMS = {
    # A name that is given another value is read where the summary was made.
    """tf.summary.scalar("first", loss)
loss = loss + 1.0
tf.summary.scalar("second", loss)
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
merged = tf.summary.merge_all()
writer = tf.summary.FileWriter("logs")
_, summary = tf.Session().run([train, merged], {x: data})
writer.add_summary(summary, 0)
""": [
        "    with tf.GradientTape() as tape:",
        "        loss = tf.reduce_mean(tf.matmul(x, w))",
        '        tf.summary.scalar("first", loss, step)',
        "        loss = loss + 1.0",
        "with writer.as_default():",
        "    train_step(data, step=0)",
    ],
    # No step is step 0; one summary alone.
    """shown = tf.summary.scalar("loss", loss)
with tf.Session() as sess:
    with tf.summary.FileWriter("logs", sess.graph) as writer:
        writer.add_summary(sess.run(shown, {x: data}))
""": [
        'with tf.summary.create_file_writer("logs").as_default() as writer:',
        "    tf.summary.graph(write_summaries.get_concrete_function().graph)",
        "    write_summaries(data, step=0)",
    ],
    # A session and a writer in one statement.
    """tf.summary.scalar("loss", loss)
merged = tf.summary.merge_all()
with tf.Session() as sess, tf.summary.FileWriter("logs", flush_secs=5) as writer:
    writer.add_summary(sess.run(merged, {x: data}), 2)
""": ['with tf.summary.create_file_writer("logs", flush_millis=1000 * 5).as_default() as writer:'],
    # The graph is shown by the function that trains.
    """train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
sess = tf.Session()
writer = tf.summary.FileWriter("logs")
writer.add_graph(sess.graph)
sess.run(train, {x: data})
""": ["with writer.as_default():", "    tf.summary.graph(train_step.get_concrete_function().graph)"],
    # Nothing is there yet that could be shown.
    """writer = tf.summary.FileWriter("logs", tf.get_default_graph())
writer.close()
""": ['writer = tf.summary.create_file_writer("logs")', "writer.close()"],
    """writer = tf.summary.FileWriter("logs")
summary = tf.Summary()
summary.value.add(tag="reward", simple_value=reward)
writer.add_summary(summary, episode)
""": [
        'summary = {"scalars": {}}',
        'summary["scalars"]["reward"] = tf.cast(reward, tf.float32)',
        "write_summaries(writer, summary, tf.cast(episode, tf.int64))",
    ],
    """writer = tf.summary.FileWriter("logs")
writer.add_summary(tf.Summary(value=[tf.Summary.Value(tag="a", simple_value=0.5)]), 3)
""": [
        "@tf.function",
        'write_summaries(writer, {"scalars": {"a": tf.constant(0.5)}}, tf.constant(3, tf.int64))',
    ],
    """a = tf.summary.scalar("a", loss)
both = tf.summary.merge([a, tf.summary.scalar("b", loss)])
writer = tf.summary.FileWriter("logs")
writer.add_summary(tf.Session().run(both, {x: data}), 3)
""": [
        '    tf.summary.scalar("a", loss, step)',
        '    tf.summary.scalar("b", loss, step)',
        "    write_summaries(data, step=3)",
    ],
}

TRAIN = """tf.summary.scalar("loss", loss)
tf.summary.histogram("w", w)
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)
merged = tf.summary.merge_all()
sess = tf.Session()
"""
WRITER = 'writer = tf.summary.FileWriter("logs")\n'
ONCE = "_, summary = sess.run([train, merged], {x: data})\nwriter.add_summary(summary, 0)\n"
LOOP = """for i in range(9):
    summary, value, _ = sess.run([merged, loss, train], {x: data})
    print(value)
    writer.add_summary(summary, i)
"""
BUILD = "def build():\n" + textwrap.indent(TRAIN.replace("sess = tf.Session()", "return train, merged"), "    ")
BUILT = "train, merged = build()\nsess = tf.Session()\n"
# Programs behind the head whose functions write their summaries -> the lines of the call.
OWN = {
    TRAIN + WRITER + ONCE: ["with writer.as_default():", "    train_step(data, step=0)"],
    TRAIN + WRITER + LOOP: ["    with writer.as_default():", "        value = train_step(data, step=i).numpy()"],
    # Where the writer is entered already.
    TRAIN + 'with tf.summary.FileWriter("logs") as writer:\n' + textwrap.indent(LOOP, "    "): [
        "        value = train_step(data, step=i).numpy()"
    ],
    # What is no whole number for sure.
    TRAIN + WRITER + LOOP.replace("summary, i)", "summary, i / 2)"): [
        "        value = train_step(data, step=int(i / 2)).numpy()"
    ],
    TRAIN + WRITER + LOOP.replace("summary, i)", "summary, offset + i)"): [
        "        value = train_step(data, step=int(offset + i)).numpy()"
    ],
    # Everything in one function, and functions from the one that writes.
    "def main():\n" + textwrap.indent(TRAIN + WRITER + ONCE, "    ") + "main()\n": ["        train_step(data, step=0)"],
    BUILD + "def main():\n" + textwrap.indent(BUILT + WRITER + ONCE, "    ") + "main()\n": [
        "        train_step(data, step=0)"
    ],
}
COUNT = "count = tf.Variable(0, trainable=False)\n"
COUNTED = COUNT + TRAIN.replace("minimize(loss)", "minimize(loss, count)")
COUNTS = """for i in range(9):
    _, summary, number = sess.run([train, merged, count], {x: data})
    writer.add_summary(summary, number)
"""
# The same that fetch the step -> the lines of the function and the call.
COUNTING = {
    COUNTED + WRITER + COUNTS: [
        "    count.assign_add(1)",
        "    step = tf.cast(count, tf.int64)",
        '    tf.summary.scalar("loss", loss, step)',
        '    tf.summary.histogram("w_1", w, step)',
        "    return count",
        "        number = train_step(data).numpy()",
    ],
    COUNTED + WRITER + COUNTS.replace("[train, merged, count]", "[loss, merged, count]"): [
        "def compute_loss_and_count(x):",
        "    step = tf.cast(count, tf.int64)",
        '    tf.summary.scalar("loss", loss, step)',
        "    return loss, count",
        "        _, number = [value.numpy() for value in compute_loss_and_count(data)]",
    ],
    # What a summary computes itself is computed as late only where no variable changes.
    COUNTED.replace("loss)", "loss * 2)", 1) + WRITER + COUNTS.replace("[train, merged", "[loss, merged"): [
        '    tf.summary.scalar("loss", loss * 2, step)',
    ],
}
# Programs that keep what they write later, or may write it with several writers.
APART = [
    # A saver traces the function before there is a writer.
    TRAIN.replace("GradientDescentOptimizer", "AdamOptimizer") + "saver = tf.train.Saver()\n" + WRITER + ONCE,
    COUNTED + WRITER + COUNTS.replace("    writer", "    number = number + 1\n    writer"),
    COUNTED + WRITER + COUNTS.replace("number)", "number + 1)"),
    COUNTED.replace("loss)", "loss * 2)", 1) + WRITER + COUNTS,
    COUNTED + WRITER + COUNTS.replace("[train, ", "[tf.assign_add(count, 1), "),
    TRAIN
    + WRITER
    + "_, summary = sess.run([train, merged], {x: data})\nif flag:\n    writer.add_summary(summary, 0)\n",
    TRAIN + WRITER + ONCE + "print(len(summary))\n",
    TRAIN + WRITER + LOOP.replace("print(value)", "i += 1"),
    TRAIN + WRITER + LOOP.replace("print(value)", "if value > 1.0:\n        break"),
    TRAIN + WRITER + LOOP.replace("summary, i)", "summary, value)"),
    TRAIN + WRITER + LOOP.replace("summary, i)", "summary, next(steps))"),
    TRAIN + WRITER + ONCE.replace("writer", "other").replace("\n", '\nother = tf.summary.FileWriter("o")\n', 1),
    TRAIN + "for name in names:\n" + textwrap.indent("writer = tf.summary.FileWriter(name)\n" + ONCE, "    "),
    TRAIN + "def main():\n" + textwrap.indent(WRITER + ONCE, "    ") + "main()\n",
    BUILD + BUILT + "def main():\n" + textwrap.indent(WRITER + ONCE, "    ") + "main()\n",
    TRAIN.replace(
        'tf.summary.histogram("w", w)',
        "for each in (w,):\n    tf.summary.histogram(each.op.name, each)\n    tf.summary.scalar('l', loss)",
    )
    + WRITER
    + ONCE,
]

# What stands between the head and the run -> lines of the migrated program.
HELPED = {
    'def note(v):\n    tf.summary.scalar("v", v)\nnote(loss)': [
        "def note(v, scalars):",
        '    scalars["v"] = v',
        "    note(loss, scalars=scalars)",
    ],
    # Each scope has its name.
    """def note(v, of="all"):
    with tf.name_scope("about"):
        tf.summary.scalar("mean", tf.reduce_mean(v))
        tf.summary.histogram("v", v)
with tf.name_scope("a"):
    note(loss)
note(w, "w")""": [
        'def note(v, of="all", *, scalars, histograms, scope):',
        '    scalars[f"{scope}/mean_1"] = tf.reduce_mean(v)',
        '    histograms[f"{scope}/v"] = v',
        '    note(loss, scalars=scalars, histograms=histograms, scope="a/about")',
        '    note(w, "w", scalars=scalars, histograms=histograms, scope="about")',
    ],
    # A parameter says it, alone or behind what is the same in each call.
    """def note(v, name):
    with tf.name_scope(name):
        tf.summary.scalar("v", v)
note(loss, "a")
note(2.0 * loss, "b")""": [
        "def note(v, name, scalars):",
        '    scalars[f"{name}/v"] = v',
        '    note(loss, "a", scalars=scalars)',
    ],
    """def note(v, name):
    tf.summary.scalar("of " + name, v)
note(loss, "a")
note(2.0 * loss, "b")""": ['    scalars[f"of_{name}"] = v'],
    """def note(v, name):
    name = name + "_"
    with tf.name_scope(name):
        tf.summary.scalar("v", v)
note(loss, "a")
note(2.0 * loss, "b")""": ['    scalars[f"{scope}/v"] = v', '    note(loss, "a", scalars=scalars, scope="a_")'],
    """def note(v):
    tf.summary.histogram(v.op.name, v)
def both(v, name):
    with tf.name_scope(name):
        note(w)
both(w, "a")
both(w, "b")""": [
        "def note(v, histograms, scope):",
        '    histograms[f"{scope}/w"] = v',
        "    note(w, histograms=histograms, scope=name)",
    ],
    # What is never fetched goes, and what needs nothing stays as it is.
    'def note(v):\n    tf.summary.scalar("v", v, collections=["rare"])\n    return v\n'
    'tf.summary.scalar("all", note(loss))': [
        "def note(v):",
        "    return v",
        '    tf.summary.scalar("all", note(loss), step)',
    ],
}

# Programs behind the head that write no summaries: nothing of them stays.
UNUSED = [
    'tf.summary.scalar("loss", loss)\nprint(tf.Session().run(loss, {x: data}))\n',
    'shown = tf.summary.scalar("loss", loss)\nprint(tf.Session().run(loss, {x: data}))\n',
    'tf.summary.histogram("w", w)\nmerged = tf.summary.merge_all()\nprint(tf.Session().run(loss, {x: data}))\n',
]

NOT_CALLED = "the function that makes it is decorated or handed on, or not called in this file"
UNKNOWN = "the tag that 1.15 gives it is not known by reading"
REFUSED = {
    'if flag:\n    tf.summary.scalar("a", loss)\nelse:\n    tf.summary.scalar("a", 2.0 * loss)': UNKNOWN,
    'if flag:\n    loss = tf.identity(loss, name="a")\ntf.summary.scalar("a", loss)': UNKNOWN,
    'with tf.name_scope(scope):\n    tf.summary.scalar("a", loss)': UNKNOWN,
    "tf.summary.scalar(name, loss)": UNKNOWN,
    'tf.summary.scalar("Tanh", tf.tanh(loss))': UNKNOWN,
    'for each in steps:\n    tf.summary.scalar("loss", loss)': UNKNOWN,
    'all = [tf.summary.scalar("loss", each) for each in (loss,)]': "it is made within another expression",
    'merged = tf.summary.merge(tf.get_collection("rare"))': "what it merges is not known by reading",
    'both = [tf.summary.scalar("a", loss), loss]': "it is made within another expression",
    "class Trainer:\n    def write(self, summary):\n        self.writer.add_summary(summary, 1)": (
        "what it is called on is not known by reading"
    ),
    "def make():\n    return tf.summary.FileWriter('other', sess.graph)": "the place for its graph is not known",
    'writer = tf.summary.FileWriter("logs")\nwriter.add_session_log(log)': "it is not migrated",
    'by_hand = tf.Summary(value=[tf.Summary.Value(tag="a", image=image)])': (
        "only a list of tags with simple_value is migrated"
    ),
    'tf.summary.audio("a", x, 1000.0)': "it is not migrated",
    'tf.summary.image("x", tf.reshape(x, [-1, 1, 2, 1]), max_outputs=n)': "max_outputs is not a number",
    'def f(v):\n    tf.summary.scalar("v", v)\n    return v\nloss = sum(map(f, [loss]))': NOT_CALLED,
    'def f(v):\n    tf.summary.scalar("v", v)\n    return v\ng = f\nloss = g(loss)': NOT_CALLED,
    '@jit\ndef f(v):\n    tf.summary.scalar("v", v)\nf(loss)': NOT_CALLED,
    'def f(v):\n    tf.summary.scalar("v", v)': NOT_CALLED,
    'def f(v):\n    return tf.summary.scalar("v", v)\nf(loss)': "it is made within another expression",
    # Twice in one scope: each tag has another number.
    'def f(v):\n    tf.summary.scalar("v", v)\n    tf.summary.scalar("w", v)\nf(loss)\nf(loss)': UNKNOWN,
    'def f(v):\n    tf.summary.scalar("v", v)\nfor each in steps:\n    f(loss)': UNKNOWN,
    'def f(v):\n    tf.summary.scalar("v", v)\n    return v * 2.0\na = f(loss)\nmerged = tf.summary.merge_all()\n'
    "with tf.name_scope('s'):\n    b = f(a)\ntf.Session().run([merged, b], {x: data})": (
        "not all that its function makes is fetched"
    ),
}


@pytest.mark.parametrize("before", WRITTEN)
def test_what_is_written(before: str) -> None:
    after = native.migrate(HEAD + before + "\n" + RUN)
    for line in WRITTEN[before]:
        assert line in after
    assert "with writer.as_default():\n    write_summaries(" in after or "images" in after


@pytest.mark.parametrize("before", PROGRAMS)
def test_programs(before: str) -> None:
    after = native.migrate(HEAD + before)
    for line in PROGRAMS[before]:
        assert line + "\n" in after


@pytest.mark.parametrize("before", OWN)
def test_functions_that_write_their_summaries(before: str) -> None:
    after = native.migrate(HEAD + before)
    for line in OWN[before]:
        assert f"\n{line}\n" in after
    # Variables are shown as they are in the end, all else as it was before.
    assert re.search(
        r"scalar\(.*, step\)\n.*apply_gradients\(.*\n +tf.summary.histogram\(.*, step\)\n", after, re.DOTALL
    )
    assert "add_summary" not in after


@pytest.mark.parametrize("before", COUNTING)
def test_functions_that_know_the_step_of_their_summaries(before: str) -> None:
    after = native.migrate(HEAD + before)
    for line in COUNTING[before]:
        assert f"\n{line}\n" in after
    assert "add_summary" not in after


@pytest.mark.parametrize("before", HELPED)
def test_functions_that_are_given_where_summaries_go(before: str) -> None:
    after = native.migrate(HEAD + before + "\n" + RUN)
    for line in HELPED[before]:
        assert f"\n{line}\n" in after


def test_a_run_without_summaries_gives_functions_a_place_for_them() -> None:
    source = """def twice(v):
    tf.summary.scalar("v", v)
    return 2.0 * v
more = twice(loss)
print(tf.Session().run(more, {x: data}))
"""
    after = native.migrate(HEAD + source + RUN)
    assert "def compute_more(x):\n    scalars = {}\n    return compute_more_2(x, scalars)\n" in after


@pytest.mark.parametrize("before", APART)
def test_functions_that_return_their_summaries(before: str) -> None:
    after = native.migrate(HEAD + before)
    assert "@tf.function(reduce_retracing=True)\ndef write_summaries(writer, summaries, step):" in after


@pytest.mark.parametrize("before", UNUSED)
def test_summaries_that_nobody_writes_go(before: str) -> None:
    assert native.migrate(HEAD + before) == native.migrate(HEAD + before.splitlines()[-1] + "\n")


@pytest.mark.parametrize("before", REFUSED)
def test_what_is_refused(before: str) -> None:
    with pytest.raises(Refused) as refused:
        native.migrate(HEAD + before + "\n" + RUN)
    assert REFUSED[before] in [each.reason for each in refused.value.refusals]


def test_several_summaries_of_one_run_are_refused() -> None:
    source = (
        HEAD
        + """a = tf.summary.scalar("a", loss)
b = tf.summary.scalar("b", loss)
first, second = tf.Session().run([a, b], {x: data})
"""
    )
    with pytest.raises(Refused, match="it fetches several summaries"):
        native.migrate(source)


# The same files.


def shown(value: Any) -> Any:
    """Returns what a summary shows, as the recorder of 1.15's does."""
    array = tf.make_ndarray(value.tensor)
    plugin = value.metadata.plugin_data.plugin_name
    if plugin == "histograms":
        return [array[0, 0], array[-1, 1], array[:, 2].sum()]
    if plugin == "images":
        return tf.image.decode_png(array[2]).numpy().ravel().tolist()
    return array.item().decode() if plugin == "text" else array.item()


def written(logdir: Path) -> dict[str, list[tuple[str, int, Any]]]:
    """Returns the tags, steps and values that are in the files of a folder, by the folder in it."""
    found: dict[str, list[tuple[str, int, Any]]] = {}
    for path in sorted(logdir.rglob("events*")):
        rows = found.setdefault(str(path.parent.relative_to(logdir)), [])
        for event in events(path):
            rows += [(value.tag, event.step, shown(value)) for value in event.summary.value if value.tag != "keras"]
    return found


def events(path: Path) -> Iterator[Any]:
    """Yields the events of a file."""
    for record in tf.data.TFRecordDataset(str(path)):
        yield event_pb2.Event.FromString(record.numpy())


@pytest.mark.parametrize("program", RECORDED, ids=lambda program: program["about"])
def test_the_files_hold_what_those_of_1_15_hold(program: Any, tmp_path: Path) -> None:
    source = native.migrate(program["source"])
    name = f"<migrated {program['about']}>"
    # AutoGraph reads the source.
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    exec(compile(source, name, "exec"), {"logdir": str(tmp_path), "__name__": "migrated"})
    found = written(tmp_path)
    assert sorted(found) == sorted(program["written"])
    for folder, rows in program["written"].items():
        # One step's summaries come by kind.
        expected = {(tag, step, place): value for place, (tag, step, value) in numbered(rows)}
        actual = {(tag, step, place): value for place, (tag, step, value) in numbered(found[folder])}
        assert sorted(actual) == sorted(expected)
        for key, value in expected.items():
            if isinstance(value, str):
                assert actual[key] == value
            else:
                np.testing.assert_allclose(actual[key], value, rtol=1e-6, err_msg=str(key))


def numbered(rows: Any) -> Iterator[tuple[int, Any]]:
    """Yields rows, each with how often its tag and step came before."""
    seen: dict[tuple[str, int], int] = {}
    for row in rows:
        key = (row[0], row[1])
        yield seen.setdefault(key, 0), row
        seen[key] += 1
