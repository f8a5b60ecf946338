"""``contrib.timeseries.estimators``: Estimators of time series."""

# ruff: noqa: I001 (_tf_estimator comes first: it prepares TensorFlow for the estimators)
from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any

from tf1graphs.v1._tf_estimator import estimator as estimator_lib
from tensorflow.python.framework import dtypes
from tensorflow.python.training import adagrad, adam
from tensorflow_estimator.python.estimator.canned import optimizers

from tf1graphs.v1.contrib.timeseries import _serving, ar_model, state_management
from tf1graphs.v1.contrib.timeseries._input_statistics import InputStatisticsFromMiniBatch
from tf1graphs.v1.contrib.timeseries.head import OneShotPredictionHead, TimeSeriesRegressionHead
from tf1graphs.v1.contrib.timeseries.state_space_models import state_space_model, structural_ensemble
from tf1graphs.v1.contrib.timeseries.state_space_models.filtering_postprocessor import (
    StateInterpolatingAnomalyDetector,
)

__all__ = [
    "ARRegressor",
    "LSTMAutoRegressor",
    "StateSpaceRegressor",
    "StructuralEnsembleRegressor",
    "TimeSeriesRegressor",
]

_ReceiverFn = Callable[[], Any]


class TimeSeriesRegressor(estimator_lib.Estimator):  # type: ignore[misc]
    """An Estimator of a ``TimeSeriesModel``.

    Args:
        model: The model.
        state_manager: What gives windows their first states; None chooses it by the model.
        optimizer: A ``tf.train.Optimizer``; None is Adam at 0.02.
        model_dir: The folder of checkpoints and summaries.
        config: A ``tf.estimator.RunConfig``.
        head_type: ``TimeSeriesRegressionHead`` or a class like it.
    """

    def __init__(
        self,
        model: Any,
        state_manager: Any = None,
        optimizer: Any = None,
        model_dir: str | None = None,
        config: Any = None,
        head_type: Callable[..., Any] = TimeSeriesRegressionHead,
    ) -> None:
        statistics = InputStatisticsFromMiniBatch(dtype=model.dtype, num_features=model.num_features)
        if state_manager is None:
            is_ar = isinstance(model, ar_model.ARModel)
            manager = state_management.FilteringOnlyStateManager if is_ar else state_management.PassthroughStateManager
            state_manager = manager()
        if optimizer is None:
            optimizer = adam.AdamOptimizer(0.02)
        self._model = model
        head = head_type(
            model=model, state_manager=state_manager, optimizer=optimizer, input_statistics_generator=statistics
        )
        super().__init__(model_fn=head.create_estimator_spec, model_dir=model_dir, config=config)

    def build_one_shot_parsing_serving_input_receiver_fn(
        self,
        filtering_length: int,
        prediction_length: int,
        default_batch_size: int | None = None,
        values_input_dtype: Any = None,
        truncate_values: bool = False,
    ) -> _ReceiverFn:
        """Returns a receiver function of serialized ``tf.train.Example``, for a ``OneShotPredictionHead``.

        Args:
            filtering_length: How many observed times an example has.
            prediction_length: How many times to predict it has after them.
            default_batch_size: The batch size, or None for any.
            values_input_dtype: The dtype of the values in examples; None is float32.
            truncate_values: Whether examples have values, which are not used, for the times to predict too.
        """
        return _serving.parsing_receiver_fn(
            self._model,
            filtering_length,
            prediction_length,
            default_batch_size,
            dtypes.float32 if values_input_dtype is None else values_input_dtype,
            truncate_values,
        )

    def build_raw_serving_input_receiver_fn(
        self, default_batch_size: int | None = None, default_series_length: int | None = None
    ) -> _ReceiverFn:
        """Returns a receiver function of arrays, with which ``saved_model_utils`` works.

        Args:
            default_batch_size: The batch size, or None for any.
            default_series_length: The number of times, or None for any.
        """
        return _serving.raw_receiver_fn(self._model, default_batch_size, default_series_length)


class ARRegressor(TimeSeriesRegressor):
    """An Estimator of an autoregressive model.

    Args:
        periodicities: See ``ARModel``, as for the four that follow.
        input_window_size: How many times are read.
        output_window_size: How many times are predicted at once.
        num_features: The number of values at each time.
        exogenous_feature_columns: Feature columns of what is known of other things at each time.
        num_time_buckets: Into how many parts a period is cut.
        loss: ``ARModel.SQUARED_LOSS`` or ``ARModel.NORMAL_LIKELIHOOD_LOSS``.
        hidden_layer_sizes: The units of the hidden layers, or None for none.
        anomaly_prior_probability: How probable an anomaly is, or None for a model without anomalies.
        anomaly_distribution: A distribution of ``AnomalyMixtureARModel``.
        optimizer: A ``tf.train.Optimizer``; None is Adagrad at 0.1.
        model_dir: The folder of checkpoints and summaries.
        config: A ``tf.estimator.RunConfig``.

    Raises:
        ValueError: A distribution of anomalies has no probability, or a loss that is not the normal one.
    """

    def __init__(
        self,
        periodicities: Any,
        input_window_size: int,
        output_window_size: int,
        num_features: int,
        exogenous_feature_columns: Any = None,
        num_time_buckets: int = 10,
        loss: str = ar_model.ARModel.NORMAL_LIKELIHOOD_LOSS,
        hidden_layer_sizes: Sequence[int] | None = None,
        anomaly_prior_probability: float | None = None,
        anomaly_distribution: str | None = None,
        optimizer: Any = None,
        model_dir: str | None = None,
        config: Any = None,
    ) -> None:
        if optimizer is None:
            optimizer = adagrad.AdagradOptimizer(0.1)
        if anomaly_prior_probability is None and anomaly_distribution is not None:
            raise ValueError("anomaly_prior_probability is required if anomaly_distribution is specified.")
        arguments = {
            "periodicities": periodicities,
            "num_features": num_features,
            "prediction_model_factory": functools.partial(
                ar_model.FlatPredictionModel, hidden_layer_sizes=hidden_layer_sizes
            ),
            "exogenous_feature_columns": exogenous_feature_columns,
            "num_time_buckets": num_time_buckets,
            "input_window_size": input_window_size,
            "output_window_size": output_window_size,
        }
        if anomaly_prior_probability is None:
            model = ar_model.ARModel(loss=loss, **arguments)
        elif loss != ar_model.ARModel.NORMAL_LIKELIHOOD_LOSS:
            raise ValueError(
                "AnomalyMixtureARModel only supports ar_model.ARModel.NORMAL_LIKELIHOOD_LOSS for its loss argument."
            )
        else:
            # Without a distribution the model refuses the None, as in 1.15.
            model = ar_model.AnomalyMixtureARModel(
                anomaly_prior_probability=anomaly_prior_probability,
                anomaly_distribution=anomaly_distribution,  # type: ignore[arg-type]
                **arguments,
            )
        super().__init__(
            model=model,
            state_manager=state_management.FilteringOnlyStateManager(),
            optimizer=optimizer,
            model_dir=model_dir,
            config=config,
        )


class LSTMAutoRegressor(TimeSeriesRegressor):
    """An Estimator of an autoregressive model of two LSTMs, served by a ``OneShotPredictionHead``.

    Args:
        periodicities: See ``ARModel``.
        input_window_size: How many times are read.
        output_window_size: How many times are predicted at once.
        model_dir: The folder of checkpoints and summaries.
        num_features: The number of values at each time.
        extra_feature_columns: Feature columns of what is known of other things at each time.
        num_timesteps: Into how many parts a period is cut.
        loss: ``ARModel.SQUARED_LOSS`` or ``ARModel.NORMAL_LIKELIHOOD_LOSS``.
        num_units: The units of the LSTMs.
        optimizer: A ``tf.train.Optimizer``, or the name of one, which has the learning rate 0.01.
        config: A ``tf.estimator.RunConfig``.
    """

    def __init__(
        self,
        periodicities: Any,
        input_window_size: int,
        output_window_size: int,
        model_dir: str | None = None,
        num_features: int = 1,
        extra_feature_columns: Any = None,
        num_timesteps: int = 10,
        loss: str = ar_model.ARModel.NORMAL_LIKELIHOOD_LOSS,
        num_units: int = 128,
        optimizer: Any = "Adam",
        config: Any = None,
    ) -> None:
        model = ar_model.ARModel(
            periodicities=periodicities,
            input_window_size=input_window_size,
            output_window_size=output_window_size,
            num_features=num_features,
            exogenous_feature_columns=extra_feature_columns,
            num_time_buckets=num_timesteps,
            loss=loss,
            prediction_model_factory=functools.partial(ar_model.LSTMPredictionModel, num_units=num_units),
        )
        super().__init__(
            model=model,
            state_manager=state_management.FilteringOnlyStateManager(),
            optimizer=optimizers.get_optimizer_instance(optimizer, learning_rate=0.01),
            model_dir=model_dir,
            config=config,
            head_type=OneShotPredictionHead,
        )


class StateSpaceRegressor(TimeSeriesRegressor):
    """An Estimator of a state space model.

    Args:
        model: A ``StateSpaceModel``.
        state_manager: What gives windows their first states; None is a ``ChainingStateManager``.
        optimizer: A ``tf.train.Optimizer``; None is Adam at 0.02.
        model_dir: The folder of checkpoints and summaries.
        config: A ``tf.estimator.RunConfig``.
        head_type: ``TimeSeriesRegressionHead`` or a class like it.

    Raises:
        ValueError: The model is another.
    """

    def __init__(
        self,
        model: Any,
        state_manager: Any = None,
        optimizer: Any = None,
        model_dir: str | None = None,
        config: Any = None,
        head_type: Callable[..., Any] = TimeSeriesRegressionHead,
    ) -> None:
        if not isinstance(model, state_space_model.StateSpaceModel):
            raise ValueError(
                "StateSpaceRegressor only supports state space models (children of StateSpaceModel) in its `model` "
                f"argument, got {model}."
            )
        if state_manager is None:
            state_manager = state_management.ChainingStateManager()
        super().__init__(
            model=model,
            state_manager=state_manager,
            optimizer=optimizer,
            model_dir=model_dir,
            config=config,
            head_type=head_type,
        )


class StructuralEnsembleRegressor(StateSpaceRegressor):
    """An Estimator of a sum of level, trend, cycles and moving average.

    Args:
        periodicities: The period of a cycle, or a list of them, or None.
        num_features: The number of values at each time.
        cycle_num_latent_values: How many values describe a cycle, an odd number, or one for each cycle.
        moving_average_order: The order of the moving average.
        autoregressive_order: The order of the autoregression.
        exogenous_feature_columns: Feature columns of what is known of other things at each time.
        exogenous_update_condition: See ``SequentialTimeSeriesModel``.
        dtype: The dtype of the model.
        anomaly_prior_probability: How probable an anomaly is, or None for a model without anomalies.
        optimizer: A ``tf.train.Optimizer``; None is Adam at 0.02.
        model_dir: The folder of checkpoints and summaries.
        config: A ``tf.estimator.RunConfig``.
        head_type: ``TimeSeriesRegressionHead`` or a class like it.

    Raises:
        ValueError: The numbers of cycles and of their latent values differ.
    """

    def __init__(
        self,
        periodicities: Any,
        num_features: int,
        cycle_num_latent_values: Any = 11,
        moving_average_order: int = 4,
        autoregressive_order: int = 0,
        exogenous_feature_columns: Any = None,
        exogenous_update_condition: Callable[..., Any] | None = None,
        dtype: Any = dtypes.float64,
        anomaly_prior_probability: float | None = None,
        optimizer: Any = None,
        model_dir: str | None = None,
        config: Any = None,
        head_type: Callable[..., Any] = TimeSeriesRegressionHead,
    ) -> None:
        detector = None
        if anomaly_prior_probability is not None:
            detector = StateInterpolatingAnomalyDetector(anomaly_prior_probability=anomaly_prior_probability)
        configuration = state_space_model.StateSpaceModelConfiguration(
            num_features=num_features,
            dtype=dtype,
            filtering_postprocessor=detector,
            exogenous_feature_columns=exogenous_feature_columns,
            exogenous_update_condition=exogenous_update_condition,
        )
        model = structural_ensemble.MultiResolutionStructuralEnsemble(
            cycle_num_latent_values=cycle_num_latent_values,
            moving_average_order=moving_average_order,
            autoregressive_order=autoregressive_order,
            periodicities=periodicities,
            configuration=configuration,
        )
        super().__init__(model=model, optimizer=optimizer, model_dir=model_dir, config=config, head_type=head_type)
