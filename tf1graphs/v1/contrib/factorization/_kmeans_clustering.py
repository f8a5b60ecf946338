"""``KMeansClustering``: k-means as an estimator, kept by tensorflow_estimator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tf1graphs.v1._tf_estimator import estimator


class KMeansClustering(estimator.experimental.KMeans):  # type: ignore[misc]
    """``tf.estimator.experimental.KMeans``, with the squared distances of 1.15 in ``transform``.

    Args:
        num_clusters: The number of clusters.
        model_dir: The folder of checkpoints and summaries.
        initial_clusters: ``"random"``, ``"kmeans_plus_plus"``, the clusters, or a function that gives new ones for
            ``(inputs, number)``.
        distance_metric: ``"squared_euclidean"`` or ``"cosine"``.
        random_seed: The seed of the initial clusters; the seed of ``config`` goes before it, unlike in 1.15.
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
            initial_clusters,
            distance_metric,
            random_seed,
            use_mini_batch,
            mini_batch_steps_per_iteration,
            kmeans_plus_plus_num_retries,
            relative_tolerance,
            config,
            feature_columns,
        )

    def transform(self, input_fn: Any) -> Iterator[Any]:
        """Yields for each point its distance to each cluster: squared, or half the cosine distance.

        Args:
            input_fn: Gives the points.
        """
        yield from self._predict_one_key(input_fn, self.ALL_DISTANCES)
