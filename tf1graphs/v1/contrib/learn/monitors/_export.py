"""The monitor that exports the model."""

# ruff: noqa: I001 (_tf_estimator comes first: it prepares TensorFlow for the estimators)
from __future__ import annotations

from typing import Any

from tf1graphs.v1 import _tf_estimator  # noqa: F401
from tensorflow.python.platform import tf_logging
from tensorflow.python.training import checkpoint_management
from tensorflow_estimator.python.estimator.estimator import Estimator

from tf1graphs.v1.contrib.learn.monitors._every_n import EveryN


class ExportMonitor(EveryN):
    """Calls ``export`` of an estimator of ``tf.contrib.learn``.

    Args:
        every_n_steps: The number of steps from one to the next.
        export_dir: The folder to export to.
        input_fn: Returns features, and labels that are not used.
        input_feature_key: The feature that holds the ``tf.train.Example``s.
        exports_to_keep: The number of exports to keep.
        signature_fn: Returns the signatures for ``(examples, features, predictions)``.
        default_batch_size: The size of batches of examples.
    """

    def __init__(
        self,
        every_n_steps: int,
        export_dir: str,
        input_fn: Any = None,
        input_feature_key: str | None = None,
        exports_to_keep: int = 5,
        signature_fn: Any = None,
        default_batch_size: int = 1,
    ) -> None:
        super().__init__(every_n_steps=every_n_steps)
        self._export_dir = export_dir
        self._input_fn = input_fn
        self._input_feature_key = input_feature_key
        self._exports_to_keep = exports_to_keep
        self._signature_fn = signature_fn
        self._default_batch_size = default_batch_size
        self._last_export_dir: Any = None

    @property
    def export_dir(self) -> str:
        """The folder to export to."""
        return self._export_dir

    @property
    def exports_to_keep(self) -> int:
        """The number of exports to keep."""
        return self._exports_to_keep

    @property
    def signature_fn(self) -> Any:
        """The function that returns the signatures."""
        return self._signature_fn

    @property
    def last_export_dir(self) -> Any:
        """The folder of the last export."""
        return self._last_export_dir

    def every_n_step_end(self, step: int, outputs: dict[Any, Any]) -> None:
        """Exports the model, unless its checkpoint has been."""
        super().every_n_step_end(step, outputs)
        self._export()

    def end(self, session: Any = None) -> None:
        """Exports the model, unless its checkpoint has been."""
        super().end(session)
        if checkpoint_management.latest_checkpoint(self._estimator.model_dir) is None:
            tf_logging.info("Skipping export at the end since model has not been saved yet.")
        else:
            self._export()

    def _export(self) -> None:
        if isinstance(self._estimator, Estimator):
            raise ValueError(
                "ExportMonitor does not support `tf.estimator.Estimator. `. Please pass an ExportStrategy to "
                "Experiment instead."
            )
        try:
            self._last_export_dir = self._estimator.export(
                self.export_dir,
                exports_to_keep=self.exports_to_keep,
                signature_fn=self.signature_fn,
                input_fn=self._input_fn,
                default_batch_size=self._default_batch_size,
                input_feature_key=self._input_feature_key,
                use_deprecated_input_fn=self._input_fn is None,
            )
        except RuntimeError:
            tf_logging.info("Skipping exporting because the existing checkpoint has already been exported.")
