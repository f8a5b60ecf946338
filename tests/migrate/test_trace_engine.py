"""What a migration takes from the facts of a run, and that it takes no more than it needs."""

from __future__ import annotations

import pytest
from trace_cases import IS_TENSOR, seen

from tf1graphs.migrate import native
from tf1graphs.migrate.facts.trace import Trace
from tf1graphs.migrate.refusals import Refused
from tf1graphs.migrate.trace.engine import Assumption, Engine

TF = "import tensorflow as tf\n"
_X = "x = tf.placeholder(tf.float32, [None, 3])\n"
_RUN = "sess = tf.Session()\nprint(sess.run(y, {x: data}))\n"
_SAVED = "saver = tf.train.Saver()\n"
_SCOPED = "with tf.variable_scope(a.scope):\n    w = tf.get_variable('w', [3])\n    y = x * w\n"
_CHOSEN = """\
if a.kind == "sum":
    n = "s"
    y = tf.reduce_sum(tf.layers.dense(x, 3))
elif a.kind == "mean":
    n = "m"
    y = tf.reduce_mean(tf.layers.dense(x, 4))
else:
    raise ValueError(a.kind)
w = tf.Variable(1.0, name=n)
y = y * w
"""
_NAMED = "w = tf.Variable(1.0, name='w_%d' % a.number)\ny = x * w\n"
_LOOP = "y = x\nfor i in range(a.number):\n    y = tf.layers.dense(y, 3, name='fc' + str(i))\n"
_PARTS = "z = tf.nn.top_k(x, 2)\nsess = tf.Session()\nprint(sess.run(z.indices, {x: data}))"

# What follows the import -> what was seen, what is taken from it, and lines of the new program.
TAKEN = {
    _X + _SCOPED + _SAVED + _RUN: (
        {"a.scope": "net", "data": [[1.0]]},
        ["a.scope: 'net'"],
        ['{"net/w": w}'],
    ),
    _X + _NAMED + _SAVED + _RUN: (
        {"a.number": 3, "'w_%d' % a.number": "w_3", "data": 1},
        ["a.number: 3"],
        ['{"w_3": w}'],
    ),
    _X + _LOOP + _SAVED + _RUN: (
        {"a.number": 2, "[a.number][0]": 2, "data": 1},
        ["a.number: 2"],
        [
            "denses = [tf.keras.layers.Dense(3) for i in range(a.number)]",
            '"fc0/kernel": denses[0].kernel,',
            '"fc1/kernel": denses[1].kernel,',
        ],
    ),
    _X + _PARTS: (
        {"z.indices": IS_TENSOR, "tf.nn.top_k(x, 2)": IS_TENSOR},
        ["z.indices: a tensor"],
        ["return z.indices"],
    ),
}


@pytest.mark.parametrize("text", TAKEN)
def test_what_reading_does_not_tell_is_taken_from_a_run(text):
    facts, taken, lines = TAKEN[text]
    text = TF + text
    with pytest.raises(Refused):
        native.migrate(text)
    engine = Engine({text: seen(text, facts)})
    new = engine(text)
    assert [f"{each.expression}: {each.value}" for each in engine.assumed[text]] == taken
    assert [line for line in lines if line not in new] == []


def test_an_assumption_says_its_line():
    text = TF + _X + _NAMED + _SAVED + _RUN
    engine = Engine({text: seen(text, {"a.number": 3})})
    engine(text)
    assert engine.assumed[text] == (Assumption(3, "a.number", "3"),)


# What is known is not needed.
NOT_TAKEN = [
    _X + "y = x * a.factor\n" + _RUN,
    _X + "if a.verbose:\n    print('verbose')\ny = x * 2\n" + _RUN,
    _X + "if a.square:\n    y = x * x\nelse:\n    y = x\n" + _RUN,
    _X + _SCOPED + _RUN,
]


@pytest.mark.parametrize("text", NOT_TAKEN)
def test_nothing_is_taken_where_reading_is_enough(text):
    text = TF + text
    facts = {"a.factor": 2, "a.verbose": True, "a.square": True, "a.scope": "net", "data": 1}
    engine = Engine({text: seen(text, facts)})
    assert (engine(text), engine.assumed) == (native.migrate(text), {})


# What was seen -> parts of the new program, and the branches that are left out of it.
BRANCHES = {
    "sum": (['if a.kind == "sum":', "tf.reduce_sum(dense(x))"], ["tf.reduce_mean"]),
    "mean": (['elif a.kind == "mean":', "tf.reduce_mean(dense(x))"], ["tf.reduce_sum"]),
}


@pytest.mark.parametrize("kind", BRANCHES)
def test_a_branch_into_which_the_run_did_not_go_is_an_error(kind):
    text = TF + _X + _CHOSEN + _SAVED + _RUN
    engine = Engine({text: seen(text, {"a.kind": kind, "data": 1})})
    new = engine(text)
    there, gone = BRANCHES[kind]
    assert [part for part in there if part not in new] == []
    assert [part for part in gone if part in new] == []
    assert 'raise NotImplementedError("this branch was not migrated")' in new
    assert {each.expression for each in engine.assumed[text]} == {"a.kind"}


def test_what_one_round_has_shown_says_nothing_of_the_next():
    text = (
        TF + _X + "y = x\nfor i in data:\n    if i.first:\n        y = x * 2\n    print(tf.Session().run(y, {x: i}))\n"
    )
    with pytest.raises(Refused) as refused:
        native.migrate(text, Trace(seen(text, {"i.first": True})))
    with pytest.raises(Refused) as alone:
        native.migrate(text)
    assert refused.value.refusals == alone.value.refusals


def test_without_facts_of_a_file_it_is_read_alone():
    with pytest.raises(Refused) as alone:
        native.migrate(TF + _X + _SCOPED + _SAVED + _RUN)
    with pytest.raises(Refused) as refused:
        Engine({})(TF + _X + _SCOPED + _SAVED + _RUN)
    assert refused.value.refusals == alone.value.refusals


def test_facts_that_do_not_help_leave_the_fewer_refusals():
    text = TF + _X + _SCOPED + _SAVED + "print(tf.contrib.training.HParams())\n" + _RUN
    with pytest.raises(Refused) as refused:
        Engine({text: seen(text, {"a.scope": "net"})})(text)
    assert [each.construct for each in refused.value.refusals] == ["tf.contrib.training.HParams"]
