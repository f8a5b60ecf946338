"""What a call gives, in a form that JSON keeps: the same on TensorFlow 1.15 (Python 3.7) and on tf1graphs."""

import sys

import numpy as np

KEPT = 24


def answer(tf, call):
    """Returns what ``call(tf)`` gives: its variables, outputs and gradients from given weights, or its error.

    The call returns a tensor, a plain value, a nested structure of them, or a function of the session that returns
    one; the function is called once variables and tables are initialized. Weights are the sines of 1, 2, 3, ... so
    that every element differs.
    """
    with tf.Graph().as_default(), tf.Session() as session:
        try:
            output = call(tf)
            found = _graph(tf)
            gradients = [] if callable(output) else _gradients(tf, output)
            session.run([tf.global_variables_initializer(), tf.local_variables_initializer(), tf.tables_initializer()])
            _set_weights(tf, session)
            if callable(output):
                found["outputs"] = _kept(output(session))
            else:
                found["outputs"] = _kept([_value(tf, session, part) for part in _flat(output)])
                found["gradients"] = _kept([_value(tf, session, part) for part in gradients])
            found["regularization"] = _kept(session.run(tf.get_collection(tf.GraphKeys.REGULARIZATION_LOSSES)))
        except Exception as error:  # which one is the answer
            return {"error": type(error).__name__}
        return found


def _graph(tf):
    return {
        "variables": [[v.op.name, v.shape.as_list(), v.dtype.base_dtype.name] for v in tf.global_variables()],
        "local": [[v.op.name, v.shape.as_list(), v.dtype.base_dtype.name] for v in tf.local_variables()],
        "trainable": [v.op.name for v in tf.trainable_variables()],
        "ops": ops_in(tf.get_default_graph()),
        "updates": len(tf.get_collection(tf.GraphKeys.UPDATE_OPS)),
    }


def ops_in(graph):
    """Returns the number of ops that 1.15 would have made, which is that of the graph on 1.15 itself."""
    op_count = sys.modules.get("tf1graphs.v1._op_count")
    return op_count.of(graph) if op_count else graph.version


def _gradients(tf, output):
    """Returns the gradients of the sum of all float outputs, one for each trainable variable."""
    floats = [part for part in _flat(output) if isinstance(part, tf.Tensor) and part.dtype.is_floating]
    variables = tf.trainable_variables()
    return tf.gradients(floats, variables) if floats and variables else []


def _set_weights(tf, session):
    for variable in tf.trainable_variables():
        shape = variable.shape.as_list()
        value = np.sin(np.arange(1, int(np.prod(shape)) + 1)).reshape(shape)
        variable.load(value.astype(variable.dtype.base_dtype.as_numpy_dtype), session)


def _flat(value):
    if isinstance(value, dict):
        value = [value[key] for key in sorted(value)]
    if isinstance(value, (list, tuple)) and not hasattr(value, "dense_shape"):
        return [part for each in value for part in _flat(each)]
    return [value]


def _value(tf, session, part):
    if isinstance(part, (tf.Tensor, tf.SparseTensor, tf.IndexedSlices)) or hasattr(part, "initializer"):
        return session.run(part)
    return part


def _kept(values):
    """Returns for every value its shape and first numbers, or the value itself where it is no number."""
    kept = []
    for value in _flat(values):
        if hasattr(value, "dense_shape"):
            kept += _kept([np.asarray(part) for part in value if part is not None])
        elif value is None or isinstance(value, (str, bool)):
            kept.append(value)
        elif isinstance(value, bytes):
            kept.append(_text(value))
        else:
            kept.append(_array(np.asarray(value)))
    return kept


def _text(value):
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _array(array):
    numbers = array.ravel()[:KEPT].tolist()
    if array.dtype.kind in "fc":
        numbers = [str(number) if number != number or number in (np.inf, -np.inf) else number for number in numbers]
    if array.dtype.kind in "OS":
        numbers = [
            number.decode("utf-8", "replace") if isinstance(number, bytes) else str(number) for number in numbers
        ]
    return {"shape": list(array.shape), "values": numbers}
