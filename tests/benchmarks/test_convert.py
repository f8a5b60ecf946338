"""What ``tf1graphs convert`` costs: memory against the largest tensor, time against TensorFlow's own saving."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tf1graphs.convert.writing.bundles import BundleWriter

TENSORS = 8
MEGABYTES = 256
GIGABYTE = 1 << 30
LARGEST = MEGABYTES << 20
# The process says how much memory it took at most, in bytes, and how long it took.
CONVERT = """
import resource, sys, time
from tf1graphs.cli import main
start = time.perf_counter()
assert main(["convert", *sys.argv[1:]]) == 0
print("measured", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, time.perf_counter() - start)
"""
# A graph with the variables of the checkpoint, which it has to hold for nothing but its shape.
GRAPH = """
import sys
import tensorflow.compat.v1 as tf
with tf.Graph().as_default():
    x = tf.placeholder("float32", [None, 1], name="x")
    for number in range(int(sys.argv[2])):
        kernel = tf.get_variable(f"layer_{number}/kernel", [int(sys.argv[3])], use_resource=False)
        x = x * kernel[:1]
    tf.identity(x, name="output")
    tf.train.export_meta_graph(sys.argv[1] + ".meta")
"""
# TensorFlow's restores and saves all tensors at once.
PEER = """
import sys, time
import tensorflow as tf
reader = tf.train.load_checkpoint(sys.argv[1])
names = sorted(reader.get_variable_to_shape_map())
start = time.perf_counter()
dtypes = [reader.get_variable_to_dtype_map()[name] for name in names]
slices = [""] * len(names)
tensors = tf.raw_ops.RestoreV2(prefix=sys.argv[1], tensor_names=names, shape_and_slices=slices, dtypes=dtypes)
tf.raw_ops.SaveV2(prefix=sys.argv[2], tensor_names=names, shape_and_slices=slices, tensors=tensors)
print("measured", time.perf_counter() - start)
"""
# Python writes piece by piece what TensorFlow writes with several threads.
TIMES_THE_PEER = 3


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up checkpoint of 2 GB."""
    prefix = tmp_path_factory.mktemp("made_up") / "model.ckpt"
    values = np.random.default_rng(1).random(LARGEST // 4, np.float32)
    with BundleWriter(prefix) as writer:
        for number in range(TENSORS):
            writer.add(f"layer_{number}/kernel", values)
    return prefix


def measured(python, code: str, *arguments: str) -> list[float]:
    finished = python("-c", code, *arguments)
    assert finished.returncode == 0, finished.stderr
    line = next(line for line in finished.stdout.splitlines() if line.startswith("measured"))
    return [float(number) for number in line.split()[1:]]


@pytest.mark.slow
@pytest.mark.parametrize("options", [[], ["--to", "objects"], ["--dtype", "float64"]], ids=" ".join)
def test_memory_is_that_of_two_tensors_and_a_gigabyte(
    options: list[str], checkpoint: Path, python, tmp_path: Path
) -> None:
    bytes_taken, _ = measured(python, CONVERT, str(checkpoint), str(tmp_path / "new.ckpt"), *options)
    written = 2 * LARGEST if "float64" in options else LARGEST
    print(f"{bytes_taken / GIGABYTE:.2f} GB for {TENSORS * MEGABYTES} MB of weights")
    assert bytes_taken < 2 * written + GIGABYTE


@pytest.mark.slow
def test_a_saved_model_takes_no_more(checkpoint: Path, python, tmp_path: Path) -> None:
    made = python("-c", GRAPH, str(checkpoint), str(TENSORS), str(LARGEST // 4))
    assert made.returncode == 0, made.stderr
    bytes_taken, _ = measured(python, CONVERT, str(checkpoint), str(tmp_path / "served"))
    print(f"{bytes_taken / GIGABYTE:.2f} GB for {TENSORS * MEGABYTES} MB of weights")
    assert bytes_taken < 2 * LARGEST + GIGABYTE


@pytest.mark.slow
def test_time_against_tensorflow(checkpoint: Path, python, tmp_path: Path) -> None:
    rounds = []
    for number in range(2):
        _, ours = measured(python, CONVERT, str(checkpoint), str(tmp_path / f"ours_{number}.ckpt"))
        (theirs,) = measured(python, PEER, str(checkpoint), str(tmp_path / f"theirs_{number}.ckpt"))
        rounds.append((ours, theirs))
    share = min(ours for ours, _ in rounds) / min(theirs for _, theirs in rounds)
    print(f"{share:.2f} of the time that TensorFlow takes")
    assert share < TIMES_THE_PEER
