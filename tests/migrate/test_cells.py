"""What the variables of recurrent cells are called, and what becomes of programs that ask for them."""

from __future__ import annotations

import json
from pathlib import Path

import cell_programs
import pytest

from tf1graphs.migrate import native
from tf1graphs.migrate.facts import collections
from tf1graphs.migrate.facts.interpreter import Interpreter
from tf1graphs.migrate.facts.trace import Trace
from tf1graphs.migrate.refusals import Refused
from tf1graphs.migrate.source import Source

FIXTURE = Path(__file__).parents[1] / "fixtures" / "tf115" / "migrate_cells.json"
RECORDED = json.loads(FIXTURE.read_text())

_START = """\
import tensorflow as tf
rnn = tf.nn.rnn_cell
x = tf.placeholder(tf.float32, [None, 5, 3])
keep = tf.placeholder(tf.float32)
"""
_LOSS = "outputs, _ = tf.nn.dynamic_rnn(cell, x, dtype=tf.float32)\nloss = tf.reduce_mean(outputs)\n"
_CLIPPED = """\
variables = tf.trainable_variables()
gradients, _ = tf.clip_by_global_norm(tf.gradients(loss, variables), 5.0)
train = tf.train.AdamOptimizer().apply_gradients(zip(gradients, variables))
"""
_SGD = "train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)\n"
_RUN = """\
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    {} = sess.run([{}], {{x: [[[1.0, 2.0, 3.0]] * 5], keep: 0.5}})
"""
_TRAIN = _RUN.format("_, value", "train, loss")
_SHARED = "cell = rnn.GRUCell(2)\nwith tf.variable_scope('a'):\n    " + _LOSS.replace("\n", "\n    ", 1).rstrip() + "\n"

# What follows the placeholders -> what must be in the migrated program.
WRITTEN = {
    "clipped gradients": (
        "cell = rnn.GRUCell(2)\n" + _LOSS + _CLIPPED + _TRAIN,
        [
            'GRUCell(2, name="rnn/gru_cell")',
            "tf.gradients(loss, [cell.gate_kernel, cell.gate_bias, cell.candidate_kernel, cell.candidate_bias])",
        ],
    ),
    "only kernels": (
        "cell = rnn.BasicLSTMCell(2)\n"
        + _LOSS
        + "loss += tf.add_n([tf.nn.l2_loss(v) for v in tf.trainable_variables() if 'bias' not in v.name])\n"
        + _SGD
        + _TRAIN,
        ["for v in [cell.kernel]"],
    ),
    "the cells of wrappers": (
        "cells = [rnn.DropoutWrapper(rnn.BasicRNNCell(size), 0.5) for size in (2, 3)]\n"
        "cell = rnn.ResidualWrapper(rnn.MultiRNNCell(cells))\n" + _LOSS + _CLIPPED + _TRAIN,
        ["[cells[0].cell.kernel, cells[0].cell.bias, cells[1].cell.kernel, cells[1].cell.bias]"],
    ),
    "a state in one matrix": (
        "cell = rnn.LSTMCell(2, state_is_tuple=False)\n" + _LOSS + _CLIPPED + _TRAIN,
        ["[cell.cell.kernel, cell.cell.bias]"],
    ),
    "a wrapper that is made in the function": (
        "cell = rnn.BasicLSTMCell(2)\ncell = rnn.DropoutWrapper(cell, keep)\n" + _LOSS + _CLIPPED + _TRAIN,
        ["[base_cell.kernel, base_cell.bias]"],
    ),
    "names in tags": (
        "cell = rnn.BasicRNNCell(2)\n"
        + _LOSS
        + "for v in tf.trainable_variables():\n    tf.summary.histogram(v.op.name, v)\n"
        + "merged = tf.summary.merge([tf.summary.merge_all(), tf.summary.scalar('loss', loss)])\n"
        + _RUN.format("value,", "merged"),
        ["for v in [cell.kernel, cell.bias]:", 'histograms[f"{v.name[:-2]}_1"] = v'],
    ),
    "two networks of one function": (
        "def net(x):\n    cell = rnn.BasicRNNCell(2)\n    outputs, _ = tf.nn.dynamic_rnn(cell, x, dtype=tf.float32)\n"
        "    return outputs\nwith tf.variable_scope('a'):\n    a = net(x)\n"
        "with tf.variable_scope('b'):\n    b = net(x)\nloss = tf.reduce_mean(a - b)\n" + _SGD + _TRAIN,
        ["net_1 = Net()", "net_2 = Net()", "a = net_1(x)", "b = net_2(x)"],
    ),
    "one network of one function, called twice": (
        "def net(x):\n    cell = rnn.BasicRNNCell(2)\n    outputs, _ = tf.nn.dynamic_rnn(cell, x, dtype=tf.float32)\n"
        "    return outputs\nwith tf.variable_scope('a'):\n    a = net(x)\n"
        "with tf.variable_scope('a', reuse=True):\n    b = net(2 * x)\nloss = tf.reduce_mean(a - b)\n" + _SGD + _TRAIN,
        ["net = Net()", "a = net(x)", "b = net(2 * x)"],
    ),
    "one cell in two scopes": (
        _SHARED + "with tf.variable_scope('b'):\n    again, _ = tf.nn.dynamic_rnn(cell, -x, dtype=tf.float32)\n"
        "loss += tf.reduce_mean(again)\n" + _SGD + _TRAIN,
        ['cell = GRUCell(2, name="a/rnn/gru_cell")', "again, _ = dynamic_rnn(cell, -x)"],
    ),
    "what only calls a cell makes no variables": (
        "cell = rnn.GRUCell(2)\ndef net(x):\n    outputs, _ = tf.nn.dynamic_rnn(cell, x, dtype=tf.float32)\n"
        "    return outputs\nloss = tf.reduce_mean(net(x) - net(-x))\n" + _SGD + _TRAIN,
        ["def net(x):\n", "net(x) - net(-x)"],
    ),
    "cells that another method makes": (
        """\
class Model:
    def __init__(self):
        self.x = tf.placeholder(tf.float32, [None, 5, 3])

    def make(self):
        layers = [rnn.GRUCell(size) for size in (2, 3)]
        cells = rnn.MultiRNNCell(layers)
        self.outputs, _ = tf.nn.dynamic_rnn(cells, self.x, dtype=tf.float32)

    def build(self):
        self.make()
        self.loss = tf.reduce_mean(self.outputs)
        self.train_op = tf.train.GradientDescentOptimizer(0.1).minimize(self.loss)

    def train(self, data):
        saver = tf.train.Saver()
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            sess.run(self.train_op, {self.x: data})
            saver.save(sess, "model")


model = Model()
model.build()
model.train([[[1.0, 2.0, 3.0]] * 5])
""",
        [
            "        self.cells = MultiRNNCell(layers)\n",
            "outputs, _ = dynamic_rnn(self.cells, x)\n",
            "        self.train_step.get_concrete_function()  # creates the variables of the layers\n",
            '"rnn/multi_rnn_cell/cell_0/gru_cell/gates/kernel": self.cells.cells[0].gate_kernel',
        ],
    ),
    "savers": (
        "cell = rnn.MultiRNNCell([rnn.BasicLSTMCell(2), rnn.BasicRNNCell(3)])\n"
        + _LOSS
        + _SGD
        + "saver = tf.train.Saver()\n"
        + _TRAIN
        + "    saver.save(sess, 'model')\n",
        [
            "train_step.get_concrete_function()  # creates the variables of the layers",
            '"rnn/multi_rnn_cell/cell_0/basic_lstm_cell/kernel": cell.cells[0].kernel',
            '"rnn/multi_rnn_cell/cell_1/basic_rnn_cell/bias": cell.cells[1].bias',
        ],
    ),
}

# What follows the placeholders -> what a refusal names, and a part of its reason.
REFUSED = {
    _SHARED + "with tf.variable_scope('a', reuse=True):\n"
    "    again, _ = tf.nn.dynamic_rnn(rnn.GRUCell(2), -x, dtype=tf.float32)\n"
    "loss += tf.reduce_mean(again)\n" + _SGD + _TRAIN: ("rnn.GRUCell", "shares the variables of another cell"),
    "def make():\n    return rnn.GRUCell(2)\n" + _SHARED.replace("rnn.GRUCell(2)", "make()") + "again = make()\n"
    "with tf.variable_scope('a', reuse=True):\n    again, _ = tf.nn.dynamic_rnn(again, -x, dtype=tf.float32)\n"
    "loss += tf.reduce_mean(again)\n" + _SGD + _TRAIN: ("rnn.GRUCell", "shares the variables of another cell"),
    "cell = rnn.GRUCell(2)\nloss = tf.reduce_mean(cell(x[:, 0], tf.zeros([1, 2]), scope='a')[0])\n" + _SGD + _TRAIN: (
        "cell",
        "its scope is not followed",
    ),
    "cell = rnn.GRUCell(2, name=input())\n" + _LOSS + _CLIPPED + _TRAIN: (
        "tf.trainable_variables()",
        "not known by reading",
    ),
}


@pytest.mark.parametrize("name", cell_programs.PROGRAMS)
def test_names_are_those_of_1_15(name):
    interpreter = Interpreter(Source(cell_programs.START + cell_programs.PROGRAMS[name]), Trace())
    interpreter.program()
    made = interpreter.made
    assert made.is_sure
    names = [each.name for made_by in made.names.items() for each in collections.variables_of(interpreter, *made_by)]
    assert names == RECORDED[name]["names"]
    assert [interpreter.names.tag(each) for each in names] == RECORDED[name]["tags"]


@pytest.mark.parametrize("name", WRITTEN)
def test_it_is_written(name):
    text, parts = WRITTEN[name]
    migrated = native.migrate(_START + text)
    assert [part for part in parts if part not in migrated] == [], migrated


@pytest.mark.parametrize("text", REFUSED)
def test_it_is_refused(text):
    construct, reason = REFUSED[text]
    with pytest.raises(Refused) as caught:
        native.migrate(_START + text)
    found = [(each.construct, each.reason) for each in caught.value.refusals]
    assert any(construct == name and reason in why for name, why in found), found
