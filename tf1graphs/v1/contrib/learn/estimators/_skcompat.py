"""``SKCompat``: an estimator with the methods of scikit-learn."""

from __future__ import annotations

from typing import Any

import numpy as np
from tensorflow.python.training import basic_session_run_hooks

from tf1graphs.v1.contrib.learn.estimators import _sklearn
from tf1graphs.v1.contrib.learn.estimators._inputs import get_input_fn

_BATCH_SIZE = 128


class SKCompat(_sklearn.BaseEstimator):
    """Trains, evaluates and predicts with an estimator on arrays.

    Args:
        estimator: An estimator of ``tf.contrib.learn``.
    """

    def __init__(self, estimator: Any) -> None:
        self._estimator = estimator

    def fit(
        self,
        x: Any,
        y: Any,
        batch_size: int | None = _BATCH_SIZE,
        steps: int | None = None,
        max_steps: int | None = None,
        monitors: Any = None,
    ) -> Any:
        """Trains on shuffled batches; see ``tf.contrib.learn.Estimator.fit``.

        Returns:
            This object.
        """
        input_fn, feed_fn = get_input_fn(x, y, None, None, batch_size, shuffle=True, epochs=None)
        feeding = [basic_session_run_hooks.FeedFnHook(feed_fn)] if feed_fn else []
        self._estimator.fit(input_fn=input_fn, steps=steps, max_steps=max_steps, monitors=[*feeding, *(monitors or [])])
        return self

    def score(
        self,
        x: Any,
        y: Any,
        batch_size: int | None = _BATCH_SIZE,
        steps: int | None = None,
        metrics: Any = None,
        name: str | None = None,
    ) -> Any:
        """Evaluates on batches in their order; see ``tf.contrib.learn.Estimator.evaluate``.

        Raises:
            ValueError: ``metrics`` is no dictionary.
        """
        input_fn, feed_fn = get_input_fn(x, y, None, None, batch_size, shuffle=False, epochs=1)
        if metrics is not None and not isinstance(metrics, dict):
            raise ValueError(f"Metrics argument should be None or dict. Got {metrics}.")
        results, global_step = self._estimator._evaluate_model(
            input_fn=input_fn, feed_fn=feed_fn, steps=steps, metrics=metrics, name=name
        )
        return results if results is None else {**results, "global_step": global_step}

    def predict(self, x: Any, batch_size: int | None = _BATCH_SIZE, outputs: Any = None) -> Any:
        """Returns the predictions for all of ``x``, ``[n, ...]``, or a dictionary of them."""
        input_fn, feed_fn = get_input_fn(x, None, None, None, batch_size, shuffle=False, epochs=1)
        batches = list(
            self._estimator._infer_model(
                input_fn=input_fn, feed_fn=feed_fn, outputs=outputs, as_iterable=True, iterate_batches=True
            )
        )
        if not isinstance(batches[0], dict):
            return np.concatenate(batches, axis=0)
        return {key: np.concatenate([batch[key] for batch in batches], axis=0) for key in batches[0]}
