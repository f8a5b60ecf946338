"""``tf.contrib.estimator.multi_label_head`` and ``multi_head``: by hand, and in an estimator."""

import tempfile

import numpy as np

X = np.arange(12, dtype=np.float32).reshape(6, 2) / 12
HOT = np.array([[0, 1, 1], [1, 0, 0], [0, 0, 0], [1, 1, 1], [0, 1, 0], [1, 0, 1]])
NAMES = ["red", "green", "blue"]


def _sparse(tf, names=False):
    indices = np.argwhere(HOT[:, :2])
    values = [NAMES[column] if names else column for column in indices[:, 1]]
    return tf.SparseTensor(indices, tf.constant(values, None if names else tf.int64), [6, 2])


def _logits(tf, depth=3):
    w = tf.get_variable("w", [2, depth])
    return tf.matmul(tf.constant(X), w)


def _spec(mode, labels=lambda tf: tf.constant(HOT), features=None, extra=None, **options):
    """What the head says of a mode, with its metrics after one update."""

    def call(tf):
        head = tf.contrib.estimator.multi_label_head(options.pop("n_classes", 3), **options)
        return _of_spec(tf, head, mode, _logits(tf), labels(tf), features, extra)

    return call


def _of_spec(tf, head, mode, logits, labels, features=None, extra=None, **options):
    tf.train.create_global_step()
    given = {key: tf.constant(value) for key, value in (features or {}).items()}
    if extra:
        options["regularization_losses"] = [tf.constant(value) for value in extra]
    if mode == "train":
        options["train_op_fn"] = lambda loss: tf.train.GradientDescentOptimizer(0.1).minimize(loss)
    spec = head.create_estimator_spec(given, mode, logits, labels, **options)

    def run(session):
        found = [head.name, head.logits_dimension, session.run(spec.loss) if spec.loss is not None else None]
        for key in sorted(spec.predictions or {}):
            found += [str(key), session.run(spec.predictions[key])]
        metrics = spec.eval_metric_ops or {}
        session.run([update for _, update in metrics.values()])
        found += [part for key in sorted(metrics) for part in (key, session.run(metrics[key][0]))]
        found += [[key, type(spec.export_outputs[key]).__name__] for key in sorted(spec.export_outputs or {})]
        found += [tensor.op.name for tensor in tf.get_collection(tf.GraphKeys.SUMMARIES)]
        return found

    return run


def _heads(tf, kind):
    make = tf.contrib.estimator
    return {
        "class": lambda: make.multi_class_head(3, name="class"),
        "number": lambda: make.regression_head(name="number"),
        "label": lambda: make.multi_label_head(2, name="label"),
        "nameless": lambda: make.regression_head(),
    }[kind]()


LABELS = {"class": np.array([[0], [1], [2], [0], [1], [2]]), "number": X[:, :1] * 3, "label": HOT[:, :2]}


def _multi(kinds, mode="eval", labels=True, split=False, depth=None, **options):
    def call(tf):
        heads = [_heads(tf, kind) for kind in kinds]
        head = tf.contrib.estimator.multi_head(heads, **options)
        logits = _logits(tf, depth or head.logits_dimension)
        if split:
            parts = tf.split(logits, [each.logits_dimension for each in heads], -1)
            logits = {each.name: part for each, part in zip(heads, parts)}
        given = {kind: tf.constant(LABELS[kind]) for kind in kinds} if labels is True else labels
        return _of_spec(tf, head, mode, logits, given)

    return call


def _loss_of_several(tf):
    heads = [_heads(tf, "class"), _heads(tf, "number")]
    head = tf.contrib.estimator.multi_head(heads, head_weights=[2.0, 0.5])
    labels = {kind: tf.constant(LABELS[kind]) for kind in ("class", "number")}
    loss = head.create_loss({}, "train", _logits(tf, 4), labels)
    weights = {key: tf.convert_to_tensor(value) for key, value in loss.weights.items()}
    return [loss.training_loss, loss.unreduced_loss, weights, loss.processed_labels]


def _trained(tf):
    """A DNNEstimator with a head of two kinds: its metrics, and the keys of a prediction."""
    tf.logging.set_verbosity(tf.logging.ERROR)
    head = tf.contrib.estimator.multi_head([_heads(tf, "label"), _heads(tf, "number")])
    estimator = tf.estimator.DNNEstimator(
        head,
        [4],
        [tf.feature_column.numeric_column("x", [2])],
        optimizer=tf.train.GradientDescentOptimizer(0.1),
        config=tf.estimator.RunConfig(tempfile.mkdtemp(), tf_random_seed=3),
    )

    def input_fn():
        labels = {"label": LABELS["label"], "number": LABELS["number"]}
        return tf.data.Dataset.from_tensors(({"x": X}, labels)).repeat(5)

    estimator.train(input_fn)
    found = estimator.evaluate(input_fn)
    first = next(iter(estimator.predict(input_fn)))
    return [[key, found[key]] for key in sorted(found)] + [[str(key), first[key]] for key in sorted(first)]


def _loss(labels, logits):
    return logits**2


def _mean_loss(labels, logits, features):
    squares = (features["x"] - logits) ** 2
    return squares[:, :1]


def _made(**options):
    return lambda tf: tf.contrib.estimator.multi_label_head(**options).logits_dimension


CALLS = {
    "labels": _spec("eval"),
    "labels, train": _spec("train"),
    "labels, predict": _spec("infer"),
    "labels, sum": _spec("train", loss_reduction="weighted_sum", name="mine"),
    "labels, sparse": _spec("eval", _sparse),
    "labels of names": _spec("eval", lambda tf: _sparse(tf, True), label_vocabulary=NAMES),
    "labels of names, classes": _spec(
        "eval", lambda tf: _sparse(tf, True), label_vocabulary=NAMES, classes_for_class_based_metrics=["blue", "red"]
    ),
    "labels with thresholds": _spec("eval", thresholds=[0.5, 0.6], name="mine"),
    "labels with classes": _spec("eval", classes_for_class_based_metrics=[2, 0], name="mine"),
    "labels with weights": _spec("eval", features={"w": X[:, 1:]}, weight_column="w"),
    "labels with regularization": _spec("eval", extra=[0.5, 0.25]),
    "labels with regularization, train": _spec("train", extra=[0.5, 0.25], loss_reduction="weighted_sum"),
    "labels with a loss": _spec("eval", features={"x": np.ones([6, 3], np.float32)}, loss_fn=_mean_loss),
    "labels with a loss of the wrong shape": _spec("eval", loss_fn=_loss),
    "labels, none": _spec("eval", lambda tf: None),
    "labels out of range": _spec("eval", lambda tf: tf.constant(HOT * 2)),
    "labels out of range, sparse": _spec(
        "eval", lambda tf: tf.SparseTensor([[0, 0]], tf.constant([3], tf.int64), [6, 1])
    ),
    "labels of another depth": _spec("eval", n_classes=4),
    "one class": _made(n_classes=1),
    "wrong threshold": _made(n_classes=2, thresholds=[1.0]),
    "short vocabulary": _made(n_classes=3, label_vocabulary=["a"]),
    "vocabulary of no list": _made(n_classes=3, label_vocabulary="abc"),
    "no reduction": _made(n_classes=3, loss_reduction="none"),
    "class names without vocabulary": _made(n_classes=3, classes_for_class_based_metrics=["a"]),
    "class out of range": _made(n_classes=3, classes_for_class_based_metrics=[3]),
    "loss with other arguments": _made(n_classes=3, loss_fn=lambda x: x),
    "two heads": _multi(["class", "number"]),
    "two heads, train": _multi(["class", "label"], "train"),
    "two heads, predict": _multi(["number", "label"], "infer", None),
    "two heads with weights": _multi(["class", "number"], head_weights=[2.0, 0.5], split=True),
    "two heads with weights, train": _multi(["class", "number"], "train", head_weights=[2.0, 0.5]),
    "heads of other depth": _multi(["class", "number"], depth=5),
    "heads with labels of no names": _multi(["class", "number"], labels=[1]),
    "heads in no mode": _multi(["class", "number"], "mode"),
    "no heads": _multi([]),
    "heads without a name": _multi(["class", "nameless"]),
    "heads and one weight": _multi(["class", "number"], head_weights=[1.0]),
    "loss of several heads": _loss_of_several,
    "an estimator of two heads": _trained,
}
