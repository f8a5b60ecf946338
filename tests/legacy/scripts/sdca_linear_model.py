"""Linear models by stochastic dual coordinate ascent: SdcaModel by hand, and SDCAOptimizer in a LinearClassifier."""

import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.contrib.linear_optimizer.python.ops import sdca_ops
from tensorflow.contrib.linear_optimizer.python.ops.sparse_feature_column import SparseFeatureColumn

tf.logging.set_verbosity(tf.logging.ERROR)

AGES = np.array([0, 1, 1, 0, 2, 2, 1, 0], np.int64)
GENDERS = np.array([0, 0, 1, 1, 0, 1, 1, 0], np.int64)
INCOME = np.array([0.2, 0.9, 0.8, 0.1, 0.5, 0.7, 1.0, 0.3], np.float32)
LABELS = np.array([0, 1, 1, 0, 1, 1, 1, 0], np.float32)


def by_hand():
    with tf.Graph().as_default(), tf.Session() as sess:
        rows = np.arange(8, dtype=np.int64)
        examples = dict(
            sparse_features=[SparseFeatureColumn(rows, AGES, [1.0] * 8), SparseFeatureColumn(rows, GENDERS, [1.0] * 8)],
            dense_features=[tf.constant(INCOME.reshape(-1, 1))],
            example_weights=[1.0] * 8,
            example_labels=tf.constant(LABELS),
            example_ids=["person_%d" % i for i in range(8)],
        )
        variables = dict(
            sparse_features_weights=[tf.Variable(tf.zeros([3]), name="age"), tf.Variable(tf.zeros([2]), name="gender")],
            dense_features_weights=[tf.Variable(tf.zeros([1]), name="income")],
        )
        options = dict(
            symmetric_l2_regularization=1.0,
            symmetric_l1_regularization=0.0,
            num_table_shards=1,
            loss_type="logistic_loss",
        )
        model = sdca_ops.SdcaModel(examples, variables, options)
        tf.global_variables_initializer().run()
        unregularized, regularized = model.unregularized_loss(examples), model.regularized_loss(examples)
        predictions = model.predictions(examples)
        print("start: loss %.4f, with penalty %.4f" % (unregularized.eval(), regularized.eval()))
        train_op = model.minimize()
        update_op = model.update_weights(train_op)
        for _ in range(200):
            train_op.run()
        update_op.run()
        print("end: loss %.4f, with penalty %.4f" % (unregularized.eval(), regularized.eval()))
        print("gap below 1e-3:", abs(model.approximate_duality_gap().eval()) < 1e-3)
        print("predictions", np.round(predictions.eval(), 3).tolist())
        for group in ("sparse_features_weights", "dense_features_weights"):
            for variable in variables[group]:
                print(variable.op.name, np.round(variable.eval(), 3).tolist())
        print("variables", sorted(v.op.name for v in tf.global_variables()))


by_hand()
