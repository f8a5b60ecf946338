"""Small uses of the embeddings, feature columns and targets of ``tf.contrib.layers``."""

import os
import shutil
import tempfile

import numpy as np


def _sparse_words(tf):
    return tf.SparseTensor(
        tf.constant([[0, 0], [0, 1], [1, 0], [3, 1]], tf.int64), tf.constant(["a", "b", "c", "a"]), [4, 2]
    )


def _sparse_ids(tf, shape=(4, 2)):
    return tf.SparseTensor(
        tf.constant([[0, 0], [0, 1], [1, 0], [3, 1]], tf.int64), tf.constant([1, 2, -1, 3], tf.int64), shape
    )


def _features(tf):
    return {
        "word": _sparse_words(tf),
        "other": tf.constant([["x"], ["y"], [""], ["x"]]),
        "id": _sparse_ids(tf),
        "weight": tf.SparseTensor(
            tf.constant([[0, 0], [0, 1], [1, 0], [3, 1]], tf.int64), tf.constant([0.5, 2.0, 1.0, -1.0]), [4, 2]
        ),
        "price": tf.constant([[1.0], [5.0], [-2.0], [3.0]]),
        "pair": tf.constant([[1, 4], [2, 5], [3, 6], [4, 7]]),
    }


def _words(layers, **options):
    return layers.sparse_column_with_keys("word", ["a", "b", "c"], **options)


def _ids(layers):
    return layers.sparse_column_with_integerized_feature("id", 4)


def _hashed(layers, **options):
    return layers.sparse_column_with_hash_bucket("word", 5, **options)


def _price(layers):
    return layers.bucketized_column(layers.real_valued_column("price"), [0, 2, 4])


def _with_dense_gradients(call):
    """Returns the call with dense gradients: the order of the rows in sparse ones is no part of an answer."""

    def wrapped(tf):
        output = call(tf)
        parts = output if isinstance(output, list) else [output]
        tensors = [part for part in parts if isinstance(part, tf.Tensor)]
        gradients = [tf.convert_to_tensor(found) for found in tf.gradients(tensors, tf.trainable_variables())]
        return lambda session: [
            session.run(tensors + gradients),
            [part for part in parts if not isinstance(part, tf.Tensor)],
        ]

    return wrapped


def _input(*makers, **options):
    """Returns a call that gives the input layer of columns made from ``tf.contrib.layers``."""

    def call(tf):
        columns = [make(tf.contrib.layers) for make in makers]
        return tf.contrib.layers.input_from_feature_columns(_features(tf), columns, **options)

    return call


def _linear(*makers, **options):
    def call(tf):
        output, variables, bias = tf.contrib.layers.weighted_sum_from_feature_columns(
            _features(tf), [make(tf.contrib.layers) for make in makers], 2, **options
        )
        names = [variable.op.name for column in variables for variable in variables[column]]
        return [output, bias] + sorted(names)

    return _with_dense_gradients(call)


def _joint(*makers):
    return lambda tf: tf.contrib.layers.joint_weighted_sum_from_feature_columns(
        _features(tf), [make(tf.contrib.layers) for make in makers], 2
    )[0]


def _transformed(*makers):
    def call(tf):
        columns = [make(tf.contrib.layers) for make in makers]
        found = tf.contrib.layers.transform_features(_features(tf), columns)
        return [found[column] for column in columns] + [len(found)]

    return call


def _facts(*makers):
    """Returns a call that gives what columns say of themselves."""

    def call(tf):
        found = []
        for make in makers:
            column = make(tf.contrib.layers)
            key = column.key if "initializer=<" not in column.key else ""
            found += [column.name, key, ", ".join(sorted(column.config))]
        return found

    return call


def _made(make):
    return lambda tf: make(tf.contrib.layers, tf).name


def _shared(tf):
    layers = tf.contrib.layers
    columns = layers.shared_embedding_columns(
        [_hashed(layers), layers.sparse_column_with_hash_bucket("other", 5)], 2, combiner="sum"
    )
    return layers.input_from_feature_columns(_features(tf), list(columns) + [layers.real_valued_column("price")])


def _sequence(tf):
    layers = tf.contrib.layers
    steps = tf.constant([[["a"], ["b"]], [["c"], [""]]])
    numbers = tf.constant([[[1.0], [2.0]], [[3.0], [4.0]]])
    columns = [layers.embedding_column(_words(layers), 3), layers.real_valued_column("price")]
    columns.append(layers.one_hot_column(layers.sparse_column_with_hash_bucket("other", 3)))
    features = {"word": steps, "price": numbers, "other": steps}
    return layers.sequence_input_from_feature_columns(features, columns)


def _parts(tf):
    layers, parts = tf.contrib.layers, {}
    column = layers.real_valued_column("pair", 2, dtype=tf.int32, normalizer=lambda x: x * 10)
    layers.input_from_feature_columns(_features(tf), [column, layers.real_valued_column("price")], cols_to_outs=parts)
    return parts[column]


def _core_model(tf):
    layers = tf.contrib.layers
    columns = [
        layers.real_valued_column("price"),
        layers.one_hot_column(_words(layers)),
        layers.embedding_column(_ids(layers), 2),
        _price(layers),
    ]
    return tf.feature_column.input_layer(_features(tf), columns)


def _example(tf, **features):
    kinds = {str: "bytes_list", int: "int64_list", float: "float_list"}
    lists = {"bytes_list": tf.train.BytesList, "int64_list": tf.train.Int64List, "float_list": tf.train.FloatList}
    made = {}
    for name, values in features.items():
        kind = kinds[type(values[0])]
        values = [value.encode() if isinstance(value, str) else value for value in values]
        made[name] = tf.train.Feature(**{kind: lists[kind](value=values)})
    return tf.train.Example(features=tf.train.Features(feature=made)).SerializeToString()


def _parsed(tf):
    layers = tf.contrib.layers
    columns = [_words(layers), layers.real_valued_column("pair", 2, default_value=[7.0, 8.0]), _price(layers)]
    examples = [_example(tf, word=["a", "c"], price=[3.0]), _example(tf, pair=[1.0, 2.0], price=[-1.0])]
    found = layers.parse_feature_columns_from_examples(tf.constant(examples), columns)
    spec = layers.create_feature_spec_for_parsing(columns)
    names = ["%s %s" % (name, type(spec[name]).__name__) for name in sorted(spec)]
    return [found[column] for column in columns] + [found["pair"]] + names


def _parsed_sequence(tf):
    layers = tf.contrib.layers
    feature = tf.train.Feature
    words = tf.train.FeatureList(
        feature=[feature(bytes_list=tf.train.BytesList(value=[word])) for word in (b"a", b"b")]
    )
    prices = tf.train.FeatureList(feature=[feature(float_list=tf.train.FloatList(value=[x])) for x in (1.0, 2.0)])
    example = tf.train.SequenceExample(
        context=tf.train.Features(feature={"pair": feature(float_list=tf.train.FloatList(value=[1.0, 2.0]))}),
        feature_lists=tf.train.FeatureLists(feature_list={"word": words, "price": prices}),
    )
    context, sequence = layers.parse_feature_columns_from_sequence_examples(
        tf.constant(example.SerializeToString()),
        [layers.real_valued_column("pair", 2)],
        [_words(layers), layers.real_valued_column("price")],
    )
    return [context["pair"], sequence["word"], sequence["price"]]


def _placeholders(tf):
    layers = tf.contrib.layers
    made = layers.make_place_holder_tensors_for_base_features([_words(layers), layers.real_valued_column("pair", 2)])
    return [type(made["word"]).__name__, made["pair"].op.name, str(made["pair"].shape)]


def _inferred(tf):
    layers = tf.contrib.layers
    columns = layers.infer_real_valued_columns({"x": tf.zeros([4, 2, 3]), "n": tf.zeros([4], tf.int64)})
    return [column.key for column in columns] + [layers.infer_real_valued_columns(tf.zeros([4, 2]))[0].key]


def _vocabulary_file(tf):
    layers = tf.contrib.layers
    path = os.path.join(tempfile.mkdtemp(), "vocabulary.txt")
    with open(path, "w") as file:
        file.write("a\nb\n")
    column = layers.sparse_column_with_vocabulary_file("word", path, num_oov_buckets=2, vocab_size=2)
    ids = layers.transform_features(_features(tf), [column])[column].values

    def run(session):
        found = session.run(ids)
        shutil.rmtree(os.path.dirname(path))
        return found

    return run


def _embedding(tf, *shape):
    return tf.get_variable("embedding", shape)


def _looked_up(tf, **options):
    embeddings = _embedding(tf, 4, 3)
    return tf.contrib.layers.safe_embedding_lookup_sparse(embeddings, _sparse_ids(tf), **options)


def _weighted_look_up(tf):
    weights = tf.SparseTensor(_sparse_ids(tf).indices, tf.constant([0.5, 2.0, 1.0, -1.0]), [4, 2])
    return _looked_up(tf, sparse_weights=weights, combiner="sqrtn")


def _partitioned_look_up(tf):
    embeddings = [tf.get_variable("part_%d" % number, [2, 3]) for number in range(2)]
    return tf.contrib.layers.safe_embedding_lookup_sparse(embeddings, _sparse_ids(tf), combiner="sum")


def _scattered(tf, values, **options):
    return tf.contrib.slim.scattered_embedding_lookup(_embedding(tf, 20), tf.constant(values), 3, **options)


def _scattered_sparse(tf, **options):
    return tf.contrib.slim.scattered_embedding_lookup_sparse(_embedding(tf, 20), _sparse_words(tf), 3, **options)


def _aggregated(tf):
    return tf.contrib.slim.embedding_lookup_sparse_with_distributed_aggregation(
        _embedding(tf, 4, 3), tf.SparseTensor([[0, 0], [0, 1], [1, 0]], tf.constant([1, 2, 3], tf.int64), [2, 2]), None
    )


def _crossed(*inputs, **options):
    def call(tf):
        made = {
            "words": _sparse_words(tf),
            "ids": _sparse_ids(tf),
            "dense": tf.constant([["q", "r"], ["s", "t"], ["u", "v"], ["w", "x"]]),
        }
        return tf.contrib.slim.sparse_feature_cross([made[name] for name in inputs], **options)

    return call


def _target(make, labels, width, **options):
    """Returns a call that gives the loss, the predictions, and the metrics after one batch of a target."""

    def call(tf):
        target = make(tf.contrib.layers)
        logits = tf.constant(np.sin(np.arange(4.0 * width)).reshape([4, width]).astype(np.float32) * 3)
        features = {"weight": tf.constant([1.0, 2.0, 0.5, 1.0])}
        values = tf.constant(labels)
        metrics = target.get_eval_ops(features, logits, values, **options)
        losses = [target.loss(logits, values, features), target.training_loss(logits, values, features)]
        predictions = target.logits_to_predictions(logits)
        names = sorted(metrics)
        initialize = tf.local_variables_initializer()

        def run(session):
            session.run(initialize)
            session.run([metrics[name][1] for name in names])
            return [session.run(losses), session.run(predictions), session.run([metrics[name][0] for name in names])]

        return run

    return call


CALLS = {
    "embed_sequence": lambda tf: tf.contrib.layers.embed_sequence(tf.constant([[1, 2, 0], [3, 3, 1]]), 4, 2),
    "embed_sequence unique": lambda tf: tf.contrib.layers.embed_sequence(
        tf.constant([[1, 2, 0], [3, 3, 1]]), 4, 2, unique=True, scope="words"
    ),
    "embed_sequence reused": lambda tf: (
        tf.contrib.layers.embed_sequence(tf.constant([[1]]), 4, 2, scope="words")
        + tf.contrib.layers.embed_sequence(tf.constant([[2]]), scope="words", reuse=True)
    ),
    "embed_sequence of unknown size": lambda tf: tf.contrib.layers.embed_sequence(tf.constant([[1]])),
    "bow_encoder": lambda tf: tf.contrib.layers.bow_encoder(tf.constant([[1, 2, 0], [3, 3, 1]]), 4, 2),
    "bow_encoder of sparse ids": _with_dense_gradients(lambda tf: tf.contrib.layers.bow_encoder(_sparse_ids(tf), 4, 2)),
    "bow_encoder dense": lambda tf: tf.contrib.layers.bow_encoder(
        tf.constant([[1, 2, 0], [3, 3, 1]]), 4, 2, sparse_lookup=False
    ),
    "bow_encoder dense of sparse ids": lambda tf: tf.contrib.layers.bow_encoder(
        _sparse_ids(tf), 4, 2, sparse_lookup=False
    ),
    "bow_encoder of unknown size": lambda tf: tf.contrib.layers.bow_encoder(tf.constant([[1]]), 0, 2),
    "embedding_lookup_unique": lambda tf: tf.contrib.layers.embedding_lookup_unique(
        _embedding(tf, 4, 3), tf.constant([[1, 3], [1, 0]])
    ),
    "safe_embedding_lookup_sparse": _with_dense_gradients(_looked_up),
    "safe_embedding_lookup_sparse with a default": lambda tf: _looked_up(tf, default_id=3, combiner="sum"),
    "safe_embedding_lookup_sparse with max_norm": lambda tf: _looked_up(tf, max_norm=0.5),
    "safe_embedding_lookup_sparse weighted": _weighted_look_up,
    "safe_embedding_lookup_sparse of partitions": _partitioned_look_up,
    "safe_embedding_lookup_sparse without embedding": lambda tf: tf.contrib.layers.safe_embedding_lookup_sparse(
        None, _sparse_ids(tf)
    ),
    "scattered_embedding_lookup": lambda tf: _scattered(tf, [["a", "b"], ["c", "a"]], hash_key=7),
    "scattered_embedding_lookup without a key": lambda tf: _scattered(tf, [3, 5, 3]),
    "scattered_embedding_lookup of no dimension": lambda tf: tf.contrib.slim.scattered_embedding_lookup(
        _embedding(tf, 20), tf.constant([1]), 0
    ),
    "scattered_embedding_lookup_sparse": lambda tf: _scattered_sparse(tf, hash_key=7),
    "scattered_embedding_lookup_sparse sum": lambda tf: _scattered_sparse(tf, combiner="sum"),
    "scattered_embedding_lookup_sparse of dense values": lambda tf: tf.contrib.slim.scattered_embedding_lookup_sparse(
        _embedding(tf, 20), tf.constant(["a"]), 3
    ),
    "embedding_lookup_sparse_with_distributed_aggregation": _aggregated,
    "sparse_feature_cross": _crossed("words", "dense"),
    "sparse_feature_cross hashed": _crossed("words", "ids", "dense", hashed_output=True, num_buckets=100),
    "sparse_feature_cross hashed by a key": _crossed(
        "words", "dense", hashed_output=True, num_buckets=100, hash_key=956888297470
    ),
    "sparse_feature_cross hashed without limit": _crossed("dense", "ids", hashed_output=True),
    "sparse_feature_cross of a tuple": lambda tf: tf.contrib.slim.sparse_feature_cross((_sparse_words(tf),)),
    "real_valued_column": _input(lambda layers: layers.real_valued_column("price")),
    "real_valued_column normalized": _parts,
    "bucketized_column": _input(_price),
    "one_hot_column": _input(lambda layers: layers.one_hot_column(_words(layers))),
    "one_hot_column weighted": _input(
        lambda layers: layers.one_hot_column(layers.weighted_sparse_column(_ids(layers), "weight"))
    ),
    "embedding_column": _input(
        lambda layers: layers.embedding_column(_words(layers), 3),
        lambda layers: layers.embedding_column(_ids(layers), 2, combiner="sum", max_norm=1.0),
    ),
    "embedding_column of a hash": _with_dense_gradients(
        _input(lambda layers: layers.embedding_column(_hashed(layers), 3), scope="model")
    ),
    "embedding_column weighted": _input(
        lambda layers: layers.embedding_column(layers.weighted_sparse_column(_words(layers), "weight"), 3)
    ),
    "embedding_column of a cross": _with_dense_gradients(
        _input(
            lambda layers: layers.embedding_column(
                layers.crossed_column([_words(layers), layers.sparse_column_with_hash_bucket("other", 9)], 7), 2
            )
        )
    ),
    "shared_embedding_columns": _with_dense_gradients(_shared),
    "scattered_embedding_column": _input(lambda layers: layers.scattered_embedding_column("word", 20, 3, 7)),
    "input of many columns": _input(
        lambda layers: layers.real_valued_column("price"),
        lambda layers: layers.one_hot_column(_words(layers)),
        lambda layers: layers.embedding_column(_words(layers), 2),
        _price,
    ),
    "input of ids": _input(_words),
    "input of the same column twice": _input(_words, _words),
    "input of a missing feature": _input(lambda layers: layers.real_valued_column("none")),
    "input with wrong parts": _input(_price, cols_to_outs=[]),
    "sequence input": _sequence,
    "sequence input of buckets": lambda tf: tf.contrib.layers.sequence_input_from_feature_columns(
        _features(tf), [_price(tf.contrib.layers)]
    ),
    "linear model": _linear(
        _words,
        _price,
        lambda layers: layers.real_valued_column("pair", 2),
        lambda layers: _hashed(layers, combiner="mean"),
    ),
    "linear model of weighted ids": _linear(lambda layers: layers.weighted_sparse_column(_words(layers), "weight")),
    "linear model of a cross": _linear(
        lambda layers: layers.crossed_column([_words(layers), _price(layers)], 11),
        lambda layers: layers.crossed_column([_ids(layers), _words(layers)], 11, hash_key=956888297470),
        weight_collections=["mine"],
        scope="wide",
    ),
    "linear model of an embedding": _linear(lambda layers: layers.embedding_column(_words(layers), 3)),
    "joint linear model": _with_dense_gradients(_joint(_words, _ids)),
    "joint linear model of numbers": _joint(lambda layers: layers.real_valued_column("price")),
    "transform_features": _transformed(
        _words,
        _ids,
        _hashed,
        lambda layers: layers.sparse_column_with_hash_bucket("other", 100),
        _price,
        lambda layers: layers.crossed_column(
            [layers.crossed_column([_words(layers), _price(layers)], 9), _ids(layers)], 1000
        ),
    ),
    "sparse_column_with_hash_bucket of keys": _transformed(lambda layers: _hashed(layers, hash_keys=[[1, 2], [3, 4]])),
    "sparse_column_with_vocabulary_file": _vocabulary_file,
    "facts of columns": _facts(
        _words,
        _ids,
        _hashed,
        _price,
        lambda layers: layers.weighted_sparse_column(_words(layers), "weight"),
        lambda layers: layers.real_valued_column("pair", 2, default_value=3),
        lambda layers: layers.one_hot_column(_ids(layers)),
        lambda layers: layers.embedding_column(_ids(layers), 3, combiner="sum"),
        lambda layers: layers.crossed_column([_words(layers), _ids(layers)], 9),
        lambda layers: layers.scattered_embedding_column("word", 20, 3, 7),
    ),
    "_real_valued_var_len_column": _input(
        lambda layers: layers.feature_column._real_valued_var_len_column("price", 0.0, normalizer=lambda x: x * 2.0)
    ),
    "_real_valued_var_len_column of no default": _made(
        lambda layers, tf: layers.feature_column._real_valued_var_len_column("price")
    ),
    "columns in tf.feature_column.input_layer": _with_dense_gradients(_core_model),
    "parse_feature_columns_from_examples": _parsed,
    "parse_feature_columns_from_sequence_examples": _parsed_sequence,
    "make_place_holder_tensors_for_base_features": _placeholders,
    "infer_real_valued_columns": _inferred,
    "infer_real_valued_columns of words": lambda tf: tf.contrib.layers.infer_real_valued_columns(tf.constant(["a"])),
    "check_feature_columns of a dict": lambda tf: tf.contrib.layers.check_feature_columns({}),
    "create_feature_spec_for_parsing of names": lambda tf: tf.contrib.layers.create_feature_spec_for_parsing(["a"]),
    "real_valued_column of no dimension": _made(lambda layers, tf: layers.real_valued_column("x", 0)),
    "real_valued_column of a fraction": _made(lambda layers, tf: layers.real_valued_column("x", 1.5)),
    "real_valued_column of words": _made(lambda layers, tf: layers.real_valued_column("x", dtype=tf.string)),
    "real_valued_column of few defaults": _made(lambda layers, tf: layers.real_valued_column("x", 2, [1.0])),
    "real_valued_column of unlike defaults": _made(
        lambda layers, tf: layers.real_valued_column("x", default_value=1.5, dtype=tf.int32)
    ),
    "bucketized_column of ids": _made(lambda layers, tf: layers.bucketized_column(_ids(layers), [1])),
    "bucketized_column of no order": _made(
        lambda layers, tf: layers.bucketized_column(layers.real_valued_column("x"), [2, 1])
    ),
    "sparse_column_with_integerized_feature of words": _made(
        lambda layers, tf: layers.sparse_column_with_integerized_feature("x", 3, dtype=tf.string)
    ),
    "sparse_column_with_hash_bucket of floats": _made(
        lambda layers, tf: layers.sparse_column_with_hash_bucket("x", 3, dtype=tf.float32)
    ),
    "sparse_column_with_hash_bucket of no buckets": _made(
        lambda layers, tf: layers.sparse_column_with_hash_bucket("x", 0)
    ),
    "sparse_column_with_hash_bucket of bad keys": _made(
        lambda layers, tf: layers.sparse_column_with_hash_bucket("x", 3, hash_keys=[[1]])
    ),
    "sparse_column_with_vocabulary_file of unknown size": _made(
        lambda layers, tf: layers.sparse_column_with_vocabulary_file("x", "file")
    ),
    "weighted_sparse_column of words": _made(
        lambda layers, tf: layers.weighted_sparse_column(_ids(layers), "weight", tf.string)
    ),
    "embedding_column of a bad initializer": _made(
        lambda layers, tf: layers.embedding_column(_ids(layers), 3, initializer="zeros")
    ),
    "embedding_column of half a checkpoint": _made(
        lambda layers, tf: layers.embedding_column(_ids(layers), 3, ckpt_to_load_from="file")
    ),
    "shared_embedding_columns of none": _made(lambda layers, tf: layers.shared_embedding_columns([], 3)),
    "shared_embedding_columns of numbers": _made(
        lambda layers, tf: layers.shared_embedding_columns([layers.real_valued_column("x")], 3)
    ),
    "shared_embedding_columns of unlike ones": _made(
        lambda layers, tf: layers.shared_embedding_columns([_ids(layers), _hashed(layers)], 3)
    ),
    "scattered_embedding_column of no size": _made(lambda layers, tf: layers.scattered_embedding_column("x", 0, 3, 7)),
    "scattered_embedding_column of an unknown combiner": _made(
        lambda layers, tf: layers.scattered_embedding_column("x", 4, 3, 7, combiner="max")
    ),
    "crossed_column of one": _made(lambda layers, tf: layers.crossed_column([_ids(layers)], 9)),
    "crossed_column of numbers": _made(
        lambda layers, tf: layers.crossed_column([_ids(layers), layers.real_valued_column("x")], 9)
    ),
    "crossed_column of one bucket": _made(lambda layers, tf: layers.crossed_column([_ids(layers), _words(layers)], 1)),
    "regression_target": _target(lambda layers: layers.regression_target(), np.float32([1, 2, 3, 4]), 1),
    "regression_target weighted": _target(
        lambda layers: layers.regression_target(weight_column_name="weight"), np.float32([1, 2, 3, 4]), 1
    ),
    "multi_class_target of two": _target(lambda layers: layers.multi_class_target(2), np.int64([1, 0, 0, 1]), 1),
    "multi_class_target of three": _target(
        lambda layers: layers.multi_class_target(3, weight_column_name="weight"), np.int64([1, 0, 2, 1]), 3
    ),
    "multi_class_target of one": lambda tf: tf.contrib.layers.multi_class_target(1),
    "multi_class_target of floats": _target(lambda layers: layers.multi_class_target(3), np.float32([1, 0, 2, 1]), 3),
    "multi_class_target with a bad metric": _target(
        lambda layers: layers.multi_class_target(3), np.int64([1, 0, 2, 1]), 3, metrics={("a", "b", "c"): None}
    ),
}
