"""Ops of ``tf.contrib`` whose kernels have left TensorFlow and that are made of other ops here."""

import numpy as np

from .inputs import contrib, normal

POINTS = [[[0.25, 1.5], [2.0, 3.0], [-0.5, 0.5]], [[4.5, 5.5], [-1.0, 2.0], [1e12, -7.0]]]
LINES = ["1 0:1.5 3:-2", "-1 1:0.25", "7", "2 4:1e2 0:3"]


def _resampled(shape=(2, 6, 5, 3), points=POINTS, dtype="float32", trained="data"):
    def call(tf):
        data = tf.cast(normal(*shape)(tf), dtype)
        warp = tf.constant(points, dtype)
        if trained == "data":
            data = tf.get_variable("data", shape, dtype)
        elif trained == "warp":
            warp = warp + 0.25 * tf.get_variable("warp", warp.shape, dtype)
        return tf.square(tf.contrib.resampler.resampler(data, warp))

    return call


def _unknown(tf):
    data, warp = tf.placeholder_with_default(normal(2, 3, 4, 1)(tf), None), tf.constant(POINTS)
    output = tf.contrib.resampler.resampler(tf.placeholder_with_default(data, [None, None, None, 1]), warp)
    return [output, str(output.shape), output.name.split("/")[0]]


def _seeded_after(tf):
    tf.set_random_seed(4)
    tf.contrib.resampler.resampler(normal(2, 6, 5, 3)(tf), tf.constant(POINTS))
    contrib(tf, "libsvm").decode_libsvm(LINES, num_features=5)
    contrib(tf, "reduce_slice_ops.python.ops.reduce_slice_ops").reduce_slice_sum(tf.ones([3, 2]), [0, 2], 0)
    return tf.random_normal([3])


def _svm(lines, features=5, **options):
    def call(tf):
        if "dtype" in options:
            options["dtype"] = tf.as_dtype(options["dtype"])
        decoded, labels = contrib(tf, "libsvm").decode_libsvm(lines, num_features=features, **options)
        return [decoded, labels, str(decoded.dtype), str(labels.dtype), str(labels.shape)]

    return call


def _refused_line(line, part, known=True):
    """Fetches a part of what a line gives that is refused for another."""

    def call(tf):
        lines = tf.placeholder(tf.string, [2 if known else None])
        decoded, labels = contrib(tf, "libsvm").decode_libsvm(lines, num_features=5)
        fetched = {"labels": labels, "values": decoded.values}[part]
        return lambda session: session.run(fetched, {lines: ["1 0:2", line]})

    return call


def _next(tf):
    strings = tf.Variable(["a", "b", "c"], trainable=False)
    counter = tf.Variable(tf.constant(-1, tf.int64), trainable=False)
    value = tf.contrib.input_pipeline.obtain_next(strings, counter)
    return lambda session: [session.run(value) for _ in range(5)] + [session.run(counter)]


def _slices(kind, indices, axis=0, dtype="float32", shape=(4, 3)):
    def call(tf):
        data = tf.cast(10 * normal(*shape)(tf), dtype)
        if dtype == "float64":
            data = tf.get_variable("data", shape, dtype)
        return getattr(contrib(tf, "reduce_slice_ops.python.ops.reduce_slice_ops"), "reduce_slice_" + kind)(
            data, indices, axis
        )

    return call


PAIRS = [[0, 2], [1, 4], [2, 2], [3, 9]]


def _bits(dtype, *shape):
    def call(tf):
        numbers = tf.cast(2 * normal(*shape)(tf), dtype)
        packed = tf.raw_ops.CompareAndBitpack(input=numbers, threshold=tf.cast(0.5, dtype))
        return [packed, str(packed.shape), str(packed.dtype)]

    return call


def _probes(tables, planes, probes, dtype="float32"):
    def call(tf):
        tf.set_random_seed(2)
        products = tf.cast(normal(3, tables * planes)(tf), dtype)
        module = contrib(tf, "nearest_neighbor.python.ops.nearest_neighbor_ops")
        return list(module.hyperplane_lsh_probes(products, tables, planes, probes)) + [tf.random_uniform([2])]

    return call


def _periodic(before, after):
    def call(tf):
        values = tf.get_variable("values", before)
        resampled = tf.contrib.periodic_resample.periodic_resample(values, after)
        return [tf.square(resampled), str(resampled.shape)]

    return call


def _seek(**options):
    def call(tf):
        module = contrib(tf, "input_pipeline.python.ops.input_pipeline_ops")
        value = module.seek_next(["a", "b", "c", "d"], **options)
        return lambda session: [session.run(value) for _ in range(6)]

    return call


CALLS = {
    "resampler": _resampled(),
    "resampler has a gradient by the coordinates": _resampled(trained="warp"),
    "resampler of float64": _resampled(dtype="float64", trained="warp"),
    "resampler of one row of points": _resampled(points=[[0.5, 1.5], [2.25, 0.75]]),
    "resampler of a grid": _resampled(points=[POINTS, POINTS[::-1]], trained=None),
    "resampler of unknown shapes": _unknown,
    "resampler refuses one image": _resampled(shape=(6, 5, 3), trained=None),
    "resampler refuses three coordinates": _resampled(points=[[[1.0, 2.0, 3.0]]] * 2, trained=None),
    "resampler refuses another batch": _resampled(points=[[[1.0, 2.0]]] * 3, trained=None),
    "seeds after": _seeded_after,
    "decode_libsvm": _svm(LINES),
    "decode_libsvm of dtypes": _svm(LINES, dtype="float64", label_dtype="int32"),
    "decode_libsvm of a matrix": _svm([LINES[:2], LINES[2:]]),
    "decode_libsvm of blanks": _svm([" 1  0:2   1:3 "]),
    "decode_libsvm of an empty line": _refused_line("", "labels"),
    "decode_libsvm of an empty line of any number": _refused_line("", "labels", known=False),
    "decode_libsvm of the values of an empty line": _refused_line("", "values"),
    "decode_libsvm of the labels of bad features": _refused_line("1 2", "labels"),
    "decode_libsvm of a label alone": _svm(["x 1:2"]),
    "decode_libsvm of a float label": _svm(["1.5 1:2"]),
    "decode_libsvm of no pair": _svm(["1 3"]),
    "decode_libsvm of no value": _svm(["1 3:"]),
    "decode_libsvm of a large index": _svm(["1 7:2"]),
    "decode_libsvm refuses no features": _svm(LINES, features=0),
    "CompareAndBitpack": _bits("float32", 3, 16),
    "CompareAndBitpack of a vector": _bits("int32", 8),
    "CompareAndBitpack of booleans": _bits("bool", 2, 2, 8),
    "CompareAndBitpack refuses seven": _bits("float32", 7),
    "hyperplane_lsh_probes": _probes(2, 4, 9),
    "hyperplane_lsh_probes of float64": _probes(3, 2, 12, "float64"),
    "hyperplane_lsh_probes of some tables": _probes(3, 2, 3),
    "periodic_resample": _periodic([2, 2, 8], [4, 4, None]),
    "periodic_resample of a rest": _periodic([3, 5], [6, None]),
    "periodic_resample of no multiple": _periodic([2, 2, 6], [5, 4, None]),
    "periodic_resample along the first": _periodic([4, 3], [None, 6]),
    "periodic_resample along the second": _periodic([2, 3, 4], [4, None, 4]),
    "periodic_resample refuses less": _periodic([4, 4, 2], [2, 4, None]),
    "obtain_next": _next,
    "seek_next": _seek(),
    "seek_next shuffled": _seek(shuffle=True, seed=3, num_epochs=2),
    "seek_next ends": _seek(num_epochs=1),
    "reduce_slice_sum": _slices("sum", PAIRS),
    "reduce_slice_sum of a row of ends": _slices("sum", [0, 2, 3, 4]),
    "reduce_slice_sum along another dimension": _slices("sum", [[0, 2], [1, 3]], 1, shape=(2, 3, 4)),
    "reduce_slice_prod": _slices("prod", PAIRS, dtype="int32"),
    "reduce_slice_max": _slices("max", PAIRS, dtype="int64"),
    "reduce_slice_max of floats": _slices("max", PAIRS),
    "reduce_slice_min": _slices("min", PAIRS),
    "reduce_slice_min of integers": _slices("min", np.array(PAIRS, np.int64), dtype="int32"),
}
