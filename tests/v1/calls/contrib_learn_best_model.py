"""Small uses of the export strategy of ``tf.contrib.learn`` that exports the best model alone."""

import glob
import os
import tempfile

from .inputs import contrib

X = [[1.0], [2.0], [3.0]]


def _utils(tf):
    return contrib(tf, "learn.python.learn.utils.saved_model_export_utils")


def _updated(*results, **options):
    """Returns what a selector answers to metrics one after the other; a result may be one that is refused."""

    def call(tf):
        selector = _utils(tf).BestModelSelector(**options)
        return [list(selector.update(f"model.ckpt-{step}", result)) for step, result in enumerate(results)]

    return call


def _larger_accuracy(best, candidate):
    return candidate["accuracy"] > best["accuracy"]


def _with_events(*losses):
    """Returns whether a loss of 0.5 is the best after those that event files tell."""

    def call(tf):
        folder = tempfile.mkdtemp()
        with tf.Graph().as_default():
            writer = tf.summary.FileWriter(folder)
            for step, loss in enumerate(losses):
                value = tf.Summary.Value(tag="loss", simple_value=loss)
                writer.add_summary(tf.Summary(value=[value]), step)
            writer.close()
        selector = _utils(tf).BestModelSelector(os.path.join(folder, "*.tfevents.*"))
        return list(selector.update("model.ckpt-9", {"loss": 0.5}))

    return call


def _input_fn(tf):
    return lambda: ({"x": tf.constant(X)}, tf.constant(X) * 2)


def _exported(*losses):
    """Returns the folders that the strategy exports to when a checkpoint has such losses by turns."""

    def call(tf):
        def serving_input_fn():
            texts = tf.placeholder(tf.string, [None])
            x = tf.parse_example(texts, {"x": tf.FixedLenFeature([1], tf.float32)})
            return tf.contrib.learn.utils.input_fn_utils.InputFnOps(x, None, {"texts": texts})

        columns = [tf.contrib.layers.real_valued_column("x")]
        estimator = tf.contrib.learn.LinearRegressor(feature_columns=columns, model_dir=tempfile.mkdtemp())
        estimator.fit(input_fn=_input_fn(tf), steps=2)
        folder = tempfile.mkdtemp()
        strategy = _utils(tf).make_best_model_export_strategy(serving_input_fn)
        paths = [strategy.export(estimator, folder, None, {"loss": loss}) for loss in losses]
        below = glob.glob(os.path.join(folder, "*", "*", "saved_model.pb"))
        return [strategy.name, [path != "" for path in paths], os.listdir(folder), len(below)]

    return call


CALLS = {
    "BestModelSelector": _updated({"loss": 3.0}, {"loss": 2.0}, {"loss": 2.5}, {"loss": 2.0}, {"loss": 1.0}),
    "BestModelSelector of accuracies": _updated(
        {"accuracy": 0.5}, {"accuracy": 0.4}, {"accuracy": 0.6}, compare_fn=_larger_accuracy
    ),
    "BestModelSelector without loss": _updated({"loss": 3.0}, {"accuracy": 2.0}),
    "BestModelSelector of nothing": _updated({}, {"loss": 2.0}),
    "BestModelSelector without metrics": _updated(None),
    "BestModelSelector without checkpoint": lambda tf: _utils(tf).BestModelSelector().update("", {"loss": 1.0}),
    "BestModelSelector after better events": _with_events(2.0, 0.25, 1.0),
    "BestModelSelector after worse events": _with_events(2.0, 1.0),
    "BestModelSelector after no events": _with_events(),
    "make_best_model_export_strategy": _exported(2.0, 3.0, 1.0),
}
