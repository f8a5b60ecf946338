"""What calls of the MNIST reader become, which are refused, and that the batches are those of 1.15."""

from __future__ import annotations

import ast
import importlib.util
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tensorflow as tf

from tf1graphs.datasets import digits
from tf1graphs.migrate.calls import Argument, Call, Outcome, Refuse, Replace
from tf1graphs.migrate.definitions.mnist import READ_DATA_SETS
from tf1graphs.migrate.rules import all_rules

TESTS = Path(__file__).parents[2]
RECORDED = json.loads((TESTS / "fixtures" / "tf115" / "migrate_mnist.json").read_text())
READ = "tf.examples.tutorials.mnist.input_data.read_data_sets"
LEARN = "tf.contrib.learn.datasets"

# The call, the seed of the graph, what it becomes.
REPLACED = [
    (f"{READ}('MNIST_data/')", None, "read_data_sets('MNIST_data/')"),
    (f"{READ}('data', one_hot=True)", None, "read_data_sets('data', one_hot=True)"),
    (f"{READ}('data', one_hot=hot)", None, "read_data_sets('data', one_hot=hot)"),
    (f"{READ}(FLAGS.data_dir, False, True)", None, "read_data_sets(FLAGS.data_dir, one_hot=True)"),
    (f"{READ}(FLAGS.data_dir, FLAGS.fake_data)", None, "read_data_sets(FLAGS.data_dir, fake_data=FLAGS.fake_data)"),
    (f"{READ}(one_hot=True, train_dir=path)", None, "read_data_sets(path, one_hot=True)"),
    (
        f"{READ}('data', dtype=tf.uint8, reshape=False, validation_size=0)",
        None,
        "read_data_sets('data', dtype=tf.uint8, reshape=False, validation_size=0)",
    ),
    (f"{READ}('data', source_url='http://yann.lecun.com/exdb/mnist/')", None, "read_data_sets('data')"),
    (f"{READ}('data', seed=1)", None, "read_data_sets('data', seed=1)"),
    (f"{READ}('data', seed=FLAGS.seed)", None, "read_data_sets('data', seed=FLAGS.seed)"),
    (f"{READ}('data', seed=None)", None, "read_data_sets('data')"),
    (f"{READ}('data')", "777", "read_data_sets('data', seed=777)"),
    (f"{READ}('data', seed=None)", "SEED", "read_data_sets('data', seed=SEED)"),
    (f"{READ}('data', seed=1)", "777", "read_data_sets('data', seed=1)"),
    (f"{READ}('data', seed=0)", "1", "read_data_sets('data', seed=0)"),
    (f"{LEARN}.mnist.read_data_sets('data', one_hot=True)", None, "read_data_sets('data', one_hot=True)"),
    (f"{LEARN}.mnist.load_mnist()", None, 'read_data_sets("MNIST-data")'),
    (f"{LEARN}.mnist.load_mnist(path)", None, "read_data_sets(path)"),
    (f"{LEARN}.load_dataset('mnist')", None, 'read_data_sets("MNIST-data")'),
    (f"{LEARN}.load_dataset('mnist', 'large')", None, 'read_data_sets("MNIST-data")'),
]
REFUSED = [
    (f"{READ}('data', source_url='http://fashion-mnist.org/')", None, "other data"),
    (f"{READ}('data', source_url=URL)", None, "other data"),
    (f"{READ}('data', seed=2**40)", None, "modulo"),
    (f"{READ}('data', seed=-1)", None, "modulo"),
    (f"{READ}('data')", "-1", "modulo"),
    (f"{READ}('data', seed=FLAGS.seed)", "777", "that of the graph"),
    (f"{READ}('data', seed=0)", "0", "that of the graph"),
    (f"{READ}('data', seed=0)", "SEED", "that of the graph"),
    (f"{LEARN}.load_dataset('iris')", None, "not known to be MNIST"),
    (f"{LEARN}.load_dataset(name)", None, "not known to be MNIST"),
]


def _outcome(source: str, graph_seed: str | None) -> Outcome:
    node = ast.parse(source, mode="eval").body
    assert isinstance(node, ast.Call)
    rule = all_rules()[ast.unparse(node.func)]
    given = [*zip(rule.parameters, node.args), *((each.arg, each.value) for each in node.keywords)]
    bound = {str(name): _argument(ast.unparse(value)) for name, value in given}
    seed = _argument(graph_seed) if graph_seed else None
    return rule.apply(Call(rule.name, bound, node, graph_seed=seed))


def _argument(text: str) -> Argument:
    names = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)]
    return Argument(text, ... if names else eval(text))


@pytest.fixture(scope="module")
def names() -> dict[str, Any]:
    found: dict[str, Any] = {"tf": tf}
    exec(READ_DATA_SETS.source, found)
    return found


@pytest.fixture(scope="module")
def recorder() -> Any:
    spec = importlib.util.spec_from_file_location("record", TESTS / "oracle" / "record_migrate_mnist.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, recorder: Any) -> Path:
    """The files that were recorded, in ``data`` of the working directory."""
    monkeypatch.chdir(tmp_path)
    Path("data").mkdir()
    recorder.write_files("data")
    return Path("data")


@pytest.fixture
def keras(monkeypatch: pytest.MonkeyPatch) -> None:
    sets = digits.load()
    loaded = (sets.train_images, sets.train_labels), (sets.test_images, sets.test_labels)
    monkeypatch.setattr(tf.keras.datasets.mnist, "load_data", lambda: loaded)


@pytest.mark.parametrize(("source", "graph_seed", "text"), REPLACED)
def test_replaced(source: str, graph_seed: str | None, text: str) -> None:
    assert _outcome(source, graph_seed) == Replace(text, (READ_DATA_SETS,))


@pytest.mark.parametrize(("source", "graph_seed", "reason"), REFUSED)
def test_refused(source: str, graph_seed: str | None, reason: str) -> None:
    found = _outcome(source, graph_seed)
    assert isinstance(found, Refuse)
    assert reason in found.reason


@pytest.mark.parametrize("case", RECORDED, ids=lambda case: case["source"].rpartition("data_sets")[2])
def test_sets_and_batches_of_115(
    case: dict[str, Any], names: dict[str, Any], recorder: Any, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph_seed = case["graph_seed"]
    found = _outcome(case["source"], None if graph_seed is None else str(graph_seed))
    assert isinstance(found, Replace)
    sets = eval(found.text, names)
    assert "Extracting data/train-images-idx3-ubyte.gz\n" in capsys.readouterr().out
    assert recorder.used(sets, "seed=" in found.text) == case["used"]


@pytest.mark.parametrize("is_one_hot", [False, True])
def test_fake_batches_of_115(names: dict[str, Any], is_one_hot: bool) -> None:
    sets = names["read_data_sets"]("data", fake_data=True, one_hot=is_one_hot)
    images, labels = sets.train.next_batch(3, True)
    assert images.tolist() == [[1] * 784] * 3
    assert labels.tolist() == ([[1] + [0] * 9] * 3 if is_one_hot else [0] * 3)
    assert sets.test.num_examples == 10000


def test_damaged_files(names: dict[str, Any], files: Path, recorder: Any) -> None:
    import gzip

    path = files / "train-images-idx3-ubyte.gz"
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes())[:-1]))
    with pytest.raises(ValueError, match="reshape"):
        names["read_data_sets"]("data")


@pytest.mark.parametrize(("validation_size", "expected"), [(5000, 125), (1500, 125), (1499, 1499), (0, 0)])
def test_a_set_too_small_is_divided_as_tf1graphs_does(
    names: dict[str, Any], keras: None, tmp_path: Path, validation_size: int, expected: int
) -> None:
    sets = names["read_data_sets"](str(tmp_path), validation_size=validation_size)
    assert [each.num_examples for each in sets] == [1500 - expected, expected, 297]


def test_without_all_four_files_it_reads_from_keras(names: dict[str, Any], keras: None, files: Path) -> None:
    (files / "t10k-labels-idx1-ubyte.gz").unlink()
    sets = names["read_data_sets"]("data", validation_size=0)
    np.testing.assert_allclose(sets.train.images, digits.load().train_images.reshape([-1, 784]) / 255, rtol=1e-6)
