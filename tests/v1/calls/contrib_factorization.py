"""Small uses of ``tf.contrib.factorization``: k-means."""

import tempfile

import numpy as np

POINTS = np.float32([[0, 0], [0.5, 0.2], [4, 4], [4.2, 3.9], [8, 0.5], [7.5, 0], [0.2, 0.4], [4, 3.5]])


def _trained(steps=3, split=False, shift=0, only_shapes=False, **options):
    def call(tf):
        def run(unused_session):
            # In a graph of its own: the clusters have no static shape, which the record of a graph asks for.
            with tf.Graph().as_default(), tf.Session() as session:
                return train(session)

        def train(session):
            points = [tf.constant(POINTS[:5]), tf.constant(POINTS[5:])] if split else tf.constant(POINTS + shift)
            model = tf.contrib.factorization.KMeans(points, 3, **options)
            all_scores, indices, scores, initialized, init, train_op = model.training_graph()
            session.run(tf.global_variables_initializer())
            while not session.run(initialized):
                session.run(init)
            for _ in range(steps):
                session.run(train_op)
            found = session.run(list(all_scores) + list(indices) + list(scores) + tf.global_variables())
            return [each.shape for each in found] if only_shapes else found

        return run

    return call


def _estimator(tf):
    def input_fn():
        return tf.data.Dataset.from_tensors(POINTS)

    def run(session):
        model = tf.contrib.factorization.KMeansClustering(
            3, tempfile.mkdtemp(), initial_clusters=POINTS[[0, 2, 4]], use_mini_batch=False
        )
        for _ in range(3):
            model.train(input_fn, steps=1)
        indices = list(model.predict_cluster_index(input_fn))
        return [model.cluster_centers(), model.score(input_fn), indices, list(model.transform(input_fn))[0]]

    return run


# In batches, counts are read while they are written: only what comes before the first step is sure.
FIRST = POINTS[[0, 2, 4]]

CALLS = {
    "KMeans": _trained(initial_clusters=FIRST),
    "KMeans of parts": _trained(initial_clusters=FIRST, split=True),
    "KMeans by function": _trained(initial_clusters=lambda inputs, number: inputs[0][:3]),
    "KMeans by chance": _trained(random_seed=5),
    "KMeans plus plus": _trained(initial_clusters="kmeans_plus_plus", random_seed=5),
    "KMeans by chains": _trained(initial_clusters="kmc2", only_shapes=True, kmc2_chain_length=4),
    "KMeans by cosine": _trained(initial_clusters=FIRST[1:], distance_metric="cosine", steps=2, shift=1),
    "KMeans in batches": _trained(0, initial_clusters=FIRST, use_mini_batch=True),
    "KMeans in batches by cosine": _trained(
        0, initial_clusters=FIRST + 1, use_mini_batch=True, distance_metric="cosine", shift=1
    ),
    "KMeans in several batches": _trained(
        0, initial_clusters=FIRST, use_mini_batch=True, mini_batch_steps_per_iteration=2
    ),
    "KMeans of no metric": _trained(distance_metric="manhattan"),
    "KMeans of no algorithm": _trained(initial_clusters="guess"),
    "KMeansClustering": _estimator,
    "KMeansClustering of no metric": lambda tf: tf.contrib.factorization.KMeansClustering(3, distance_metric="none"),
}
