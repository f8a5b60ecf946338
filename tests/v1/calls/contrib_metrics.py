"""Small uses of ``tf.contrib.metrics``: each metric sees two batches."""

import numpy as np

_PREDICTIONS = np.array([[0.1, 0.7, 0.2, 0.9], [0.5, 0.4, 0.9, 0.3]], np.float32)
_LABELS = np.array([[0, 1, 0, 1], [1, 0, 1, 1]], np.float32)
_CLASSES = np.array([[0, 2, 1, 2], [1, 1, 0, 2]], np.int64)
_GUESSES = np.array([[0, 1, 1, 2], [1, 2, 0, 2]], np.int64)
_WEIGHTS = np.array([[1.0, 0.0, 2.0, 1.0], [1.0, 1.0, 0.5, 1.0]], np.float32)
_SCORES = np.array(
    [[[0.1, 0.6, 0.3], [0.2, 0.3, 0.5]], [[0.8, 0.1, 0.1], [0.3, 0.4, 0.3]]],
    np.float32,
)
_WANTED = np.array([[[1], [0]], [[0], [2]]], np.int64)
_TOP = np.array([[[1, 2], [2, 1]], [[0, 1], [1, 0]]], np.int64)


def _metric(name, *batches, **options):
    """Returns a call that gives the value after each of two batches, and the names of the metric's variables."""

    def call(tf):
        feeds = [tf.placeholder(tf.as_dtype(batch.dtype), batch.shape[1:]) for batch in batches]
        value, update = getattr(tf.contrib.metrics, name)(*feeds, **options)
        initialize = tf.local_variables_initializer()

        def run(session):
            session.run(initialize)
            found = []
            for number in range(2):
                session.run(update, {feed: batch[number] for feed, batch in zip(feeds, batches)})
                found.append(session.run(value))
            return found

        return run

    return call


def _on(name, *batches, **options):
    return lambda tf: getattr(tf.contrib.metrics, name)(*[tf.constant(batch) for batch in batches], **options)


def _binary(name, **options):
    return _metric(name, _PREDICTIONS > 0.45, _LABELS > 0.5, **options)


def _collected(tf):
    tf.contrib.metrics.streaming_mean(
        tf.constant([1.0]), metrics_collections=["values"], updates_collections=["updates"], name="mine"
    )
    names = [tensor.name for key in ("values", "updates") for tensor in tf.get_collection(key)]
    return names + [variable.op.name for variable in tf.get_collection(tf.GraphKeys.METRIC_VARIABLES)]


def _aggregated(tf):
    metrics = tf.contrib.metrics
    values, updates = metrics.aggregate_metric_map(
        {"mean": metrics.streaming_mean(tf.constant([1.0, 2.0])), "count": metrics.count(tf.constant([1.0, 2.0]))}
    )
    listed = metrics.aggregate_metrics(*[(values[name], updates[name]) for name in sorted(values)])
    initialize = tf.local_variables_initializer()

    def run(session):
        session.run(initialize)
        session.run(updates)
        return [session.run(values), session.run(listed[0])]

    return run


def _concatenated(**options):
    def call(tf):
        # In a graph of its own: the shape of its variables is unknown.
        with tf.Graph().as_default(), tf.Session() as session:
            batch = tf.placeholder(tf.float32, [None, 2])
            value, update = tf.contrib.metrics.streaming_concat(batch, **options)
            session.run(tf.local_variables_initializer())
            for size in (2, 1, 3):
                session.run(update, {batch: np.full([size, 2], size)})
            found = session.run(value)
        return tf.constant(found)

    return call


def _dynamic(name, **options):
    def call(tf):
        # In a graph of its own: the shape of its variables is unknown.
        with tf.Graph().as_default(), tf.Session() as session:
            labels, predictions = tf.placeholder(tf.int64, [None]), tf.placeholder(tf.float32, [None])
            value, update = getattr(tf.contrib.metrics, name)(labels, predictions, **options)
            session.run(tf.local_variables_initializer())
            for number in range(2):
                feed = {labels: _LABELS[number], predictions: _PREDICTIONS[number]}
                session.run(update, feed)
            found = session.run(value, feed)
        return [tf.constant(part) for part in np.atleast_1d(found)]

    return call


def _sets(name, **options):
    def call(tf):
        a, b = tf.constant([[1, 2, 3], [4, 4, 5]]), tf.constant([[2, 3, 9], [4, 6, 7]])
        return getattr(tf.contrib.metrics, name)(a, b, **options)

    return call


def _set_size(tf):
    sparse = tf.SparseTensor([[0, 0], [0, 1], [1, 0]], [3, 3, 4], [2, 2])
    return tf.contrib.metrics.set_size(sparse)


def _histogram_auc(tf):
    auc, update = tf.contrib.metrics.auc_using_histogram(
        tf.constant([True, False, True, True, False]), tf.constant([0.9, 0.4, 0.3, 0.8, 0.1]), [0.0, 1.0], nbins=10
    )
    initialize = tf.local_variables_initializer()

    def run(session):
        session.run(initialize)
        session.run(update)
        return session.run(auc)

    return run


_BOOLEANS = _LABELS > 0.5
CALLS = {
    "accuracy": _on("accuracy", _GUESSES, _CLASSES),
    "accuracy weighted": _on("accuracy", _GUESSES, _CLASSES, weights=_WEIGHTS),
    "accuracy of floats": _on("accuracy", _PREDICTIONS, _PREDICTIONS),
    "accuracy of unlike types": _on("accuracy", _GUESSES, _LABELS),
    "f1_score": _metric("f1_score", _LABELS, _PREDICTIONS),
    "f1_score of few thresholds": _metric("f1_score", _LABELS, _PREDICTIONS, num_thresholds=5),
    "streaming_accuracy": _metric("streaming_accuracy", _GUESSES, _CLASSES),
    "streaming_accuracy weighted": _metric("streaming_accuracy", _GUESSES, _CLASSES, weights=_WEIGHTS[0]),
    "streaming_mean": _metric("streaming_mean", _PREDICTIONS),
    "streaming_mean weighted": _metric("streaming_mean", _PREDICTIONS, weights=_WEIGHTS[0]),
    "streaming_mean_tensor": _metric("streaming_mean_tensor", _PREDICTIONS),
    "streaming_mean of unlike weights": _metric("streaming_mean", _PREDICTIONS, weights=_WEIGHTS),
    "collections": _collected,
    "aggregate_metrics": _aggregated,
    "aggregate_metrics of none": _on("aggregate_metrics"),
    "streaming_precision": _binary("streaming_precision"),
    "streaming_recall": _binary("streaming_recall", weights=_WEIGHTS[0]),
    "streaming_true_positives": _binary("streaming_true_positives"),
    "streaming_true_negatives": _binary("streaming_true_negatives"),
    "streaming_false_positives": _binary("streaming_false_positives"),
    "streaming_false_negatives": _binary("streaming_false_negatives"),
    "streaming_false_positive_rate": _binary("streaming_false_positive_rate"),
    "streaming_false_negative_rate": _binary("streaming_false_negative_rate"),
    "streaming_auc": _metric("streaming_auc", _PREDICTIONS, _LABELS),
    "streaming_auc PR": _metric("streaming_auc", _PREDICTIONS, _LABELS, curve="PR", num_thresholds=20),
    "streaming_auc of an unknown curve": _metric("streaming_auc", _PREDICTIONS, _LABELS, curve="TP"),
    "streaming_curve_points": _metric("streaming_curve_points", _BOOLEANS, _PREDICTIONS, num_thresholds=5),
    "streaming_dynamic_auc": _dynamic("streaming_dynamic_auc"),
    "streaming_dynamic_auc PR": _dynamic("streaming_dynamic_auc", curve="PR"),
    "streaming_dynamic_auc of an unknown curve": _dynamic("streaming_dynamic_auc", curve="TP"),
    "auc_with_confidence_intervals": _dynamic("auc_with_confidence_intervals"),
    "auc_using_histogram": _histogram_auc,
    "precision_recall_at_equal_thresholds": _metric(
        "precision_recall_at_equal_thresholds", _BOOLEANS, _PREDICTIONS, num_thresholds=5
    ),
    "streaming_specificity_at_sensitivity": _metric(
        "streaming_specificity_at_sensitivity", _PREDICTIONS, _BOOLEANS, sensitivity=0.7
    ),
    "streaming_sensitivity_at_specificity": _metric(
        "streaming_sensitivity_at_specificity", _PREDICTIONS, _BOOLEANS, specificity=0.7
    ),
    "streaming_specificity_at_sensitivity above one": _metric(
        "streaming_specificity_at_sensitivity", _PREDICTIONS, _BOOLEANS, sensitivity=1.7
    ),
    "precision_at_recall": _metric("precision_at_recall", _BOOLEANS, _PREDICTIONS, target_recall=0.7),
    "recall_at_precision": _metric("recall_at_precision", _BOOLEANS, _PREDICTIONS, precision=0.7),
    "recall_at_precision strict": _metric(
        "recall_at_precision", _BOOLEANS, _PREDICTIONS, precision=0.99, strict_mode=True
    ),
    "streaming_recall_at_k": _metric("streaming_recall_at_k", _SCORES, _WANTED[:, :, 0], k=2),
    "streaming_sparse_recall_at_k": _metric("streaming_sparse_recall_at_k", _SCORES, _WANTED, k=2),
    "streaming_sparse_recall_at_k of a class": _metric(
        "streaming_sparse_recall_at_k", _SCORES, _WANTED, k=1, class_id=0
    ),
    "sparse_recall_at_top_k": _metric("sparse_recall_at_top_k", _WANTED, _TOP),
    "streaming_sparse_precision_at_k": _metric("streaming_sparse_precision_at_k", _SCORES, _WANTED, k=2),
    "streaming_sparse_precision_at_top_k": _metric("streaming_sparse_precision_at_top_k", _TOP, _WANTED),
    "streaming_sparse_average_precision_at_k": _metric(
        "streaming_sparse_average_precision_at_k", _SCORES, _WANTED, k=2
    ),
    "streaming_sparse_average_precision_at_top_k": _metric(
        "streaming_sparse_average_precision_at_top_k", _TOP, _WANTED
    ),
    "streaming_mean_absolute_error": _metric("streaming_mean_absolute_error", _PREDICTIONS, _LABELS),
    "streaming_mean_relative_error": _metric(
        "streaming_mean_relative_error", _PREDICTIONS, _LABELS, normalizer=[1.0, 2.0, 0.0, 4.0]
    ),
    "streaming_mean_squared_error": _metric("streaming_mean_squared_error", _PREDICTIONS, _LABELS),
    "streaming_root_mean_squared_error": _metric("streaming_root_mean_squared_error", _PREDICTIONS, _LABELS),
    "streaming_covariance": _metric("streaming_covariance", _PREDICTIONS, _LABELS),
    "streaming_covariance weighted": _metric("streaming_covariance", _PREDICTIONS, _LABELS, weights=_WEIGHTS[0]),
    "streaming_pearson_correlation": _metric("streaming_pearson_correlation", _PREDICTIONS, _LABELS),
    "streaming_mean_cosine_distance": _metric("streaming_mean_cosine_distance", _SCORES, _SCORES[::-1], dim=1),
    "streaming_percentage_less": _metric("streaming_percentage_less", _PREDICTIONS, threshold=0.45),
    "streaming_mean_iou": _metric("streaming_mean_iou", _GUESSES, _CLASSES, num_classes=3),
    "streaming_concat": _concatenated(),
    "streaming_concat of at most 4": _concatenated(max_size=4),
    "streaming_concat of a bad axis": _concatenated(axis=2),
    "count": _metric("count", _PREDICTIONS, weights=_WEIGHTS[0]),
    "cohen_kappa": _metric("cohen_kappa", _CLASSES, _GUESSES, num_classes=3),
    "confusion_matrix": _on("confusion_matrix", _CLASSES[0], _GUESSES[0]),
    "confusion_matrix weighted": _on(
        "confusion_matrix", _CLASSES[0], _GUESSES[0], num_classes=4, weights=_CLASSES[1].astype(np.int32)
    ),
    "set_difference": _sets("set_difference"),
    "set_difference reversed": _sets("set_difference", aminusb=False),
    "set_intersection": _sets("set_intersection"),
    "set_union": _sets("set_union"),
    "set_size": _set_size,
}
for _name in (
    "true_positives",
    "true_negatives",
    "false_positives",
    "false_negatives",
    "precision",
    "recall",
    "false_positive_rate",
    "false_negative_rate",
):
    CALLS["streaming_%s_at_thresholds" % _name] = _metric(
        "streaming_%s_at_thresholds" % _name, _PREDICTIONS, _LABELS, thresholds=[0.15, 0.45, 0.8]
    )
