"""``KMeansClustering`` of ``tf.contrib.learn``."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, control_flow_ops, math_ops, state_ops
from tensorflow.python.platform import tf_logging as logging
from tensorflow.python.summary import summary
from tensorflow.python.training import session_run_hook, training_util

from tf1graphs.v1.contrib import factorization
from tf1graphs.v1.contrib.learn.estimators.estimator import Estimator
from tf1graphs.v1.contrib.learn.estimators.model_fn import ModelFnOps

__all__ = ["KMeansClustering"]


class _LossRelativeChangeHook(session_run_hook.SessionRunHook):  # type: ignore[misc]
    """Stops where the loss changes less than by a part of it."""

    def __init__(self, tolerance: float) -> None:
        self._tolerance = tolerance
        self._last: Any = None

    def begin(self) -> None:
        """Finds the loss in the graph."""
        self._loss = ops.get_default_graph().get_tensor_by_name(f"{KMeansClustering.LOSS_OP_NAME}:0")

    def before_run(self, run_context: Any) -> Any:
        """Asks for the loss."""
        return session_run_hook.SessionRunArgs(self._loss)

    def after_run(self, run_context: Any, run_values: Any) -> None:
        """Compares it with the last one."""
        loss = run_values.results
        if self._last is not None and abs(loss - self._last) / (1 + abs(self._last)) < self._tolerance:
            run_context.request_stop()
        self._last = loss


class _InitializeClustersHook(session_run_hook.SessionRunHook):  # type: ignore[misc]
    """Initializes the clusters; others than the chief wait for it."""

    def __init__(self, init_op: Any, is_initialized: Any, is_chief: bool) -> None:
        self._init_op = init_op
        self._is_initialized = is_initialized
        self._is_chief = is_chief

    def after_create_session(self, session: Any, coord: Any) -> None:
        """Runs the op, as often as there are too few points yet."""
        while not session.run(self._is_initialized):
            if self._is_chief:
                self._try(session)
            else:
                time.sleep(1)

    def _try(self, session: Any) -> None:
        try:
            session.run(self._init_op)
        except RuntimeError as error:
            logging.info(error)


def _points(features: Any) -> Any:
    if not isinstance(features, dict):
        return features
    keys = sorted(features)
    with ops.colocate_with(features[keys[0]]):
        return array_ops.concat([features[key] for key in keys], 1)


def _kmeans_model_fn(features: Any, labels: Any, mode: str, params: Mapping[str, Any], config: Any) -> ModelFnOps:
    assert labels is None, labels
    options = {key: value for key, value in params.items() if key not in ("num_clusters", "relative_tolerance")}
    graph = factorization.KMeans(_points(features), params["num_clusters"], **options).training_graph()
    scores, clusters, losses, is_initialized, init_op, train_op = graph
    increment = state_ops.assign_add(training_util.get_global_step(), 1)
    loss = math_ops.reduce_sum(losses, name=KMeansClustering.LOSS_OP_NAME)
    summary.scalar("loss/raw", loss)
    train_op = control_flow_ops.with_dependencies([train_op, increment], loss)
    hooks: list[Any] = [_InitializeClustersHook(init_op, is_initialized, config.is_chief)]
    if params["relative_tolerance"] is not None:
        hooks.append(_LossRelativeChangeHook(params["relative_tolerance"]))
    return ModelFnOps(
        mode=mode,
        predictions={KMeansClustering.ALL_SCORES: scores[0], KMeansClustering.CLUSTER_IDX: clusters[0]},
        eval_metric_ops={KMeansClustering.SCORES: loss},
        loss=loss,
        train_op=train_op,
        training_hooks=hooks,
    )


class KMeansClustering(Estimator):
    """Clusters points.

    Args:
        num_clusters: The number of clusters.
        model_dir: The folder of checkpoints and summaries; a temporary one by default.
        initial_clusters: ``"random"``, ``"kmeans_plus_plus"``, the clusters, or a function that gives them.
        distance_metric: ``"squared_euclidean"`` or ``"cosine"``.
        random_seed: The seed of the initial clusters.
        use_mini_batch: Whether each step sees a part of the points.
        mini_batch_steps_per_iteration: The number of such steps after which clusters change.
        kmeans_plus_plus_num_retries: The number of tries for each cluster of ``"kmeans_plus_plus"``.
        relative_tolerance: Training stops where the loss changes less than by this part.
        config: A ``tf.contrib.learn.RunConfig``.
    """

    SQUARED_EUCLIDEAN_DISTANCE = factorization.SQUARED_EUCLIDEAN_DISTANCE
    COSINE_DISTANCE = factorization.COSINE_DISTANCE
    RANDOM_INIT = factorization.RANDOM_INIT
    KMEANS_PLUS_PLUS_INIT = factorization.KMEANS_PLUS_PLUS_INIT
    SCORES = "scores"
    CLUSTER_IDX = "cluster_idx"
    CLUSTERS = "clusters"
    ALL_SCORES = "all_scores"
    LOSS_OP_NAME = "kmeans_loss"

    def __init__(
        self,
        num_clusters: int,
        model_dir: str | None = None,
        initial_clusters: Any = RANDOM_INIT,
        distance_metric: str = SQUARED_EUCLIDEAN_DISTANCE,
        random_seed: int = 0,
        use_mini_batch: bool = True,
        mini_batch_steps_per_iteration: int = 1,
        kmeans_plus_plus_num_retries: int = 2,
        relative_tolerance: float | None = None,
        config: Any = None,
    ) -> None:
        super().__init__(
            model_fn=_kmeans_model_fn,
            params={
                "num_clusters": num_clusters,
                "initial_clusters": initial_clusters,
                "distance_metric": distance_metric,
                "random_seed": random_seed,
                "use_mini_batch": use_mini_batch,
                "mini_batch_steps_per_iteration": mini_batch_steps_per_iteration,
                "kmeans_plus_plus_num_retries": kmeans_plus_plus_num_retries,
                "relative_tolerance": relative_tolerance,
            },
            model_dir=model_dir,
            config=config,
        )

    def predict_cluster_idx(self, input_fn: Any = None) -> Iterator[Any]:
        """Yields the number of the cluster of each point."""
        for prediction in self.predict(input_fn=input_fn, outputs=[self.CLUSTER_IDX]):
            yield prediction[self.CLUSTER_IDX]

    def score(self, input_fn: Any = None, steps: int | None = None) -> Any:
        """Returns the sum of the points' distances to their clusters."""
        return np.sum(self.evaluate(input_fn=input_fn, steps=steps)[self.SCORES])

    def transform(self, input_fn: Any = None, as_iterable: bool = False) -> Any:
        """Returns the distance of each point to each cluster, ``[n, num_clusters]``, or yields dictionaries of them."""
        found = self.predict(input_fn=input_fn, outputs=[self.ALL_SCORES], as_iterable=as_iterable)
        return found if as_iterable else found[self.ALL_SCORES]

    def clusters(self) -> Any:
        """Returns the clusters, ``[num_clusters, depth]``."""
        return self.get_variable_value(self.CLUSTERS)
