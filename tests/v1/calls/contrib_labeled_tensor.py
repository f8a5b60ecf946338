"""Small uses of ``tf.contrib.labeled_tensor``: every function, orders of axes, and refusals."""

import numpy as np

X = np.random.RandomState(2).uniform(0.2, 0.9, (2, 3, 4)).astype(np.float32)
AXES = [("x", ["a", "b"]), "y", ("z", [10, 20, 30, 40])]
UNARY = """abs neg sign reciprocal square round sqrt rsqrt exp log ceil floor cos sin tan acos asin atan lgamma digamma
    erf erfc tanh sigmoid identity zeros_like ones_like transpose"""
BINARY = """add sub mul div mod pow equal greater greater_equal not_equal less less_equal maximum minimum
    squared_difference igamma igammac"""
REDUCED = "reduce_logsumexp reduce_max reduce_mean reduce_min reduce_prod reduce_sum"
NN = "relu relu6 elu softplus softmax log_softmax"


def _lt(tf):
    return tf.contrib.labeled_tensor


def _x(tf):
    return _lt(tf).LabeledTensor(tf.constant(X), AXES)


def _y(tf):
    return _lt(tf).LabeledTensor(tf.constant(X[0, :, 0] * 3), ["y"])


def _shown(found):
    """Returns the tensor of each labeled tensor, and its axes as a text."""
    parts = found if isinstance(found, (list, tuple)) else [found]
    return [[part.tensor, str([(axis.name, axis.size, axis.labels) for axis in part.axes.values()])] for part in parts]


def _of(name, *arguments, **options):
    """Returns the call of a function of the tensor x."""
    return lambda tf: _shown(getattr(_lt(tf), name)(_x(tf), *arguments, **options))


def _with(function):
    """Returns the call of a function of ``tf.contrib.labeled_tensor`` and the tensors x and y."""
    return lambda tf: _shown(function(_lt(tf), _x(tf), _y(tf)))


def _both(name):
    return _with(lambda lt, x, y: getattr(lt, name)(x, y))


def _nn(name):
    return _with(lambda lt, x, y: getattr(lt.nn, name)(x))


def _entropy(name, labels):
    def call(tf):
        lt = _lt(tf)
        logits = lt.constant(X[0], axes=["y", "z"])
        return getattr(lt.nn, name)(logits, lt.constant(labels, axes=["y", "z"][: np.ndim(labels)])).tensor

    return call


def _logical(tf):
    lt = _lt(tf)
    a, b = lt.constant([True, False], axes=["x"]), lt.constant([True, True, False], axes=["y"])
    return _shown([a & b, a | b, a ^ b, ~a, lt.reduce_all(b), lt.reduce_any(b, "y")])


def _operators(lt, x, y):
    return [x + y, 2.0 - x, x * 3.0, x / y, 1.0 / x, x % 0.3, x**2.0, 2.0**x, -x, +x, abs(x), x < y, x >= 0.5]


def _special(tf):
    lt = _lt(tf)
    return _shown([lt.zeta(_x(tf) + 2.0, 1.5), lt.polygamma(1.0, _x(tf))])


def _ordered(tf):
    lt = _lt(tf)
    with lt.axis_order_scope(["z", "y", "x"]):
        found = [lt.impose_axis_order(_x(tf)), lt.matmul(lt.constant(X[0], axes=["y", "z1"]), _y(tf))]
        lt.check_axis_order(found[0])
    return _shown(found)


def _in_order(function, order=None):
    def call(tf):
        with _lt(tf).axis_order_scope(order):
            return _shown(function(_lt(tf), _x(tf), _y(tf)))

    return call


def _aligned(tf):
    first, second, axes = _lt(tf).align(_x(tf), _y(tf))
    return _shown([first, second]) + [str(list(axes))]


def _products(lt, x, y):
    matrix = lt.constant(X[0], axes=["y", "z"])
    column, other = lt.constant([1.0, 2.0, 3.0, 4.0], axes=["z"]), lt.constant(X[1], axes=["y", "w"])
    other = lt.LabeledTensor(other.tensor, ["y", "w"])
    return [lt.matmul(matrix, y), lt.matmul(matrix, column), lt.matmul(y, y), lt.matmul(matrix, other)]


def _parsed(single):
    def call(tf):
        lt = _lt(tf)
        feature = tf.train.Feature(float_list=tf.train.FloatList(value=[1.0, 2.0, 3.0, 4.0]))
        text = tf.train.Example(features=tf.train.Features(feature={"f": feature})).SerializeToString()
        features = {
            "f": lt.FixedLenFeature([("x", 2), ("y", ["a", "b"])], tf.float32),
            "g": lt.FixedLenFeature([("z", 1)], tf.int64, [7]),
        }
        if single:
            found = lt.parse_single_example(lt.constant(text), features)
        else:
            found = lt.parse_example(lt.constant([text, text], axes=["batch"]), features)
        return _shown([found[key] for key in sorted(found)])

    return call


def _batched(name, **options):
    def call(tf):
        lt = _lt(tf)
        found = getattr(lt, name)([_x(tf), lt.constant(3)], 2, **options)

        def run(session):
            coordinator = tf.train.Coordinator()
            threads = tf.train.start_queue_runners(session, coordinator)
            values = session.run([each.tensor for each in found])
            coordinator.request_stop()
            coordinator.join(threads)
            return values + [str(list(each.axes.values())) for each in found]

        return run

    return call


def _placeholder(tf):
    x = _lt(tf).placeholder(tf.float32, ["batch", ("y", 2)])
    doubled = x * 2.0
    return lambda session: [session.run(doubled, {x: [[1.0, 2.0]]}), str(list(doubled.axes.values()))]


def _coder(tf):
    lt = _lt(tf)
    coder = lt.ReshapeCoder(["y", "z"], [("yz", 12)])
    encoded = coder.encode(_x(tf))
    return _shown([encoded, coder.decode(encoded * 2.0)])


def _texts(tf):
    lt = _lt(tf)
    axes = lt.Axes([("x", ["a", "b"]), ("y", 3)])
    same = [lt.Axis("x", ["a", "b"]) == axes["x"], axes == lt.Axes(list(axes.values())), axes["x"] != axes["y"]]
    return [repr(axes), str(len(axes)), axes["x"].index("b"), axes["y"].size, list(axes.remove("x"))] + same


def _made(function):
    return lambda tf: function(_lt(tf)) and True


CALLS = {}
CALLS.update({name: _of(name) for name in UNARY.split()})
CALLS.update({name: _both(name) for name in BINARY.split()})
CALLS.update({"%s over %s" % (name, axes): _of(name, axes) for name in REDUCED.split() for axes in (None, "y")})
CALLS.update({"nn.%s" % name: _nn(name) for name in NN.split()})
CALLS.update(
    {
        "reduce_sum that keeps a label": _of("reduce_sum", [("x", "both"), "z"]),
        "reduce_sum that keeps an axis": _of("reduce_sum", ("y", None)),
        "reduce_sum over an axis that is not there": _of("reduce_sum", "w"),
        "nn.l2_loss": _with(lambda lt, x, y: lt.nn.l2_loss(lt.constant(3.0))),
        "nn.sigmoid_cross_entropy_with_logits": _entropy("sigmoid_cross_entropy_with_logits", X[1]),
        "logical functions": _logical,
        "operators": _with(_operators),
        "zeta and polygamma": _special,
        "order of axes": _ordered,
        "no order of axes": _of("impose_axis_order"),
        "a wrong order of axes": _in_order(lambda lt, x, y: x + y, ["z", "y", "x"]),
        "an order of axes with too few": _in_order(lambda lt, x, y: x + y, ["x", "y"]),
        "align": _aligned,
        "align without an order": _with(lambda lt, x, y: x + lt.transpose(x)),
        "align other axes": _with(lambda lt, x, y: x + lt.constant([1.0, 2.0], axes=[("x", ["a", "c"])])),
        "slice": _of("slice", {"x": 1, "z": slice(1, 3)}),
        "index": _with(lambda lt, x, y: [x[0, :, 2], x[:, 1:, :2]]),
        "index of too few": _with(lambda lt, x, y: x[0]),
        "transpose to an order": _of("transpose", ["y", "x", "z"]),
        "transpose to other axes": _of("transpose", ["y", "x", "w"]),
        "expand_dims": _of("expand_dims", ["n", "x", ("m", "new"), "y", "z"]),
        "expand_dims of another order": _of("expand_dims", ["y", "x", "z"]),
        "select a label": _of("select", {"x": "b", "z": 30}),
        "select labels": _of("select", {"z": [40, 10]}),
        "select a slice": _of("select", {"z": slice(20, 30), "x": slice(None)}),
        "select two lists": _of("select", {"z": [40, 10], "x": ["a"]}),
        "select a list and a label": _of("select", {"z": [40, 10], "x": "a"}),
        "select with a step": _of("select", {"z": slice(10, 40, 2)}),
        "select of an axis without labels": _of("select", {"y": 1}),
        "select of no axis": _of("select", {"w": 1}),
        "select of no label": _of("select", {"x": "c"}),
        "concat": _with(lambda lt, x, y: lt.concat([x, x * 2.0], "y")),
        "concat of equal labels": _with(lambda lt, x, y: lt.concat([x, x], "x")),
        "concat of other axes": _with(lambda lt, x, y: lt.concat([x, x[:, :2, :]], "x")),
        "pack": _with(lambda lt, x, y: lt.pack([y, y * 2.0], ("n", ["one", "two"]), 1)),
        "pack of none": _with(lambda lt, x, y: lt.pack([], "n")),
        "unpack": _of("unpack", "y"),
        "unpack the first": _of("unpack"),
        "reshape": _of("reshape", ["y", "z"], [("u", 2), "v"]),
        "reshape of no neighbours": _of("reshape", ["x", "z"], ["v"]),
        "reshape to two of any size": _of("reshape", ["x", "y"], ["u", "v"]),
        "rename_axis": _of("rename_axis", "x", "w"),
        "rename_axis of none": _of("rename_axis", "w", "x"),
        "random_crop": _of("random_crop", {"y": 2, "z": 1}, 3),
        "random_crop of no axis": _of("random_crop", {"w": 2}),
        "map_fn": _with(lambda lt, x, y: lt.map_fn(lambda part: lt.reduce_sum(part, "z") * 2.0, x)),
        "foldl": _with(lambda lt, x, y: lt.foldl(lambda total, part: total + lt.reduce_sum(part, "z"), x, y)),
        "squeeze": _with(lambda lt, x, y: lt.squeeze(lt.expand_dims(y, ["n", "y", "m"]), ["m"])),
        "squeeze all": _with(lambda lt, x, y: lt.squeeze(lt.expand_dims(y, ["n", "y", "m"]))),
        "squeeze of a large axis": _of("squeeze", ["x"]),
        "matmul": _with(_products),
        "matmul of no shared axis": _with(lambda lt, x, y: lt.matmul(y, lt.constant([1.0], axes=["n"]))),
        "matmul of large tensors": _both("matmul"),
        "tile": _of("tile", {"y": 2}),
        "tile of labels": _of("tile", {"x": 2}),
        "tile of no axis": _of("tile", {"w": 2}),
        "pad": _of("pad", {"x": (["n"], ["m"]), "y": (1, 0)}),
        "pad that reflects": _of("pad", {"y": (1, 2)}, "REFLECT"),
        "constant": _with(lambda lt, x, y: [lt.constant(2.0, axes=[("u", 3)]), lt.constant([[1, 2]], axes=["u", "v"])]),
        "cast": lambda tf: _shown(_lt(tf).cast(_x(tf), tf.int32)),
        "verify_tensor_all_finite": _of("verify_tensor_all_finite", "not finite"),
        "boolean_mask": _with(lambda lt, x, y: lt.boolean_mask(y, lt.constant([True, False, True], axes=["y"]))),
        "boolean_mask of another axis": _with(lambda lt, x, y: lt.boolean_mask(x, y > 1.0)),
        "where": _with(lambda lt, x, y: lt.where(x > 0.5, x, x * 2.0)),
        "where of other axes": _with(lambda lt, x, y: lt.where(x > 0.5, x, y)),
        "parse_example": _parsed(single=False),
        "parse_single_example": _parsed(single=True),
        "batch": _batched("batch"),
        "batch that may be smaller": _batched("batch", allow_smaller_final_batch=True),
        "batch of many": _batched("batch", enqueue_many=True),
        "shuffle_batch": _batched("shuffle_batch", seed=3),
        "placeholder": _placeholder,
        "ReshapeCoder": _coder,
        "ReshapeCoder before it has encoded": lambda tf: _lt(tf).ReshapeCoder(["y"], ["z"]).decode(_x(tf)),
        "texts": _texts,
        "axes twice": _made(lambda lt: lt.Axes([("x", 2), ("x", 3)])),
        "labels twice": _made(lambda lt: lt.Axis("x", ["a", "a"])),
        "length of an axis of any size": _made(lambda lt: len(lt.Axis("x", None))),
        "index of an axis without labels": _made(lambda lt: lt.Axis("x", 3).index(1)),
        "axis of a wrong value": _made(lambda lt: lt.Axis("x", 2.5)),
        "axis of a wrong name": _made(lambda lt: lt.Axis(3, 2)),
        "labeled tensor of other axes": lambda tf: _lt(tf).LabeledTensor(tf.constant(X), ["x", "y"]),
        "labeled tensor of other sizes": lambda tf: _lt(tf).LabeledTensor(tf.constant(X), ["x", ("y", 4), "z"]),
        "labeled tensor of an array": lambda tf: _lt(tf).LabeledTensor(X, ["x", "y", "z"]),
        "convert_to_labeled_tensor": lambda tf: _shown(_lt(tf).convert_to_labeled_tensor(3.0)),
        "convert_to_labeled_tensor of a vector": lambda tf: _lt(tf).convert_to_labeled_tensor(tf.constant([1.0])),
        "a wrong type": _both("concat"),
    }
)
