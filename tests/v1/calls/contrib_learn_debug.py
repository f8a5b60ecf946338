"""What a bias alone learns: the estimators of ``contrib.learn.python.learn.estimators.debug``.

Two ops change the bias in a step, one of the head and one of the model, and on 1.15 either may come first: what is
recorded is where both lead. Logits of three classes have no such place: one number more in each is the same.
"""

import numpy as np

from .contrib_learn_estimators import NUMBERS, THREE, TWO, X, _config, _custom, _input_fn, _of_checkpoint, _rows
from .inputs import contrib

PAIRS = np.stack([NUMBERS, 2 * NUMBERS + 1], 1)
NAMED = np.array(["a", "b", "c"])[THREE]
FEW = (X[:, 0] > 0.5).astype(np.int32)
STEPS = 300


def _rounded(values):
    if isinstance(values, list):
        return [_rounded(value) for value in values]
    is_float = isinstance(values, (np.ndarray, np.generic)) and values.dtype.kind == "f"
    return np.round(values, 3) if is_float else values


def _debug(tf):
    return contrib(tf, "learn.python.learn.estimators.debug")


def _said(name, labels, *predictions, **options):
    """Returns metrics, variables and the named predictions, in as many digits as the order of updates leaves."""

    def call(tf):
        estimator = getattr(_debug(tf), name)(config=_config(tf), **options)
        train, test = _input_fn(tf, labels), _input_fn(tf, None)
        estimator.fit(input_fn=train, steps=STEPS)
        metrics = estimator.evaluate(input_fn=train, steps=1)
        found = [";".join(sorted(metrics))] + [metrics[key] for key in sorted(metrics)]
        found.append(";".join(sorted(estimator.get_variable_names())))
        return _rounded(found + [_rows(getattr(estimator, method)(input_fn=test)) for method in predictions])

    return call


def _without_features(tf):
    def input_fn():
        return {}, tf.constant(TWO)

    return _debug(tf).DebugClassifier(config=_config(tf)).fit(input_fn=input_fn, steps=1)


def _of_unlike_sizes(tf):
    def input_fn():
        return {"x": tf.constant(X), "y": tf.constant(X[1:])}, tf.constant(TWO)

    return _debug(tf).DebugClassifier(config=_config(tf)).fit(input_fn=input_fn, steps=1)


def _doubled(features, labels):
    return features, labels * 2.0


def _of_a_head(tf, features, labels, mode, params, config=None):
    head = tf.contrib.learn.poisson_regression_head(enable_centered_bias=True)
    counts = None if labels is None else tf.abs(labels)
    return _debug(tf).debug_model_fn(features, counts, mode, {"head": head}, config)


def _of_counts(estimator, train, test):
    estimator.fit(input_fn=train, steps=STEPS)
    return _rounded(_of_checkpoint(estimator) + _rows(estimator.predict(input_fn=test)))


CLASSES = ("predict_classes", "predict_proba", "predict")

CALLS = {
    "DebugClassifier": _said("DebugClassifier", FEW, *CLASSES),
    "DebugClassifier of a row of weights": _said("DebugClassifier", TWO, weight_column_name="w"),
    "DebugClassifier of three": _said("DebugClassifier", THREE, *CLASSES[:2], n_classes=3),
    "DebugClassifier of names": _said("DebugClassifier", NAMED, *CLASSES[:2], n_classes=3, label_keys=["a", "b", "c"]),
    "DebugClassifier of one": _said("DebugClassifier", TWO, n_classes=1),
    "DebugClassifier of a missing weight": _said("DebugClassifier", TWO, weight_column_name="none"),
    "DebugClassifier without features": _without_features,
    "DebugClassifier of unlike sizes": _of_unlike_sizes,
    "DebugRegressor": _said("DebugRegressor", NUMBERS, "predict_scores", "predict"),
    "DebugRegressor of pairs": _said("DebugRegressor", PAIRS, "predict_scores", label_dimension=2),
    "DebugRegressor weighted": _said("DebugRegressor", NUMBERS, "predict_scores", weight_column_name="w"),
    "DebugRegressor of engineered features": _said(
        "DebugRegressor", NUMBERS, "predict_scores", feature_engineering_fn=_doubled
    ),
    "DebugRegressor of other labels": _said("DebugRegressor", PAIRS),
    "debug_model_fn": _custom(_of_a_head, _of_counts, params={"of": "no use"}),
}
