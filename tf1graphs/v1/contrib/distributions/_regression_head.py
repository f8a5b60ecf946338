"""The head of ``tf.contrib.learn`` whose logits are the parameters of a distribution."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import ops, tensor_util
from tensorflow.python.ops import array_ops

from tf1graphs.v1.contrib.learn.estimators._head_losses import weighted_loss
from tf1graphs.v1.contrib.learn.estimators._number_heads import RegressionHead


def estimator_head_distribution_regression(
    make_distribution_fn: Callable[[Any], Any],
    label_dimension: int = 1,
    logits_dimension: int | None = None,
    label_name: str | None = None,
    weight_column_name: str | None = None,
    enable_centered_bias: bool = False,
    head_name: str | None = None,
) -> DistributionRegressionHead:
    """Returns a head for numbers that are drawn from a distribution; its loss is their negative log likelihood.

    Args:
        make_distribution_fn: Returns the distribution that logits ``[batch, logits_dimension]`` stand for.
        label_dimension: The number of numbers of an example; labels are ``[batch, label_dimension]``.
        logits_dimension: The number of logits of an example, that of its numbers by default.
        label_name: The key of the label, where labels are a dictionary.
        weight_column_name: The feature with the weights of the examples.
        enable_centered_bias: Whether there is a bias that is trained by itself.
        head_name: A name for the variable scope, and a suffix of the names of metrics and summaries.

    Raises:
        TypeError: ``make_distribution_fn`` is no function.
    """
    return DistributionRegressionHead(
        make_distribution_fn,
        label_dimension if logits_dimension is None else logits_dimension,
        label_name=label_name,
        weight_column_name=weight_column_name,
        enable_centered_bias=enable_centered_bias,
        head_name=head_name,
    )


class DistributionRegressionHead(RegressionHead):
    """Predicts the mean of a distribution."""

    def __init__(self, make_distribution_fn: Callable[[Any], Any], logits_dimension: int, **options: Any) -> None:
        if not callable(make_distribution_fn):
            raise TypeError("`make_distribution_fn` must be a callable function.")
        super().__init__(logits_dimension, self._negative_log_likelihood, self._mean, **options)
        self._make_distribution_fn = make_distribution_fn
        self._distributions: dict[Any, Any] = {}

    @property
    def distributions(self) -> dict[Any, Any]:
        """The distributions that there are: logits -> distribution."""
        return self._distributions

    def distribution(self, logits: Any, name: str | None = None) -> Any:
        """Returns the distribution of logits, which is made once."""
        with ops.name_scope(name, "distribution", [logits]):
            if logits not in self._distributions:
                self._distributions[logits] = self._make_distribution_fn(logits)
            return self._distributions[logits]

    def _mean(self, logits: Any) -> Any:
        return self.distribution(logits).mean()

    def _negative_log_likelihood(self, labels: Any, logits: Any, weights: Any = None) -> tuple[Any, Any]:
        distribution = self.distribution(logits)
        batch_shape = labels.shape.with_rank_at_least(1)[:-1]
        batch_sizes = batch_shape.as_list() if batch_shape.is_fully_defined() else array_ops.shape(labels)[:-1]
        labels = array_ops.reshape(labels, shape=_concatenated(batch_sizes, distribution.event_shape_tensor()))
        return weighted_loss(-distribution.log_prob(labels), weights)


def _concatenated(*vectors: Any) -> Any:
    """Returns vectors of sizes one after the other: as numbers where all are known before the graph runs."""
    known = [tensor_util.constant_value(ops.convert_to_tensor(vector)) for vector in vectors]
    if any(vector is None for vector in known):
        return array_ops.concat(vectors, axis=0)
    return [size for vector in known for size in vector]
