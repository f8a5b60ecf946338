"""The combinations are what they are called, and the real TensorBoard server shows the trials on its HParams page."""

from __future__ import annotations

import json
import re
import sys
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import short
from browser import PROXY_FREE, SECONDS, server, wait_for
from loading import load

NAME = "26_ensemble_and_search"
TRIALS = 2
EPOCHS = 3

combining = load(short.TUTORIALS / NAME / "combining.py")
search = load(short.TUTORIALS / NAME / "search.py")

# [members, images, classes]: two members are fairly sure of class 0, a third is very sure of class 1.
MEMBERS = np.array([[[0.6, 0.4]], [[0.6, 0.4]], [[0.05, 0.95]]])


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        (combining.average(MEMBERS), [1.25 / 3, 1.75 / 3]),
        (combining.weigh(MEMBERS, np.array([0.5, 0.5, 0.0])), [0.6, 0.4]),
        (combining.vote(MEMBERS), [2 + 1.25 / 6, 1 + 1.75 / 6]),
    ],
)
def test_combinations(answer, wanted):
    np.testing.assert_allclose(answer, [wanted])


def test_the_likelier_class_wins_a_tied_vote():
    assert combining.vote(MEMBERS[1:]).argmax() == 1


def test_weights_leave_out_a_member_that_is_always_wrong():
    labels = np.eye(2)[[0, 1, 0, 1]]
    right = 0.8 * labels + 0.2 * (1 - labels)
    np.testing.assert_array_equal(combining.choose_weights([right, 1 - right], labels), [1.0, 0.0])


def test_weights_mix_members_that_know_different_images():
    labels = np.eye(2)[[0, 0, 0, 0]]
    first, second = np.array([[0.9, 0.1]] * 2 + [[0.3, 0.7]] * 2), np.array([[0.3, 0.7]] * 2 + [[0.9, 0.1]] * 2)
    np.testing.assert_array_equal(combining.choose_weights([first, second], labels), [0.5, 0.5])


def test_trials_are_drawn_by_the_seed_within_the_ranges():
    trials = search.draw_trials(50, seed=1)
    assert trials == search.draw_trials(50, seed=1) != search.draw_trials(50, seed=2)
    assert {trial["units"] for trial in trials.values()} == set(search.UNITS.domain.values)
    rates = [trial["learning_rate"] for trial in trials.values()]
    assert 1e-4 <= min(rates) < 1e-3 and 1e-2 < max(rates) <= 1e-1


class Page:
    """The HParams page of a TensorBoard server on the logs of one version.

    Attributes:
        printed: what the script printed.
    """

    def __init__(self, url: str, printed: str) -> None:
        self._url = f"{url}/data/plugin/hparams"
        self.printed = printed

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        data = json.dumps(body).encode()
        request = urllib.request.Request(f"{self._url}/{path}", data, {"Content-Type": "application/json"})
        with PROXY_FREE.open(request, timeout=SECONDS) as answer:
            return json.load(answer)

    def experiment(self) -> Any:
        return self._post("experiment", {"experimentName": "", "hparamsLimit": 10})

    def groups(self) -> list[Any]:
        """The rows of the page; none before the server has read the logs."""
        columns = [{"metric": info["name"]} for info in self.experiment().get("metricInfos", [])]
        asked = {
            "experimentName": "",
            "allowedStatuses": ["STATUS_UNKNOWN", "STATUS_SUCCESS", "STATUS_FAILURE", "STATUS_RUNNING"],
            "colParams": columns,
            "startIndex": 0,
            "sliceSize": 100,
        }
        found: list[Any] = self._post("session_groups", asked).get("sessionGroups", [])
        return found

    def is_loaded(self) -> bool:
        groups = self.groups()
        values = [value["trainingStep"] for group in groups for value in group.get("metricValues", [])]
        return values == [EPOCHS - 1] * 2 * TRIALS


@pytest.fixture(scope="module", params=["tf1", "tf2"])
def page(
    request: pytest.FixtureRequest, pair_of: Callable[[str], Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Page]:
    run = getattr(pair_of(NAME), request.param)
    log = tmp_path_factory.mktemp(request.param) / "tensorboard.log"
    command = [sys.executable, "-m", "tensorboard.main", "--logdir", str(run.logdir), "--host", "127.0.0.1"]
    options = ["--port", "0", "--load_fast", "false", "--reload_interval", "1"]
    with server([*command, *options], log, r"at http://127.0.0.1:(\d+)") as url:
        found = Page(url, run.recorded.out)
        assert wait_for(found.is_loaded), log.read_text()
        yield found


def test_the_page_has_a_column_for_each_hyper_parameter_and_metric(page):
    experiment = page.experiment()
    columns = {info["name"]: info for info in experiment["hparamInfos"]}
    assert columns.keys() == {"units", "learning_rate"}
    assert columns["units"]["domainDiscrete"] == search.UNITS.domain.values
    assert columns["learning_rate"]["domainInterval"] == {"minValue": 1e-4, "maxValue": 1e-1}
    assert {info["name"]["tag"] for info in experiment["metricInfos"]} == {"validation/cost", "validation/accuracy"}


def test_the_rows_are_the_printed_trials(page):
    printed = re.findall(
        r"^(\w+) units: *(\d+) learning rate: (\S+) validation cost: (\S+) accuracy: (\S+)$", page.printed, re.M
    )
    rows = []
    for group in page.groups():
        metrics = {value["name"]["tag"]: value["value"] for value in group["metricValues"]}
        hparams = group["hparams"]
        rows.append(
            (
                group["name"],
                f"{hparams['units']:.0f}",
                f"{hparams['learning_rate']:.5f}",
                f"{metrics['validation/cost']:.4f}",
                f"{metrics['validation/accuracy']:.4f}",
            )
        )
    assert sorted(rows) == printed and len(printed) == TRIALS


def test_the_trials_have_ended_well(page):
    assert {session["status"] for group in page.groups() for session in group["sessions"]} == {"STATUS_SUCCESS"}


@pytest.mark.parametrize("version", ["tf1", "tf2"])
def test_the_best_trial_has_the_least_validation_cost(version, pair_of):
    printed = getattr(pair_of(NAME), version).recorded.out
    costs = {run: float(cost) for run, cost in re.findall(r"^(trial_\d+) .*cost: (\S+)", printed, re.M)}
    assert f"Best: {min(costs, key=costs.get)}\n" in printed
    assert printed.count("Test accuracy, ") == 6
