"""``Trainable``: what can be trained by an ``Experiment``."""

from __future__ import annotations

import abc
from typing import Any

__all__ = ["Trainable"]


class Trainable(abc.ABC):
    """The interface of what can be trained."""

    @abc.abstractmethod
    def fit(
        self,
        x: Any = None,
        y: Any = None,
        input_fn: Any = None,
        steps: int | None = None,
        batch_size: int | None = None,
        monitors: Any = None,
        max_steps: int | None = None,
    ) -> Any:
        """Trains a model and returns it.

        Args:
            x: The features, ``[number, ...]``.
            y: The labels.
            input_fn: In their place, returns both.
            steps: The number of steps; as long as there is data by default.
            batch_size: The size of batches of ``x``; all by default.
            monitors: What looks at the training.
            max_steps: In place of ``steps``, the global step at which to stop.
        """
        raise NotImplementedError
