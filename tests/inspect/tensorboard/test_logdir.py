"""Log directories hold graphs, histograms and embeddings; the real TensorBoard shows them."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from browser import PROXY_FREE, SECONDS
from google.protobuf import text_format
from tensorboard.compat.proto.graph_pb2 import GraphDef as TensorBoardGraph

from tf1graphs.convert.writing.bundles import BundleWriter
from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.events.summary import summarize
from tf1graphs.inspect.reading import protos
from tf1graphs.inspect.reading.checkpoints import open_checkpoint
from tf1graphs.inspect.reading.events import ignore, read_events
from tf1graphs.inspect.reading.graphs import GraphFile
from tf1graphs.inspect.reading.records import RecordFile
from tf1graphs.inspect.tensorboard.histograms import histogram_of
from tf1graphs.inspect.tensorboard.logdir import write_logdir
from tf1graphs.inspect.tensorboard.projector import CONFIG, Embedding
from tf1graphs.inspect.tensorboard.server import CouldNotServe, serve

FIXTURES = Path(__file__).parents[2] / "fixtures" / "tf115" / "inspect_events"
HISTOGRAMS = json.loads((FIXTURES / "histograms.json").read_text())
CHECKPOINT = FIXTURES / "checkpoints" / "adam-7"
SERVE = """
import sys
from pathlib import Path
from tf1graphs.inspect.tensorboard.server import serve
serve(Path(sys.argv[1]), lambda url: print(url, flush=True), "127.0.0.1", 0)
"""


def graph_file(*tags: str) -> GraphFile:
    """A graph with a large constant, for each tag."""
    meta_graphs = []
    for tag in tags or ("serve",):
        meta_graph = protos.MetaGraphDef()
        meta_graph.meta_info_def.tags.append(tag)
        meta_graph.graph_def.node.add(name="model/weights", op="Const").attr["value"].tensor.float_val.extend(
            [0.5] * 999
        )
        meta_graph.graph_def.node.add(name="model/out", op="Identity", input=["model/weights"]).attr["T"].type = 1
        meta_graphs.append(meta_graph)
    return GraphFile(Path("saved_model.pb"), "SavedModel", tuple(meta_graphs))


def events_in(folder: Path) -> list[Any]:
    (file,) = folder.glob("events*")
    return list(read_events(RecordFile(file), ignore))


class Board:
    """The answers of a TensorBoard server."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")

    def get(self, path: str, **arguments: str) -> bytes:
        address = f"{self._url}/data/plugin/{path}?{urllib.parse.urlencode(arguments)}"
        with PROXY_FREE.open(address, timeout=SECONDS) as answer:
            content: bytes = answer.read()
        return content

    def wait_for(self, path: str, wanted: str) -> Any:
        end = time.monotonic() + SECONDS
        while wanted not in (answer := json.loads(self.get(path))) and time.monotonic() < end:
            time.sleep(0.2)
        return answer


@pytest.fixture(scope="module")
def logdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("logs")
    labels = folder / "labels"
    labels.write_text("word\tcount\n" + "".join(f"ключ {number}\t{number}\n" for number in range(4)), "utf-8")
    checkpoint = open_checkpoint(CHECKPOINT)
    write_logdir(folder / "logs", graph_file(), checkpoint, [Embedding("model/weights", labels)])
    return folder / "logs"


@pytest.fixture(scope="module")
def server(logdir: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process that serves, and the address that it said."""
    command = [sys.executable, "-c", SERVE, str(logdir)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


@pytest.fixture(scope="module")
def board(server: tuple[subprocess.Popen[str], str]) -> Board:
    return Board(server[1])


def test_the_graph_is_shown(board):
    assert "." in board.wait_for("graphs/info", ".")
    graph = text_format.Parse(board.get("graphs/graph", run=".", conceptual="false").decode(), TensorBoardGraph())
    assert {node.name: node.op for node in graph.node} == {"model/weights": "Const", "model/out": "Identity"}
    assert list(graph.node[0].attr) == ["_too_large_attrs"] and list(graph.node[1].attr) == ["T"]


def test_histograms_are_shown(board):
    tags = board.wait_for("histograms/tags", ".")["."]
    assert set(tags) == {"model/weights", "model/bias"}
    ((_, step, bins),) = json.loads(board.get("histograms/histograms", run=".", tag="model/weights"))
    assert step == 0 and sum(count for _, _, count in bins) == 8
    weights = open_checkpoint(CHECKPOINT).read("model/weights")
    assert bins[0][0] == pytest.approx(weights.min()) and bins[-1][1] == pytest.approx(weights.max())


def test_embeddings_are_shown(board):
    assert "." in board.wait_for("projector/runs", ".")
    (info,) = json.loads(board.get("projector/info", run="."))["embeddings"]
    assert info["tensorName"] == "model/weights" and info["tensorShape"] == [4, 2]
    points = np.frombuffer(board.get("projector/tensor", run=".", name="model/weights"), np.float32)
    np.testing.assert_array_equal(points.reshape(4, 2), open_checkpoint(CHECKPOINT).read("model/weights"))
    labels = board.get("projector/metadata", run=".", name="model/weights").decode()
    assert labels.splitlines()[:2] == ["word\tcount", "ключ 0\t0"] and len(labels.splitlines()) == 5


def test_the_server_ends_with_ctrl_c(server, board):
    process, url = server
    assert url.startswith("http://127.0.0.1:")
    process.send_signal(signal.SIGINT)
    assert process.wait(SECONDS) == 0
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", urllib.parse.urlsplit(url).port)) != 0


def test_a_port_in_use_is_told(logdir):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said: list[str] = []
        with pytest.raises(CouldNotServe, match="already in use"):
            serve(logdir, said.append, "127.0.0.1", taken.getsockname()[1])
    assert said == []


@pytest.mark.parametrize("name", HISTOGRAMS)
def test_histograms_are_those_of_tensorflow_1(name):
    recorded = HISTOGRAMS[name]
    found = histogram_of(np.array(recorded["values"], recorded["dtype"]))
    for field, value in recorded["histogram"].items():
        if isinstance(value, list):
            assert list(getattr(found, field)) == value
        else:
            assert getattr(found, field) == pytest.approx(value, rel=1e-12)


def test_values_that_are_not_finite_are_left_out_and_told(tmp_path):
    with BundleWriter(tmp_path / "all") as writer:
        writer.add("w", np.array([1, np.nan, -np.inf, 2]))
    write_logdir(tmp_path / "logs", checkpoint=open_checkpoint(tmp_path / "all"))
    _, event = events_in(tmp_path / "logs")
    (value,) = event.summary.value
    assert (value.histo.num, value.histo.min, value.histo.max) == (2, 1, 2)
    assert value.metadata.summary_description == "2 of 4 values are not finite and not shown."


def test_largest_numbers_have_a_bucket():
    found = histogram_of(np.array([sys.float_info.max, -sys.float_info.max]))
    assert sum(found.bucket) == 2


def test_each_of_several_graphs_is_a_run(tmp_path):
    write_logdir(tmp_path, graph_file("serve", "train/gpu"))
    runs = summarize(tmp_path).runs
    assert [(run.name, [tag.kind for tag in run.tags]) for run in runs] == [
        ("serve", ["graph"]),
        ("train_gpu", ["graph"]),
    ]


def test_only_small_attributes_are_written_and_the_graph_stays_as_it_was(tmp_path):
    file = graph_file()
    write_logdir(tmp_path, file)
    _, event = events_in(tmp_path)
    node = protos.GraphDef.FromString(event.graph_def).node[0]
    assert list(node.attr["_too_large_attrs"].list.s) == [b"value"]
    assert len(file.meta_graphs[0].graph_def.node[0].attr["value"].tensor.float_val) == 999


def test_embeddings_beside_others(tmp_path):
    with BundleWriter(tmp_path / "all") as writer:
        writer.add("a/first", np.eye(3))
        writer.add("second", np.eye(2, dtype=np.int32))
    checkpoint = open_checkpoint(tmp_path / "all")
    for name in ("a/first", "second", "a/first"):
        write_logdir(tmp_path / "logs", None, checkpoint, [Embedding(name)])
    config = (tmp_path / "logs" / CONFIG).read_text()
    assert config.count("tensor_name") == 2 and config.count('"a/first"') == 1
    assert (tmp_path / "logs" / "a_first.tsv").read_text().splitlines()[1] == "0\t1\t0"


@pytest.mark.parametrize(
    ("embedding", "problem"),
    [
        (Embedding("none"), "no variable none is in the checkpoint; those that are: model/weights"),
        (Embedding("model/bias"), "no variable model/bias has two dimensions of numbers"),
        (Embedding("model/weights", Path("none")), "No such file"),
        (Embedding("model/weights", Path(__file__).parent), "Is a directory"),
    ],
)
def test_other_embeddings_are_refused(tmp_path, embedding, problem):
    with pytest.raises(InvalidFile, match=problem):
        write_logdir(tmp_path / "logs", None, open_checkpoint(CHECKPOINT), [embedding])
    assert not (tmp_path / "logs").exists()


@pytest.mark.parametrize("labels", [b"a\nb\nc\n", b"title\tother\na\t1\nb\t2\nc\t3\n", b"\xff\n" * 4])
def test_too_few_labels_are_refused(tmp_path, labels):
    (tmp_path / "labels").write_bytes(labels)
    with pytest.raises(InvalidFile, match="lines, and the embedding needs|no labels"):
        write_logdir(tmp_path, None, open_checkpoint(CHECKPOINT), [Embedding("model/weights", tmp_path / "labels")])


def test_a_directory_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(InvalidFile, match="exists|Not a directory"):
        write_logdir(tmp_path / "file", graph_file())


def test_nothing_is_left_of_an_event_file_that_fails(tmp_path, monkeypatch: Any):
    broken: Callable[..., Any] = lambda array: 1 / 0  # noqa: E731
    monkeypatch.setattr("tf1graphs.inspect.tensorboard.logdir.histogram_of", broken)
    with pytest.raises(ZeroDivisionError):
        write_logdir(tmp_path, None, open_checkpoint(CHECKPOINT))
    assert list(tmp_path.iterdir()) == []
