"""Every pipeline brings the same examples, and training through each is the same; damaged files are refused."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import short
import warm
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.util import tensor_util

NAME = "30_input_pipelines"
FOLDER = short.TUTORIALS / NAME
EXAMPLES, BATCH, EPOCHS = 30, 5, 2
SHUFFLED = {"queues, shuffle_batch", "tf.queue, shuffled"}
INTERLEAVED = {"tf.data, interleave, prefetch"}

# Writes files and prints, for each pipeline, the first pixel and the label of all examples in their order.
READ = {
    "tf1": """
import json
from pathlib import Path
import numpy as np
import tf1
import tf1_pipelines
import tf1graphs.v1 as tf
def main(arguments):
    images = np.zeros([30, 784], np.uint8)
    images[:, 0] = np.arange(30)
    paths = tf1_pipelines.write_files(Path(arguments[0]), images, np.arange(30) % 10, 3)
    found = {}
    for name, pipeline in tf1_pipelines.PIPELINES.items():
        with tf.Graph().as_default():
            batch = pipeline(paths, 2, 5)
            with tf1.running() as sess:
                found[name] = [[array.tolist() for array in sess.run(batch)] for _ in range(12)]
                try:
                    sess.run(batch)
                except tf.errors.OutOfRangeError:
                    found[name].append("end")
    print(json.dumps([[array.tolist() for array in tf1_pipelines.read_files(paths)], found]))
""",
    "tf2": """
import json
from pathlib import Path
import numpy as np
import tf2_pipelines
def main(arguments):
    images = np.zeros([30, 784], np.uint8)
    images[:, 0] = np.arange(30)
    paths = tf2_pipelines.write_files(Path(arguments[0]), images, np.arange(30) % 10, 3)
    found = {
        name: [[array.numpy().tolist() for array in batch] for batch in pipeline(paths, 2, 5)] + ["end"]
        for name, pipeline in tf2_pipelines.PIPELINES.items()
    }
    print(json.dumps([[array.tolist() for array in tf2_pipelines.read_files(paths)], found]))
""",
}


class Version:
    """What one version reads through its pipelines.

    Attributes:
        name: ``tf1`` or ``tf2``.
        run: runs its script with arguments.
        files: the folder with the files that it wrote.
        expected: images and labels of the files in their order.
        found: name of each pipeline -> batches of images and labels, then ``"end"``.
    """

    def __init__(self, name: str, call: Callable[..., Any], folder: Path) -> None:
        self.name = name
        self.files = folder / "files"
        self.files.mkdir()
        script = folder / "read.py"
        script.write_text(READ[name])
        for module in FOLDER.glob("*.py"):
            shutil.copy(module, folder)
        self.run = lambda *arguments: call(warm.run, folder / f"{name}.py", [str(each) for each in arguments])
        done = call(warm.run, script, [str(self.files)])
        assert done.code == 0, done.err
        self.expected, self.found = json.loads(done.out)


@pytest.fixture(scope="module", params=["tf1", "tf2"])
def version(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Version]:
    with warm.process() as call:
        yield Version(request.param, call, tmp_path_factory.mktemp(request.param))


def _examples(batches: list[Any]) -> list[tuple[float, list[float]]]:
    return [(image[0], label) for images, labels in batches for image, label in zip(images, labels, strict=True)]


def test_what_was_written_is_read_back(version):
    images, labels = (np.array(array, np.float32) for array in version.expected)
    assert images.shape == (EXAMPLES, 784)
    np.testing.assert_array_equal(images[:, 0], np.arange(EXAMPLES, dtype=np.float32) * np.float32(1 / 255))
    assert not images[:, 1:].any()
    np.testing.assert_array_equal(labels, np.eye(10, dtype=np.float32)[np.arange(EXAMPLES) % 10])


def test_each_pipeline_gives_every_example_once_an_epoch_with_its_label(version):
    images, labels = version.expected
    in_order = [(image[0], label) for image, label in zip(images, labels, strict=True)]
    assert len(version.found) == 8
    for name, (*batches, end) in version.found.items():
        assert end == "end", name
        assert [len(images) for images, _ in batches] == [BATCH] * (EXAMPLES * EPOCHS // BATCH), name
        found = _examples(batches)
        assert sorted(found) == sorted(in_order * EPOCHS), name
        if name not in SHUFFLED | INTERLEAVED:
            assert found == in_order * EPOCHS, name
        if name in INTERLEAVED:
            turns = [in_order[10 * file + turn] for turn in range(10) for file in range(3)]
            assert found == turns * EPOCHS, name


def test_training_through_each_pipeline_takes_the_same_steps(version, tmp_path):
    done = version.run(
        "--data", version.files, "--epochs", 3, "--passes", 1, "--rounds", 1, "--batch-size", 5, "--logdir", tmp_path
    )
    assert done.code == 0, done.err
    lines = done.out.splitlines()
    assert len(lines) == 9 and lines[:3] == lines[3:6] == lines[6:]
    costs = []
    for folder in sorted(path for path in tmp_path.iterdir() if path.is_dir()):
        events = EventAccumulator(str(folder))
        events.Reload()
        if version.name == "tf1":
            costs.append([event.value for event in events.Scalars("cost")])
        else:
            costs.append([tensor_util.make_ndarray(event.tensor_proto).item() for event in events.Tensors("cost")])
    assert len(costs) == 3 and len(costs[0]) == 3
    assert costs[0] == costs[1] == costs[2]


def test_the_throughput_of_each_pipeline_is_a_row_with_its_ratio(pair_of):
    for run in (pair_of(NAME).tf1, pair_of(NAME).tf2):
        with (run.logdir / "throughput.csv").open(newline="") as file:
            head, *rows = csv.reader(file)
        assert head[:2] == ["pipeline", "examples per second"] and len(rows) == 9
        rates = [float(rate) for _, rate, _ in rows]
        assert all(rate > 0 for rate in rates)
        assert [float(ratio) for _, _, ratio in rows] == pytest.approx([rate / rates[0] for rate in rates], abs=0.02)


def test_files_of_ones_own_are_read(version, tmp_path):
    quick = ["--epochs", 1, "--passes", 1, "--rounds", 1, "--batch-size", 5, "--logdir", tmp_path / "logs"]
    done = version.run("--data", version.files, *quick)
    assert done.code == 0, done.err
    assert done.out.count("Epoch: 0001") == 3
    assert not list((tmp_path / "logs").glob("*.tfrecord"))


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)


def _no_records(path: Path) -> None:
    path.write_bytes(b"these are no records, but more than a few bytes of text")


@pytest.mark.parametrize("damage", [_cut, _flip, _no_records])
def test_a_damaged_file_is_named_in_one_line(version, tmp_path, damage):
    files = Path(shutil.copytree(version.files, tmp_path / "files"))
    broken = sorted(files.iterdir())[1]
    damage(broken)
    done = version.run("--data", files, "--logdir", tmp_path / "logs")
    assert (done.code, done.out) == (2, "")
    assert done.err.count("\n") == 1 and f"{broken} is damaged" in done.err


def test_a_folder_with_too_few_examples_is_refused_in_one_line(version, tmp_path):
    done = version.run("--data", version.files, "--batch-size", 31, "--logdir", tmp_path)
    assert (done.code, done.err.count("\n")) == (2, 1) and "30 examples are no batch of 31" in done.err
    done = version.run("--data", tmp_path, "--logdir", tmp_path)
    assert (done.code, done.err.count("\n")) == (2, 1) and "0 examples" in done.err
