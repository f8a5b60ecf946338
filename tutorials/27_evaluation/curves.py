"""The exact curves over all thresholds, and the areas below them, from the scores of all examples at once."""

import numpy as np


def _counts(positives, scores):
    """Returns the true and the false positives at each threshold, from the highest score down to the lowest."""
    order = np.argsort(-scores, kind="stable")
    scores, positives = scores[order], np.asarray(positives, bool)[order]
    # Examples with the same score cannot be told apart by a threshold: only the last of them counts.
    last = np.append(scores[1:] != scores[:-1], True)
    return np.cumsum(positives)[last], np.cumsum(~positives)[last]


def roc(positives, scores):
    """Returns 1 - specificity and sensitivity at each threshold, from (0, 0) to (1, 1).

    Args:
        positives: bool [n], with at least one example of each kind.
        scores: float [n], larger for what is more likely positive.
    """
    true, false = _counts(positives, scores)
    return np.append(0.0, false / false[-1]), np.append(0.0, true / true[-1])


def roc_auc(positives, scores):
    """Returns the area under the ROC curve, which is the share of (positive, negative) pairs in the right order."""
    x, y = roc(positives, scores)
    return np.sum(np.diff(x) * (y[1:] + y[:-1]) / 2.0)


def precision_recall(positives, scores):
    """Returns recall and precision at each threshold, recall rising; arguments as for ``roc``."""
    true, false = _counts(positives, scores)
    return true / true[-1], true / (true + false)


def average_precision(positives, scores):
    """Returns the precision at each threshold, weighted with the recall that the threshold adds."""
    recall, precision = precision_recall(positives, scores)
    return np.sum(np.diff(recall, prepend=0.0) * precision)
