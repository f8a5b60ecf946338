"""Small programs that make recurrent cells and call them; they may use ``tf``, ``rnn`` and ``x``, [2, 5, 3]."""

from __future__ import annotations

START = """\
import tensorflow as tf
rnn = tf.nn.rnn_cell
x = tf.placeholder(tf.float32, [2, 5, 3])
"""
_STATE = "s = tf.zeros([2, 3])\n"
_TWO = _STATE + "c(x[:, 0], s)\nd(x[:, 1], s)\nc(x[:, 2], s)\n"

PROGRAMS = {
    "basic": "tf.nn.dynamic_rnn(rnn.BasicRNNCell(4), x, dtype=tf.float32)",
    "peepholes and projection": (
        "tf.nn.dynamic_rnn(rnn.LSTMCell(3, use_peepholes=True, num_proj=2), x, dtype=tf.float32)"
    ),
    "layer norm": "tf.nn.dynamic_rnn(tf.contrib.rnn.LayerNormBasicLSTMCell(3), x, dtype=tf.float32)",
    "two that are called by hand": "c, d = rnn.GRUCell(3), rnn.GRUCell(3)\n" + _TWO,
    "two of one name": "c, d = rnn.GRUCell(3, name='a'), rnn.GRUCell(3, name='a')\n" + _TWO,
    "two stacks that share": (
        "c, d = rnn.MultiRNNCell([rnn.GRUCell(3), rnn.GRUCell(3)]), rnn.MultiRNNCell([rnn.GRUCell(3)])\n"
        "s = c.zero_state(2, tf.float32)\nwith tf.variable_scope('q', reuse=tf.AUTO_REUSE):\n"
        "    c(x[:, 0], s)\n    d(x[:, 0], s[:1])"
    ),
    "two with layer norm that share": (
        "c, d = tf.contrib.rnn.LayerNormBasicLSTMCell(3), tf.contrib.rnn.LayerNormBasicLSTMCell(3)\n"
        "s = c.zero_state(2, tf.float32)\nwith tf.variable_scope('q', reuse=tf.AUTO_REUSE):\n"
        "    c(x[:, 0], s)\n    d(x[:, 0], s)"
    ),
    "one cell twice in a stack": (
        "c = rnn.GRUCell(3)\ntf.nn.dynamic_rnn(rnn.MultiRNNCell([c, c]), x, dtype=tf.float32)"
    ),
    "a stack in a stack": (
        "c = rnn.MultiRNNCell([rnn.MultiRNNCell([rnn.GRUCell(3)]), rnn.GRUCell(3)])\n"
        "tf.nn.dynamic_rnn(c, x, dtype=tf.float32)"
    ),
    "wrappers in a stack": (
        "def make():\n    return rnn.ResidualWrapper(rnn.DropoutWrapper(rnn.BasicLSTMCell(3), 0.5))\n"
        "tf.nn.dynamic_rnn(rnn.MultiRNNCell([make(), make()]), x, dtype=tf.float32)"
    ),
    "a stack of a comprehension": (
        "c = rnn.MultiRNNCell([rnn.GRUCell(size) for size in (3, 4)])\ntf.nn.dynamic_rnn(c, x, dtype=tf.float32)"
    ),
    "a stack that a loop fills": (
        "cells = []\nfor _ in range(3):\n    c = rnn.BasicLSTMCell(3)\n    cells.append(rnn.DropoutWrapper(c, 0.5))\n"
        "tf.nn.dynamic_rnn(rnn.MultiRNNCell(cells), x, dtype=tf.float32)"
    ),
    "both ways": "tf.nn.bidirectional_dynamic_rnn(rnn.GRUCell(3), rnn.BasicLSTMCell(3), x, dtype=tf.float32)",
    "both ways in a scope": (
        "tf.nn.bidirectional_dynamic_rnn(rnn.GRUCell(3), rnn.BasicLSTMCell(3), x, dtype=tf.float32, scope='z')"
    ),
    "both ways with one cell": "c = rnn.GRUCell(3)\ntf.nn.bidirectional_dynamic_rnn(c, c, x, dtype=tf.float32)",
    "both ways step by step": (
        "steps = tf.unstack(x, axis=1)\n"
        "tf.nn.static_bidirectional_rnn(rnn.GRUCell(3), rnn.BasicLSTMCell(3), steps, dtype=tf.float32)"
    ),
    "a stack of both ways": (
        "tf.contrib.rnn.stack_bidirectional_dynamic_rnn([rnn.GRUCell(3), rnn.GRUCell(3)], "
        "[rnn.BasicLSTMCell(3), rnn.GRUCell(3)], x, dtype=tf.float32)"
    ),
    "step by step": "tf.nn.static_rnn(rnn.GRUCell(3), tf.unstack(x, axis=1), dtype=tf.float32, scope='s')",
    "scopes": (
        "for name in ('a', 'b'):\n    with tf.variable_scope(name):\n"
        "        tf.nn.dynamic_rnn(rnn.GRUCell(3), x, dtype=tf.float32)"
    ),
    "the scope of the first call": (
        "c = rnn.GRUCell(3)\nfor name in ('a', 'b'):\n    with tf.variable_scope(name):\n"
        "        tf.nn.dynamic_rnn(c, x, dtype=tf.float32)"
    ),
    "not the scope where it is made": (
        "with tf.variable_scope('q'):\n    c = rnn.GRUCell(3)\nc(x[:, 0], tf.zeros([2, 3]))"
    ),
    "a scope that is an object": (
        "with tf.variable_scope('q') as q:\n    pass\ntf.nn.dynamic_rnn(rnn.GRUCell(3), x, dtype=tf.float32, scope=q)"
    ),
    "a loop over steps": (
        "c = rnn.BasicLSTMCell(3)\ns = c.zero_state(2, tf.float32)\nwith tf.variable_scope('RNN'):\n"
        "    for t in range(3):\n        if t > 0:\n            tf.get_variable_scope().reuse_variables()\n"
        "        o, s = c(x[:, t], s)"
    ),
    "a decoder": (
        "tf.contrib.legacy_seq2seq.rnn_decoder(tf.unstack(x, axis=1), tf.zeros([2, 3]), rnn.GRUCell(3), scope='d')"
    ),
    "among others": (
        "c = rnn.BasicLSTMCell(3)\nw = tf.Variable(1.0, name='w')\no, _ = tf.nn.dynamic_rnn(c, x, dtype=tf.float32)\n"
        "tf.layers.dense(o, 2)\ntf.layers.batch_normalization(o)"
    ),
}
