"""Clusters by Gaussian mixtures, then a kernel classifier that tells the ring from its middle, in the style of 2017."""

import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.contrib.factorization.python.ops.gmm import GMM
from tensorflow.contrib.kernel_methods.python.mappers import random_fourier_features as rff
from tensorflow.contrib.learn.python.learn.estimators import run_config

tf.logging.set_verbosity(tf.logging.ERROR)

rng = np.random.RandomState(3)
CENTERS = np.array([[0.0, 0.0], [5.0, 5.0], [9.0, 0.0]])
NOISE = np.array([0.6, 1.0, 0.4])
KIND = np.repeat(np.arange(3), 40)
POINTS = (CENTERS[KIND] + rng.normal(size=(120, 2)) * NOISE[KIND][:, None]).astype(np.float32)


def mixture(covariance_type):
    def input_fn():
        return tf.constant(POINTS), None

    model = GMM(
        3,
        initial_clusters=POINTS[[0, 40, 80]],
        covariance_type=covariance_type,
        model_dir=tempfile.mkdtemp(),
        config=run_config.RunConfig(tf_random_seed=2),
    )
    model.fit(input_fn=input_fn, steps=15)
    print(covariance_type, "means:")
    for center, weight in zip(model.clusters(), model.weights()):
        print("  %.3f %.3f weight %.3f" % (center[0], center[1], weight))
    spread = model.covariances()
    print("  spread", np.round(spread.reshape(3, -1)[:, [0, -1]], 2).tolist())
    predictions = model.predict_assignments(input_fn=input_fn)
    assigned = np.array([next(predictions) for _ in range(120)])
    print("  right: %d of 120" % np.sum(assigned == KIND))
    print("  score %.4f" % model.score(input_fn=input_fn, steps=1))


def ring():
    angle, radius = rng.uniform(0, 2 * np.pi, 200), np.where(np.arange(200) < 100, 0.4, 1.2)
    x = np.stack([np.cos(angle) * radius, np.sin(angle) * radius], axis=1).astype(np.float32)
    return x, (np.arange(200) < 100).astype(np.int64)


def kernel_classifier():
    x, y = ring()

    def input_fn():
        return {"position": tf.constant(x)}, tf.constant(y.reshape(-1, 1))

    column = tf.contrib.layers.real_valued_column("position", dimension=2)
    mapper = rff.RandomFourierFeatureMapper(input_dim=2, output_dim=64, stddev=0.7, name="rffm")
    for name, options in [
        ("linear", {"feature_columns": [column]}),
        ("kernel", {"kernel_mappers": {column: [mapper]}}),
    ]:
        estimator = tf.contrib.kernel_methods.KernelLinearClassifier(
            n_classes=2,
            optimizer=tf.train.FtrlOptimizer(learning_rate=5.0, l2_regularization_strength=0.01),
            model_dir=tempfile.mkdtemp(),
            config=run_config.RunConfig(tf_random_seed=4),
            **options,
        )
        estimator.fit(input_fn=input_fn, steps=30)
        metrics = estimator.evaluate(input_fn=input_fn, steps=1)
        print("%s: accuracy %.3f loss %.4f" % (name, metrics["accuracy"], metrics["loss"]))


def multiclass_hinge():
    tf.set_random_seed(1)
    features = tf.constant(POINTS / 10.0)
    weights = tf.get_variable("weights", [2, 3])
    bias = tf.get_variable("bias", [3], initializer=tf.zeros_initializer())
    logits = tf.matmul(features, weights) + bias
    loss = tf.contrib.kernel_methods.sparse_multiclass_hinge_loss(tf.constant(KIND), logits)
    train_op = tf.train.GradientDescentOptimizer(0.5).minimize(loss)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for step in range(61):
            value, _ = sess.run([loss, train_op])
            if step % 20 == 0:
                print("hinge loss at %d: %.4f" % (step, value))


mixture("full")
mixture("diag")
kernel_classifier()
multiclass_hinge()
