"""``ExportStrategy``: how an ``Experiment`` exports its model."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, NamedTuple

__all__ = ["ExportStrategy"]


class ExportStrategy(NamedTuple):
    """A way to export.

    Attributes:
        name: The folder below that of all exports.
        export_fn: Exports for ``(estimator, export_path)`` and returns the path; may take ``checkpoint_path`` too, and
            with it ``eval_result`` and ``strip_default_attrs``.
        strip_default_attrs: Whether attributes that have their default are left out of the graph.
    """

    name: str
    export_fn: Callable[..., Any]
    strip_default_attrs: bool | None = None

    def export(
        self, estimator: Any, export_path: Any, checkpoint_path: str | None = None, eval_result: Any = None
    ) -> Any:
        """Exports a model and returns the path of the export.

        Args:
            estimator: The estimator.
            export_path: The folder to export to.
            checkpoint_path: The checkpoint; the last one by default.
            eval_result: What ``evaluate`` has given for that checkpoint.

        Raises:
            ValueError: ``export_fn`` takes ``eval_result`` and no ``checkpoint_path``.
        """
        taken = inspect.getfullargspec(self.export_fn).args
        if "eval_result" in taken and "checkpoint_path" not in taken:
            raise ValueError("An export_fn accepting eval_result must also accept checkpoint_path.")
        options = {
            "checkpoint_path": checkpoint_path,
            "eval_result": eval_result,
            "strip_default_attrs": self.strip_default_attrs,
        }
        return self.export_fn(estimator, export_path, **{key: options[key] for key in options if key in taken})
