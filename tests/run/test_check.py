"""``--check`` lists by line what cannot run, in the program and in its helper files, and runs nothing."""

from __future__ import annotations

from notebooks import written


def test_problems_are_listed_by_line(legacy, tmp_path):
    (tmp_path / "net.py").write_text(
        "import tensorflow as tf\n\ndef net(x):\n    return tf.contrib.timeseries.ARRegressor(x)\n"
    )
    done = legacy(
        "import tensorflow as tf\nimport net, cv2\nprint('not run')\ntf.no_such_thing(1)\ntf.nn.relu(2)\n",
        options=("--check",),
    )
    lines = done.stdout.splitlines()
    assert lines[:2] == [
        "train.py:2: no module named cv2: pip install opencv-python",
        "train.py:4: tf.no_such_thing is not in TensorFlow 1.15",
    ]
    assert lines[2].startswith("net.py:4: tf.contrib.timeseries")
    assert (len(lines), done.returncode) == (3, 1)


def test_names_that_only_look_like_tensorflow_are_left_alone(legacy):
    done = legacy("class tf:\n    no_such_thing = 1\n\nprint(tf.no_such_thing)\n", options=("--check",))
    assert (done.stdout, done.returncode) == ("nothing unsupported found in 1 file\n", 0)


def test_notebooks_and_packages_are_read_too(legacy, tmp_path):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "__init__.py").write_text("from . import net\n")
    (tmp_path / "models" / "net.py").write_text("print 'old'\n")
    cells = ["import tensorflow as tf", "import models\ntf.nn.no_such_op(1)"]
    done = legacy(written(*cells), options=("--check",), file="book.ipynb")
    lines = done.stdout.splitlines()
    assert lines[0] == "book.ipynb, cell 2:2: tf.nn.no_such_op is not in TensorFlow 1.15"
    assert lines[1].startswith("models/net.py:1: ")
    assert (len(lines), done.returncode) == (2, 1)
