"""``tf.contrib.factorization``: k-means clustering, Gaussian mixtures and matrix factorization."""

from __future__ import annotations

from typing import Any

from tensorflow.python.ops import clustering_ops
from tensorflow.python.ops.clustering_ops import (
    CLUSTERS_VAR_NAME,
    COSINE_DISTANCE,
    KMC2_INIT,
    KMEANS_PLUS_PLUS_INIT,
    RANDOM_INIT,
    SQUARED_EUCLIDEAN_DISTANCE,
)

from tf1graphs.v1 import _later
from tf1graphs.v1.contrib.factorization._gmm_algorithm import (
    DIAG_COVARIANCE,
    FULL_COVARIANCE,
    GmmAlgorithm,
    gmm,
)
from tf1graphs.v1.contrib.factorization.factorization_ops import WALSModel

__all__ = [
    "CLUSTERS_VAR_NAME",
    "COSINE_DISTANCE",
    "DIAG_COVARIANCE",
    "FULL_COVARIANCE",
    "GmmAlgorithm",
    "KMC2_INIT",
    "KMEANS_PLUS_PLUS_INIT",
    "KMeans",
    "RANDOM_INIT",
    "SQUARED_EUCLIDEAN_DISTANCE",
    "WALSModel",
    "gmm",
]

# Estimators take long to import, and the ops do not need them.
__getattr__ = _later.from_modules(
    __name__,
    {"_gmm": "GMM", "_kmeans_clustering": "KMeansClustering", "wals": "WALSMatrixFactorization"},
)


class KMeans(clustering_ops.KMeans):  # type: ignore[misc]
    """The graph of k-means clustering.

    Args:
        inputs: The points ``[number, depth]``, or a list of such parts.
        num_clusters: The number of clusters.
        initial_clusters: ``"random"``, ``"kmeans_plus_plus"``, ``"kmc2"``, the clusters, or a function that gives new
            ones for ``(inputs, number)``.
        distance_metric: ``"squared_euclidean"`` or ``"cosine"``.
        use_mini_batch: Whether each step sees a part of the points.
        mini_batch_steps_per_iteration: The number of such steps after which clusters change.
        random_seed: The seed of the initial clusters.
        kmeans_plus_plus_num_retries: The number of tries for each cluster of ``"kmeans_plus_plus"``.
        kmc2_chain_length: The number of candidates for each cluster of ``"kmc2"``.

    Raises:
        ValueError: There is no such algorithm or metric.
    """

    def __init__(
        self,
        inputs: Any,
        num_clusters: Any,
        initial_clusters: Any = RANDOM_INIT,
        distance_metric: str = SQUARED_EUCLIDEAN_DISTANCE,
        use_mini_batch: bool = False,
        mini_batch_steps_per_iteration: int = 1,
        random_seed: int = 0,
        kmeans_plus_plus_num_retries: int = 2,
        kmc2_chain_length: int = 200,
    ) -> None:
        super().__init__(
            inputs,
            num_clusters,
            initial_clusters,
            distance_metric,
            use_mini_batch,
            mini_batch_steps_per_iteration,
            random_seed,
            kmeans_plus_plus_num_retries,
            kmc2_chain_length,
        )
        # TensorFlow now takes the graph's seed in its place.
        self._seed = random_seed
