"""The k-means estimators: ``contrib.factorization.KMeansClustering`` and ``contrib.learn.KMeansClustering``."""

import tempfile

from .contrib_factorization import FIRST, POINTS


def _data(tf, shift, named):
    points = POINTS + shift

    def input_fn():
        return tf.data.Dataset.from_tensors({"x": points[:, :1], "y": points[:, 1:]} if named else points)

    return input_fn


def _factorization(shift=0, steps=3, named=False, columns=None, seed=None, only_names=False, **options):
    """Returns what clusters of ``contrib.factorization`` are after few steps, and what is said of the points."""

    def call(tf):
        def run(unused_session):
            given = dict(options, feature_columns=columns(tf)) if columns else options
            config = tf.estimator.RunConfig(tf_random_seed=seed) if seed else None
            model = tf.contrib.factorization.KMeansClustering(3, tempfile.mkdtemp(), config=config, **given)
            input_fn = _data(tf, shift, named or columns)
            model.train(input_fn, steps=steps)
            found = [model.cluster_centers(), model.score(input_fn), list(model.predict_cluster_index(input_fn))]
            names = ";".join(sorted(model.get_variable_names()))
            last = [names, model.get_variable_value("global_step")]
            return last if only_names else found + [list(model.transform(input_fn))] + last

        return run

    return call


def _exported(tf):
    def input_fn():
        return tf.data.Dataset.from_tensors(POINTS)

    def receiver_fn():
        points = tf.placeholder(tf.float32, [None, 2])
        return tf.estimator.export.ServingInputReceiver(points, points)

    def run(unused_session):
        options = {"initial_clusters": FIRST, "use_mini_batch": False}
        model = tf.contrib.factorization.KMeansClustering(3, tempfile.mkdtemp(), **options)
        model.train(input_fn, steps=2)
        folder = model.export_saved_model(tempfile.mkdtemp(), receiver_fn)
        found = []
        for key in ("all_distances", "cluster_index", "serving_default"):
            predict = tf.contrib.predictor.from_saved_model(folder, key)
            answers = predict(dict.fromkeys(predict.feed_tensors, POINTS[:3]))
            found += [key, sorted(predict.feed_tensors), sorted(answers), [answers[name] for name in sorted(answers)]]
        return found

    return run


def _learn(shift=0, steps=3, named=False, only_names=False, **options):
    """Returns what clusters of ``contrib.learn`` are after few steps, and what is said of the points."""

    def call(tf):
        points = POINTS + shift

        def input_fn():
            features = {"x": points[:, :1], "y": points[:, 1:]} if named else {"x": points}
            tensors = {key: tf.constant(value) for key, value in features.items()}
            return (tensors if named else tensors["x"]), None

        def run(unused_session):
            config = tf.contrib.learn.RunConfig(tf_random_seed=7)
            model = tf.contrib.learn.KMeansClustering(3, config=config, **options)
            model.fit(input_fn=input_fn, steps=steps)
            # An input without an end is predicted once, as one batch, where no iterator is asked for.
            predicted = model.predict(input_fn=input_fn, as_iterable=False)
            found = [model.clusters(), model.score(input_fn, steps=1), predicted["cluster_idx"]]
            names = ";".join(sorted(model.get_variable_names()))
            last = [names, model.get_variable_value("global_step")]
            return last if only_names else found + [model.transform(input_fn)] + last

        return run

    return call


def _columns(tf):
    return [tf.feature_column.numeric_column("y"), tf.feature_column.numeric_column("x")]


# In batches, counts are read while they are written: numbers differ from one run to the next.
WHOLE = {"use_mini_batch": False}

CALLS = {
    "KMeansClustering by chance": _factorization(**WHOLE),
    "KMeansClustering by another chance": _factorization(random_seed=3, **WHOLE),
    "KMeansClustering by the chance of a config": _factorization(random_seed=3, seed=11, **WHOLE),
    "KMeansClustering plus plus": _factorization(initial_clusters="kmeans_plus_plus", **WHOLE),
    "KMeansClustering plus plus with a seed": _factorization(
        initial_clusters="kmeans_plus_plus", random_seed=4, kmeans_plus_plus_num_retries=5, **WHOLE
    ),
    "KMeansClustering by function": _factorization(initial_clusters=lambda inputs, number: inputs[0][:3], **WHOLE),
    "KMeansClustering by cosine": _factorization(1, distance_metric="cosine", initial_clusters=FIRST + 1, **WHOLE),
    "KMeansClustering in batches": _factorization(initial_clusters=FIRST, steps=1, only_names=True),
    "KMeansClustering in several batches": _factorization(
        initial_clusters=FIRST, mini_batch_steps_per_iteration=2, only_names=True, steps=4
    ),
    "KMeansClustering in batches by cosine": _factorization(
        1,
        distance_metric="cosine",
        initial_clusters=FIRST + 1,
        mini_batch_steps_per_iteration=2,
        only_names=True,
        steps=2,
    ),
    "KMeansClustering until little changes": _factorization(
        initial_clusters=FIRST, relative_tolerance=0.01, steps=20, **WHOLE
    ),
    "KMeansClustering of named points": _factorization(initial_clusters=FIRST, named=True, **WHOLE),
    "KMeansClustering of columns": _factorization(initial_clusters=FIRST, columns=_columns, **WHOLE),
    "KMeansClustering exported": _exported,
    "KMeansClustering of no algorithm": _factorization(initial_clusters="guess"),
    "learn.KMeansClustering by chance": _learn(**WHOLE),
    "learn.KMeansClustering plus plus": _learn(initial_clusters="kmeans_plus_plus", random_seed=4, **WHOLE),
    "learn.KMeansClustering by cosine": _learn(1, distance_metric="cosine", initial_clusters=FIRST + 1, **WHOLE),
    "learn.KMeansClustering in several batches": _learn(
        initial_clusters=FIRST, mini_batch_steps_per_iteration=2, only_names=True, steps=4
    ),
    "learn.KMeansClustering until little changes": _learn(
        initial_clusters=FIRST, relative_tolerance=0.01, steps=20, **WHOLE
    ),
    "learn.KMeansClustering of named points": _learn(initial_clusters=FIRST, named=True, **WHOLE),
    "learn.KMeansClustering of no metric": _learn(distance_metric="manhattan"),
}
