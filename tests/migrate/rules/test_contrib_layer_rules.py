"""What calls of ``tf.contrib.layers`` and ``tf.contrib.slim`` become, and which are refused."""

from __future__ import annotations

import pytest
from layer_calls import outcome

from tf1graphs.migrate.calls import Refuse, Replace, Split

# The call; what is created once, and what stands in its place. The graph calls it ``net/layer``.
CREATED = [
    (
        "tf.contrib.layers.fully_connected(x, 10)",
        'tf.keras.layers.Dense(10, activation=tf.nn.relu, name="layer")',
        "it(x)",
    ),
    (
        "tf.contrib.slim.fully_connected(x, 10, None, biases_initializer=None, scope='hidden', reuse=True)",
        'tf.keras.layers.Dense(10, use_bias=False, name="layer")',
        "it(x)",
    ),
    (
        "tf.contrib.layers.fully_connected(x, 10, tf.nn.tanh, None, None, init, weights_regularizer=f)",
        'tf.keras.layers.Dense(10, activation=tf.nn.tanh, kernel_initializer=init, kernel_regularizer=f, name="layer")',
        "it(x)",
    ),
    (
        "tf.contrib.layers.fully_connected(x, 10, normalizer_fn=tf.contrib.layers.batch_norm)",
        "tf.keras.Sequential([\n    tf.keras.layers.Dense(10, use_bias=False),\n"
        "    BatchNormalization(momentum=0.999, scale=False, sample_ranks=(2, 4)),\n"
        '    tf.keras.layers.Activation(tf.nn.relu),\n], name="layer")',
        "it(x, training=True)",
    ),
    (
        "tf.contrib.slim.conv2d(x, 4, 3, activation_fn=None, biases_initializer=init, weights_regularizer=f, "
        "normalizer_fn=tf.contrib.slim.batch_norm, normalizer_params={'is_training': training, 'decay': 0.9})",
        'tf.keras.Sequential([\n    tf.keras.layers.Conv2D(4, 3, padding="same", kernel_regularizer=f, '
        "use_bias=False),\n"
        "    BatchNormalization(momentum=0.9, scale=False, sample_ranks=(2, 4)),\n"
        '], name="layer")',
        "it(x, training=training)",
    ),
    (
        "tf.contrib.layers.fully_connected(x, 2, tf.tanh, tf.contrib.layers.layer_norm, {'scale': False})",
        "tf.keras.Sequential([\n    tf.keras.layers.Dense(2, use_bias=False),\n    LayerNorm(scale=False),\n"
        '    tf.keras.layers.Activation(tf.tanh),\n], name="layer")',
        "it(x)",
    ),
    (
        "tf.contrib.layers.fully_connected(x, 2, normalizer_fn=None, normalizer_params={'scale': False})",
        'tf.keras.layers.Dense(2, activation=tf.nn.relu, name="layer")',
        "it(x)",
    ),
    ("tf.contrib.layers.linear(x, 10)", 'tf.keras.layers.Dense(10, name="layer")', "it(x)"),
    ("tf.contrib.layers.elu(x, 10)", 'tf.keras.layers.Dense(10, activation=tf.nn.elu, name="layer")', "it(x)"),
    (
        "tf.contrib.layers.conv2d(x, 32, [5, 5], 2, 'VALID')",
        'tf.keras.layers.Conv2D(32, [5, 5], strides=2, padding="valid", activation=tf.nn.relu, name="layer")',
        "it(x)",
    ),
    (
        "tf.contrib.slim.conv2d(x, 32, 5, data_format='NCHW', rate=2)",
        'tf.keras.layers.Conv2D(32, 5, padding="same", data_format="channels_first", dilation_rate=2, '
        'activation=tf.nn.relu, name="layer")',
        "it(x)",
    ),
    (
        "tf.contrib.layers.convolution(x, 32, [5], data_format='NWC', activation_fn=None)",
        'tf.keras.layers.Conv1D(32, [5], padding="same", name="layer")',
        "it(x)",
    ),
    ("tf.contrib.layers.flatten(x)", "tf.keras.layers.Flatten()", "it(x)"),
    (
        "tf.contrib.layers.batch_norm(x, is_training=False)",
        'BatchNormalization(momentum=0.999, scale=False, sample_ranks=(2, 4), name="layer")',
        "it(x)",
    ),
    (
        "tf.contrib.slim.batch_norm(x, 0.9, scale=True, activation_fn=lambda v: {0: v}[0], is_training=training)",
        'BatchNormalization(momentum=0.9, sample_ranks=(2, 4), name="layer")',
        "(lambda v: {0: v}[0])(it(x, training=training))",
    ),
    (
        "tf.contrib.layers.batch_norm(x, data_format='NCHW', fused=False, updates_collections=tf.GraphKeys.UPDATE_OPS)",
        'BatchNormalization(axis=1, momentum=0.999, scale=False, sample_ranks=(), name="layer")',
        "it(x, training=True)",
    ),
    ("tf.contrib.layers.layer_norm(x)", 'LayerNorm(name="layer")', "it(x)"),
    (
        "tf.contrib.layers.layer_norm(x, begin_norm_axis=-1, activation_fn=tf.nn.relu)",
        'tf.keras.layers.LayerNormalization(epsilon=1e-12, name="layer")',
        "tf.nn.relu(it(x))",
    ),
    (
        "tf.contrib.layers.embed_sequence(x, 100, embed_dim=n)",
        'tf.keras.layers.Embedding(100, n, embeddings_initializer="glorot_uniform", name="layer")',
        "it(x)",
    ),
    (
        "tf.contrib.layers.embed_sequence(x, 100, 8, initializer=init, trainable=False)",
        'tf.keras.layers.Embedding(100, 8, trainable=False, embeddings_initializer=init, name="layer")',
        "it(x)",
    ),
]

REPLACED = [
    ("tf.contrib.layers.max_pool2d(x, 2)", 'tf.nn.max_pool2d(x, 2, 2, "VALID")'),
    ("tf.contrib.slim.avg_pool2d(x, [3, 3], stride=1, padding='SAME')", 'tf.nn.avg_pool2d(x, [3, 3], 1, "SAME")'),
    (
        "tf.contrib.layers.max_pool2d(x, 2, data_format='NCHW')",
        'tf.nn.max_pool2d(x, 2, 2, "VALID", data_format="NCHW")',
    ),
    ("tf.contrib.layers.dropout(x)", "tf.nn.dropout(x, 1 - 0.5)"),
    ("tf.contrib.slim.dropout(x, a + b, is_training=training)", "(tf.nn.dropout(x, 1 - (a + b)) if training else x)"),
    ("tf.contrib.layers.dropout(x, 0.8, is_training=False)", "x"),
    ("tf.contrib.layers.softmax(x)", "tf.nn.softmax(x)"),
    ("tf.contrib.layers.one_hot_encoding(x, 10)", "tf.one_hot(x, 10)"),
    ("tf.contrib.layers.one_hot_encoding(x, 10, off_value=-1.0)", "tf.one_hot(x, 10, 1.0, -1.0)"),
    ("tf.contrib.layers.l2_regularizer(0.01)", "tf.keras.regularizers.L2(0.005)"),
    ("tf.contrib.layers.l2_regularizer(scale=rate)", "tf.keras.regularizers.L2(rate / 2)"),
    ("tf.contrib.layers.l2_regularizer(a + b)", "tf.keras.regularizers.L2((a + b) / 2)"),
    ("tf.contrib.slim.l1_regularizer(0.01)", "tf.keras.regularizers.L1(0.01)"),
    ("tf.contrib.layers.l1_l2_regularizer(scale_l2=0.2)", "tf.keras.regularizers.L1L2(1.0, 0.1)"),
]

REFUSED = [
    ("tf.contrib.layers.fully_connected(x, 10, normalizer_fn=tf.nn.softmax)", "its normalizer_fn makes no layer"),
    (
        "tf.contrib.layers.fully_connected(x, 10, normalizer_fn=tf.contrib.layers.batch_norm, "
        "normalizer_params={'renorm': True})",
        "Keras has no batch normalization with this renorm",
    ),
    (
        "tf.contrib.layers.fully_connected(x, 10, normalizer_fn=tf.contrib.layers.batch_norm, "
        "normalizer_params={'activation_fn': tf.nn.relu})",
        "its normalizer_fn makes no layer",
    ),
    (
        "tf.contrib.layers.fully_connected(x, 10, outputs_collections='a')",
        "outputs_collections fills a graph collection",
    ),
    ("tf.contrib.layers.conv2d(x, 10, 3, data_format=f)", "data_format must be a literal"),
    ("tf.contrib.layers.convolution(x, 10, 3)", "it hangs on the inputs how many axes are convolved"),
    ("tf.contrib.layers.separable_conv2d(x, None, 3)", "without num_outputs it is no separable convolution"),
    ("tf.contrib.layers.max_pool2d(x, 2, outputs_collections='a')", "outputs_collections fills a graph collection"),
    ("tf.contrib.layers.batch_norm(x, updates_collections='mine')", "its updates go to a collection of their own"),
    (
        "tf.contrib.layers.batch_norm(x, zero_debias_moving_mean=True)",
        "Keras has no batch normalization with this zero_debias_moving_mean",
    ),
    ("tf.contrib.layers.batch_norm(x, data_format=f)", "data_format must be a literal"),
    ("tf.contrib.layers.embed_sequence(x, scope='words', reuse=True)", "the size of the table is that of another call"),
    ("tf.contrib.layers.l2_regularizer(training)", "scale is only known when the function runs"),
    ("tf.contrib.slim.arg_scope([f], padding='SAME')", "it gives arguments to calls elsewhere"),
    ("tf.contrib.slim.repeat(x, 2, f, 64)", "it calls a layer that is given as a function"),
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


@pytest.mark.parametrize(
    "source, variables",
    [
        ("tf.contrib.layers.fully_connected(x, 1)", {"kernel": "weights", "bias": "biases"}),
        ("tf.contrib.layers.fully_connected(x, 1, biases_initializer=None)", {"kernel": "weights"}),
        (
            "tf.contrib.slim.separable_conv2d(x, 1, 2)",
            {"depthwise_kernel": "depthwise_weights", "pointwise_kernel": "pointwise_weights", "bias": "biases"},
        ),
        (
            "tf.contrib.layers.batch_norm(x)",
            {"beta": "beta", "moving_mean": "moving_mean", "moving_variance": "moving_variance"},
        ),
        ("tf.contrib.layers.layer_norm(x, scale=False)", {"beta": "beta"}),
        (
            "tf.contrib.layers.fully_connected(x, 1, normalizer_fn=tf.contrib.layers.layer_norm)",
            {"layers[0].kernel": "weights", "layers[1].beta": "norm/beta", "layers[1].gamma": "norm/gamma"},
        ),
    ],
)
def test_variables_have_names_of_their_own(source: str, variables: dict[str, str]) -> None:
    found = outcome(source)
    assert isinstance(found, Split)
    assert found.variables == variables


@pytest.mark.parametrize(
    "options, has_updates",
    [
        ("", True),
        (", is_training=training", True),
        (", is_training=False", False),
        (", updates_collections=None", False),
    ],
)
def test_updates(options: str, has_updates: bool) -> None:
    found = outcome(f"tf.contrib.layers.batch_norm(x{options})")
    assert isinstance(found, Split)
    assert found.has_updates is has_updates
