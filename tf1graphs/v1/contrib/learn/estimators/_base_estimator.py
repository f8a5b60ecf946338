"""``BaseEstimator``: trains, evaluates and predicts with a model that its subclasses build."""

from __future__ import annotations

import abc
import contextlib
import copy
import tempfile
from typing import Any

from tensorflow.core.protobuf import config_pb2
from tensorflow.python.framework import errors_impl, ops
from tensorflow.python.platform import tf_logging as logging
from tensorflow.python.training import basic_session_run_hooks

from tf1graphs.v1.contrib.framework._checkpoints import list_variables, load_variable
from tf1graphs.v1.contrib.learn import monitors as monitor_lib
from tf1graphs.v1.contrib.learn.estimators import _checkpoint_runs, _sklearn, _train_loop, tensor_signature
from tf1graphs.v1.contrib.learn.estimators._inputs import get_input_fn, verify_input_args
from tf1graphs.v1.contrib.learn.estimators._skcompat import SKCompat
from tf1graphs.v1.contrib.learn.estimators.run_config import RunConfig
from tf1graphs.v1.contrib.learn.evaluable import Evaluable
from tf1graphs.v1.contrib.learn.trainable import Trainable
from tf1graphs.v1.contrib.learn.utils import export as export_lib


class BaseEstimator(_sklearn.BaseEstimator, Evaluable, Trainable):
    """Trains, evaluates and predicts. A subclass builds the model in ``_get_train_ops`` and the like.

    Args:
        model_dir: The folder of checkpoints and summaries; a temporary one by default.
        config: A ``tf.contrib.learn.RunConfig``.

    Raises:
        ValueError: ``config`` names another folder.
    """

    def __init__(self, model_dir: str | None = None, config: Any = None) -> None:
        self._config = RunConfig() if config is None else config
        self._session_config = self._config.session_config
        if self._session_config is None:
            self._session_config = config_pb2.ConfigProto(allow_soft_placement=True)
        configured = self._config.model_dir
        if model_dir is not None and configured is not None and model_dir != configured:
            raise ValueError(
                "model_dir are set both in constructor and RunConfig, but with different values. "
                f"In constructor: '{model_dir}', in RunConfig: '{configured}' "
            )
        self._model_dir = model_dir or configured
        if self._model_dir is None:
            self._model_dir = tempfile.mkdtemp()
            logging.warning("Using temporary folder as model directory: %s", self._model_dir)
        if configured is None:
            self._config = self._config.replace(model_dir=self._model_dir)
        logging.info("Using config: %s", vars(self._config))
        self._device_fn = _train_loop.replica_device_setter(self._config)
        # What the first call has taken; later calls are checked against it.
        self._features_info: Any = None
        self._labels_info: Any = None
        self._graph: Any = None

    @property
    def config(self) -> Any:
        """A copy of the configuration."""
        return copy.deepcopy(self._config)

    @property
    def model_dir(self) -> Any:
        """The folder of checkpoints and summaries."""
        return self._model_dir

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
        """Trains the model, from the last checkpoint where there is one.

        Args:
            x: Features ``[n, ...]``, in place of ``input_fn``.
            y: Labels ``[n]`` or ``[n, ...]``, with ``x``.
            input_fn: Returns features and labels: tensors or dictionaries of them.
            steps: The number of steps; without an end by default, if the data have none.
            batch_size: The size of a batch of ``x``.
            monitors: Monitors, or hooks.
            max_steps: The step at which training ends, also that of earlier calls.

        Returns:
            This estimator.

        Raises:
            ValueError: Arguments do not go together, or features or labels are other than in an earlier call.
        """
        if steps is not None and max_steps is not None:
            raise ValueError("Can not provide both steps and max_steps.")
        verify_input_args(x, y, input_fn, None, batch_size)
        if x is not None:
            SKCompat(self).fit(x, y, batch_size, steps, max_steps, monitors)
            return self
        if max_steps is not None and max_steps <= self._saved_step():
            logging.info("Skipping training since max_steps has already saved.")
            return self
        hooks = monitor_lib.replace_monitors_with_hooks(monitors, self)
        if steps is not None or max_steps is not None:
            hooks.append(basic_session_run_hooks.StopAtStepHook(steps, max_steps))
        loss = self._train_model(input_fn=input_fn, hooks=hooks)
        logging.info("Loss for final step: %s.", loss)
        return self

    def _saved_step(self) -> Any:
        with contextlib.suppress(ValueError, errors_impl.OpError):
            return load_variable(self._model_dir, ops.GraphKeys.GLOBAL_STEP)
        return -1

    def partial_fit(
        self,
        x: Any = None,
        y: Any = None,
        input_fn: Any = None,
        steps: int | None = 1,
        batch_size: int | None = None,
        monitors: Any = None,
    ) -> Any:
        """Trains the model for a step, or a few; see ``fit``."""
        logging.warning(
            "The current implementation of partial_fit is not optimized for use in a loop. "
            "Consider using fit() instead."
        )
        return self.fit(x=x, y=y, input_fn=input_fn, steps=steps, batch_size=batch_size, monitors=monitors)

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
        log_progress: bool = True,
    ) -> Any:
        """Evaluates the model with the variables of a checkpoint, and writes the results as a summary.

        Args:
            x: Features, as in ``fit``.
            y: Labels.
            input_fn: Returns features and labels.
            feed_fn: Returns what each step feeds, with ``input_fn``.
            batch_size: The size of a batch of ``x``.
            steps: The number of steps; by default to the end of the data.
            metrics: More metrics by name: of ``MetricSpec``.
            name: Part of the name of the folder of the summary.
            checkpoint_path: The checkpoint; the last one by default.
            hooks: Hooks.
            log_progress: Whether each step is logged.

        Returns:
            The metrics by name, with ``global_step``.

        Raises:
            ValueError: Arguments do not go together, or ``metrics`` is no dictionary.
            NotFittedError: There is no checkpoint.
        """
        verify_input_args(x, y, input_fn, feed_fn, batch_size)
        if x is not None:
            return SKCompat(self).score(x, y, batch_size, steps, metrics, name)
        if metrics is not None and not isinstance(metrics, dict):
            raise ValueError(f"Metrics argument should be None or dict. Got {metrics}.")
        results, global_step = self._evaluate_model(
            input_fn=input_fn,
            feed_fn=feed_fn,
            steps=steps,
            metrics=metrics,
            name=name,
            checkpoint_path=checkpoint_path,
            hooks=hooks,
            log_progress=log_progress,
        )
        return results if results is None else {**results, "global_step": global_step}

    def predict(
        self,
        x: Any = None,
        input_fn: Any = None,
        batch_size: int | None = None,
        outputs: Any = None,
        as_iterable: bool = True,
        iterate_batches: bool = False,
    ) -> Any:
        """Returns the predictions of the model, with the variables of the last checkpoint.

        Args:
            x: Features, as in ``fit``.
            input_fn: Returns features, or features and labels. Without a queue its tensors count as one batch.
            batch_size: The size of a batch of ``x``.
            outputs: Which of the predictions; all by default.
            as_iterable: Whether predictions are yielded; otherwise those of all of ``x``, or of the first batch of
                ``input_fn``, are returned.
            iterate_batches: Whether they are yielded batch by batch.

        Raises:
            ValueError: Arguments do not go together, or ``outputs`` are no predictions of the model.
            NotFittedError: There is no checkpoint.
        """
        verify_input_args(x, None, input_fn, None, batch_size)
        if x is not None and not as_iterable:
            return SKCompat(self).predict(x, batch_size)
        input_fn, feed_fn = get_input_fn(x, None, input_fn, None, batch_size)
        return self._infer_model(
            input_fn=input_fn,
            feed_fn=feed_fn,
            outputs=outputs,
            as_iterable=as_iterable,
            iterate_batches=iterate_batches,
        )

    def get_variable_value(self, name: str) -> Any:
        """Returns the value of a variable in the last checkpoint."""
        return load_variable(self.model_dir, name)

    def get_variable_names(self) -> list[str]:
        """Returns the names of the variables in the last checkpoint."""
        return [name for name, _ in list_variables(self.model_dir)]

    def export(
        self,
        export_dir: str,
        input_fn: Any = export_lib._default_input_fn,
        input_feature_key: Any = None,
        use_deprecated_input_fn: bool = True,
        signature_fn: Any = None,
        prediction_key: Any = None,
        default_batch_size: int | None = 1,
        exports_to_keep: int | None = None,
        checkpoint_path: str | None = None,
    ) -> Any:
        """Writes the model in the format of before SavedModels, and returns its folder.

        Args:
            export_dir: The folder above.
            input_fn: Returns the features of this estimator and serialized ``tf.Example`` messages; without
                ``use_deprecated_input_fn`` it is an input function.
            input_feature_key: The feature with the serialized messages.
            use_deprecated_input_fn: Which of both ``input_fn`` is.
            signature_fn: Returns the default signature and others by name, of messages, features and predictions.
            prediction_key: Which of the predictions.
            default_batch_size: The number of messages.
            exports_to_keep: How many exports stay; all by default.
            checkpoint_path: The checkpoint; the last one by default.
        """
        return export_lib._export_estimator(
            estimator=self,
            export_dir=export_dir,
            signature_fn=signature_fn,
            prediction_key=prediction_key,
            input_fn=input_fn,
            input_feature_key=input_feature_key,
            use_deprecated_input_fn=use_deprecated_input_fn,
            default_batch_size=default_batch_size,
            exports_to_keep=exports_to_keep,
            checkpoint_path=checkpoint_path,
        )

    @abc.abstractmethod
    def _get_train_ops(self, features: Any, labels: Any) -> Any:
        """Returns the ``ModelFnOps`` of training."""

    @abc.abstractmethod
    def _get_predict_ops(self, features: Any) -> Any:
        """Returns the ``ModelFnOps`` of prediction."""

    def _get_eval_ops(self, features: Any, labels: Any, metrics: Any) -> Any:
        """Returns the ``ModelFnOps`` of evaluation, with more metrics."""
        raise NotImplementedError("_get_eval_ops not implemented in BaseEstimator")

    def _get_feature_ops_from_example(self, examples_batch: Any) -> Any:
        if self._features_info is None:
            raise ValueError("Features information missing, was fit() ever called?")
        return tensor_signature.create_example_parser_from_signatures(self._features_info, examples_batch)

    def _check_inputs(self, features: Any, labels: Any) -> None:
        """Remembers the kinds of features and labels, or checks them against those remembered."""
        self._features_info = _checked("Features", features, self._features_info)
        if labels is not None:
            self._labels_info = _checked("Labels", labels, self._labels_info)

    def _train_model(self, input_fn: Any, hooks: list[Any]) -> Any:
        return _train_loop.train(self, input_fn, hooks)

    def _evaluate_model(
        self,
        input_fn: Any,
        steps: int | None,
        feed_fn: Any = None,
        metrics: Any = None,
        name: str | None = "",
        checkpoint_path: str | None = None,
        hooks: Any = None,
        log_progress: bool = True,
    ) -> tuple[Any, Any]:
        return _checkpoint_runs.evaluate(
            self, input_fn, steps, feed_fn, metrics, name, checkpoint_path, hooks, log_progress
        )

    def _infer_model(
        self,
        input_fn: Any,
        feed_fn: Any = None,
        outputs: Any = None,
        as_iterable: bool = True,
        iterate_batches: bool = False,
    ) -> Any:
        return _checkpoint_runs.infer(self, input_fn, feed_fn, outputs, as_iterable, iterate_batches)


def _checked(what: str, tensors: Any, known: Any) -> Any:
    if known is None:
        return tensor_signature.create_signatures(tensors)
    if not tensor_signature.tensors_compatible(tensors, known):
        raise ValueError(
            f"{what} are incompatible with given information. Given {what.lower()}: {tensors}, "
            f"required signatures: {known}."
        )
    return known
