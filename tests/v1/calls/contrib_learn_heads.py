"""The heads of ``tf.contrib.learn``, what model functions return, and metrics of models."""

import functools
import importlib

import numpy as np

CLASSES = np.array([[1], [0], [2]], np.int64)
BINARY = np.array([1, 0, 1])
NUMBERS = np.array([0.5, 1.5, -1.0], np.float32)
FEATURES = {"x": np.ones((3, 2), np.float32), "w": np.array([1.0, 2.0, 0.5], np.float32)}


def _inner(tf, module):
    """Returns a module of the estimators, which the public API does not have."""
    package = "tensorflow.contrib.learn.python.learn" if "tensorflow" in tf.__name__ else "tf1graphs.v1.contrib.learn"
    return importlib.import_module(package + ".estimators." + module)


def _part(session, part):
    return [part] if isinstance(part, (str, int)) or part is None else [session.run(part)]


def _said(session, model):
    """Returns all that a ``ModelFnOps`` says, once its train op and updates of metrics have run."""
    if model.train_op is not None:
        session.run(model.train_op)
    names = sorted(model.eval_metric_ops)
    session.run([model.eval_metric_ops[name][1] for name in names])
    found = [model.mode, ";".join(map(str, names))]
    found += [session.run(model.eval_metric_ops[name][0]) for name in names]
    for key in sorted(model.predictions or {}):
        found += [str(key), session.run(model.predictions[key])]
    for key, (problem, outputs) in sorted((model.output_alternatives or {}).items(), key=str):
        found += [str(key), problem] + [part for name in sorted(outputs) for part in (name, session.run(outputs[name]))]
    return found + _part(session, model.loss)


def _head(name, *arguments, **options):
    """Returns a call of a head in a mode, with summaries and names of what it makes."""
    mode, labels = options.pop("mode", "eval"), options.pop("labels", CLASSES)
    logits_input = options.pop("logits_input", False)
    # The bias has an optimizer of its own: two would race for it.
    has_bias = options.get("enable_centered_bias")

    def call(tf):
        train = tf.contrib.learn.no_op_train_fn if has_bias else tf.train.GradientDescentOptimizer(0.5).minimize
        make = functools.partial(name, tf) if callable(name) else getattr(tf.contrib.learn, name)
        head = make(*arguments, **options)
        features = {key: tf.constant(value) for key, value in FEATURES.items()}
        width = 2 if logits_input else head.logits_dimension
        values = tf.get_variable("values", [3, width])
        model = head.create_model_fn_ops(
            features=features,
            mode=mode,
            labels=labels(tf) if callable(labels) else labels,
            train_op_fn=train,
            **{"logits_input" if logits_input else "logits": values},
        )
        summaries = [tensor.op.name for tensor in tf.get_collection(tf.GraphKeys.SUMMARIES)]
        return lambda session: _said(session, model) + summaries

    return call


def _normal(tf, **options):
    def distribution(logits):
        return tf.contrib.distributions.Normal(logits[..., 0], tf.nn.softplus(logits[..., 1]))

    options.setdefault("logits_dimension", 2)
    return tf.contrib.distributions.estimator_head_distribution_regression(distribution, **options)


def _columns_of_normal(tf, **options):
    def distribution(logits):
        return tf.contrib.distributions.Normal(logits[..., :1], 2.0)

    return tf.contrib.distributions.estimator_head_distribution_regression(distribution, logits_dimension=2, **options)


def _multivariate(tf, **options):
    def distribution(logits):
        return tf.contrib.distributions.MultivariateNormalDiag(logits, [1.0, 2.0])

    return tf.contrib.distributions.estimator_head_distribution_regression(distribution, 2, **options)


def _any_batch(tf):
    return tf.placeholder_with_default(np.ones((3, 2), np.float32), [None, 2])


def _distributions(tf):
    head = _normal(tf)
    logits = tf.constant([[1.0, 2.0]])
    distribution = head.distribution(logits)
    found = [
        head.logits_dimension,
        head.distribution(logits) is distribution,
        head.distributions == {logits: distribution},
    ]
    return found + [distribution.mean().op.name]


def _sparse_labels(tf):
    return tf.SparseTensor([[0, 0], [0, 1], [2, 0]], [2, 0, 1], [3, 2])


def _half_loss(labels, logits, weights=None):
    return (logits[0, 0] if weights is None else logits[0, 0] * weights[0, 0]) / 2


def _heads(mode, logits_by_name=False, **options):
    def call(tf):
        learn = tf.contrib.learn
        heads = [
            learn.multi_class_head(3, label_name="c", head_name="first"),
            learn.regression_head(label_name="n", head_name="second", weight_column_name="w"),
            _inner(tf, "head").loss_only_head(lambda: [tf.constant(2.0), tf.constant(0.5)], head_name="third"),
        ]
        head = learn.multi_head(heads, **options)
        features = {key: tf.constant(value) for key, value in FEATURES.items()}
        logits = tf.get_variable("values", [3, head.logits_dimension])
        by_name = {"first": logits[:, :3], "second": logits[:, 3:]} if logits_by_name else logits
        train = tf.train.GradientDescentOptimizer(0.5).minimize
        labels = {"c": CLASSES, "n": NUMBERS}
        model = head.create_model_fn_ops(features, mode, labels=labels, train_op_fn=train, logits=by_name)
        return lambda session: _said(session, model)

    return call


def _ops(**options):
    def call(tf):
        tensors = {key: value(tf) if callable(value) else value for key, value in options.items()}
        model = tf.contrib.learn.ModelFnOps(**tensors)
        found = [list(model._fields), model.mode, str(model.loss.shape), model.train_op is not None]
        return found + [model.predictions, model.loss, model.eval_metric_ops, model.training_hooks]

    return call


def _spec(mode, problem="CLASSIFICATION", **options):
    def call(tf):
        scores, names = tf.constant([[0.5, 0.5]]), tf.constant([["a", "b"]])
        outputs = {"probabilities": scores, "classes": names}
        kind = getattr(tf.contrib.learn.ProblemType, problem, 7)
        alternatives = {"one": (kind, outputs), "two": (tf.contrib.learn.ProblemType.UNSPECIFIED, outputs)}
        loss = tf.constant(1.0)
        metrics = {"loss": tf.metrics.mean(loss), "accuracy": tf.metrics.mean(0.5)}
        model = tf.contrib.learn.ModelFnOps(mode, outputs, loss, loss, metrics, alternatives)
        spec = model.estimator_spec(**options)
        kinds = [[key, type(output).__name__] for key, output in sorted(spec.export_outputs.items())]
        return [spec.mode, sorted(spec.eval_metric_ops), kinds, spec.train_op is not None, spec.loss]

    return call


def _named(targets, predictions):
    return (predictions * 2, targets * 3)


def _swapped(prediction, label, weight=None):
    return (prediction - label, prediction * (1.0 if weight is None else weight))


def _metric(function, labels, predictions, **options):
    def call(tf):
        spec = tf.contrib.learn.MetricSpec(function, **options)
        constants = [
            {key: tf.constant(part) for key, part in value.items()} if isinstance(value, dict) else tf.constant(value)
            for value in (labels, predictions)
        ]
        return [str(spec).replace("_" + function.__name__ if hasattr(function, "__name__") else "", "")] + list(
            spec.create_metric_ops({"w": tf.constant(3.0)}, *constants)
        )

    return call


def _wrong_call(tf):
    return tf.contrib.learn.MetricSpec(_named).metric_fn(1.0, labels=2.0, predictions=3.0)


CALLS = {
    "regression_head": _head("regression_head", labels=NUMBERS),
    "regression_head with weights, train": _head(
        "regression_head", labels=NUMBERS, weight_column_name="w", mode="train", head_name="h"
    ),
    "regression_head of two numbers": _head("regression_head", label_dimension=2, labels=np.ones((3, 2), np.float32)),
    "regression_head with link and centered bias": _head(
        "regression_head", labels=NUMBERS, link_fn=lambda x: x * 2, enable_centered_bias=True, mode="train"
    ),
    "regression_head, infer": _head("regression_head", mode="infer", labels=None),
    "poisson_regression_head": _head("poisson_regression_head", labels=np.array([1.0, 2.0, 0.0], np.float32)),
    "multi_class_head of two": _head("multi_class_head", 2, labels=BINARY),
    "multi_class_head of two with weights and thresholds": _head(
        "multi_class_head", 2, labels=BINARY[:, None], weight_column_name="w", thresholds=[0.3, 0.7], mode="train"
    ),
    "multi_class_head of two with centered bias": _head(
        "multi_class_head", 2, labels=BINARY, enable_centered_bias=True, head_name="h", mode="train"
    ),
    "multi_class_head of two with loss_fn": _head("multi_class_head", 2, labels=BINARY, loss_fn=_half_loss),
    "multi_class_head of two, logits_input": _head("multi_class_head", 2, labels=BINARY, logits_input=True),
    "multi_class_head of two, infer": _head("multi_class_head", 2, mode="infer", labels=None),
    "multi_class_head": _head("multi_class_head", 3),
    "multi_class_head with weights, train": _head("multi_class_head", 3, weight_column_name="w", mode="train"),
    "multi_class_head with classes of metrics": _head("multi_class_head", 3, metric_class_ids=[0, 2]),
    "multi_class_head with names": _head(
        "multi_class_head", 3, label_keys=["a", "b", "c"], labels=np.array([["b"], ["a"], ["c"]]), head_name="h"
    ),
    "multi_class_head with centered bias": _head("multi_class_head", 3, enable_centered_bias=True, mode="train"),
    "multi_class_head with label of a name": _head("multi_class_head", 3, label_name="y", labels={"y": CLASSES[:, 0]}),
    "multi_class_head, infer": _head("multi_class_head", 3, mode="infer", label_keys=["a", "b", "c"]),
    "multi_class_head with loss_fn and weights": _head(
        "multi_class_head", 3, weight_column_name="w", loss_fn=functools.partial(_half_loss)
    ),
    "binary_svm_head": _head("binary_svm_head", labels=BINARY, mode="train"),
    "binary_svm_head with weights": _head("binary_svm_head", labels=BINARY, weight_column_name="w"),
    "multi_label_head": _head("multi_label_head", 2, labels=np.array([[1, 0], [1, 1], [0, 0]]), mode="train"),
    "multi_label_head of sparse labels": _head("multi_label_head", 3, labels=_sparse_labels, metric_class_ids=[1]),
    "multi_label_head with weights": _head(
        "multi_label_head",
        2,
        labels=np.array([[1, 0], [1, 1], [0, 0]]),
        weight_column_name="w",
        metric_class_ids=[0],
        head_name="h",
    ),
    "multi_head, train": _heads("train"),
    "multi_head with weights, eval": _heads("eval", loss_weights=[0.5, 2.0, 1.0]),
    "multi_head, infer": _heads("infer"),
    "multi_head with logits by name": _heads("eval", logits_by_name=True),
    "multi_head with too few weights": _heads("train", loss_weights=[1.0]),
    "multi_head of heads without names": lambda tf: tf.contrib.learn.multi_head([tf.contrib.learn.regression_head()]),
    "no_op_train_fn": lambda tf: [tf.contrib.learn.no_op_train_fn(tf.constant(1.0)).type],
    "estimator_head_distribution_regression": _head(_normal, labels=NUMBERS[:, None]),
    "estimator_head_distribution_regression of a name, train": _head(
        _normal, labels={"y": NUMBERS[:, None]}, label_name="y", mode="train", head_name="h"
    ),
    "estimator_head_distribution_regression with weights": _head(
        _columns_of_normal, labels=NUMBERS[:, None], weight_column_name="w", mode="train"
    ),
    "estimator_head_distribution_regression with weights of another shape": _head(
        _normal, labels=NUMBERS[:, None], weight_column_name="w"
    ),
    "estimator_head_distribution_regression with centered bias": _head(
        _normal, labels=NUMBERS[:, None], enable_centered_bias=True, mode="train"
    ),
    "estimator_head_distribution_regression of two numbers": _head(_multivariate, labels=np.ones((3, 2), np.float32)),
    "estimator_head_distribution_regression of any batch": _head(_multivariate, labels=_any_batch),
    "estimator_head_distribution_regression, infer": _head(_normal, mode="infer", labels=None),
    "estimator_head_distribution_regression, its distributions": _distributions,
    "estimator_head_distribution_regression of one logit too few": _head(
        _normal, label_dimension=0, logits_dimension=0
    ),
    "estimator_head_distribution_regression of labels without dimension": _head(_normal, labels=NUMBERS),
    "estimator_head_distribution_regression of no function": lambda tf: (
        tf.contrib.distributions.estimator_head_distribution_regression(1)
    ),
    "multi_class_head of one": _head("multi_class_head", 1),
    "multi_class_head of two with names": _head("multi_class_head", 2, label_keys=["a", "b"]),
    "multi_class_head with too few names": _head("multi_class_head", 3, label_keys=["a", "b"]),
    "multi_class_head of wrong class of metrics": _head("multi_class_head", 3, metric_class_ids=[3]),
    "multi_class_head with loss_fn without weights": _head("multi_class_head", 3, loss_fn=lambda labels, logits: 1.0),
    "multi_class_head of numbers": _head("multi_class_head", 3, labels=NUMBERS),
    "multi_class_head of sparse labels": _head("multi_class_head", 3, labels=_sparse_labels),
    "regression_head with weights that are not there": _head("regression_head", weight_column_name="v", labels=NUMBERS),
    "regression_head in no mode": _head("regression_head", mode="predict", labels=NUMBERS),
    "multi_label_head of one": _head("multi_label_head", 1),
    "ModelFnOps": _ops(mode="train", predictions=[[1.0]], loss=[2.0], train_op=lambda tf: tf.constant(1.0)),
    "ModelFnOps of a dictionary": _ops(mode="eval", predictions={"a": 1.0}, loss=lambda tf: tf.constant(2.0)),
    "ModelFnOps without train_op": _ops(mode="train", loss=1.0),
    "ModelFnOps without loss": _ops(mode="eval", predictions=1.0),
    "ModelFnOps without predictions": _ops(mode="infer"),
    "ModelFnOps with loss of two": _ops(mode="eval", predictions=1.0, loss=[1.0, 2.0]),
    "ModelFnOps with list of metrics": _ops(mode="eval", predictions=1.0, loss=1.0, eval_metric_ops=[1]),
    "ModelFnOps with what is no hook": _ops(mode="eval", predictions=1.0, loss=1.0, training_hooks=[1]),
    "ModelFnOps in no mode": _ops(mode="predict", predictions=1.0),
    "estimator_spec": _spec("eval", default_serving_output_alternative_key="two"),
    "estimator_spec, infer": _spec("infer", "LOGISTIC_REGRESSION", default_serving_output_alternative_key="one"),
    "estimator_spec of numbers": _spec("train", "LINEAR_REGRESSION", default_serving_output_alternative_key="one"),
    "estimator_spec without default": _spec("infer"),
    "estimator_spec of no problem": _spec("infer", "NONE", default_serving_output_alternative_key="one"),
    "MetricSpec": _metric(_named, 1.0, 2.0),
    "MetricSpec with keys": _metric(
        _swapped, {"a": 1.0, "b": 2.0}, {"c": 3.0, "d": 4.0}, label_key="b", prediction_key="c", weight_key="w"
    ),
    "MetricSpec of the only ones": _metric(_swapped, {"a": 1.0}, {"c": 3.0}),
    "MetricSpec by position": _metric(lambda p: (p, p + 1.0), 1.0, 2.0),
    "MetricSpec with labels first": _metric(lambda labels, p: (labels, p), 1.0, 2.0),
    "MetricSpec with labels last": _metric(lambda p, labels: (labels, p), 1.0, 2.0),
    "MetricSpec of a partial function": _metric(functools.partial(_swapped, weight=2.0), 1.0, 2.0),
    "MetricSpec of more than one prediction": _metric(_swapped, 1.0, {"c": 3.0, "d": 4.0}),
    "MetricSpec of no such prediction": _metric(_swapped, 1.0, {"c": 3.0}, prediction_key="d"),
    "MetricSpec of a key and one tensor": _metric(_swapped, 1.0, 2.0, prediction_key="d"),
    "MetricSpec without labels": _metric(lambda p: p, 1.0, 2.0, label_key="a"),
    "MetricSpec with two for labels": _metric(lambda labels, targets, p: p, 1.0, 2.0),
    "MetricSpec called by position": _wrong_call,
}
