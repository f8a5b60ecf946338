"""``GMM``: Gaussian mixtures as an estimator of ``tf.contrib.learn``."""

# ruff: noqa: I001 (_tf_slim comes first: it prepares TensorFlow for tf_slim)
from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import numpy as np
from tf1graphs.v1 import _tf_slim  # noqa: F401
from tensorflow.python.framework import constant_op
from tensorflow.python.ops import array_ops, control_flow_ops, state_ops
from tensorflow.python.training import checkpoint_utils, session_run_hook, training_util
from tf_slim.ops.variables import local_variable

from tf1graphs.v1.contrib.factorization._gmm_algorithm import FULL_COVARIANCE, GmmAlgorithm, gmm
from tf1graphs.v1.contrib.learn.estimators.estimator import Estimator
from tf1graphs.v1.contrib.learn.estimators.model_fn import ModelFnOps


class GMM(Estimator):
    """Fits a mixture of Gaussians to points; the features are one tensor ``[number, depth]``, or several side by side.

    Args:
        num_clusters: The number of Gaussians.
        model_dir: The folder of checkpoints and summaries.
        random_seed: The seed of the choice of points for ``"random"``.
        params: What is trained: ``"w"`` weights, ``"m"`` means, ``"c"`` covariances.
        initial_clusters: The first means, or ``"random"``.
        covariance_type: ``"full"`` or ``"diag"``.
        config: The ``RunConfig``.
    """

    SCORES = "scores"
    LOG_LIKELIHOOD = "loss"
    ASSIGNMENTS = "assignments"

    def __init__(
        self,
        num_clusters: int,
        model_dir: str | None = None,
        random_seed: int = 0,
        params: str = "wmc",
        initial_clusters: Any = "random",
        covariance_type: str = FULL_COVARIANCE,
        config: Any = None,
    ) -> None:
        mixture = (initial_clusters, num_clusters, random_seed, covariance_type, params)

        def model_fn(features: Any, labels: Any, mode: str, config: Any) -> ModelFnOps:
            assert labels is None, labels
            return _model(features, mode, config.is_chief, mixture)

        super().__init__(model_fn=model_fn, model_dir=model_dir, config=config)

    def predict_assignments(
        self, input_fn: Any = None, batch_size: int | None = None, outputs: Any = None
    ) -> Iterator[Any]:
        """Yields the most likely Gaussian of each point; the arguments are those of ``predict``."""
        for result in self.predict(input_fn=input_fn, batch_size=batch_size, outputs=outputs):
            yield result[GMM.ASSIGNMENTS]

    def score(self, input_fn: Any = None, batch_size: int | None = None, steps: int | None = None) -> Any:
        """Returns the log of the sum of the points' likelihoods; the arguments are those of ``evaluate``."""
        results = self.evaluate(input_fn=input_fn, batch_size=batch_size, steps=steps)
        return np.log(np.sum(np.exp(results[GMM.SCORES])))

    def weights(self) -> Any:
        """Returns the weights ``[num_clusters]``."""
        return checkpoint_utils.load_variable(self.model_dir, GmmAlgorithm.CLUSTERS_WEIGHT)

    def clusters(self) -> Any:
        """Returns the means ``[num_clusters, depth]``."""
        return np.squeeze(checkpoint_utils.load_variable(self.model_dir, GmmAlgorithm.CLUSTERS_VARIABLE), 1)

    def covariances(self) -> Any:
        """Returns the covariances ``[num_clusters, depth, depth]``, or their diagonals ``[num_clusters, depth]``."""
        return checkpoint_utils.load_variable(self.model_dir, GmmAlgorithm.CLUSTERS_COVS_VARIABLE)


def _model(features: Any, mode: str, is_chief: bool, mixture: tuple[Any, ...]) -> ModelFnOps:
    points = features
    if isinstance(features, dict):
        points = array_ops.concat([features[key] for key in sorted(features)], 1)
    loss, scores, assignments, train, initialize, is_initialized = gmm(points, *mixture)
    step = state_ops.assign_add(training_util.get_global_step(), 1)
    train = control_flow_ops.with_dependencies([train, step], loss)
    hook = _InitializeClustersHook(initialize, is_initialized, is_chief)
    predictions = {GMM.ASSIGNMENTS: assignments[0][0]}
    total = local_variable(constant_op.constant(0.0))
    metrics = {GMM.SCORES: scores, GMM.LOG_LIKELIHOOD: (total, total.assign_add(loss))}
    return ModelFnOps(
        mode=mode,
        predictions=predictions,
        eval_metric_ops=metrics,
        loss=loss,
        train_op=train,
        training_hooks=[hook],
    )


class _InitializeClustersHook(session_run_hook.SessionRunHook):  # type: ignore[misc]
    """Initializes the mixture, or waits until the chief has."""

    def __init__(self, initialize: Any, is_initialized: Any, is_chief: bool) -> None:
        self._initialize = initialize
        self._is_initialized = is_initialized
        self._is_chief = is_chief

    def after_create_session(self, session: Any, coord: Any) -> None:
        """Runs before the first step."""
        while not session.run(self._is_initialized):
            if self._is_chief:
                session.run(self._initialize)
            else:
                time.sleep(1)
