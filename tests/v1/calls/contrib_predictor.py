"""``tf.contrib.predictor`` and ``tf.contrib.saved_model``, of models that the calls make themselves."""

import os
import tempfile

import numpy as np


def _exported(tf):
    folder = os.path.join(tempfile.mkdtemp(), "model")
    with tf.Graph().as_default(), tf.Session() as session:
        x = tf.placeholder(tf.float32, [None, 2], name="x")
        w = tf.get_variable("w", initializer=[[1.0], [3.0]])
        y = tf.matmul(x, w, name="y")
        session.run(tf.global_variables_initializer())
        signatures = {
            "serving_default": tf.saved_model.predict_signature_def({"x": x}, {"y": y}),
            "double": tf.saved_model.predict_signature_def({"x": x}, {"y2": y * 2}),
        }
        builder = tf.saved_model.Builder(folder)
        builder.add_meta_graph_and_variables(session, ["serve"], signatures)
        builder.add_meta_graph(["serve", "gpu"], signatures)
        builder.save()
    return folder


def _saved(feed=None, **options):
    def call(tf):
        predict = tf.contrib.predictor.from_saved_model(_exported(tf), **options)
        found = predict({"x": [[1.0, 2.0], [3.0, 4.0]]} if feed is None else feed)
        return [sorted(found), [found[key] for key in sorted(found)], sorted(predict.feed_tensors)]

    return call


def _parts(tf):
    graph = tf.Graph()
    predict = tf.contrib.predictor.from_saved_model(_exported(tf), graph=graph)
    assert predict.graph is graph and predict.session.graph is graph
    return [predict.feed_tensors["x"].name, predict.fetch_tensors["y"].name, repr(predict)[:36]]


def _signature(tf):
    folder = _exported(tf)
    with tf.Graph().as_default(), tf.Session() as session:
        signature = tf.saved_model.loader.load(session, ["serve"], folder).signature_def["double"]
    predict = tf.contrib.predictor.from_saved_model(folder, signature_def=signature)
    return predict({"x": [[1.0, 1.0]]})["y2"]


def _model_fn(tf):
    def model_fn(features, labels, mode):
        w = tf.get_variable("w", [], initializer=tf.constant_initializer(2.0))
        y = features["x"] * w
        outputs = {
            "serving_default": tf.estimator.export.PredictOutput({"y": y}),
            "more": tf.estimator.export.PredictOutput({"z": y + 1.0}),
        }
        if mode == tf.estimator.ModeKeys.PREDICT:
            return tf.estimator.EstimatorSpec(mode, predictions=y, export_outputs=outputs)
        loss = tf.reduce_mean(tf.square(y - labels))
        train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op)

    return model_fn


def _trained(**options):
    def call(tf):
        tf.logging.set_verbosity(tf.logging.ERROR)
        x = np.array([1.0, 2.0], np.float32)
        estimator = tf.estimator.Estimator(_model_fn(tf), tempfile.mkdtemp())
        estimator.train(lambda: tf.data.Dataset.from_tensors(({"x": x}, x)).repeat(3))

        def receiver():
            x = tf.placeholder(tf.float32, [None], name="examples")
            return tf.estimator.export.ServingInputReceiver({"x": x}, {"in": x})

        found = tf.contrib.predictor.from_estimator(estimator, receiver, **options)({"in": [1.0, -2.0]})
        return [sorted(found), [found[key] for key in sorted(found)]]

    return call


CALLS = {
    "from_saved_model": _saved(),
    "from_saved_model of a signature": _saved(signature_def_key="double"),
    "from_saved_model of names": _saved({"a": [[1.0, 1.0]]}, input_names={"a": "x:0"}, output_names={"b": "y:0"}),
    "from_saved_model of tags": _saved(tags="serve,gpu"),
    "from_saved_model of no such tags": _saved(tags="train"),
    "from_saved_model of inputs only": _saved(input_names={"a": "x:0"}),
    "from_saved_model of key and names": _saved(
        signature_def_key="double", input_names={"a": "x:0"}, output_names={"b": "y:0"}
    ),
    "from_saved_model with a wrong feed": _saved({"z": [[1.0, 1.0]]}),
    "from_saved_model without a feed": _saved({}),
    "from_saved_model of no model": lambda tf: tf.contrib.predictor.from_saved_model("/no/model"),
    "from_saved_model with a graph": _parts,
    "from_saved_model with a SignatureDef": _signature,
    "from_estimator": _trained(),
    "from_estimator of an output": _trained(output_key="more"),
    "from_estimator of no output": _trained(output_key="none"),
}
