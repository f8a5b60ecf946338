"""``Evaluable``: what can be evaluated by an ``Experiment``."""

from __future__ import annotations

import abc
from typing import Any

__all__ = ["Evaluable"]


class Evaluable(abc.ABC):
    """The interface of what can be evaluated."""

    @property
    @abc.abstractmethod
    def model_dir(self) -> Any:
        """The folder of the model."""
        raise NotImplementedError

    @abc.abstractmethod
    def evaluate(
        self,
        x: Any = None,
        y: Any = None,
        input_fn: Any = None,
        feed_fn: Any = None,
        batch_size: int | None = None,
        steps: int | None = None,
        metrics: Any = None,
        name: str | None = None,
        checkpoint_path: str | None = None,
        hooks: Any = None,
    ) -> Any:
        """Returns the metrics of a model by name.

        Args:
            x: The features, ``[number, ...]``.
            y: The labels.
            input_fn: In their place, returns both.
            feed_fn: Returns what to feed at each step.
            batch_size: The size of batches of ``x``.
            steps: The number of batches; all by default.
            metrics: Name -> metric; those of the model by default.
            name: What the folder of its summaries ends with.
            checkpoint_path: The checkpoint; the last one by default.
            hooks: Hooks of the evaluation.
        """
        raise NotImplementedError
