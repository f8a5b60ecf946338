"""What calls of ``tf.layers`` become, and which are refused."""

from __future__ import annotations

import pytest
from layer_calls import migrated, outcome

from tf1graphs.migrate.calls import Definition, Refuse, Replace, Split
from tf1graphs.migrate.definitions.normalization import BATCH_NORMALIZATION
from tf1graphs.migrate.rules.dropout import DROPOUT

# The call; what is created once, and what stands in its place. The graph calls it ``net/layer``.
CREATED = [
    ("tf.layers.dense(x, 10)", 'tf.keras.layers.Dense(10, name="layer")', "it(x)"),
    ("tf.layers.dense(x, units=n)", 'tf.keras.layers.Dense(n, name="layer")', "it(x)"),
    ("tf.layers.dense(inputs=f(x), units=10)", 'tf.keras.layers.Dense(10, name="layer")', "it(f(x))"),
    ("tf.layers.dense({'a': x}['a'], 10)", 'tf.keras.layers.Dense(10, name="layer")', "it({'a': x}['a'])"),
    (
        "tf.layers.dense(x, 10, tf.nn.relu, kernel_initializer=init, name='hidden', reuse=tf.AUTO_REUSE)",
        'tf.keras.layers.Dense(10, activation=tf.nn.relu, kernel_initializer=init, name="layer")',
        "it(x)",
    ),
    (
        "tf.layers.dense(x, 10, None, True, None, kernel_regularizer=None, kernel_constraint=None, trainable=True)",
        'tf.keras.layers.Dense(10, name="layer")',
        "it(x)",
    ),
    (
        "tf.layers.dense(x, 10, use_bias=False, trainable=False)",
        'tf.keras.layers.Dense(10, use_bias=False, trainable=False, name="layer")',
        "it(x)",
    ),
    (
        "tf.layers.dense(x, 1, kernel_initializer=make(stddev=0.1, seed=tf.keras.random.SeedGenerator()))",
        'tf.keras.layers.Dense(1, kernel_initializer=make(stddev=0.1), name="layer")',
        "it(x)",
    ),
    (
        "tf.layers.conv2d(x, 32, [5, 5], padding='SAME', activation=tf.nn.relu)",
        'tf.keras.layers.Conv2D(32, [5, 5], padding="same", activation=tf.nn.relu, name="layer")',
        "it(x)",
    ),
    (
        "tf.layers.conv2d(x, 32, 5, 2, 'valid', 'channels_last')",
        'tf.keras.layers.Conv2D(32, 5, strides=2, padding="valid", name="layer")',
        "it(x)",
    ),
    ("tf.layers.Dense(10)", 'tf.keras.layers.Dense(10, name="layer")', "it"),
    ("tf.layers.Dense(10, dtype=tf.float64)", 'tf.keras.layers.Dense(10, dtype=tf.float64, name="layer")', "it"),
    ("tf.layers.MaxPooling2D(2, 2, 'SAME')", 'tf.keras.layers.MaxPooling2D(2, 2, padding="same")', "it"),
    ("tf.layers.Flatten()", "tf.keras.layers.Flatten()", "it"),
    ("tf.layers.flatten(x, name='flat')", "tf.keras.layers.Flatten()", "it(x)"),
    (
        "tf.layers.flatten(x, data_format='channels_first')",
        "tf.keras.layers.Flatten(data_format='channels_first')",
        "it(x)",
    ),
    ("tf.layers.Dropout()", "tf.keras.layers.Dropout(0.5)", "it"),
    ("tf.layers.batch_normalization(x)", 'BatchNormalization(name="layer")', "it(x)"),
    ("tf.layers.batch_normalization(x, training=False)", 'BatchNormalization(name="layer")', "it(x)"),
    (
        "tf.layers.batch_normalization(x, momentum=0.9, training=training)",
        'BatchNormalization(momentum=0.9, name="layer")',
        "it(x, training=training)",
    ),
    (
        "tf.layers.batch_normalization(x, 1, fused=False, training=True)",
        'BatchNormalization(axis=1, sample_ranks=(), name="layer")',
        "it(x, training=True)",
    ),
    ("tf.layers.BatchNormalization(fused=True)", 'BatchNormalization(name="layer")', "it"),
]

REPLACED = [
    ("tf.layers.max_pooling2d(x, 2, 2)", 'tf.nn.max_pool2d(x, 2, 2, "VALID")'),
    ("tf.layers.max_pooling1d(x, 2, strides=n, padding='same')", 'tf.nn.max_pool1d(x, 2, n, "SAME")'),
    (
        "tf.layers.average_pooling2d(inputs=x, pool_size=[2, 2], strides=2, data_format='channels_first')",
        'tf.nn.avg_pool2d(x, [2, 2], 2, "VALID", data_format="NCHW")',
    ),
    ("tf.layers.dropout(x)", "x"),
    ("tf.layers.dropout(x + 1, 0.4, training=False)", "(x + 1)"),
    ("tf.layers.dropout(x, 0.4, training=True)", "tf.nn.dropout(x, 0.4)"),
    ("tf.layers.dropout(x, training=training)", "(tf.nn.dropout(x, 0.5) if training else x)"),
    (
        "tf.layers.dropout(x, 0.4, seed=3, noise_shape=None, training=mode == 1)",
        "(tf.nn.dropout(x, 0.4, seed=3) if mode == 1 else x)",
    ),
    ("tf.layers.dropout(x, 0.4, training=a if b else c)", "(tf.nn.dropout(x, 0.4) if (a if b else c) else x)"),
    ("tf.layers.dropout(f(x), 0.4, training=training)", "dropout(f(x), 0.4, training)"),
]

REFUSED = [
    ("tf.layers.dense(x, training)", "units is only known when the function runs"),
    ("tf.layers.dense(x, 10, activation=lambda v: v * x)", "activation is only known when the function runs"),
    ("tf.layers.dense(x, 10, activation='hard_sigmoid')", "Keras has another activation 'hard_sigmoid'"),
    ("tf.layers.dense(x, 10, use_bias=flag)", "whether there is a bias depends on use_bias"),
    ("tf.layers.dense(x, 10, activity_regularizer=f)", "activity_regularizer adds to a collection of losses"),
    ("tf.layers.dense(x, 10, kernel_regularizer=lambda w: f(w))", "Keras takes no function as kernel_regularizer"),
    ("tf.layers.dense(x, 10, bias_constraint=f)", "bias_constraint is applied by TensorFlow 1's optimizers"),
    ("tf.layers.max_pooling2d(x, 2, 2, padding=p)", "padding and data_format must be literals"),
    ("tf.layers.max_pooling2d(x, training, 2)", "pool_size is only known when the function runs"),
    ("tf.layers.batch_normalization(x, renorm=True)", "Keras has no batch normalization with this renorm"),
    ("tf.layers.batch_normalization(x, trainable=flag)", "Keras has no batch normalization with this trainable"),
    ("tf.layers.batch_normalization(x, axis=[1, 2])", "fused and axis must be literals"),
    ("tf.layers.batch_normalization(x, fused=flag)", "fused and axis must be literals"),
    ("tf.layers.batch_normalization(x, scale=flag)", "whether there is a gamma depends on scale"),
]


@pytest.mark.parametrize("source, create, use", CREATED)
def test_created_once(source: str, create: str, use: str) -> None:
    found = outcome(source, "net/layer")
    assert isinstance(found, Split)
    assert (found.create, found.use.format(object="it")) == (create, use)


@pytest.mark.parametrize("source, text", REPLACED)
def test_replaced(source: str, text: str) -> None:
    found = outcome(source, "net/layer")
    assert isinstance(found, Replace)
    assert found.text == text


@pytest.mark.parametrize("source, reason", REFUSED)
def test_refused(source: str, reason: str) -> None:
    found = outcome(source, "net/layer")
    assert isinstance(found, Refuse)
    assert found.reason == reason
    assert found.remedy


def test_without_a_graph_name_keras_gives_one() -> None:
    assert outcome("tf.layers.dense(x, 10)") == Split(
        "tf.keras.layers.Dense(10)", "{object}(x)", "dense", {"kernel": "kernel", "bias": "bias"}
    )


@pytest.mark.parametrize(
    "source, variables",
    [
        ("tf.layers.dense(x, 1)", ["kernel", "bias"]),
        ("tf.layers.dense(x, 1, use_bias=False)", ["kernel"]),
        ("tf.layers.separable_conv2d(x, 1, 2)", ["depthwise_kernel", "pointwise_kernel", "bias"]),
        ("tf.layers.batch_normalization(x)", ["gamma", "beta", "moving_mean", "moving_variance"]),
        ("tf.layers.batch_normalization(x, center=False)", ["gamma", "moving_mean", "moving_variance"]),
        ("tf.layers.flatten(x)", []),
    ],
)
def test_variables_keep_their_names(source: str, variables: list[str]) -> None:
    found = outcome(source)
    assert isinstance(found, Split)
    assert found.variables == {name: name for name in variables}


@pytest.mark.parametrize(
    "source, has_updates",
    [
        ("tf.layers.dense(x, 1)", False),
        ("tf.layers.batch_normalization(x)", False),
        ("tf.layers.batch_normalization(x, training=True)", True),
        ("tf.layers.batch_normalization(x, training=training)", True),
        ("tf.layers.BatchNormalization()", True),
    ],
)
def test_updates(source: str, has_updates: bool) -> None:
    found = outcome(source)
    assert isinstance(found, Split)
    assert found.has_updates is has_updates


@pytest.mark.parametrize(
    "source, definitions",
    [
        ("tf.layers.dropout(x, training=training)", []),
        ("tf.layers.dropout(f(x), training=training)", [DROPOUT]),
        ("tf.layers.dense(x, 10)", []),
        ("tf.layers.batch_normalization(x)", [BATCH_NORMALIZATION]),
    ],
)
def test_definitions(source: str, definitions: list[Definition]) -> None:
    assert migrated(source).definitions == definitions
