"""TensorBoard itself serves what tutorial 07 wrote, and a browser shows the name scopes on its graph page."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import PROXY_FREE, SECONDS, Browser, chromium, server, wait_for
from google.protobuf import text_format
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.compat.proto.graph_pb2 import GraphDef

NAME = "07_tensorboard"
SCOPES = {"layer1", "layer2", "output", "optimizer"}
STEPS = 100
# The graph is drawn inside custom elements, each with a document of its own.
NODES_ON_THE_PAGE = """
    const names = [];
    const collect = root => {
        for (const element of root.querySelectorAll("*")) {
            if (element.shadowRoot) collect(element.shadowRoot);
            if (element.matches("g.node")) names.push(element.getAttribute("data-name"));
        }
    };
    collect(document);
    return names;"""


class Board:
    """A TensorBoard server on the logs of one version.

    Attributes:
        url: of the server.
        printed: what the script printed.
    """

    def __init__(self, url: str, printed: str) -> None:
        self.url = url
        self.printed = printed

    def _get(self, path: str) -> str:
        with PROXY_FREE.open(self.url + path, timeout=SECONDS) as answer:
            text: str = answer.read().decode()
        return text

    def data(self, plugin: str, path: str) -> Any:
        return json.loads(self._get(f"/data/plugin/{plugin}/{path}"))

    def steps(self, plugin: str) -> dict[str, list[int]]:
        """Returns tag -> steps of what the plugin serves; nothing before the server has read the logs."""
        tags = self.data(plugin, "tags").get(".", [])
        return {tag: [step for _, step, _ in self.data(plugin, f"{plugin}?run=.&tag={tag}")] for tag in tags}

    def is_loaded(self) -> bool:
        return any(STEPS - 1 in steps for steps in self.steps("histograms").values())

    def graph(self) -> GraphDef:
        return text_format.Parse(self._get("/data/plugin/graphs/graph?run=.&conceptual=false"), GraphDef())


def _board(printed: str, logdir: Path, log: Path) -> Iterator[Board]:
    command = [sys.executable, "-m", "tensorboard.main", "--logdir", str(logdir), "--host", "127.0.0.1", "--port", "0"]
    with server([*command, "--load_fast", "false", "--reload_interval", "1"], log, r"at http://127.0.0.1:(\d+)") as url:
        board = Board(url, printed)
        assert wait_for(board.is_loaded), log.read_text()
        yield board


@pytest.fixture(scope="module")
def tf1(pair_of: Callable[[str], Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    run = pair_of(NAME).tf1
    yield from _board(run.recorded.out, run.logdir, tmp_path_factory.mktemp("tf1") / "tensorboard.log")


@pytest.fixture(scope="module")
def tf2(pair_of: Callable[[str], Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Board]:
    run = pair_of(NAME).tf2
    yield from _board(run.recorded.out, run.logdir, tmp_path_factory.mktemp("tf2") / "tensorboard.log")


@pytest.fixture(scope="module", params=["tf1", "tf2"])
def board(request: pytest.FixtureRequest) -> Board:
    found: Board = request.getfixturevalue(request.param)
    return found


def test_scalars_are_the_printed_costs(board):
    assert list(board.steps("scalars")) == ["cost"]
    served = board.data("scalars", "scalars?run=.&tag=cost")
    printed = re.findall(r"^Step: (\d+), Cost: (.*)$", board.printed, re.MULTILINE)
    assert [(str(step), f"{cost:.3f}") for _, step, cost in served] == printed
    assert len(printed) == STEPS


@pytest.mark.parametrize("version", ["tf1", "tf2"])
def test_weights_are_logged_at_every_step(version, pair_of):
    events = EventAccumulator(str(getattr(pair_of(NAME), version).logdir), {"histograms": 0, "tensors": 0})
    events.Reload()
    logged = events.Histograms if version == "tf1" else events.Tensors
    assert [event.step for event in logged("Weights")] == list(range(STEPS))


def test_histograms_count_all_weights_of_the_first_layer(board):
    # The server keeps a sample of the steps.
    ((tag, steps),) = board.steps("histograms").items()
    assert tag == "Weights" and len(steps) > 30 and steps[-1] == STEPS - 1
    served = board.data("histograms", "histograms?run=.&tag=Weights")
    assert all(sum(count for _, _, count in bins) == pytest.approx(2 * 10) for _, _, bins in served)


def test_the_graph_has_the_name_scopes(board):
    scopes = {node.name.partition("/")[0] for node in board.graph().node if "/" in node.name}
    assert scopes >= SCOPES
    # A scope that is entered twice must be entered again, not be a second one.
    assert not [scope for scope in scopes if re.search(r"_\d+$", scope)]


@pytest.mark.parametrize("plugin", ["scalars", "histograms"])
def test_both_versions_have_the_same_tags_and_steps(tf1, tf2, plugin):
    assert tf1.steps(plugin) == tf2.steps(plugin)


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    with chromium(tmp_path) as started:
        yield started


@pytest.mark.browser
def test_the_graph_page_shows_the_name_scopes(board, browser, tmp_path):
    browser.open(f"{board.url}/#graphs")
    shown = wait_for(lambda: set(browser.run(NODES_ON_THE_PAGE)) >= SCOPES)
    (tmp_path / "page.png").write_bytes(browser.screenshot())
    assert shown, f"see {tmp_path / 'page.png'}"
