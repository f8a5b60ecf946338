"""``tf.contrib.receptive_field``: fields of small networks."""

from .inputs import contrib


def _net(tf, size=None, padding="SAME"):
    slim = tf.contrib.slim
    images = tf.placeholder(tf.float32, [1, size, size, 3], name="input_image")
    net = slim.conv2d(images, 4, [3, 5], stride=2, scope="conv1", padding=padding)
    net = slim.max_pool2d(net, [2, 3], stride=2, scope="pool", padding=padding)
    net = tf.pad(net, [[0, 0], [1, 1], [2, 0], [0, 0]], name="pad")
    net = slim.separable_conv2d(net, None, 3, 1, scope="depth", padding=padding)
    net = slim.avg_pool2d(net, 2, stride=1, scope="average", padding=padding)
    return tf.identity(net, name="output")


def _branches(tf, kernel=1):
    """Two paths, which are aligned if their kernels are odd."""
    images = tf.placeholder(tf.float32, [1, None, None, 3], name="input_image")
    left = tf.contrib.slim.conv2d(images, 1, kernel, stride=4, scope="left", padding="VALID")
    padded = tf.pad(images, [[0, 0], [1, 1], [1, 1], [0, 0]], name="pad")
    right = tf.contrib.slim.conv2d(padded, 1, 3, stride=2, scope="right1", padding="VALID")
    right = tf.contrib.slim.conv2d(right, 1, 1, stride=2, scope="right2", padding="VALID")
    return tf.add(left, right, name="output")


def _field(build, begin="input_image", end="output", **options):
    def call(tf):
        build(tf)
        api = contrib(tf, "receptive_field.receptive_field_api")
        graph_def = tf.get_default_graph().as_graph_def()
        try:
            field = api.compute_receptive_field_from_graph_def(graph_def, begin, end, **options)
        except ValueError as error:
            return str(error)
        numbers = [None if each is None else float(each) for each in field]
        if None in numbers:
            return [str(numbers)]
        return numbers + [
            field.compute_input_center_coordinates([2, 3]),
            field.compute_feature_coordinates([[7.0]], [1]),
        ]

    return call


def _of_tensors(tf):
    output = _net(tf, padding="VALID")
    graph = tf.get_default_graph()
    api = contrib(tf, "receptive_field.receptive_field_api")
    field = api.compute_receptive_field_from_graph_def(graph, graph.get_tensor_by_name("input_image:0"), output)
    try:
        field.compute_feature_coordinates([1, 2, 3])
    except ValueError as error:
        return [int(each) for each in field] + [str(error)]


def _order(tf):
    _net(tf, 20)
    api = contrib(tf, "receptive_field.receptive_field_api")
    info, nodes = api.get_compute_order(tf.get_default_graph().as_graph_def(), "input_image", [20, 20])
    kept = ("conv1/Conv2D", "pool/MaxPool", "pad", "depth/depthwise", "output", "input_image")
    return [
        " ".join(map(str, (name, info[name].order, info[name].input_size, info[name].output_size))) for name in kept
    ]


def _unknown_layer(tf):
    tf.transpose(_net(tf), name="last")


CALLS = {
    "valid": _field(lambda tf: _net(tf, padding="VALID")),
    "same": _field(_net),
    "same of known size": _field(_net, input_resolution=[21, 30]),
    "same of even size": _field(_net, input_resolution=[24, 24]),
    "a part": _field(_net, begin="pool/MaxPool", end="average/AvgPool"),
    "branches": _field(_branches),
    "branches without one": _field(_branches, stop_propagation=["right2"]),
    "branches that are not aligned": _field(lambda tf: _branches(tf, 2)),
    "of tensors": _of_tensors,
    "order": _order,
    "no output": _field(_net, end="nowhere"),
    "no input": _field(_net, begin="nowhere"),
    "a layer that is not known": _field(_unknown_layer, end="last"),
}
