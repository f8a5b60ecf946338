"""The metrics of both versions, batch after batch, are scikit-learn's of all examples at once."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import short
from loading import load
from numpy.testing import assert_allclose
from sklearn import metrics

from tf1graphs.datasets import DataSet
from tf1graphs.verify import Workers

NAME = "27_evaluation"
FOLDER = short.TUTORIALS / NAME
POSITIVE = 3

curves = load(FOLDER / "curves.py")
early_stopping = load(FOLDER / "early_stopping.py")
scenes = load(FOLDER / "scenes.py")


def _examples(shape, classes):
    """Returns labels and probabilities that are right more often than not."""
    random = np.random.RandomState(1)
    labels = random.randint(classes, size=shape)
    logits = random.normal(size=(*shape, classes)) + 1.5 * np.eye(classes)[labels]
    return labels, (np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True)).astype(np.float32)


# The last batch is smaller than the others.
EXAMPLES = {"classification": _examples((270,), 10), "segmentation": _examples((60, 8, 8), 4)}


@pytest.fixture(scope="module")
def answers(workers: Workers, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Version -> task -> name -> value."""
    path = tmp_path_factory.mktemp("metrics") / "examples.npz"
    arrays = {}
    for task, (labels, probabilities) in EXAMPLES.items():
        arrays[f"{task} labels"] = np.eye(probabilities.shape[-1], dtype=np.float32)[labels]
        arrays[f"{task} probabilities"] = probabilities
    np.savez(path, **arrays)
    found = {}
    for version in ("tf1", "tf2"):
        script = Path(__file__).with_name("stream_metrics.py")
        recorded = workers.record(script, [version, str(path), str(POSITIVE)])
        assert recorded.code == 0, recorded.err
        found[version] = json.loads(recorded.out)
    return found


def _classification():
    labels, probabilities = EXAMPLES["classification"]
    answer, is_positive = probabilities.argmax(axis=1), labels == POSITIVE
    says_positive = probabilities[:, POSITIVE] > 0.5
    recall = metrics.recall_score(is_positive, says_positive)
    return {
        "confusion matrix": metrics.confusion_matrix(labels, answer),
        "accuracy": metrics.accuracy_score(labels, answer),
        "mean accuracy": metrics.balanced_accuracy_score(labels, answer),
        "sensitivity": recall,
        "specificity": metrics.recall_score(~is_positive, ~says_positive),
        "precision": metrics.precision_score(is_positive, says_positive),
        "recall": recall,
    }


def _segmentation():
    labels, probabilities = EXAMPLES["segmentation"]
    labels, answer = labels.ravel(), probabilities.argmax(axis=-1).ravel()
    return {
        "pixel accuracy": metrics.accuracy_score(labels, answer),
        "mean accuracy": metrics.balanced_accuracy_score(labels, answer),
        "mean IoU": metrics.jaccard_score(labels, answer, average="macro"),
        "frequency weighted IoU": metrics.jaccard_score(labels, answer, average="weighted"),
    }


WANTED = {"classification": _classification(), "segmentation": _segmentation()}


@pytest.mark.parametrize("version", ["tf1", "tf2"])
@pytest.mark.parametrize(("task", "name"), [(task, name) for task, values in WANTED.items() for name in values])
def test_metric_is_that_of_scikit_learn(version, task, name, answers):
    assert_allclose(answers[version][task][name], WANTED[task][name], rtol=1e-6)


def _scores():
    labels, probabilities = EXAMPLES["classification"]
    return labels == POSITIVE, probabilities[:, POSITIVE]


@pytest.mark.parametrize("version", ["tf1", "tf2"])
def test_areas_by_thresholds_are_near_the_exact_ones(version, answers):
    found = answers[version]["classification"]
    assert_allclose(found["AUC by 200 thresholds"], metrics.roc_auc_score(*_scores()), atol=0.005)
    by_thresholds = found["area under precision-recall by 200 thresholds"]
    assert_allclose(by_thresholds, metrics.average_precision_score(*_scores()), atol=0.02)


@pytest.mark.parametrize("version", ["tf1", "tf2"])
def test_sensitivity_at_specificity_is_at_the_nearest_of_200_thresholds(version, answers):
    is_positive, scores = _scores()
    said = scores > np.linspace(0.0, 1.0, 200)[:, np.newaxis]
    sensitivity, specificity = said[:, is_positive].mean(axis=1), (~said[:, ~is_positive]).mean(axis=1)
    wanted = sensitivity[np.abs(specificity - 0.95).argmin()]
    assert_allclose(answers[version]["classification"]["sensitivity at specificity 0.95"], wanted, rtol=1e-5)


def test_both_versions_give_the_same_numbers_in_the_same_order(answers):
    for task in WANTED:
        first, second = (answers[version][task] for version in ("tf1", "tf2"))
        assert list(first) == list(second)
        for name in first:
            assert_allclose(first[name], second[name], rtol=1e-5, err_msg=name)


SCORES = {
    "different": (np.array([1, 0, 1, 1, 0, 0], bool), np.array([0.9, 0.8, 0.7, 0.4, 0.3, 0.1])),
    "ties": (np.array([1, 0, 1, 0, 0, 1, 1], bool), np.array([0.9, 0.9, 0.5, 0.5, 0.5, 0.2, 0.2])),
    "all alike": (np.array([1, 0, 0, 0], bool), np.full(4, 0.5)),
    "perfect": (np.array([0, 0, 1, 1], bool), np.array([0.1, 0.2, 0.8, 0.9])),
    "the wrong way round": (np.array([1, 1, 0, 0], bool), np.array([0.1, 0.2, 0.8, 0.9])),
    "many": _scores(),
}


@pytest.mark.parametrize("name", SCORES)
def test_exact_areas_are_those_of_scikit_learn(name):
    assert_allclose(curves.roc_auc(*SCORES[name]), metrics.roc_auc_score(*SCORES[name]))
    assert_allclose(curves.average_precision(*SCORES[name]), metrics.average_precision_score(*SCORES[name]))


@pytest.mark.parametrize("name", SCORES)
def test_curves_are_those_of_scikit_learn(name):
    x, y, _ = metrics.roc_curve(*SCORES[name], drop_intermediate=False)
    assert_allclose(curves.roc(*SCORES[name]), [x, y])
    precision, recall, _ = metrics.precision_recall_curve(*SCORES[name])
    # scikit-learn's curve falls, and has a point for no answers at all.
    assert_allclose(curves.precision_recall(*SCORES[name]), [recall[-2::-1], precision[-2::-1]])


@pytest.mark.parametrize(
    ("costs", "patience", "stops_after", "best"),
    [
        ([3.0, 2.0, 2.5, 2.4, 1.0], 2, 4, 2),
        ([3.0, 2.0, 2.5, 1.9, 2.0, 2.1, 2.2], 3, 7, 4),
        ([3.0, 3.0], 1, 2, 1),
        ([3.0, float("nan"), float("nan")], 2, 3, 1),
        ([3.0, 2.0, 1.0], 1, None, 3),
    ],
)
def test_early_stopping(costs, patience, stops_after, best):
    stopping = early_stopping.EarlyStopping(patience)
    stopped = None
    for epoch, cost in enumerate(costs, 1):
        stopping.is_best(cost)
        if stopping.is_over():
            stopped = epoch
            break
    assert (stopped, stopping.best_epoch) == (stops_after, best)


def test_scenes_have_two_digits_side_by_side_and_their_classes():
    images = np.zeros([3, 28, 28], np.float32)
    # Boxes of ink for a 2, and for a 5, which must not be used.
    images[1, 6:22, 8:20] = 1.0
    images[2] = 1.0
    digits = DataSet(images.reshape(3, 784), np.eye(10, dtype=np.float32)[[0, 2, 5]])
    pictures, classes = scenes.draw(digits, 20, np.random.RandomState(0))
    assert pictures.shape == (20, 40, 40, 1) and classes.shape == (20, 40, 40, 4)
    assert (classes.sum(axis=3) == 1).all()
    ink = pictures[..., 0] > 0.25
    np.testing.assert_array_equal(classes.argmax(axis=3), np.where(ink, 3, 0))
    assert set(ink[:, :, :20].sum(axis=(1, 2))) == set(ink[:, :, 20:].sum(axis=(1, 2))) == {0, 16 * 12}


@pytest.mark.parametrize("version", ["tf1", "tf2"])
def test_the_best_epoch_has_the_least_validation_cost(version, pair_of):
    run = getattr(pair_of(NAME), version)
    parts = run.recorded.out.split("Best epoch: ")
    for costs, after in zip(parts, parts[1:], strict=False):
        values = [float(cost) for cost in re.findall(r"Validation cost = (\S+)", costs)]
        assert int(after.split()[0]) == 1 + values.index(min(values))
    assert len(parts) == 3
    assert (run.logdir / "segmentations.png").read_bytes().startswith(b"\x89PNG")
