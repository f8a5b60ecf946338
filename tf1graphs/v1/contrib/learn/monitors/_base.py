"""What every monitor is, and the one that stops."""

from __future__ import annotations

from typing import Any


class BaseMonitor:
    """Is called at the begin and end of training, of epochs and of steps; only by the chief, unless it says other."""

    def __init__(self) -> None:
        self._begun = False
        self._current_epoch: int | None = None
        self._current_step: int | None = None
        self._max_steps: int | None = None
        self._estimator: Any = None

    @property
    def run_on_all_workers(self) -> bool:
        """Whether workers that are not the chief call it too."""
        return False

    def set_estimator(self, estimator: Any) -> None:
        """Takes the estimator that is trained.

        Raises:
            ValueError: It is None.
        """
        if estimator is None:
            raise ValueError("Missing estimator.")
        self._estimator = estimator

    def begin(self, max_steps: int | None = None) -> None:
        """Training begins; ``max_steps`` is the global step at which it will end.

        Raises:
            ValueError: It has begun already.
        """
        if self._begun:
            raise ValueError("begin called twice without end.")
        self._max_steps = max_steps
        self._begun = True

    def end(self, session: Any = None) -> None:
        """Training ends.

        Raises:
            ValueError: It has not begun.
        """
        if not self._begun:
            raise ValueError("end called without begin.")
        self._max_steps = None
        self._begun = False

    def epoch_begin(self, epoch: int) -> None:
        """An epoch begins.

        Raises:
            ValueError: Another has not ended, or it is negative.
        """
        if self._current_epoch is not None:
            raise ValueError("epoch_begin called twice without epoch_end.")
        if epoch < 0:
            raise ValueError(f"Invalid epoch {epoch}.")
        self._current_epoch = epoch

    def epoch_end(self, epoch: int) -> None:
        """An epoch ends.

        Raises:
            ValueError: It is not the one that has begun.
        """
        if self._current_epoch != epoch:
            raise ValueError(f"epoch_end expected {self._current_epoch} but got {epoch}.")
        self._current_epoch = None

    def step_begin(self, step: int) -> list[Any]:
        """A step begins; returns the tensors, or their names, whose values ``step_end`` is to have.

        Raises:
            ValueError: The step is negative, or above the last.
        """
        if step < 0 or (self._max_steps is not None and step > self._max_steps):
            raise ValueError(f"Invalid step {step}.")
        self._current_step = step
        return []

    def step_end(self, step: int, output: dict[Any, Any]) -> bool:
        """A step has ended without an error; returns whether training is to stop.

        Args:
            step: The global step.
            output: The values by tensor, or by its name.

        Raises:
            ValueError: It is not the step that has begun.
        """
        if self._current_step != step:
            raise ValueError(f"step_end expected {self._current_step} but got {step}.")
        self._current_step = None
        return False

    def post_step(self, step: int, session: Any) -> None:
        """A step has ended; the session can be run."""


class StopAtStep(BaseMonitor):
    """Stops training, on all workers.

    Args:
        num_steps: The number of steps to train.
        last_step: In its place, the global step after which to stop.

    Raises:
        ValueError: Not one of them is given.
    """

    def __init__(self, num_steps: int | None = None, last_step: int | None = None) -> None:
        super().__init__()
        if num_steps is None and last_step is None:
            raise ValueError("One of num_steps or last_step must be specified.")
        if num_steps is not None and last_step is not None:
            raise ValueError("Only one of num_steps or last_step can be specified.")
        self._num_steps = num_steps
        self._last_step = last_step

    @property
    def run_on_all_workers(self) -> bool:
        """True."""
        return True

    def step_begin(self, step: int) -> list[Any]:
        """Counts from the first step on."""
        super().step_begin(step)
        if self._last_step is None and self._num_steps is not None:
            self._last_step = step + self._num_steps - 1
        return []

    def step_end(self, step: int, output: dict[Any, Any]) -> bool:
        """Returns whether it was the last step."""
        super().step_end(step, output)
        return self._last_step is not None and step >= self._last_step
