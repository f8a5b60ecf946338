"""The monitor that stops training whose loss is no number any more."""

from __future__ import annotations

from typing import Any

import numpy as np
from tensorflow.python.platform import tf_logging

from tf1graphs.v1.contrib.learn.monitors._every_n import EveryN, extract_output

MESSAGE = "Model diverged with loss = NaN."


class NanLossDuringTrainingError(RuntimeError):
    """The loss has become NaN."""

    def __str__(self) -> str:
        return "NaN loss during training."


class NanLoss(EveryN):
    """Stops training when the loss is NaN.

    Args:
        loss_tensor: The loss.
        every_n_steps: The number of steps from one look to the next.
        fail_on_nan_loss: Whether it stops by ``NanLossDuringTrainingError``.
    """

    def __init__(self, loss_tensor: Any, every_n_steps: int = 100, fail_on_nan_loss: bool = True) -> None:
        super().__init__(every_n_steps=every_n_steps)
        self._loss_tensor = loss_tensor
        self._fail_on_nan_loss = fail_on_nan_loss

    def every_n_step_begin(self, step: int) -> list[Any]:
        """Returns the loss."""
        super().every_n_step_begin(step)
        return [self._loss_tensor]

    def every_n_step_end(self, step: int, outputs: dict[Any, Any]) -> bool:
        """Returns whether the loss is NaN."""
        super().every_n_step_end(step, outputs)
        if not np.isnan(extract_output(outputs, self._loss_tensor)):
            return False
        if self._fail_on_nan_loss:
            tf_logging.error(MESSAGE)
            raise NanLossDuringTrainingError
        tf_logging.warning(MESSAGE)
        return True
