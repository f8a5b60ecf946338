"""What estimators of ``tf.contrib.learn`` find whose numbers differ from one run of 1.15 to the next."""

from __future__ import annotations

import numpy as np
import pytest

import tf1graphs.v1 as tf

learn, layers = tf.contrib.learn, tf.contrib.layers
RANDOM = np.random.RandomState(0)
X = RANDOM.randn(40, 1).astype(np.float32)


def input_fn_of(labels):
    def input_fn():
        ids = tf.constant([str(index) for index in range(len(X))])
        return {"x": tf.constant(X), "id": ids}, tf.constant(labels)

    return input_fn


def optimizer():
    return tf.contrib.linear_optimizer.SDCAOptimizer("id", symmetric_l2_regularization=0.01)


@pytest.mark.parametrize("kind", ["SVM", "LinearClassifier"])
def test_dual_ascent_separates_two_classes(kind):
    options = {"example_id_column": "id"} if kind == "SVM" else {"optimizer": optimizer()}
    labels = (X[:, 0] > 0.25).astype(np.int32)
    columns = [layers.real_valued_column("x")]
    estimator = getattr(learn, kind)(feature_columns=columns, config=learn.RunConfig(tf_random_seed=1), **options)
    estimator.fit(input_fn=input_fn_of(labels), steps=30)
    assert estimator.evaluate(input_fn=input_fn_of(labels), steps=1)["accuracy"] > 0.9
    assert np.mean(list(estimator.predict_classes(input_fn=input_fn_of(labels))) == labels) > 0.9


def test_dual_ascent_finds_a_line():
    labels = 2 * X[:, 0] - 1
    columns = [layers.real_valued_column("x")]
    config = learn.RunConfig(tf_random_seed=1)
    estimator = learn.LinearRegressor(columns, optimizer=optimizer(), config=config)
    estimator.fit(input_fn=input_fn_of(labels), steps=30)
    assert estimator.evaluate(input_fn=input_fn_of(labels), steps=1)["loss"] < 0.1


@pytest.mark.parametrize("initial", ["random", "kmeans_plus_plus"])
def test_k_means_finds_clusters_that_are_far_apart(initial):
    points = np.concatenate([X[:20] + 10, X[20:] - 10])
    estimator = learn.KMeansClustering(2, initial_clusters=initial, relative_tolerance=1e-4)

    def input_fn():
        return tf.constant(points), None

    estimator.fit(input_fn=input_fn, steps=20)
    assert sorted(estimator.clusters()[:, 0]) == pytest.approx([points[20:].mean(), points[:20].mean()], abs=0.3)
    clusters = list(estimator.predict_cluster_idx(input_fn=input_fn))
    assert len(set(clusters[:20])) == len(set(clusters[20:])) == 1 != len(set(clusters))
    assert estimator.score(input_fn=input_fn, steps=1) < 100
