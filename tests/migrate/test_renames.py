"""Before and after of calls that the tables and the rules beside them migrate, and what they refuse."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from expressions import outcome

from tf1graphs.migrate import renames
from tf1graphs.migrate.calls import Argument, Call, Refuse, Replace

SAME = [
    "tf.matmul(a, b)",
    "tf.matmul(a, b, transpose_b=True)",
    "tf.nn.relu(a, name='relu')",
    "tf.reduce_mean(a)",
    "tf.reduce_mean(a, 1)",
    "tf.reduce_mean(a, axis=[1, 2], keepdims=True)",
    "tf.argmax(a, 1)",
    "tf.argmax(a, axis=1, output_type=tf.int32)",
    "tf.expand_dims(a, -1)",
    "tf.squeeze(a, [1])",
    "tf.shape(a)",
    "tf.transpose(a, [1, 0])",
    "tf.concat([a, b], 1)",
    "tf.split(a, 2, axis=1)",
    "tf.reverse(a, [1])",
    "tf.gather(a, b)",
    "tf.pad(a, [[1, 1]], 'REFLECT')",
    "tf.zeros_like(a)",
    "tf.constant(3.0, tf.float32, [2])",
    "tf.where(a)",
    "tf.where(a > 0.0, a, b)",
    "tf.where(tf.equal(a, 0), tf.zeros_like(a), a)",
    "tf.where(0 < b, a, b)",
    "tf.cond(a, lambda: b, lambda: c)",
    "tf.while_loop(test, step, [a, b])",
    "tf.nn.softmax(a)",
    "tf.nn.conv2d(a, b, [1, 1, 1, 1], 'SAME')",
    "tf.nn.max_pool(a, [1, 2, 2, 1], [1, 2, 2, 1], 'SAME')",
    "tf.nn.dropout(a, rate=0.5)",
    "tf.nn.moments(a, [0])",
    "tf.nn.embedding_lookup(a, b)",
    "tf.nn.top_k(a, 3)",
    "tf.nn.softmax_cross_entropy_with_logits(labels=a, logits=b)",
    "tf.nn.sparse_softmax_cross_entropy_with_logits(labels=a, logits=b)",
    "tf.zeros_initializer()",
    "tf.constant_initializer(0.1)",
    "tf.random_normal_initializer(0.0, 0.1)",
    "tf.data.Dataset.from_tensor_slices(a)",
    "tf.keras.layers.Dense(10, activation='relu')",
    "tf.keras.layers.Conv2D(8, 3, input_shape=(28, 28, 1))",
    "tf.raw_ops.Select(condition=a, x=b, y=c)",
    "tf.io.gfile.exists(a)",
]
CHANGED = {
    # Names
    "tf.log(a)": "tf.math.log(a)",
    "tf.random_normal([2, 3], stddev=0.1)": "tf.random.normal([2, 3], stddev=0.1)",
    "tf.mul(a, b)": "tf.multiply(a, b)",
    "tf.pack([a, b])": "tf.stack([a, b])",
    "tf.compat.v1.log(a)": "tf.math.log(a)",
    "tf.set_random_seed(1)": "tf.random.set_seed(1)",
    "tf.logging.info('%d', a)": "tf.get_logger().info('%d', a)",
    "tf.contrib.data.shuffle_and_repeat(9)": "tf.data.experimental.shuffle_and_repeat(9)",
    # Arguments
    "tf.reduce_sum(a, reduction_indices=[1], keep_dims=True)": "tf.reduce_sum(a, axis=[1], keepdims=True)",
    "tf.reduce_sum(a, None, True)": "tf.reduce_sum(a, keepdims=True)",
    "tf.reduce_sum(a, 1, True, 'sum')": "tf.reduce_sum(a, 1, True, 'sum')",
    "tf.argmax(a, 1, 'best')": "tf.argmax(a, 1, name='best')",
    "tf.argmax(a, dimension=1)": "tf.argmax(a, axis=1)",
    "tf.arg_max(a, 1)": "tf.argmax(a, 1)",
    "tf.expand_dims(a, dim=1)": "tf.expand_dims(a, axis=1)",
    "tf.squeeze(a, squeeze_dims=[1])": "tf.squeeze(a, axis=[1])",
    "tf.to_float(a)": "tf.cast(a, tf.float32)",
    "tf.to_float(x=a)": "tf.cast(x=a, dtype=tf.float32)",
    "tf.batch_matmul(a, b, adj_y=True)": "tf.matmul(a, b, adjoint_b=True)",
    "tf.gather(a, b, None, None, 1)": "tf.gather(a, b, axis=1)",
    "tf.gather(a, b, True)": "tf.gather(a, b, True)",
    "tf.nn.softmax(a, dim=0)": "tf.nn.softmax(a, axis=0)",
    "tf.nn.conv2d(a, filter=b, strides=s, padding='SAME')": "tf.nn.conv2d(a, filters=b, strides=s, padding='SAME')",
    "tf.nn.conv2d(a, b, s, 'SAME', True, 'NHWC')": "tf.nn.conv2d(a, b, s, 'SAME', 'NHWC')",
    "tf.nn.max_pool(value=a, ksize=k, strides=s, padding=p)": "tf.nn.max_pool(input=a, ksize=k, strides=s, padding=p)",
    "tf.nn.convolution(a, b, 'SAME')": "tf.nn.convolution(a, b, padding='SAME')",
    "tf.nn.in_top_k(a, b, 1)": "tf.nn.in_top_k(b, a, 1)",
    "tf.nn.xw_plus_b(a, b, c, 'out')": "tf.nn.bias_add(tf.matmul(a, b), c, name='out')",
    "tf.multinomial(a, 1)": "tf.random.categorical(a, 1)",
    "tf.random_poisson(a, [2])": "tf.random.poisson([2], a)",
    "tf.assert_equal(a, b, message='no')": "tf.assert_equal(a, b, message='no')",
    "tf.name_scope(None, 'layer', [a])": "tf.name_scope('layer')",
    "tf.image.resize_bilinear(a, [2, 2], True)": "tf.raw_ops.ResizeBilinear(images=a, size=[2, 2], align_corners=True)",
    "tf.gfile.Exists(a)": "tf.io.gfile.exists(a)",
    "tf.gfile.Copy(a, b, overwrite=True)": "tf.io.gfile.copy(a, b, overwrite=True)",
    "tf.train.checkpoint_exists(a or b)": 'tf.io.gfile.exists((a or b) + ".index")',
    # Defaults
    "tf.random_normal_initializer()": "tf.random_normal_initializer(stddev=1.0)",
    "tf.random_uniform_initializer(maxval=2)": "tf.random_uniform_initializer(minval=0.0, maxval=2)",
    "tf.random_uniform_initializer(-1, 1)": "tf.random_uniform_initializer(-1, 1)",
    "tf.truncated_normal_initializer(stddev=0.1, dtype=tf.float32, seed=1)": (
        "tf.keras.initializers.TruncatedNormal(stddev=0.1, seed=1)"
    ),
    "tf.contrib.layers.xavier_initializer()": (
        "tf.keras.initializers.GlorotUniform(seed=tf.keras.random.SeedGenerator())"
    ),
    "tf.image.draw_bounding_boxes(a, b)": "tf.image.draw_bounding_boxes(a, b, colors=None)",
    # Rules
    "tf.concat(0, [a, b])": "tf.concat([a, b], 0)",
    "tf.concat(axis=1, values=[a, b])": "tf.concat(values=[a, b], axis=1)",
    "tf.concat(concat_dim=1, values=[a, b])": "tf.concat(values=[a, b], axis=1)",
    "tf.split(1, 2, a)": "tf.split(a, 2, 1)",
    "tf.split(split_dim=1, num_split=2, value=a)": "tf.split(value=a, num_or_size_splits=2, axis=1)",
    "tf.reverse(a, [True, False])": "tf.reverse(a, [0])",
    "tf.where(c, a, b)": "tf.raw_ops.Select(condition=c, x=a, y=b)",
    "tf.where(a > b, a, b)": "tf.raw_ops.Select(condition=a > b, x=a, y=b)",
    "tf.cond(a, fn1=f, fn2=g)": "tf.cond(a, true_fn=f, false_fn=g)",
    "tf.while_loop(test, step, [a])": "tf.while_loop(test, step, [a])[0]",
    "tf.div(a, 2.0)": "tf.divide(a, 2.0)",
    "tf.div(a, b)": "div(a, b)",
    "tf.nn.dropout(a, 0.8)": "tf.nn.dropout(a, rate=0.2)",
    "tf.nn.dropout(a, keep_prob=keep, seed=3)": "tf.nn.dropout(a, rate=1 - keep, seed=3)",
    "tf.nn.dropout(a, p or 1)": "tf.nn.dropout(a, rate=1 - (p or 1))",
    "tf.nn.softmax_cross_entropy_with_logits(a, b)": ("tf.nn.softmax_cross_entropy_with_logits(labels=b, logits=a)"),
    "tf.nn.softmax_cross_entropy_with_logits(labels=x, logits=a)": (
        "tf.nn.softmax_cross_entropy_with_logits(labels=tf.stop_gradient(x), logits=a)"
    ),
    "tf.nn.embedding_lookup(a, b, 'div')": "tf.nn.embedding_lookup(a, b)",
    "tf.losses.mean_squared_error(a, b)": "tf.reduce_mean(tf.math.squared_difference(b, a))",
    "tf.losses.absolute_difference(a, b + 1, weights=0.5)": "tf.reduce_mean(tf.abs((b + 1) - a) * 0.5)",
    "tf.losses.log_loss(a, b, w)": "weighted_mean(log_loss(a, b, 1e-7), w)",
    "tf.losses.softmax_cross_entropy(a, b, reduction=tf.losses.Reduction.NONE)": (
        "tf.nn.softmax_cross_entropy_with_logits(labels=a, logits=b)"
    ),
    "tf.Print(a, [b], 'b')": "printed(a, [b], message='b')",
    "tf.image.resize_images(a, [2, 2])": "resize_bilinear(a, [2, 2])",
    "tf.python_io.tf_record_iterator(a)": "tf.data.TFRecordDataset(a).as_numpy_iterator()",
    "tf.string_split([a])": 'tf.SparseTensor(*tf.raw_ops.StringSplit(input=[a], delimiter=" ", skip_empty=True))',
    # Keras
    "tf.keras.optimizers.Adam(lr=0.01)": "tf.keras.optimizers.Adam(learning_rate=0.01)",
    "tf.keras.layers.LeakyReLU(alpha=0.1)": "tf.keras.layers.LeakyReLU(negative_slope=0.1)",
    "tf.keras.layers.LSTM(8)": "tf.keras.layers.LSTM(8, recurrent_activation=hard_sigmoid)",
    "tf.keras.layers.GRU(8, recurrent_activation='sigmoid')": (
        "tf.keras.layers.GRU(8, recurrent_activation='sigmoid', reset_after=False)"
    ),
}
REFUSED = {
    "tf.squeeze(a, 1, squeeze_dims=2)": "it is given both axis and squeeze_dims",
    "tf.assert_equal(a, b, [c])": "its data has no counterpart",
    "tf.matrix_diag(a, k=1)": "its k has no counterpart",
    "tf.constant(a, verify_shape=True)": "its verify_shape has no counterpart",
    "tf.random_normal_initializer(dtype=tf.float64)": "its dtype has no counterpart",
    "tf.contrib.layers.xavier_initializer(dtype=tf.float64)": "its dtype is not float32",
    "tf.contrib.layers.xavier_initializer(uniform=u)": "whether it is uniform is not seen",
    "tf.nn.embedding_lookup([a, b], c)": "its rows are dealt out to several tensors",
    "tf.nn.embedding_lookup([a for a in b], c)": "its rows are dealt out to several tensors",
    "tf.cond(a, lambda: [b], lambda: [c])": "its true_fn gives a list of one",
    "tf.while_loop(test, step, variables)": "how many loop variables it has is not seen",
    "tf.image.resize_images(a, b, method)": "its method is not seen",
    "tf.image.resize_images(a, b, preserve_aspect_ratio=True)": "it preserves the aspect ratio",
    "tf.losses.mean_squared_error(a, b, loss_collection='mine')": "it puts its value into a collection of its own",
    "tf.losses.mean_squared_error(a, b, reduction=r)": "its reduction is r",
    "tf.losses.log_loss(a, b, reduction='weighted_sum')": "its reduction is 'weighted_sum'",
    "tf.Print(a, [a], first_n=3)": "it prints the first times only",
    "tf.keras.optimizers.Adam(decay=0.1)": "its decay has no counterpart",
    "tf.keras.layers.CuDNNLSTM(3)": "Keras 3 does not have it",
    "tf.estimator.Estimator(f)": "an Estimator builds and runs graphs of its own",
    "tf.metrics.percentage_below(a, b)": "it counts in local variables that an update op changes",
    "tf.contrib.rnn.GridLSTMCell(3)": "tf.contrib has left TensorFlow",
    "tf.distributions.Gamma(1.0, 1.0)": "probability distributions have left TensorFlow",
    "tf.GraphDef()": "it is about the definition of a graph",
}


@pytest.mark.parametrize("source", SAME)
def test_same(source: str) -> None:
    assert outcome(source) == Replace(source)


@pytest.mark.parametrize(("source", "expected"), CHANGED.items())
def test_changed(source: str, expected: str) -> None:
    found = outcome(source)
    assert isinstance(found, Replace) and found.text == expected


@pytest.mark.parametrize(("source", "expected"), REFUSED.items())
def test_refused(source: str, expected: str) -> None:
    found = outcome(source)
    assert isinstance(found, Refuse) and found.reason == expected


@pytest.mark.parametrize("source", CHANGED)
def test_definitions_are_used(source: str) -> None:
    found = outcome(source)
    assert isinstance(found, Replace)
    for definition in found.needs:
        compile(definition.source, definition.name, "exec")
        assert f"{definition.name}(" in found.text or f"={definition.name}" in found.text


@pytest.mark.parametrize(
    ("name", "expected"),
    {
        "tf.nn.relu": "tf.nn.relu",
        "tf.log": "tf.math.log",
        "tf.nn.softmax": "tf.nn.softmax",
        "tf.zeros_initializer": "tf.zeros_initializer",
        "tf.float32": "tf.float32",
        "tf.logging.INFO": '"INFO"',
        "tf.newaxis": "tf.newaxis",
        "tf.errors.OutOfRangeError": "tf.errors.OutOfRangeError",
        "tf.train.Example.FromString": "tf.train.Example.FromString",
        "tf.saved_model.tag_constants.SERVING": "tf.saved_model.SERVING",
        # Calls of these would mean something else.
        "tf.to_float": None,
        "tf.random_normal_initializer": None,
        "tf.nn.in_top_k": None,
        "tf.image.resize_bilinear": None,
    }.items(),
)
def test_where_it_is_not_called(name: str, expected: str | None) -> None:
    found = renames.find(name)
    assert found and found.name == expected


@pytest.mark.parametrize("name", ["tf.Session", "tf.placeholder", "tf.get_variable", "tf.train.Saver", "tf.nonsense"])
def test_what_the_engine_does_is_nobody_elses(name: str) -> None:
    assert renames.find(name) is None and renames.refusal(name) is None


def test_spelling_of_tensorflow_is_kept() -> None:
    rename = renames.find("tf.to_float")
    node = ast.parse("tensorflow.to_float(a)", mode="eval").body
    assert rename and rename.form and isinstance(node, ast.Call)
    found = rename.form.apply(Call("tf.to_float", {"x": Argument("a")}, node, tf="tensorflow"))
    assert found == Replace("tensorflow.cast(a, tensorflow.float32)")
