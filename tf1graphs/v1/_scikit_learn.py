"""Keras models as estimators of scikit-learn, for its pipelines, searches and cross-validation."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable
from typing import Any

import numpy as np
from tf_keras.src import losses
from tf_keras.src.engine.sequential import Sequential
from tf_keras.src.utils.generic_utils import has_arg
from tf_keras.src.utils.np_utils import to_categorical


class BaseWrapper:
    """Builds a model with a function and fits it.

    Args:
        build_fn: function, or object with ``__call__``, that returns a compiled model; ``None`` if the class itself
            has a ``__call__`` that does.
        **sk_params: arguments of ``build_fn``, and of ``fit``, ``predict`` and ``evaluate`` of the model.

    Raises:
        ValueError: an argument belongs to none of them.
    """

    def __init__(self, build_fn: Callable[..., Any] | None = None, **sk_params: Any) -> None:
        self.build_fn = build_fn
        self.sk_params = sk_params
        self.check_params(sk_params)

    @property
    def _builder(self) -> Any:
        """The function or method whose arguments are the model's."""
        builder: Any = self if self.build_fn is None else self.build_fn
        return builder if inspect.isroutine(builder) else builder.__call__

    def check_params(self, params: dict[str, Any]) -> None:
        """Raises ``ValueError`` for the name of an argument that nothing takes."""
        takers = [Sequential.fit, Sequential.predict, Sequential.predict_classes, Sequential.evaluate, self._builder]
        for name in params:
            if name != "nb_epoch" and not any(has_arg(taker, name) for taker in takers):
                raise ValueError(f"{name} is not a legal parameter")

    def get_params(self, **params: Any) -> dict[str, Any]:
        """Returns the arguments and ``build_fn``; its own arguments are for scikit-learn and ignored."""
        return {**copy.deepcopy(self.sk_params), "build_fn": self.build_fn}

    def set_params(self, **params: Any) -> BaseWrapper:
        """Changes arguments; returns itself."""
        self.check_params(params)
        self.sk_params.update(params)
        return self

    def filter_sk_params(self, fn: Callable[..., Any], override: dict[str, Any] | None = None) -> dict[str, Any]:
        """Returns those of the arguments that ``fn`` takes, and ``override`` over them."""
        taken = {name: value for name, value in self.sk_params.items() if has_arg(fn, name)}
        return {**taken, **(override or {})}

    def fit(self, x: Any, y: Any, **kwargs: Any) -> Any:
        """Builds a model and fits it to ``x`` ``[samples, ...]`` and ``y``; returns its history."""
        self.model = self._builder(**self.filter_sk_params(self._builder))
        if losses.is_categorical_crossentropy(self.model.loss) and len(y.shape) != 2:
            y = to_categorical(y)
        return self.model.fit(x, y, **{**copy.deepcopy(self.filter_sk_params(Sequential.fit)), **kwargs})


class KerasClassifier(BaseWrapper):
    """A classifier of scikit-learn."""

    def fit(self, x: Any, y: Any, **kwargs: Any) -> Any:
        """Builds a model and fits it to labels ``[samples]``, ``[samples, 1]`` or one-hot ``[samples, classes]``.

        Raises:
            ValueError: the labels have another shape.
        """
        y = np.array(y)
        if y.ndim == 2 and y.shape[1] > 1:
            self.classes_ = np.arange(y.shape[1])
        elif y.ndim == 1 or y.shape[1:] == (1,):
            self.classes_ = np.unique(y)
            y = np.searchsorted(self.classes_, y)
        else:
            raise ValueError(f"Invalid shape for y: {y.shape}")
        self.n_classes_ = len(self.classes_)
        return super().fit(x, y, **kwargs)

    def predict(self, x: Any, **kwargs: Any) -> Any:
        """Returns the labels ``[samples]``; ``[samples, 1]`` from a model with a single output."""
        options = self.filter_sk_params(Sequential.predict_classes, kwargs)
        return self.classes_[self.model.predict_classes(x, **options)]

    def predict_proba(self, x: Any, **kwargs: Any) -> Any:
        """Returns the probabilities ``[samples, classes]``, of two classes also from a single output."""
        probabilities = self.model.predict_proba(x, **self.filter_sk_params(Sequential.predict_proba, kwargs))
        if probabilities.shape[1] == 1:
            return np.hstack([1 - probabilities, probabilities])
        return probabilities

    def score(self, x: Any, y: Any, **kwargs: Any) -> Any:
        """Returns the accuracy.

        Raises:
            ValueError: the model was not compiled with the metric ``accuracy``.
        """
        y = np.searchsorted(self.classes_, y)
        if losses.is_categorical_crossentropy(self.model.loss) and len(y.shape) != 2:
            y = to_categorical(y)
        found = self.model.evaluate(x, y, **self.filter_sk_params(Sequential.evaluate, kwargs))
        values = dict(zip(self.model.metrics_names, found if isinstance(found, list) else [found], strict=False))
        for name in ("accuracy", "acc"):
            if name in values:
                return values[name]
        raise ValueError('the model gives no accuracy: compile it with metrics=["accuracy"]')


class KerasRegressor(BaseWrapper):
    """A regressor of scikit-learn."""

    def predict(self, x: Any, **kwargs: Any) -> Any:
        """Returns the predictions, without axes of size 1."""
        return np.squeeze(self.model.predict(x, **self.filter_sk_params(Sequential.predict, kwargs)))

    def score(self, x: Any, y: Any, **kwargs: Any) -> Any:
        """Returns the loss with its sign changed, so that more is better."""
        loss = self.model.evaluate(x, y, **self.filter_sk_params(Sequential.evaluate, kwargs))
        return -(loss[0] if isinstance(loss, list) else loss)
