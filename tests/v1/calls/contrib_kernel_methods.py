"""Small uses of ``tf.contrib.kernel_methods``."""

import tempfile

import numpy as np

from .inputs import normal

X = np.random.RandomState(0).uniform(-1, 1, size=(24, 2)).astype(np.float32)
INSIDE = (np.sum(X**2, axis=1) < 0.5).astype(np.int64)
LOGITS = np.float32([[1.2, -1.4, -1.0], [1.4, 1.8, 4.0], [0.5, 1.8, -1.0]])


def _mapped(width=2, **options):
    def call(tf):
        mapper = tf.contrib.kernel_methods.RandomFourierFeatureMapper(2, 5, **options)
        twice = [mapper.map(normal(3, width)(tf)), mapper.map(tf.constant(X[:4]))]
        return twice + [mapper.input_dim, mapper.output_dim, mapper.name if "name" in options else ""]

    return call


def _loss(labels, weights=None, logits=LOGITS, dtype="int64", **options):
    def call(tf):
        given = tf.get_variable("logits", initializer=tf.constant(logits))
        if weights is not None:
            options["weights"] = weights
        loss = tf.contrib.kernel_methods.sparse_multiclass_hinge_loss(tf.constant(labels, dtype), given, **options)
        return [loss, len(tf.losses.get_losses()), loss.op.name]

    return call


def _classifier(n_classes=2, mapped=True, plain=False, **options):
    def call(tf):
        tf.logging.set_verbosity(tf.logging.ERROR)

        def input_fn(labels=INSIDE % n_classes):
            return {"x": tf.constant(X)}, tf.constant(labels.reshape(-1, 1))

        column = tf.contrib.layers.real_valued_column("x", dimension=2)
        mapper = tf.contrib.kernel_methods.RandomFourierFeatureMapper(2, 30, stddev=0.5, seed=3, name="rffm")
        mappers = {column: [mapper]} if mapped else None
        model = tf.contrib.kernel_methods.KernelLinearClassifier(
            feature_columns=[column] if plain else None, model_dir=tempfile.mkdtemp(), n_classes=n_classes,
            kernel_mappers=mappers, config=tf.contrib.learn.RunConfig(tf_random_seed=1), **options
        )  # fmt: skip
        model.fit(input_fn=input_fn, steps=20)
        found = model.evaluate(input_fn=input_fn, steps=1)
        classes, probabilities = model.predict_classes(input_fn=input_fn), model.predict_proba(input_fn=input_fn)
        predicted = [[next(classes), next(probabilities)] for _ in range(6)]
        names = sorted(model.get_variable_names())
        return [sorted(found), [found[key] for key in sorted(found)], predicted, names]

    return call


def _bad_classifier(**options):
    return lambda tf: tf.contrib.kernel_methods.KernelLinearClassifier(**options)


CALLS = {
    "RandomFourierFeatureMapper": _mapped(),
    "RandomFourierFeatureMapper of options": _mapped(stddev=2.0, seed=5, name="mine"),
    "RandomFourierFeatureMapper of another width": _mapped(width=3),
    "RandomFourierFeatureMapper of a vector": lambda tf: tf.contrib.kernel_methods.RandomFourierFeatureMapper(2, 3).map(
        tf.zeros([2])
    ),
    "sparse_multiclass_hinge_loss": _loss([1, 2, 0]),
    "sparse_multiclass_hinge_loss of columns": _loss([[1], [2], [0]]),
    "sparse_multiclass_hinge_loss of int32": _loss([1, 2, 0], dtype="int32"),
    "sparse_multiclass_hinge_loss of doubles": _loss([1, 2, 0], logits=LOGITS.astype(np.float64)),
    "sparse_multiclass_hinge_loss of a weight": _loss([1, 2, 0], 0.5),
    "sparse_multiclass_hinge_loss of weights": _loss([1, 2, 0], [1.0, 0.0, 2.0]),
    "sparse_multiclass_hinge_loss of columns of weights": _loss([1, 2, 0], [[1.0], [0.0], [2.0]]),
    "sparse_multiclass_hinge_loss of each": _loss([1, 2, 0], reduction="none", scope="mine", loss_collection=None),
    "sparse_multiclass_hinge_loss of floats": _loss([1, 2, 0], dtype="float32"),
    "sparse_multiclass_hinge_loss of a cube": _loss([1, 2, 0], logits=LOGITS.reshape(1, 3, 3)),
    "sparse_multiclass_hinge_loss of cubic labels": _loss([[[1], [2], [0]]]),
    "sparse_multiclass_hinge_loss of cubic weights": _loss([1, 2, 0], [[[1.0], [2.0], [0.0]]]),
    "sparse_multiclass_hinge_loss of few weights": _loss([1, 2, 0], [1.0, 2.0]),
    "sparse_multiclass_hinge_loss of an unknown class": _loss([1, 3, 0]),
    "KernelLinearClassifier": _classifier(),
    "KernelLinearClassifier of three classes": _classifier(n_classes=3),
    "KernelLinearClassifier of both": _classifier(plain=True),
    "KernelLinearClassifier of columns alone": _classifier(mapped=False, plain=True),
    "KernelLinearClassifier of nothing": _bad_classifier(),
    "KernelLinearClassifier of no mapper": _bad_classifier(kernel_mappers={"x": [3]}),
    "KernelLinearClassifier of one class": _bad_classifier(n_classes=1, feature_columns=["x"]),
}
