"""The autoregressive model in which some observations are anomalies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tensorflow.python.ops import array_ops, gen_math_ops, init_ops, math_ops, variable_scope

from tf1graphs.v1.contrib.timeseries._ar_model import ARModel
from tf1graphs.v1.contrib.timeseries._log_probs import cauchy_log_prob, normal_log_prob
from tf1graphs.v1.contrib.timeseries._prediction_models import FlatPredictionModel


class AnomalyMixtureARModel(ARModel):
    """An ``ARModel`` with a loss that mixes its normal distribution with one of anomalies.

    Args:
        periodicities: See ``ARModel``; so are all others but these two.
        anomaly_prior_probability: How probable an anomaly is, between 0 and 1.
        input_window_size: How many times are read.
        output_window_size: How many times are predicted at once.
        num_features: The number of values at each time.
        prediction_model_factory: What returns a Keras model.
        anomaly_distribution: ``GAUSSIAN_ANOMALY`` or ``CAUCHY_ANOMALY``; its scale is trained.
        num_time_buckets: Into how many parts a period is cut.
        exogenous_feature_columns: Feature columns of what is known of other things at each time.

    Raises:
        AssertionError: The probability is none, or the distribution is another.
    """

    GAUSSIAN_ANOMALY = "gaussian"
    CAUCHY_ANOMALY = "cauchy"

    def __init__(
        self,
        periodicities: Any,
        anomaly_prior_probability: float,
        input_window_size: int,
        output_window_size: int,
        num_features: int,
        prediction_model_factory: Callable[..., Any] = FlatPredictionModel,
        anomaly_distribution: str = GAUSSIAN_ANOMALY,
        num_time_buckets: int = 10,
        exogenous_feature_columns: Any = None,
    ) -> None:
        assert 0.0 < anomaly_prior_probability < 1.0
        self._anomaly_prior_probability = anomaly_prior_probability
        assert anomaly_distribution in (self.GAUSSIAN_ANOMALY, self.CAUCHY_ANOMALY)
        self._anomaly_distribution = anomaly_distribution
        super().__init__(
            periodicities=periodicities,
            num_features=num_features,
            num_time_buckets=num_time_buckets,
            input_window_size=input_window_size,
            output_window_size=output_window_size,
            loss=ARModel.NORMAL_LIKELIHOOD_LOSS,
            prediction_model_factory=prediction_model_factory,
            exogenous_feature_columns=exogenous_feature_columns,
        )

    def prediction_ops(self, times: Any, values: Any, exogenous_regressors: Any) -> dict[str, Any]:
        """Returns what ``ARModel`` predicts, and the scale of anomalies as ``anomaly_params``."""
        predicted = super().prediction_ops(times, values, exogenous_regressors)
        logarithm = variable_scope.get_variable(
            "anomaly_log_param", shape=[], dtype=self.dtype, initializer=init_ops.zeros_initializer()
        )
        predicted["anomaly_params"] = gen_math_ops.exp(logarithm)
        return predicted

    def _anomaly_log_prob(self, targets: Any, prediction_ops: Mapping[str, Any]) -> Any:
        prediction, scale = prediction_ops["mean"], prediction_ops["anomaly_params"]
        if self._anomaly_distribution == self.CAUCHY_ANOMALY:
            return cauchy_log_prob(targets, scale, prediction)
        return normal_log_prob(targets, math_ops.sqrt(gen_math_ops.maximum(scale, 1e-05)), prediction)

    def loss_op(self, targets: Any, prediction_ops: Mapping[str, Any]) -> Any:
        """Returns the loss for a value, a scalar, of targets ``[batch, output_window_size, num_features]``."""
        sigma = math_ops.sqrt(gen_math_ops.maximum(prediction_ops["covariance"], 1e-05))
        normal = normal_log_prob(targets, sigma, prediction_ops["mean"])
        normal += math_ops.log(1 - self._anomaly_prior_probability)
        anomaly = self._anomaly_log_prob(targets, prediction_ops)
        anomaly += math_ops.log(self._anomaly_prior_probability)
        smaller, larger = gen_math_ops.minimum(normal, anomaly), gen_math_ops.maximum(normal, anomaly)
        mixed = larger + math_ops.log(1 + gen_math_ops.exp(smaller - larger))
        loss = -math_ops.reduce_sum(mixed)
        return loss / math_ops.cast(math_ops.reduce_prod(array_ops.shape(targets)), self.dtype)
