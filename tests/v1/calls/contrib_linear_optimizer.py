"""Small uses of ``tf.contrib.linear_optimizer``.

Its kernel takes examples in whatever order its threads come to them: only what training converges to can be compared.
"""

import numpy as np

LOSSES = ("logistic_loss", "squared_loss", "hinge_loss", "smooth_hinge_loss", "poisson_loss")
LABELS = [0.0, 1.0, 1.0, 0.0]


def _examples(tf, sparse=True, dense=True):
    column = tf.contrib.linear_optimizer.SparseFeatureColumn
    ages, genders = column([0, 1, 2, 3], [0, 1, 1, 0], [1.0] * 4), column([0, 1, 2, 3], [1, 0, 1, 1], [1, 2, 1, 0.5])
    widths = np.arange(8, dtype=np.float32).reshape(4, 2) / 8
    return {
        "sparse_features": [ages, genders] if sparse else [],
        "dense_features": [tf.constant(widths)] if dense else [],
        "example_labels": tf.constant(LABELS),
        "example_weights": [1.0, 2.0, 1.0, 0.5],
        "example_ids": ["a", "b", "c", "d"],
    }


def _variables(tf, sparse=True, dense=True, partitions=1):
    def weights(name, size):
        if partitions > 1:
            return [tf.Variable(tf.zeros([size // partitions]), name="%s_%d" % (name, i)) for i in range(partitions)]
        return tf.Variable(tf.zeros([size]), name=name)

    return {
        "sparse_features_weights": [weights("age", 2), weights("gender", 2)] if sparse else [],
        "dense_features_weights": [weights("width", 2)] if dense else [],
    }


def _options(loss="logistic_loss", l1=0.0, l2=1.0, **more):
    options = {"symmetric_l2_regularization": l2, "symmetric_l1_regularization": l1, "loss_type": loss}
    return dict(options, **more)


def _trained(loss="logistic_loss", sparse=True, dense=True, partitions=1, steps=1000, **options):
    def call(tf):
        examples, variables = _examples(tf, sparse, dense), _variables(tf, sparse, dense, partitions)
        model = tf.contrib.linear_optimizer.SdcaModel(examples, variables, _options(loss, **options))
        step = tf.train.get_or_create_global_step()
        losses = [model.unregularized_loss(examples), model.regularized_loss(examples)]
        gap = model.approximate_duality_gap()
        predictions = model.predictions(examples)
        train = model.minimize(global_step=step)
        update = model.update_weights(train)
        names = sorted(each.op.name for each in tf.global_variables())
        saved = sorted(each.name for each in tf.get_collection(tf.GraphKeys.SAVEABLE_OBJECTS))
        summaries = sorted(each.op.name for each in tf.get_collection(tf.GraphKeys.SUMMARIES))

        def run(session):
            session.run(tf.global_variables_initializer())
            for _ in range(steps):
                session.run(update)
            flat = [part for each in variables.values() for v in each for part in (v if isinstance(v, list) else [v])]
            found = session.run([losses, predictions, flat, step])
            # The gap of the hinge loss, which has a corner, closes slowly; after one step each is above 0.4.
            return [bool(abs(session.run(gap)) < 0.05)] + found + [names, saved, summaries]

        return run

    return call


def _made(change=lambda examples, variables, options: None, **options):
    def call(tf):
        parts = _examples(tf), _variables(tf), _options(**options)
        change(*parts)
        tf.contrib.linear_optimizer.SdcaModel(*parts)

    return call


def _column(values):
    def call(tf):
        column = tf.contrib.linear_optimizer.SparseFeatureColumn([0, 1, 1], [2, 3, 4], values)
        return [column.example_indices, column.feature_indices, column.feature_values]

    return call


def _optimizer(tf):
    optimizer = tf.contrib.linear_optimizer.SDCAOptimizer("id", num_loss_partitions=2, symmetric_l1_regularization=0.5)
    names = """example_id_column num_loss_partitions num_table_shards symmetric_l1_regularization
        symmetric_l2_regularization adaptive partitioner"""
    return [optimizer.get_name()] + [getattr(optimizer, name) for name in names.split()]


def _sparse(tf, values, dtype):
    indices = [[0, 0], [0, 1], [1, 0], [2, 0], [2, 1], [3, 0]]
    return tf.SparseTensor(indices, tf.constant(values, dtype), [4, 2])


def _columns(tf):
    layers = tf.contrib.layers
    age = layers.real_valued_column("age")
    words = layers.sparse_column_with_keys("words", ["a", "b", "c"])
    hashed = layers.sparse_column_with_integerized_feature("hashed", 4)
    return {
        age: tf.constant([[1.0], [2.0], [3.0], [0.5]]),
        layers.bucketized_column(age, [1.0, 2.5]): tf.constant([[1], [1], [2], [0]], tf.int64),
        words: _sparse(tf, [0, 1, -1, 2, 2, 0], tf.int64),
        layers.weighted_sparse_column(hashed, "weight"): (
            _sparse(tf, [0, 3, 1, 2, 2, 1], tf.int64),
            _sparse(tf, [1.0, 2.0, 0.5, 1.0, 1.0, 3.0], tf.float32),
        ),
    }


def _over_columns(loss="logistic_loss", weighted=False, partitions=1, **options):
    sizes = [1, 3, 3, 4]

    def call(tf):
        features = _columns(tf)
        weights = {}
        for column, size in zip(list(features), sizes):
            name = "w%d" % size if column in weights else type(column).__name__.strip("_")
            weights[column] = [tf.Variable(tf.zeros([size]), name=name)]
        features = dict(features, id=tf.constant(["a", "b", "c", "d"]), weight=tf.constant([1.0, 2.0, 1.0, 0.5]))
        optimizer = tf.contrib.linear_optimizer.SDCAOptimizer("id", **options)
        step = tf.train.get_or_create_global_step()
        targets = tf.constant([[each] for each in LABELS])
        name = "weight" if weighted else None
        model, train = optimizer.get_train_step(weights, name, loss, features, targets, step)
        update = model.update_weights(train)

        def run(session):
            session.run(tf.global_variables_initializer())
            for _ in range(1000):
                session.run(update)
            return session.run([weights[column][0] for column in sorted(weights, key=lambda each: each.key)] + [step])

        return run

    return call


def _other_column(tf):
    column = tf.contrib.layers.one_hot_column(tf.contrib.layers.sparse_column_with_keys("w", ["a"]))
    optimizer = tf.contrib.linear_optimizer.SDCAOptimizer("id")
    return optimizer.get_train_step({column: [None]}, None, "hinge_loss", {column: None}, tf.zeros([4]), None)


def _drop(part, name, value=None):
    return lambda *parts: parts[part].update({name: value})


CALLS = {"SdcaModel of %s" % loss: _trained(loss) for loss in LOSSES}
CALLS.update(
    {
        "SdcaModel of sparse features": _trained(dense=False),
        "SdcaModel of dense features": _trained(sparse=False),
        "SdcaModel of l1": _trained(l1=0.3, l2=2.0),
        "SdcaModel of less l2": _trained(l2=0.25),
        "SdcaModel of no l2": _trained("squared_loss", l2=0.0),
        "SdcaModel of partitions": _trained(partitions=2, num_loss_partitions=2),
        "SdcaModel of shards": _trained(num_table_shards=3),
        "SdcaModel without adaption": _trained(adaptive=False),
        "SdcaModel of nothing": lambda tf: tf.contrib.linear_optimizer.SdcaModel({}, {}, {}),
        "SdcaModel of an unknown loss": _made(loss="other"),
        "SdcaModel of negative l1": _made(l1=-1.0),
        "SdcaModel of negative l2": _made(l2=-1.0),
        "SdcaModel of no labels": _made(_drop(0, "example_labels")),
        "SdcaModel of a tuple of features": _made(_drop(0, "dense_features", ())),
        "SdcaModel of a tuple of weights": _made(_drop(1, "dense_features_weights", ())),
        "SparseFeatureColumn": _column([1.0, 2.0, 3.0]),
        "SparseFeatureColumn of no values": _column(None),
        "SDCAOptimizer": _optimizer,
        "SDCAOptimizer over columns": _over_columns(),
        "SDCAOptimizer over columns of weights": _over_columns("squared_loss", weighted=True, num_table_shards=2),
        "SDCAOptimizer over columns of l1": _over_columns("smooth_hinge_loss", symmetric_l1_regularization=0.2),
        "SDCAOptimizer of another column": _other_column,
    }
)
