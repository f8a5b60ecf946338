"""``KMeansClustering``: k-means as an estimator, kept by tensorflow_estimator."""

# ruff: noqa: I001 (_tf_estimator comes first: it prepares TensorFlow for the estimators)
from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tf1graphs.v1._tf_estimator import estimator
from tensorflow.python.ops import control_flow_ops, math_ops, metrics_impl, state_ops
from tensorflow.python.saved_model import signature_constants
from tensorflow.python.summary import summary
from tensorflow.python.training import training_util
from tensorflow_estimator.python.estimator.canned import kmeans

from tf1graphs.v1.contrib.factorization import KMeans


def _model_fn(
    num_clusters: int, relative_tolerance: float | None, feature_columns: Any, **options: Any
) -> Callable[..., Any]:
    """Returns the model function of an estimator of ``KMeans``, which draws by its own seed."""

    def model_fn(features: Any, mode: str, config: Any) -> Any:
        points = kmeans._parse_features_if_necessary(features, feature_columns)
        distances, indices, losses, is_initialized, init_op, step = KMeans(
            points, num_clusters, **options
        ).training_graph()
        loss = math_ops.reduce_sum(losses)
        summary.scalar("loss/raw", loss)
        increment = state_ops.assign_add(training_util.get_global_step(), 1)
        hooks = [kmeans._InitializeClustersHook(init_op, is_initialized, config.is_chief)]
        if relative_tolerance is not None:
            hooks.append(kmeans._LossRelativeChangeHook(loss, relative_tolerance))
        return estimator.EstimatorSpec(
            mode=mode,
            predictions={
                KMeansClustering.ALL_DISTANCES: distances[0],
                KMeansClustering.CLUSTER_INDEX: indices[0],
            },
            loss=loss,
            train_op=control_flow_ops.with_dependencies([step, increment], loss),
            eval_metric_ops={KMeansClustering.SCORE: metrics_impl.mean(loss)},
            training_hooks=hooks,
            export_outputs=_export_outputs(distances[0], indices[0]),
        )

    return model_fn


def _export_outputs(distances: Any, indices: Any) -> dict[str, Any]:
    output = estimator.export.PredictOutput
    return {
        KMeansClustering.ALL_DISTANCES: output(distances),
        KMeansClustering.CLUSTER_INDEX: output(indices),
        signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY: output(indices),
    }


class KMeansClustering(estimator.experimental.KMeans):  # type: ignore[misc]
    """``tf.estimator.experimental.KMeans``, with the seed and, in ``transform``, the squared distances of 1.15.

    Args:
        num_clusters: The number of clusters.
        model_dir: The folder of checkpoints and summaries.
        initial_clusters: ``"random"``, ``"kmeans_plus_plus"``, the clusters, or a function that gives new ones for
            ``(inputs, number)``.
        distance_metric: ``"squared_euclidean"`` or ``"cosine"``.
        random_seed: The seed of the initial clusters.
        use_mini_batch: Whether each step sees a part of the points.
        mini_batch_steps_per_iteration: The number of such steps after which clusters change.
        kmeans_plus_plus_num_retries: The number of tries for each cluster of ``"kmeans_plus_plus"``.
        relative_tolerance: Training stops where the loss changes less than this.
        config: The ``RunConfig``.
        feature_columns: The columns that make points of features.

    Raises:
        ValueError: There is no such algorithm or metric.
    """

    def __init__(
        self,
        num_clusters: int,
        model_dir: str | None = None,
        initial_clusters: Any = estimator.experimental.KMeans.RANDOM_INIT,
        distance_metric: str = estimator.experimental.KMeans.SQUARED_EUCLIDEAN_DISTANCE,
        random_seed: int = 0,
        use_mini_batch: bool = True,
        mini_batch_steps_per_iteration: int = 1,
        kmeans_plus_plus_num_retries: int = 2,
        relative_tolerance: float | None = None,
        config: Any = None,
        feature_columns: Any = None,
    ) -> None:
        super().__init__(
            num_clusters,
            model_dir,
            initial_clusters=initial_clusters,
            distance_metric=distance_metric,
            config=config,
        )
        # The one that the library made draws by the seed of the graph.
        self._model_fn = _model_fn(
            num_clusters,
            relative_tolerance,
            feature_columns,
            initial_clusters=initial_clusters,
            distance_metric=distance_metric,
            random_seed=random_seed,
            use_mini_batch=use_mini_batch,
            mini_batch_steps_per_iteration=mini_batch_steps_per_iteration,
            kmeans_plus_plus_num_retries=kmeans_plus_plus_num_retries,
        )

    def transform(self, input_fn: Any) -> Iterator[Any]:
        """Yields for each point its distance to each cluster: squared, or half the cosine distance.

        Args:
            input_fn: Gives the points.
        """
        yield from self._predict_one_key(input_fn, self.ALL_DISTANCES)
