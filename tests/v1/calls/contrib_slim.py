"""Small uses of ``tf.contrib.slim``; training and evaluation loops are in a test of their own."""

import importlib

import numpy as np

from .inputs import IMAGES, VECTORS


def _nets(slim):
    # In 1.15 it is no attribute of slim until it is imported.
    return importlib.import_module(slim.__name__ + ".nets")


def _net(build):
    """Returns a call that gives the variables' number, the first and last names, and the shapes of all end points."""

    def call(tf):
        # In a graph of its own: what is wanted are its names and shapes, not its values.
        with tf.Graph().as_default():
            output, end_points = build(tf.contrib.slim, tf)
            variables = ["%s %s" % (v.op.name, v.shape.as_list()) for v in tf.global_variables()]
            facts = [str(output.shape), str(len(variables)), "; ".join(variables[:3]), "; ".join(variables[-3:])]
        return facts + ["%s %s" % (name, end_points[name].shape) for name in sorted(end_points)]

    return call


def _resnet(version, size, **options):
    def build(slim, tf):
        resnet = getattr(_nets(slim), "resnet_v%d" % version)
        with slim.arg_scope(resnet.resnet_arg_scope()):
            return getattr(resnet, "resnet_v%d_50" % version)(tf.zeros([1, size, size, 3]), **options)

    return build


def _model(tf):
    slim = tf.contrib.slim
    with slim.arg_scope(
        [slim.conv2d, slim.fully_connected],
        activation_fn=tf.nn.tanh,
        weights_regularizer=slim.l2_regularizer(0.01),
        weights_initializer=tf.zeros_initializer(),
    ):
        net = slim.repeat(IMAGES(tf) * 0.1, 2, slim.conv2d, 2, [1, 1], scope="conv")
        net = slim.max_pool2d(net, [2, 2], scope="pool")
        net = slim.dropout(slim.flatten(net), is_training=False)
        return slim.fully_connected(net, 2, activation_fn=None, scope="out")


def _learning(**options):
    """Returns a call that trains a regression and gives losses, step, names."""

    def call(tf):
        slim = tf.contrib.slim
        options_now = {name: make(tf) if callable(make) else make for name, make in options.items()}
        predictions = slim.fully_connected(
            VECTORS(tf), 1, activation_fn=None, weights_initializer=tf.ones_initializer()
        )
        slim.losses.mean_squared_error(predictions, tf.ones([4, 1]))
        loss = slim.losses.get_total_loss()
        op = slim.learning.create_train_op(loss, tf.train.GradientDescentOptimizer(0.1), **options_now)
        step = tf.train.get_global_step()
        names = sorted(found.op.name for found in tf.get_collection(tf.GraphKeys.SUMMARIES))
        trained = [found.name for found in tf.get_collection(tf.GraphKeys.TRAIN_OP)]

        def run(session):
            session.run(tf.variables_initializer(tf.global_variables()))
            return [session.run(op) for _ in range(3)] + [session.run(step), op.op.name] + names + trained

        return run

    return call


def _multiplied(tf):
    slim = tf.contrib.slim
    a, b = tf.get_variable("a", [2]), tf.get_variable("b", [2])
    gradients = [(tf.constant([1.0, 2.0]), a), (tf.constant([3.0, 4.0]), b)]
    scaled = slim.learning.multiply_gradients(gradients, {a: 0.5, "b": tf.constant(2.0)})
    clipped = slim.learning.clip_gradient_norms(gradients, 1.0)
    slim.learning.add_gradients_summaries(gradients)
    names = sorted(found.op.name for found in tf.get_collection(tf.GraphKeys.SUMMARIES))
    return [part for part, _ in scaled + clipped] + names


def _multiplied_by_nothing(tf):
    gradients = [(tf.constant([1.0]), tf.get_variable("a", [1]))]
    return tf.contrib.slim.learning.multiply_gradients(gradients, {})


def _example(tf):
    feature = tf.train.Feature
    image = np.arange(12, dtype=np.uint8)
    return tf.train.Example(
        features=tf.train.Features(
            feature={
                "image/raw": feature(bytes_list=tf.train.BytesList(value=[image.tobytes()])),
                "image/format": feature(bytes_list=tf.train.BytesList(value=[b"RAW"])),
                "label": feature(int64_list=tf.train.Int64List(value=[3])),
                "ymin": feature(float_list=tf.train.FloatList(value=[0.1, 0.2])),
                "xmin": feature(float_list=tf.train.FloatList(value=[0.3, 0.4])),
                "ymax": feature(float_list=tf.train.FloatList(value=[0.5, 0.6])),
                "xmax": feature(float_list=tf.train.FloatList(value=[0.7, 0.8])),
                "words": feature(bytes_list=tf.train.BytesList(value=[b"a", b"b"])),
            }
        )
    ).SerializeToString()


def _decoded(tf):
    slim = tf.contrib.slim
    decoders = slim.tfexample_decoder
    keys = {
        "image/raw": tf.FixedLenFeature((), tf.string, default_value=""),
        "image/format": tf.FixedLenFeature((), tf.string, default_value="raw"),
        "label": tf.FixedLenFeature([1], tf.int64),
        "words": tf.VarLenFeature(tf.string),
    }
    keys.update({side: tf.VarLenFeature(tf.float32) for side in ("ymin", "xmin", "ymax", "xmax")})
    items = {
        "image": decoders.Image("image/raw", "image/format", shape=[2, 2, 3]),
        "label": decoders.Tensor("label", shape=[]),
        "boxes": decoders.BoundingBox(),
        "words": decoders.Tensor("words", default_value=""),
        "both": decoders.ItemHandlerCallback(["label", "words"], lambda parts: parts["label"] * 2),
    }
    decoder = decoders.TFExampleDecoder(keys, items)
    wanted = sorted(items)
    return decoder.decode(tf.constant(_example(tf)), wanted) + wanted


def _data_provider(tf):
    slim = tf.contrib.slim
    dataset = slim.dataset.Dataset(["a", "b"], tf.TextLineReader, None, 2, {"x": "number"}, num_classes=3)
    return [dataset.num_samples, dataset.num_classes, dataset.items_to_descriptions["x"], len(dataset.data_sources)]


def _summarized(tf):
    slim = tf.contrib.slim
    slim.summaries.add_histogram_summaries([tf.constant([1.0], name="h")])
    slim.summaries.add_scalar_summaries([tf.constant(1.0, name="s")], prefix="all")
    slim.summaries.add_scalar_summary(tf.constant(1.0, name="one"), "name", "prefix", print_summary=True)
    slim.summaries.add_zero_fraction_summary(tf.constant([1.0, 0.0], name="z"))
    slim.summaries.add_image_summary(tf.zeros([1, 2, 2, 3], name="i"))
    return sorted(found.op.name + " " + found.op.type for found in tf.get_collection(tf.GraphKeys.SUMMARIES))


def _same_objects(tf):
    slim = tf.contrib.slim
    return [
        slim.losses is tf.contrib.losses,
        slim.metrics is tf.contrib.metrics,
        slim.conv2d is tf.contrib.layers.conv2d,
        slim.conv2d is slim.layers.conv2d,
        slim.arg_scope is tf.contrib.framework.arg_scope,
        slim.xavier_initializer is slim.initializers.xavier_initializer,
        slim.l2_regularizer is slim.regularizers.l2_regularizer,
        slim.get_model_variables is tf.contrib.framework.get_model_variables,
        callable(slim.evaluation.evaluate_once) and callable(slim.queues.QueueRunners),
        callable(slim.utils.collect_named_outputs) and callable(slim.utils.last_dimension),
    ]


def _analyzed(tf):
    slim = tf.contrib.slim
    slim.fully_connected(VECTORS(tf), 2)
    size, memory = slim.model_analyzer.analyze_vars(slim.get_model_variables())
    return [size, memory, slim.model_analyzer.tensor_description(tf.zeros([2, 3]))]


class _Series:
    """A series of before 1.15, whose data frames had gone already."""

    def required_base_features(self):
        return {"a": "spec of a"}

    def build(self, tensors):
        return tensors["a"] * 2


def _data_frame_column(values, **options):
    def call(tf):
        column = tf.contrib.slim.DataFrameColumn("doubled", _Series())
        dense = column._to_dnn_input_layer(tf.constant(values), **options)
        return [column.name, column.key, column.config, list(column._fields), dense, dense.dtype.name]

    return call


def _data_frame_column_as_tensor(tf):
    return tf.contrib.slim.DataFrameColumn("doubled", _Series())._to_dense_tensor(tf.constant([[1], [2]]))


def _experimental(documented):
    def call(tf):
        if documented:

            @tf.contrib.slim.experimental
            def function(a, b=2):
                """Adds.

                Args:
                    a: A number.
                    b: Another.
                """
                return a + b

        else:

            @tf.contrib.slim.experimental
            def function(a, b=2):
                return a + b

        return [function(1), function(1, b=5), function.__name__, function.__doc__]

    return call


CALLS = {
    "the same objects": _same_objects,
    "a model": _model,
    "create_train_op": _learning(),
    "create_train_op clipped": _learning(clip_gradient_norm=0.5, summarize_gradients=True),
    "create_train_op with multipliers": _learning(gradient_multipliers={"fully_connected/weights": 0.0}),
    "create_train_op with an unknown option": _learning(transform_grads_fn=None),
    "create_train_op of a variable that is not": _learning(gradient_multipliers={"nothing": 0.0}),
    "multiply_gradients and clip_gradient_norms": _multiplied,
    "multiply_gradients by nothing": _multiplied_by_nothing,
    "tfexample_decoder": _decoded,
    "dataset": _data_provider,
    "summaries": _summarized,
    "model_analyzer": _analyzed,
    "DataFrameColumn": _data_frame_column([[1.0, 2.0], [3.0, 4.0]]),
    "DataFrameColumn of integers": _data_frame_column([1, 2, 3]),
    "DataFrameColumn of higher rank": _data_frame_column([[[1.0], [2.0]]], output_rank=3),
    "DataFrameColumn of texts": _data_frame_column([["a"]]),
    "DataFrameColumn as it is": _data_frame_column_as_tensor,
    "experimental": _experimental(True),
    "experimental without docstring": _experimental(False),
    "experimental of a number": lambda tf: tf.contrib.slim.experimental(3),
    "inception_v1": _net(lambda slim, tf: _nets(slim).inception.inception_v1(tf.zeros([1, 224, 224, 3]), 10)),
    "resnet_v1_50": _net(_resnet(1, 64, num_classes=10)),
    "resnet_v2_50 without classes": _net(_resnet(2, 64, global_pool=False, output_stride=16)),
    "vgg_16": _net(lambda slim, tf: _nets(slim).vgg.vgg_16(tf.zeros([1, 224, 224, 3]), 10)),
    "alexnet_v2": _net(lambda slim, tf: _nets(slim).alexnet.alexnet_v2(tf.zeros([1, 224, 224, 3]), 10)),
    "overfeat": _net(lambda slim, tf: _nets(slim).overfeat.overfeat(tf.zeros([1, 231, 231, 3]), 10)),
    "inception_v2": _net(lambda slim, tf: _nets(slim).inception.inception_v2(tf.zeros([1, 224, 224, 3]), 10)),
    "inception_v3": _net(lambda slim, tf: _nets(slim).inception.inception_v3(tf.zeros([1, 299, 299, 3]), 10)),
}
