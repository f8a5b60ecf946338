"""Savers: what is written and refused, and that programs go on from checkpoints of TensorFlow 1.15 and of their own."""

from __future__ import annotations

import base64
import gzip
import json
import textwrap
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tensorflow as tf
from saver_programs import PROGRAMS

from tf1graphs.migrate import native
from tf1graphs.migrate.definitions import checkpoints
from tf1graphs.migrate.refusals import Refused

FIXTURE = Path(__file__).parents[1] / "fixtures" / "tf115" / "migrate_savers.json.gz"
RECORDED = json.loads(gzip.decompress(FIXTURE.read_bytes()))

_MODEL = """
import tensorflow as tf
x = tf.placeholder(tf.float32, [None, 3])
w = tf.Variable(tf.zeros([3, 2]), name="w")
"""
_USE = """
with tf.Session() as sess:
    saver.restore(sess, "model")
    print(sess.run(y, {x: [[1.0, 2.0, 3.0]]}))
"""
# What follows the model, and what the statement of the saver and those after it become.
WRITTEN = {
    "all variables": (
        "y = tf.matmul(x, w)\nsaver = tf.train.Saver()",
        'saver = Saver({"w": w})\nsaver.restore("model")',
    ),
    "all variables by their collection": (
        "y = tf.matmul(x, w)\nsaver = tf.train.Saver(tf.global_variables())",
        'saver = Saver({"w": w})',
    ),
    "a list": (
        "b = tf.Variable(tf.zeros([2]))\ny = tf.matmul(x, w) + b\nsaver = tf.train.Saver([b])",
        'saver = Saver({"Variable": b})',
    ),
    "other names": (
        "y = tf.matmul(x, w)\nsaver = tf.train.Saver({'old/w': w})",
        'saver = Saver({"old/w": w})',
    ),
    "trained ones": (
        "n = tf.Variable(0, trainable=False)\ny = tf.matmul(x, w)\nsaver = tf.train.Saver(tf.trainable_variables())",
        'saver = Saver({"w": w})',
    ),
    "those in dicts and lists": (
        "p = {'b': tf.Variable(tf.zeros([2]), name='b')}\nq = [w, p['b']]\ny = tf.matmul(x, w) + p['b']\n"
        "saver = tf.train.Saver()",
        'saver = Saver({"w": w, "b": p["b"]})',
    ),
    "scopes": (
        "with tf.variable_scope('net'):\n    b = tf.get_variable('b', [2])\ny = tf.matmul(x, w) + b\n"
        "saver = tf.train.Saver()",
        'saver = Saver({"w": w, "net/b": b})',
    ),
    "one without a name": (
        "y = tf.matmul(x, w) + tf.Variable(1.0)\nsaver = tf.train.Saver()",
        'saver = Saver({"w": w, "Variable": variable})',
    ),
    "those of functions": (
        "def f(x, name):\n    with tf.variable_scope(name):\n        b = tf.get_variable('b', [2])\n"
        "        return tf.layers.dense(x + b, 2)\n"
        "y = f(f(tf.matmul(x, w), 'one'), 'two')\nsaver = tf.train.Saver()",
        """\
        compute_y.get_concrete_function()  # creates the variables of the layers
        saved = {
            "w": w,
            "one/b": f_1.b,
            "one/dense/kernel": f_1.dense.kernel,
            "one/dense/bias": f_1.dense.bias,
            "two/b": f_2.b,
            "two/dense/kernel": f_2.dense.kernel,
            "two/dense/bias": f_2.dense.bias,
        }
        saver = Saver(saved)""",
    ),
    "those of an object": (
        "class M:\n    def __init__(self):\n        self.b = tf.Variable(tf.zeros([2]), name='b')\n"
        "        self.saver = tf.train.Saver()\n\nm = M()\ny = tf.matmul(x, w) + m.b\nsaver = m.saver",
        'self.saver = Saver({"w": w, "b": self.b})',
    ),
    "how many are kept": (
        "y = tf.matmul(x, w)\nsaver = tf.train.Saver(max_to_keep=10, write_version=2)",
        'saver = Saver({"w": w}, max_to_keep=10)',
    ),
    "all are kept": (
        "y = tf.matmul(x, w)\nsaver = tf.train.Saver(max_to_keep=None)",
        'saver = Saver({"w": w}, max_to_keep=0)',
    ),
    "what others have saved": (
        "y = tf.matmul(x, w)\nsaver = tf.train.Saver()\nstate = tf.train.get_checkpoint_state('.')\n"
        "saver.recover_last_checkpoints(state.all_model_checkpoint_paths)\nsaver.set_last_checkpoints(['a'])",
        "saver.last_checkpoints = [path for path in state.all_model_checkpoint_paths "
        "if tf.io.gfile.exists(f\"{path}.index\")]\nsaver.last_checkpoints = list(['a'])",
    ),
    "those made before": (
        "y = tf.matmul(x, w)\nsaver = tf.train.Saver()\nlate = tf.Variable(0)",
        'saver = Saver({"w": w})',
    ),
    "those of a new graph": (
        "tf.reset_default_graph()\nv = tf.Variable(tf.zeros([3, 2]), name='w')\ny = tf.matmul(tf.ones([1, 3]), v)\n"
        "saver = tf.train.Saver()",
        'saver = Saver({"w": v})',
    ),
    "layers": (
        "y = tf.layers.dense(tf.matmul(x, w), 4)\nsaver = tf.train.Saver()",
        """\
        compute_y.get_concrete_function()  # creates the variables of the layers
        saver = Saver({"w": w, "dense/kernel": dense.kernel, "dense/bias": dense.bias})
        saver.restore("model")""",
    ),
    "trained ones of layers": (
        "y = tf.layers.batch_normalization(tf.matmul(x, w))\nsaver = tf.train.Saver(tf.trainable_variables())",
        """\
        saved = {
            "w": w,
            "batch_normalization/gamma": batch_normalization.gamma,
            "batch_normalization/beta": batch_normalization.beta,
        }""",
    ),
    "two optimizers": (
        "v = tf.Variable(1.0)\ny = tf.matmul(x, w) * v\nopt = tf.train.AdamOptimizer()\n"
        "t = opt.minimize(y, var_list=[w])\nu = tf.train.AdamOptimizer().minimize(y, var_list=[v])\n"
        "saver = tf.train.Saver()\nsess = tf.Session()\nsess.run(t, {x: [[1.0] * 3]})\nsess.run(u, {x: [[1.0] * 3]})",
        """\
        saved = {
            "w": w,
            "Variable": v,
            "beta1_power": opt.beta_1_power,
            "beta2_power": opt.beta_2_power,
            "beta1_power_1": optimizer.beta_1_power,
            "beta2_power_1": optimizer.beta_2_power,
        }""",
    ),
    "an optimizer without variables": (
        "y = tf.matmul(x, w)\ntf.train.GradientDescentOptimizer(0.1).minimize(y)\nsaver = tf.train.Saver()",
        'saver = Saver({"w": w})',
    ),
}
# What follows the model, and why it is refused.
REFUSED = {
    "one out of reach": (
        "def f():\n    v = tf.Variable(1.0)\n    return 1\nf()\ny = tf.matmul(x, w)\nsaver = tf.train.Saver()",
        "variable Variable cannot be named",
    ),
    "a loop": (
        "for n in range(N):\n    b = tf.Variable(0.0)\ny = tf.matmul(x, w)\nsaver = tf.train.Saver()",
        "have no sure names",
    ),
    "a comprehension": (
        "b = [tf.Variable(0.0) for n in range(N)]\ny = tf.matmul(x, w)\nsaver = tf.train.Saver()",
        "have no sure names",
    ),
    "a branch": (
        "if N:\n    b = tf.Variable(0.0)\ny = tf.matmul(x, w)\nsaver = tf.train.Saver()",
        "have no sure names",
    ),
    "a second graph": (
        "g = tf.Graph()\ny = tf.matmul(x, w)\nsaver = tf.train.Saver()",
        "have no sure names",
    ),
    "a cell": (
        "cell = tf.contrib.rnn.UGRNNCell(3)\ny = tf.matmul(x, w)\nsaver = tf.train.Saver()",
        "names of the variables of tf.contrib.rnn.UGRNNCell are not known",
    ),
    "averages": (
        "e = tf.train.ExponentialMovingAverage(0.9)\ny = tf.matmul(x, w)\nsaver = tf.train.Saver()",
        "ExponentialMovingAverage are not known",
    ),
    "no variable": ("saver = tf.train.Saver([])\ny = tf.matmul(x, w)", "makes no variable before it"),
    "a filtered list": (
        "y = tf.matmul(x, w)\nsaver = tf.train.Saver([v for v in tf.global_variables() if wanted(v)])",
        "is not known by reading",
    ),
    "Keras's Adamax": (
        "y = tf.matmul(x, w)\ntrain = tf.contrib.opt.AdaMaxOptimizer().minimize(y)\nsaver = tf.train.Saver()",
        "the optimizer's variables have no counterpart",
    ),
    "two optimizers of the same": (
        "y = tf.matmul(x, w)\na = tf.train.AdamOptimizer().minimize(y)\nb = tf.train.AdamOptimizer().minimize(-y)\n"
        "saver = tf.train.Saver()\nsess = tf.Session()\nsess.run(a, {x: [[1.0] * 3]})\nsess.run(b, {x: [[1.0] * 3]})",
        "two optimizers may train the same variables",
    ),
    "hours": (
        "y = tf.matmul(x, w)\nsaver = tf.train.Saver(keep_checkpoint_every_n_hours=2)",
        "its keep_checkpoint_every_n_hours has no counterpart",
    ),
    "reshape": ("y = tf.matmul(x, w)\nsaver = tf.train.Saver(reshape=True)", "its reshape has no counterpart"),
    "another state file": (
        "y = tf.matmul(x, w)\nsaver = tf.train.Saver()\nsaver.save(None, 'a', latest_filename='b')",
        "its latest_filename has no counterpart",
    ),
    "export": (
        "y = tf.matmul(x, w)\nsaver = tf.train.Saver()\nsaver.export_meta_graph()",
        "this method is not migrated",
    ),
    "an empty list of the last": (
        "y = tf.matmul(x, w)\nsaver = tf.train.Saver(max_to_keep=0)\nprint(saver.last_checkpoints)",
        "empty if all checkpoints are kept",
    ),
}
UNCHANGED = {
    "another class": """\
class Saver:
    def save(self, path):
        return path


saver = Saver()
saver.save("a")
""",
    "paths": """\
import tensorflow as tf

print(tf.train.latest_checkpoint("a"))
state = tf.train.get_checkpoint_state("a")
if state and state.model_checkpoint_path:
    print(state.model_checkpoint_path, state.all_model_checkpoint_paths)
""",
    "a reader": """\
import tensorflow as tf

reader = tf.train.load_checkpoint("a")
print(reader.get_tensor("w"), tf.train.list_variables("a"))
""",
}


@pytest.mark.parametrize(("program", "after"), WRITTEN.values(), ids=WRITTEN)
def test_written(program, after):
    assert textwrap.dedent(after) in native.migrate(_MODEL + program + _USE)


@pytest.mark.parametrize(("program", "reason"), REFUSED.values(), ids=REFUSED)
def test_refused(program, reason):
    with pytest.raises(Refused) as refused:
        native.migrate(_MODEL + program + _USE)
    assert any(reason in each.reason for each in refused.value.refusals)


@pytest.mark.parametrize("program", UNCHANGED.values(), ids=UNCHANGED)
def test_unchanged(program):
    assert native.migrate(program) == program


def test_a_call_of_the_path_is_the_only_change():
    after = native.migrate("import tensorflow as tf\nprint(tf.train.checkpoint_exists('a'))\n")
    assert after == "import tensorflow as tf\nprint(tf.io.gfile.exists('a' + \".index\"))\n"


def _run(name: str, folder: Path, restored: str | None, steps: int) -> dict[str, Any]:
    tf.random.set_seed(3)
    variables: dict[str, Any] = {"FOLDER": str(folder), "RESTORED": restored, "STEPS": steps}
    exec(native.migrate(PROGRAMS[name]), variables)
    return variables


@pytest.mark.parametrize("name", PROGRAMS)
def test_training_goes_on_from_checkpoints_of_tensorflow_1(name, tmp_path):
    for ending, content in RECORDED[name]["files"].items():
        (tmp_path / f"old-3.{ending}").write_bytes(base64.b64decode(content))
    variables = _run(name, tmp_path, str(tmp_path / "old-3"), 3)
    np.testing.assert_allclose(variables["losses"], RECORDED[name]["losses"], rtol=2e-5)
    assert variables["step"].numpy() == 6


@pytest.mark.parametrize("name", ["an object", "functions", "adam for rows", "centered rmsprop", "ftrl", "sgd"])
def test_training_goes_on_from_checkpoints_of_its_own(name, tmp_path):
    whole = _run(name, tmp_path, None, 5)["losses"]
    assert (tmp_path / "checkpoint").exists()
    variables = _run(name, tmp_path, str(tmp_path / "model-3"), 2)
    np.testing.assert_allclose(variables["losses"], whole[3:], rtol=1e-6)
    assert variables["step"].numpy() == 5


@pytest.fixture
def saver_class() -> Any:
    variables: dict[str, Any] = {"tf": tf}
    exec(checkpoints.SAVER.source, variables)
    return variables["Saver"]


def test_the_last_checkpoints_are_kept(saver_class, tmp_path):
    saver = saver_class({"w": tf.Variable(1.0)}, max_to_keep=2)
    paths = [saver.save(f"{tmp_path}/model", step) for step in (1, 2, 3, 2)]
    assert paths[-1] == f"{tmp_path}/model-2"
    assert saver.last_checkpoints == [f"{tmp_path}/model-3", f"{tmp_path}/model-2"]
    assert tf.train.latest_checkpoint(tmp_path) == f"{tmp_path}/model-2"
    files = {path.name.partition(".")[0] for path in tmp_path.iterdir()}
    assert files == {"checkpoint", "model-2", "model-3"}
    state = tf.train.get_checkpoint_state(tmp_path)
    assert list(state.all_model_checkpoint_paths) == saver.last_checkpoints


def test_a_path_without_a_step_and_without_a_folder(saver_class, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    variable = tf.Variable(1.0)
    saver = saver_class({"w": variable}, max_to_keep=0)
    assert saver.save("it's") == "it's"
    variable.assign(2.0)
    saver.restore(tf.train.latest_checkpoint("."))
    assert variable.numpy() == 1.0


def test_checkpoints_of_an_earlier_run_stay(saver_class, tmp_path):
    for step in (1, 2):
        saver_class({"w": tf.Variable(1.0)}, max_to_keep=1).save(tmp_path / "model", step)
    assert {path.name for path in tmp_path.glob("*.index")} == {"model-1.index", "model-2.index"}


def test_the_state_names_only_what_is_whole(saver_class, tmp_path, monkeypatch):
    saver = saver_class({"w": tf.Variable(1.0)}, max_to_keep=1)
    saver.save(tmp_path / "model", 1)
    for step, (module, function) in enumerate([(tf.train.Checkpoint, "write"), (tf.io.gfile, "rename")], 2):
        with monkeypatch.context() as killed, pytest.raises(KeyboardInterrupt):
            killed.setattr(module, function, _interrupted)
            saver.save(tmp_path / "model", step)
        last = tf.train.latest_checkpoint(tmp_path)
        assert last == f"{tmp_path}/model-1"
        saver.restore(last)


def _interrupted(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("path", [None, "model-9"])
def test_what_is_no_checkpoint_is_refused(saver_class, path):
    with pytest.raises(ValueError, match="is not a checkpoint"):
        saver_class({"w": tf.Variable(1.0)}).restore(path)


def test_a_variable_that_is_not_in_the_checkpoint_is_refused(saver_class, tmp_path):
    path = saver_class({"w": tf.Variable(1.0)}).save(tmp_path / "model")
    with pytest.raises(AssertionError, match="not bound to checkpointed values"):
        saver_class({"other": tf.Variable(1.0)}).restore(path)
