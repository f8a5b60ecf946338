"""The interface of scikit-learn's estimators, as far as those of ``tf.contrib.learn`` have it without scikit-learn."""

from __future__ import annotations

from typing import Any

import numpy as np


class NotFittedError(ValueError, AttributeError):
    """An estimator was to predict or evaluate before it was trained."""


class BaseEstimator:
    """Has its public attributes as parameters."""

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """Returns the parameters by name: the attributes that are neither private nor callable.

        Args:
            deep: Whether those of a parameter that is itself an estimator come too, as ``name__parameter``.
        """
        found: dict[str, Any] = {}
        for name, value in vars(self).items():
            if name.startswith("_") or callable(value):
                continue
            if deep and hasattr(value, "get_params"):
                found.update({f"{name}__{key}": part for key, part in value.get_params().items()})
            found[name] = value
        return found

    def set_params(self, **params: Any) -> Any:
        """Sets parameters; ``name__parameter`` sets one of a nested estimator.

        Returns:
            This estimator.

        Raises:
            ValueError: There is no such parameter.
        """
        valid = self.get_params(deep=True) if params else {}
        for key, value in params.items():
            name, nested, parameter = key.partition("__")
            if name not in valid:
                raise ValueError(
                    f"Invalid parameter {name} for estimator {self if nested else type(self).__name__}. "
                    "Check the list of available parameters with `estimator.get_params().keys()`."
                )
            if nested:
                valid[name].set_params(**{parameter: value})
            else:
                setattr(self, key, value)
        return self

    def __repr__(self) -> str:
        params = ", ".join(f"{key}={value}" for key, value in self.get_params(deep=False).items())
        return f"{type(self).__name__}({params})"


def accuracy_score(y_true: Any, y_pred: Any) -> Any:
    """Returns the part of the predictions that are right."""
    return np.average(y_true == y_pred)


def mean_squared_error(y_true: Any, y_pred: Any) -> Any:
    """Returns the mean of the squared errors of numbers ``[n]`` or ``[n, 1]``."""
    true, predicted = (np.squeeze(values) if values.ndim > 1 else values for values in (y_true, y_pred))
    return np.average((true - predicted) ** 2)


def train_test_split(*args: Any, **options: Any) -> tuple[Any, ...]:
    """Splits arrays ``[n, ...]`` into two shuffled parts, alike for all of them.

    Args:
        args: The arrays.
        options: ``train_size`` or ``test_size``, a part of one, 0.75 for training by default; ``random_state``, a seed.

    Returns:
        The part for training and the part for tests of the first array, then those of the next.
    """
    default = 0.75 if options.get("test_size") is None else 1 - options["test_size"]
    part = default if options.get("train_size") is None else options["train_size"]
    size = args[0].shape[0]
    np.random.seed(options.get("random_state"))
    order = np.random.permutation(size)
    split = int(part * size)
    return tuple(array.take(indices, axis=0) for array in args for indices in (order[:split], order[split:]))
