"""Datasets, queues and monitored sessions: what is written and refused, and that programs print what 1.15 printed."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import textwrap
from pathlib import Path

import pytest
import tensorflow as tf
from pipeline_programs import LINES, PROGRAMS

from tf1graphs.migrate import native
from tf1graphs.migrate.refusals import Refused

RECORDED = json.loads((Path(__file__).parents[1] / "fixtures" / "tf115" / "migrate_pipelines.json").read_text())

_DATA = "import numpy as np\nimport tensorflow as tf\ndata = np.arange(8.0)\n"
_RANGE = _DATA + "dataset = tf.data.Dataset.range(8)\n"
_RUN = "sess = tf.Session()\n"
# An old program without its imports, and statements of the new one.
WRITTEN = {
    "a one-shot iterator": (
        _RANGE
        + "iterator = dataset.make_one_shot_iterator()\nx = iterator.get_next()\ny = x + 1\n"
        + _RUN
        + "sess.run(y)",
        """
        iterator = iter(dataset)


        @tf.function(input_signature=[iterator.element_spec])
        def compute_y(x):
            return x + 1


        compute_y(iterator.get_next())
        """,
    ),
    "an iterator without a name": (
        _RANGE + "x = dataset.make_one_shot_iterator().get_next()\n" + _RUN + "print(sess.run(x))",
        "iterator = iter(dataset)\nprint(iterator.get_next().numpy())",
    ),
    "parts that no other has": (
        _RANGE
        + "it = tf.data.Dataset.zip((dataset, dataset, dataset)).make_one_shot_iterator()\na, b, c = it.get_next()\n"
        + _RUN
        + "sess.run(a + b)\nsess.run(c * 2)",
        "compute_a(*it.get_next()[:2])",
    ),
    "the initializer makes the iterator": (
        _RANGE
        + "iterator = dataset.make_initializable_iterator()\nx = iterator.get_next()\n"
        + _RUN
        + "for _ in range(2):\n    sess.run([iterator.initializer])\n    print(sess.run(x))",
        "for _ in range(2):\n    iterator = iter(dataset)\n    print(iterator.get_next().numpy())",
    ),
    "what is fed once stands in the dataset": (
        _DATA
        + "p = tf.placeholder(data.dtype, data.shape)\nn = tf.placeholder(tf.int64, [])\n"
        + "ds = tf.data.Dataset.from_tensor_slices(p).batch(n)\n"
        + "it = ds.make_initializable_iterator()\nx = it.get_next()\n"
        + _RUN
        + "sess.run(it.initializer, {p: data, n: 4})\nprint(sess.run(tf.reduce_sum(x)))",
        "ds = tf.data.Dataset.from_tensor_slices(data).batch(4)",
    ),
    "what is fed again makes a function": (
        _DATA
        + "p = tf.placeholder(tf.float32, [None])\nds = tf.data.Dataset.from_tensor_slices(p)\n"
        + "it = ds.batch(2).make_initializable_iterator()\nx = it.get_next()\n"
        + _RUN
        + "for n in range(2):\n    sess.run(it.initializer, {p: data + n})\n    print(sess.run(tf.reduce_sum(x)))",
        """
        def make_dataset(p):
            ds = tf.data.Dataset.from_tensor_slices(p)
            return ds.batch(2)
        """,
    ),
    "a dataset begins anew": (
        _RANGE
        + "dataset = dataset.shuffle(8, seed=1)\nit = dataset.make_initializable_iterator()\nx = it.get_next()\n"
        + _RUN
        + "for _ in range(2):\n    sess.run(it.initializer)\n    print(sess.run(x))",
        "for _ in range(2):\n    it = iter(dataset)",
    ),
    "types and shapes": (
        _RANGE + "print(dataset.output_types)",
        "print(tf.nest.map_structure(lambda spec: spec.dtype, dataset.element_spec))",
    ),
    "a function that returns an element": (
        _DATA
        + "def inputs(n):\n    return tf.data.Dataset.range(n).make_one_shot_iterator().get_next()\nx = inputs(8)\n"
        + _RUN
        + "print(sess.run(x * 2))",
        "def inputs(n):\n    return iter(tf.data.Dataset.range(n))\niterator = inputs(8)",
    ),
    "rows of arrays": (
        _DATA
        + "row, = tf.train.slice_input_producer([data], shuffle=False)\nx = tf.train.batch([row], 2)\n"
        + _RUN
        + "coord = tf.train.Coordinator()\nthreads = tf.train.start_queue_runners(sess, coord)\nprint(sess.run(x))\n"
        + "coord.request_stop()\ncoord.join(threads)",
        "dataset = tf.data.Dataset.from_tensor_slices(data).repeat().batch(2, drop_remainder=True)",
    ),
    "a loop up to a global step": (
        _DATA
        + "w = tf.Variable(0.0)\nstep = tf.train.create_global_step()\n"
        + "train = tf.train.GradientDescentOptimizer(0.1).minimize(w * w, step)\n"
        + "with tf.train.MonitoredSession(hooks=[tf.train.StopAtStepHook(num_steps=3)]) as sess:\n"
        + "    while not sess.should_stop():\n        sess.run(train)",
        "while step < 3:\n    train_step()",
    ),
}

# An old program, and a part of why it is refused.
REFUSED = {
    "a feedable iterator": (
        _RANGE + "h = tf.placeholder(tf.string)\nit = tf.data.Iterator.from_string_handle(h, tf.int64)",
        "from what it draws is fed",
    ),
    "a dataset of a tensor": (
        _DATA + "p = tf.placeholder(tf.float32, [3])\nq = p * 2\ntf.data.Dataset.from_tensor_slices(q)",
        "its value is known only in a run",
    ),
    "a dataset with another value later": (
        _RANGE
        + "it = dataset.make_initializable_iterator()\nx = it.get_next()\ndataset = dataset.batch(2)\n"
        + _RUN
        + "sess.run(it.initializer)\nprint(sess.run(x))",
        "it is given another value later",
    ),
    "a dataset for two uses that is fed again": (
        _DATA
        + "p = tf.placeholder(tf.float32, [None])\nds = tf.data.Dataset.from_tensor_slices(p)\nprint(ds)\n"
        + "it = ds.batch(2).make_initializable_iterator()\nx = it.get_next()\n"
        + _RUN
        + "for _ in range(2):\n    sess.run(it.initializer, {p: data})\n    print(sess.run(x))",
        "it has another use than its iterator",
    ),
    "random numbers with seeds, again": (
        _DATA
        + "ds = tf.data.Dataset.range(3).map(lambda v: tf.random_uniform([], seed=1))\n"
        + "it = ds.make_initializable_iterator()\nx = it.get_next()\n"
        + _RUN
        + "for _ in range(2):\n    sess.run(it.initializer)\n    print(sess.run(x))",
        "its random numbers have seeds",
    ),
    "two elements at once": (
        _RANGE
        + "it = dataset.make_one_shot_iterator()\na = it.get_next()\nb = it.get_next()\n"
        + _RUN
        + "print(sess.run(a - b))",
        "it draws two elements of one iterator",
    ),
    "an element without a name": (
        _RANGE + "y = tf.square(dataset.make_one_shot_iterator().get_next())\n" + _RUN + "print(sess.run(y))",
        "its element has no name",
    ),
    "an iterator that never begins": (
        _RANGE + "x = dataset.make_initializable_iterator().get_next()\n" + _RUN + "print(sess.run(x))",
        "where its iterator begins is not known",
    ),
    "a random order of files": (
        _DATA + "tf.train.string_input_producer(['a', 'b'])",
        "it reads in a random order",
    ),
    "a queue by hand": (_DATA + "tf.FIFOQueue(3, tf.float32)", "threads of the graph fill queues"),
    "a shuffled batch": (_DATA + "tf.train.shuffle_batch([data], 2, 10, 5)", "threads of the graph fill queues"),
    "a coordinator of other threads": (
        _DATA + "coord = tf.train.Coordinator()\nthreads = tf.train.start_queue_runners(coord=coord)\nwork(coord)",
        "it is there for more than the threads that fill queues",
    ),
    "a session with checkpoints": (
        _DATA + "with tf.train.MonitoredTrainingSession(checkpoint_dir='logs') as sess:\n    pass",
        "its argument checkpoint_dir is not migrated",
    ),
    "another hook": (
        _DATA + "hook = tf.train.NanTensorHook(data)",
        "it is a hook of a session",
    ),
}

# What has nothing to do with graphs stays as it is.
KEPT = {
    "a coordinator without queues": "import tensorflow as tf\ncoord = tf.train.Coordinator()\ncoord.request_stop()\n",
    "a dataset": "import tensorflow as tf\nd = tf.data.Dataset.range(3).map(lambda v: v + 1).batch(2)\n",
    "an iterator of Python": "import tensorflow as tf\niterator = iter([1, 2])\nprint(next(iterator))\n",
}


@pytest.mark.parametrize("name", WRITTEN)
def test_is_written(name: str) -> None:
    before, after = WRITTEN[name]
    new = native.migrate(before + "\n")
    ast.parse(new)
    assert textwrap.dedent(after).strip() in new


@pytest.mark.parametrize("name", REFUSED)
def test_is_refused(name: str) -> None:
    before, reason = REFUSED[name]
    with pytest.raises(Refused) as refused:
        native.migrate(before + "\n")
    assert reason in " ".join(each.reason for each in refused.value.refusals)


@pytest.mark.parametrize("name", KEPT)
def test_is_kept(name: str) -> None:
    assert native.migrate(KEPT[name]) == KEPT[name]


@pytest.mark.parametrize("name", PROGRAMS)
def test_prints_what_1_15_printed(name: str, tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("\n".join(LINES) + "\n")
    new = native.migrate(PROGRAMS[name])
    assert "compat" not in new
    # As in a process of its own, whatever seed another test has set.
    tf.random.set_seed(None)
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(new, {"__name__": "program", "FOLDER": str(tmp_path)})
    assert out.getvalue().splitlines() == RECORDED[name]
