"""The base of monitors that act every so many steps."""

from __future__ import annotations

from typing import Any

from tf1graphs.v1.contrib.learn.monitors._base import BaseMonitor


def extract_output(outputs: dict[Any, Any], request: Any) -> Any:
    """Returns the value of a tensor, which is given by itself or by its name."""
    return outputs[request] if request in outputs else outputs[request.name]


class EveryN(BaseMonitor):
    """Acts at the first steps and then every so many.

    Args:
        every_n_steps: The number of steps from one to the next.
        first_n_steps: The last global step of those at which it always acts.
    """

    def __init__(self, every_n_steps: int = 100, first_n_steps: int = 1) -> None:
        super().__init__()
        self._every_n_steps = every_n_steps
        self._first_n_steps = first_n_steps
        self._last_successful_step: int | None = None
        self._last_active_step = 0
        self._every_n_step_begin_called = False

    def every_n_step_begin(self, step: int) -> list[Any]:
        """Such a step begins; returns the tensors whose values ``every_n_step_end`` is to have."""
        return []

    def every_n_step_end(self, step: int, outputs: dict[Any, Any]) -> bool | None:
        """Such a step has ended without an error; returns whether training is to stop."""
        return False

    def every_n_post_step(self, step: int, session: Any) -> None:
        """Such a step, or the very last one, has ended."""

    def step_begin(self, step: int) -> list[Any]:
        """Calls ``every_n_step_begin`` where its turn is."""
        super().step_begin(step)
        self._every_n_step_begin_called = (
            step <= self._first_n_steps
            or step >= self._every_n_steps + self._last_active_step
            or step == self._max_steps
        )
        return self.every_n_step_begin(step) if self._every_n_step_begin_called else []

    def step_end(self, step: int, output: dict[Any, Any]) -> Any:
        """Calls ``every_n_step_end`` where its turn is."""
        super().step_end(step, output)
        return self.every_n_step_end(step, output) if self._every_n_step_begin_called else False

    def post_step(self, step: int, session: Any) -> None:
        """Calls ``every_n_post_step`` where its turn is."""
        super().post_step(step, session)
        if self._every_n_step_begin_called:
            self.every_n_post_step(step, session)
            self._last_active_step = step
        self._last_successful_step = step

    def end(self, session: Any = None) -> None:
        """Calls ``every_n_post_step`` for the last step, unless it has been."""
        super().end(session)
        if self._last_successful_step is not None and self._last_successful_step != self._last_active_step:
            self.every_n_post_step(self._last_successful_step, session)
