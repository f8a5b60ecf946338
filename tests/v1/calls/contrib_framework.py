"""Small uses of ``tf.contrib.framework``; checkpoints are in a test of their own."""

import collections

import numpy as np

from .inputs import VECTORS


def _framework(name, *arguments, **options):
    return lambda tf: getattr(tf.contrib.framework, name)(*arguments, **options)


def _is_refused(error, call):
    try:
        call()
    except error:
        return True
    return False


def _scoped(tf):
    framework, layers = tf.contrib.framework, tf.contrib.layers

    @framework.add_arg_scope
    def scaled(x, by=1.0, plus=0.0):
        return x * by + plus

    x = tf.constant([1.0, 2.0])
    with framework.arg_scope([scaled], by=2.0, plus=1.0) as outer:
        first = scaled(x)
        with framework.arg_scope([scaled], by=3.0):
            second = scaled(x)
            third = scaled(x, by=5.0)
        with framework.arg_scope(outer):
            fourth = scaled(x)
    facts = [framework.has_arg_scope(scaled), framework.has_arg_scope(_scoped), framework.has_arg_scope(layers.conv2d)]
    facts.append(", ".join(sorted(framework.arg_scoped_arguments(scaled))))
    facts.append(_is_refused(ValueError, lambda: framework.arg_scope([_scoped], a=1).__enter__()))
    facts.append(_is_refused(TypeError, lambda: framework.arg_scope(3, a=1).__enter__()))
    facts.append(_is_refused(ValueError, lambda: framework.arg_scope(outer, by=1.0).__enter__()))
    return [first, second, third, fourth] + facts


def _layers_in_scope(tf):
    framework, layers = tf.contrib.framework, tf.contrib.layers
    with framework.arg_scope([layers.fully_connected], activation_fn=tf.nn.tanh, biases_initializer=None):
        return layers.fully_connected(layers.fully_connected(VECTORS(tf), 3, scope="a"), 2, activation_fn=None)


def _variables(tf):
    framework = tf.contrib.framework
    with tf.variable_scope("net"):
        framework.model_variable("w", [2, 3], regularizer=lambda w: 0.1 * tf.reduce_sum(w))
        framework.variable("b", [3], initializer=tf.zeros_initializer(), trainable=False)
        framework.variable("c", [3], collections=["mine"])
    framework.local_variable(tf.zeros([2]), name="count")
    framework.global_variable(tf.zeros([2]), name="total")
    framework.add_model_variable(framework.get_unique_variable("net/b"))

    def names(variables):
        return ", ".join(variable.op.name for variable in variables)

    return [
        names(framework.get_variables()),
        names(framework.get_variables("net")),
        names(framework.get_variables(suffix="w")),
        names(framework.get_variables(collection="mine")),
        names(framework.get_model_variables()),
        names(framework.get_local_variables()),
        names(framework.get_trainable_variables()),
        names(framework.get_variables_by_name("w")),
        names(framework.get_variables_by_suffix("b")),
        names(framework.get_variables_to_restore(include=["net"], exclude=["net/b"])),
        names(framework.filter_variables(framework.get_variables(), ["w", "b"], ["net/b"])),
        names(framework.filter_variables(framework.get_variables(), ["net"], reg_search=False)),
        framework.get_variable_full_name(framework.get_unique_variable("net/w")),
        _is_refused(ValueError, lambda: framework.get_unique_variable("nothing")),
        _is_refused(ValueError, lambda: framework.get_variables_by_suffix("")),
    ]


def _global_step(tf):
    framework = tf.contrib.framework
    before = framework.get_global_step() is None
    step = framework.get_or_create_global_step()
    framework.assert_global_step(step)
    same = framework.assert_or_get_global_step() is step and framework.get_global_step() is step
    refused = _is_refused(ValueError, framework.create_global_step)
    mixed = _is_refused(TypeError, lambda: framework.assert_global_step(tf.constant(1.0)))
    return [step, before, same, refused, mixed, step.op.name, step.dtype.name]


def _assigned(tf):
    framework = tf.contrib.framework
    a = tf.get_variable("a", [2], trainable=False)
    framework.variable("b", [2, 2], trainable=False)
    op, feed = framework.assign_from_values({"a": np.array([1.0, 2.0])})
    set_b = framework.assign_from_values_fn({"b": np.array([[3.0, 4.0], [5.0, 6.0]])})

    def run(session):
        session.run(op, feed)
        set_b(session)
        return [session.run(a), session.run(framework.get_unique_variable("b"))]

    return run


def _device_chooser(tf):
    choose = tf.contrib.framework.VariableDeviceChooser(num_tasks=2, job_name="parameters")
    with tf.Graph().as_default(), tf.device(choose):
        return [tf.Variable(0.0, trainable=False).device for _ in range(3)]


def _zero_initialized(tf, **options):
    variable = tf.get_variable("v", [2, 3], trainable=False, **options)
    op = tf.contrib.framework.zero_initializer(variable)
    fresh = tf.Session()
    with fresh:
        fresh.run(op)
        value = fresh.run(variable)
        refused = _is_refused(tf.errors.InvalidArgumentError, lambda: fresh.run(op))
    return [tf.constant(value), refused]


def _py_func(tf):
    def swap(pair, scale):
        return {"first": pair[1] * scale, "second": [pair[0]]}

    return tf.contrib.framework.py_func(
        swap,
        [[tf.constant([1.0, 2.0]), tf.constant([3.0])]],
        {"scale": tf.constant(2.0)},
        output_types={"first": tf.float32, "second": [tf.float32]},
        output_shapes={"first": [1], "second": [[2]]},
    )


def _shape_in_graph(expected, value):
    def call(tf):
        tensor = tf.placeholder(tf.float32)
        checked = tf.contrib.framework.with_shape(expected, tensor)
        return lambda session: [session.run(checked, {tensor: value}), str(checked.shape)]

    return call


def _squeezed(predictions, labels, known=True):
    def call(tf):
        values = [np.array(predictions, np.float32), np.array(labels, np.float32)]
        tensors = [tf.placeholder(tf.float32, value.shape if known else None) for value in values]
        pair = tf.contrib.framework.remove_squeezable_dimensions(*tensors)
        return lambda session: session.run(list(pair), dict(zip(tensors, values)))

    return call


def _fused_graph(tf):
    a = tf.placeholder(tf.float32, [], name="a")
    b = tf.identity(tf.square(a, name="b"), name="c")
    tf.negative(b, name="d")
    graph_def = tf.get_default_graph().as_graph_def()
    fused = tf.contrib.framework.fuse_op(graph_def, ["a"], ["c"], [tf.float32.as_datatype_enum], False, "new", "New")
    inputs = tf.contrib.framework.get_placeholders(tf.get_default_graph())
    names = ["%s %s %s" % (node.name, node.op, ",".join(node.input)) for node in fused.node]
    return names + [tensor.name for tensor in inputs]


def _nested(tf):
    nest = tf.contrib.framework.nest
    pair = collections.namedtuple("Pair", ["x", "y"])
    value = {"b": [1, (2, 3)], "a": pair(4, 5)}
    mapped = nest.map_structure(lambda leaf: leaf * 10, value)
    return [
        nest.flatten(value),
        nest.flatten(mapped),
        nest.pack_sequence_as(value, [1, 2, 3, 4, 5])["a"].y,
        nest.is_sequence([1]),
        nest.is_sequence("text"),
        nest.flatten_up_to([0, 0], [[1, 2], 3])[1],
        ", ".join(path for path, _ in nest.flatten_with_joined_string_paths(value)),
        _is_refused(ValueError, lambda: nest.assert_same_structure([1], [1, 2])),
        _is_refused(TypeError, lambda: nest.assert_same_structure([1], (1,))),
    ]


def _smart(tf):
    framework = tf.contrib.framework
    return [
        framework.smart_cond(True, lambda: tf.constant(1), lambda: tf.constant(2)),
        framework.smart_cond(tf.constant(False), lambda: tf.constant(1), lambda: tf.constant(2)),
        framework.smart_cond(tf.placeholder_with_default(False, []), lambda: tf.constant(1), lambda: tf.constant(2)),
        framework.smart_case([(tf.constant(False), lambda: tf.constant(1))], default=lambda: tf.constant(3)),
        framework.smart_constant_value(tf.constant(True)),
        framework.smart_constant_value(tf.placeholder_with_default(False, [])),
    ]


def _deprecations(tf):
    framework = tf.contrib.framework

    @framework.deprecated("2030-01-01", "Use another.")
    def old(x):
        """Doubles.

        Really.
        """
        return x * 2

    @framework.deprecated_args("2030-01-01", "Use y.", "x")
    def renamed(x=None, y=None):
        """Adds."""
        return y or x

    @framework.deprecated_arg_values("2030-01-01", "No more.", x=3)
    def valued(x):
        """Returns."""
        return x

    refused = _is_refused(ValueError, lambda: framework.deprecated("soon", "Use another."))
    return [old(2), renamed(x=1), valued(x=3), refused, "DEPRECATED" in old.__doc__]


def _types(tf):
    framework = tf.contrib.framework
    sparse = tf.SparseTensor([[0]], [1.0], [2])
    return [
        framework.is_tensor(tf.constant(1)),
        framework.is_tensor(sparse),
        framework.is_tensor(tf.get_variable("v", [], trainable=False)),
        framework.is_tensor(1),
        framework.convert_to_tensor_or_sparse_tensor(sparse),
        framework.convert_to_tensor_or_sparse_tensor([1.0]),
        framework.assert_same_float_dtype([tf.constant(1.0)]).name,
        _is_refused(ValueError, lambda: framework.assert_same_float_dtype([tf.constant(1)])),
        framework.assert_scalar(tf.constant(1)),
        _is_refused(ValueError, lambda: framework.assert_scalar(tf.constant([1]))),
        framework.assert_scalar_int(tf.constant(1)),
        _is_refused(ValueError, lambda: framework.assert_scalar_int(tf.constant(1.0))),
    ]


def _scopes(tf):
    framework = tf.contrib.framework
    with tf.name_scope("outer"):
        name = framework.get_name_scope()
        constant = tf.constant(1.0)
    return [
        name,
        framework.get_name_scope(),
        framework.prepend_name_scope("a/b", "scope"),
        framework.strip_name_scope("scope/a/b", "scope"),
        framework.get_graph_from_inputs([constant]) is tf.get_default_graph(),
        _is_refused(ValueError, lambda: framework.get_graph_from_inputs([constant], tf.Graph())),
    ]


def _orthogonal(name, shape):
    def call(tf):
        kernel = getattr(tf.contrib.framework, name)(seed=1)(shape)
        return lambda session: round(float(np.sum(np.square(session.run(kernel)))), 3)

    return call


def _specs(tf):
    framework = tf.contrib.framework
    spec = framework.BoundedTensorSpec([2], tf.float32, 0, 1, name="x")
    return [str(spec.shape), spec.name, float(spec.maximum), framework.TensorSpec([1]).is_compatible_with([1.0])]


CALLS = {
    "arg_scope": _scoped,
    "arg_scope of layers": _layers_in_scope,
    "variables": _variables,
    "global step": _global_step,
    "assign_from_values": _assigned,
    "VariableDeviceChooser": _device_chooser,
    "zero_initializer": _zero_initialized,
    "zero_initializer of a resource": lambda tf: _zero_initialized(tf, use_resource=True),
    "sort": lambda tf: tf.contrib.framework.sort(tf.constant([[3.0, 1.0], [2.0, 5.0]]), direction="DESCENDING"),
    "sort along an axis": lambda tf: tf.contrib.framework.sort(tf.constant([[3.0, 1.0], [2.0, 5.0]]), axis=0),
    "sort in no direction": _framework("sort", [1.0], direction="UP"),
    "argsort": lambda tf: tf.contrib.framework.argsort(tf.constant([3, 1, 2])),
    "argsort descending": lambda tf: tf.contrib.framework.argsort(tf.constant([3, 1, 2]), direction="DESCENDING"),
    "py_func": _py_func,
    "py_func of no list": _framework("py_func", len, 3, output_types=None),
    "py_func of no dict": _framework("py_func", len, [], [], output_types=None),
    "reduce_sum_n": lambda tf: tf.contrib.framework.reduce_sum_n([tf.constant([1.0, 2.0]), tf.constant([[3.0]])]),
    "reduce_sum_n of one": lambda tf: tf.contrib.framework.reduce_sum_n([tf.constant([1.0, 2.0])]),
    "reduce_sum_n of none": _framework("reduce_sum_n", []),
    "remove_squeezable_dimensions of predictions": _squeezed([[1], [2]], [1, 2]),
    "remove_squeezable_dimensions of labels": _squeezed([1, 2], [[1], [2]]),
    "remove_squeezable_dimensions of unknown ranks": _squeezed([[1], [2]], [1, 2], known=False),
    "with_shape": lambda tf: tf.contrib.framework.with_shape([2, 2], tf.ones([2, 2])),
    "with_shape of a scalar": lambda tf: tf.contrib.framework.with_shape([], tf.ones([1])),
    "with_shape of another": lambda tf: tf.contrib.framework.with_shape([2, 3], tf.ones([2, 2])),
    "with_shape of rank 2": lambda tf: tf.contrib.framework.with_shape(np.array([[2]]), tf.ones([2])),
    "with_shape of floats": lambda tf: tf.contrib.framework.with_shape([2.0], tf.ones([2])),
    "with_shape of a sparse tensor": lambda tf: tf.contrib.framework.with_shape(
        [2], tf.SparseTensor([[0]], [1.0], [2])
    ),
    "with_shape in the graph": _shape_in_graph([2, 1], np.ones([2, 1])),
    "with_shape of another in the graph": _shape_in_graph([2, 1], np.ones([2, 2])),
    "with_shape of another rank in the graph": _shape_in_graph([2, 1], np.ones([2])),
    "with_shape of a scalar in the graph": _shape_in_graph([], np.ones([1])),
    "with_shape of a tensor": lambda tf: tf.contrib.framework.with_shape(tf.constant([-1, 2]), tf.ones([2, 2])),
    "with_shape of a tensor of floats": lambda tf: tf.contrib.framework.with_shape(tf.constant([2.0]), tf.ones([2])),
    "with_same_shape": lambda tf: tf.contrib.framework.with_same_shape(tf.zeros([2]), tf.ones([2])),
    "with_same_shape of another": lambda tf: tf.contrib.framework.with_same_shape(tf.zeros([3]), tf.ones([2])),
    "fuse_op and get_placeholders": _fused_graph,
    "fuse_op of no graph": _framework("fuse_op", 3, ["a"], ["b"], [], False, "n", "N"),
    "get_placeholders of no graph": _framework("get_placeholders", 3),
    "nest": _nested,
    "smart_cond": _smart,
    "smart_cond of no function": _framework("smart_cond", True, 1, 2),
    "deprecated": _deprecations,
    "is_tensor and checks": _types,
    "scopes of names": _scopes,
    "convolutional_delta_orthogonal": _orthogonal("convolutional_delta_orthogonal", [3, 3, 2, 4]),
    "convolutional_orthogonal_1d": _orthogonal("convolutional_orthogonal_1d", [3, 2, 4]),
    "convolutional_orthogonal_2d": _orthogonal("convolutional_orthogonal_2d", [3, 3, 2, 4]),
    "convolutional_orthogonal_3d": _orthogonal("convolutional_orthogonal_3d", [3, 3, 3, 2, 4]),
    "specs": _specs,
}
