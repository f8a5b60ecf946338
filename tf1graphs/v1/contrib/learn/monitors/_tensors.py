"""Monitors that log or keep the values of tensors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.platform import tf_logging

from tf1graphs.v1.contrib.learn.monitors._every_n import EveryN, extract_output


def _listed(names: Mapping[str, Any], outputs: dict[Any, Any]) -> str:
    return ", ".join(f"{tag} = {extract_output(outputs, name)}" for tag, name in names.items() if name in outputs)


class PrintTensor(EveryN):
    """Logs tensors.

    Args:
        tensor_names: The names of the tensors, or tag -> name.
        every_n: See ``EveryN``.
        first_n: See ``EveryN``.
    """

    def __init__(self, tensor_names: Iterable[str] | dict[str, str], every_n: int = 100, first_n: int = 1) -> None:
        super().__init__(every_n, first_n)
        if not isinstance(tensor_names, dict):
            tensor_names = {name: name for name in tensor_names}
        self._tensor_names = tensor_names

    def every_n_step_begin(self, step: int) -> list[Any]:
        """Returns the names of the tensors."""
        super().every_n_step_begin(step)
        return list(self._tensor_names.values())

    def every_n_step_end(self, step: int, outputs: dict[Any, Any]) -> None:
        """Logs them."""
        super().every_n_step_end(step, outputs)
        tf_logging.info("Step %d: %s", step, _listed(self._tensor_names, outputs))


class LoggingTrainable(EveryN):
    """Logs trainable variables.

    Args:
        scope: What their names begin with, for ``re.match``; all by default.
        every_n: See ``EveryN``.
        first_n: See ``EveryN``.
    """

    def __init__(self, scope: str | None = None, every_n: int = 100, first_n: int = 1) -> None:
        super().__init__(every_n, first_n)
        self._scope = scope
        self._names: dict[str, str] = {}

    def every_n_step_begin(self, step: int) -> list[Any]:
        """Returns the names of their values."""
        super().every_n_step_begin(step)
        trainable = ops.get_collection(ops.GraphKeys.TRAINABLE_VARIABLES, scope=self._scope)
        self._names = {variable.name: variable.value().name for variable in trainable}
        return list(self._names.values())

    def every_n_step_end(self, step: int, outputs: dict[Any, Any]) -> None:
        """Logs them."""
        super().every_n_step_end(step, outputs)
        tf_logging.info("Logging Trainable: Step %d: %s", step, _listed(self._names, outputs))


class CaptureVariable(EveryN):
    """Keeps the values of a tensor.

    Args:
        var_name: The name of the tensor, such as ``"weights:0"``.
        every_n: See ``EveryN``.
        first_n: See ``EveryN``.
    """

    def __init__(self, var_name: str, every_n: int = 100, first_n: int = 1) -> None:
        super().__init__(every_n, first_n)
        self._var_name = var_name
        self._var_values: dict[int, Any] = {}

    @property
    def values(self) -> dict[int, Any]:
        """Step -> value."""
        return self._var_values

    def every_n_step_begin(self, step: int) -> list[Any]:
        """Returns the name of the tensor."""
        super().every_n_step_begin(step)
        return [self._var_name]

    def every_n_step_end(self, step: int, outputs: dict[Any, Any]) -> None:
        """Keeps its value."""
        super().every_n_step_end(step, outputs)
        self._var_values[step] = extract_output(outputs, self._var_name)
