"""``tf.contrib.eager``: eagerly where that is its use, and its metrics in both modes."""

import numpy as np


def _eagerly(function):
    """Returns a call of ``function(tf, tfe)`` in eager execution."""

    def call(tf):
        from tensorflow.python.eager import context

        # What is created must not be taken for variables of the graph that is asked for its answer.
        with tf.Graph().as_default(), context.eager_mode():
            return [_plain(value) for value in function(tf, tf.contrib.eager)]

    return call


def _plain(value):
    return value.numpy() if hasattr(value, "numpy") else value


def _cubic(x, y):
    return x * x * x * y - x * y * y


def _gradients(tf, tfe):
    value, grads = tfe.value_and_gradients_function(_cubic, params=["y"])(2.0, 3.0)
    second = tfe.gradients_function(lambda x, y: tfe.gradients_function(_cubic)(x, y)[0])
    weighted = tfe.gradients_function(lambda x: [x, x * x])(2.0, dy=[tf.constant(1.0), tf.constant(3.0)])
    return [value] + grads + tfe.gradients_function(_cubic)(2.0, 3.0) + second(2.0, 3.0) + weighted


def _implicit(tf, tfe):
    w = tfe.Variable(3.0, name="w")
    fixed = tfe.Variable(5.0, name="fixed", trainable=False)
    value, pairs = tfe.implicit_value_and_gradients(lambda x: x * w * w * fixed)(2.0)
    ((grad, variable),) = tfe.implicit_gradients(lambda: w * 4.0)()
    with tfe.GradientTape() as tape:
        square = w * w
    return [value, pairs[0][0], pairs[0][1].name, len(pairs), grad, variable.name, tape.gradient(square, w)]


def _no_variable(tf, tfe):
    return tfe.implicit_gradients(lambda: tf.constant(1.0))()


def _defun(tf, tfe):
    traces = []

    @tfe.defun
    def scaled(x, by=2.0):
        traces.append(x.shape.as_list())
        return {"sum": tf.reduce_sum(x) * by, "shape": tf.shape(x)}

    first, second = scaled(tf.constant([1.0, 2.0])), scaled(tf.constant([3.0, 4.0]))
    third = scaled(tf.constant([[1.0]]), by=3.0)
    results = [first["sum"], second["sum"], third["sum"], third["shape"], len(traces)]

    @tfe.defun(input_signature=[tf.TensorSpec([None], tf.float32)])
    def total(x):
        traces.append(None)
        return tf.reduce_sum(x)

    return results + [total(tf.constant([1.0])), total(tf.constant([1.0, 2.0])), len(traces)]


def _defun_creates(tf, tfe):
    state = {}

    @tfe.defun
    def step(x):
        if "w" not in state:
            state["w"] = tf.get_variable("w", [], initializer=tf.ones_initializer(), use_resource=True)
        state["w"].assign_add(x)
        return state["w"].read_value()

    return [step(tf.constant(2.0)), step(tf.constant(3.0)), state["w"]]


def _defun_method(tf, tfe):
    class Scale(object):
        def __init__(self, by):
            self.by = by

        @tfe.defun
        def times(self, x):
            return x * self.by

        @tfe.defun
        def halved(self, x):
            return x / self.by

    two, four = Scale(2.0), Scale(4.0)
    return [two.times(tf.constant(3.0)), four.times(tf.constant(1.0)), four.halved(tf.constant(1.0))]


def _concrete(tf, tfe):
    double = tfe.defun(lambda x, by=2.0: x * by)
    function = double.get_concrete_function(tf.TensorSpec([2], tf.float32))
    total = tfe.defun(tf.reduce_sum, input_signature=[tf.TensorSpec([None], tf.float32)])
    shapes = [function.structured_outputs.shape.as_list(), total.get_concrete_function().inputs[0].shape.as_list()]
    return [function(tf.constant([1.0, 2.0]))] + shapes


def _defun_without_argument(tf, tfe):
    return [tfe.defun(lambda x, y: x + y)(tf.constant(1.0))]


def _refused_signature(tf, tfe):
    return [tfe.defun(lambda x: x, input_signature=[tf.TensorSpec([2], tf.float32)])(tf.constant([1.0]))]


def _iterator(tf, tfe):
    iterator = tfe.Iterator(tf.data.Dataset.range(3).map(lambda x: (x, {"square": x * x})))
    return [value for x, y in iterator for value in (x, y["square"])] + list(tfe.Iterator(tf.data.Dataset.range(2)))


def _past_the_end(tf, tfe):
    iterator = tfe.Iterator(tf.data.Dataset.range(1))
    return [iterator.get_next(), iterator.get_next()]


def _metrics(tf, tfe):
    mean, weighted = tfe.metrics.Mean(), tfe.metrics.Mean("my mean", dtype=tf.float32)
    mean([1, 3, 5, 7])
    returned = mean(10.0)
    weighted([1.0, 2.0, 3.0], weights=[1.0, 0.0, 1.0])
    results = [mean.result(), returned, weighted.result(), weighted.result().dtype.name, mean.name, weighted.name]
    again = tfe.metrics.Mean()
    again(100)
    results += [again.name] + [v.name for v in again.variables]
    mean.aggregate([again])
    results += [mean.result(), mean.value()()]
    mean.init_variables()
    mean(2.0)
    return results + [mean.result(False)]


def _accuracies(tf, tfe):
    metrics = tfe.metrics
    plain, weighted = metrics.Accuracy(), metrics.Accuracy("weighted")
    plain([0, 1, 2, 3], [0, 0, 0, 3])
    weighted(tf.constant([1, 2]), predictions=tf.constant([1, 3]), weights=[3.0, 1.0])
    categorical, binary, sparse = metrics.CategoricalAccuracy(), metrics.BinaryAccuracy(0.5), metrics.SparseAccuracy()
    categorical([[1, 0], [0, 1]], [[0.9, 0.1], [0.8, 0.2]])
    shown = binary([1, 0, 1], [0.7, 0.8, 0.2])
    sparse(tf.constant([1, 0]), tf.constant([[0.1, 0.9], [0.2, 0.8]]))
    return [m.result() for m in (plain, weighted, categorical, binary, sparse)] + list(shown) + [binary.name]


def _unequal_shapes(tf, tfe):
    return [tfe.metrics.Accuracy()([1, 2, 3], [1])]


def _other_kind(tf, tfe):
    return [tfe.metrics.Mean().aggregate([tfe.metrics.Accuracy()])]


def _late_variable(tf, tfe):
    mean = tfe.metrics.Mean()
    mean(1.0)
    return [mean.add_variable("late", (), tf.float32, tf.zeros_initializer)]


def _metric_in_graph(tf):
    tfe = tf.contrib.eager
    values = tf.placeholder(tf.float32, [None])
    mean, kept = tfe.metrics.Mean(), tfe.metrics.Mean("kept", use_global_variables=True)
    update, other = mean(values), kept(values, weights=[1.0, 3.0])
    result, start = mean.value(), mean.init_variables()
    names = [v.name for v in tf.local_variables() + tf.global_variables()]
    metric_variables = len(tf.get_collection(tf.GraphKeys.METRIC_VARIABLES))

    def run(session):
        session.run(start)
        found = [session.run(update, {values: [1.0, 2.0, 3.0]})]
        session.run(other, {values: [1.0, 2.0]})
        session.run(update, {values: [6.0]})
        return found + [session.run(result), session.run(kept.result())] + names + [metric_variables]

    return run


def _metric_in_graph_writes(tf):
    mean = tf.contrib.eager.metrics.Mean()
    mean(tf.constant(1.0))
    writer = tf.contrib.summary.create_file_writer("/tmp/unused")
    with writer.as_default(), tf.contrib.summary.always_record_summaries():
        tf.train.create_global_step()
        mean.result()
        mean.result(write_summary=False)
    return len(tf.contrib.summary.all_summary_ops())


def _callbacks(tf, tfe):
    seen = []
    tfe.add_execution_callback(lambda op_type, inputs, attrs, outputs, op_name: seen.append(op_type))
    tf.add(tf.constant(1.0), 2.0) * 2.0
    tfe.clear_execution_callbacks()
    tf.add(1.0, 2.0)
    return [str(name in seen) for name in ("Mul", "Sub")] + [seen.count("Mul")]


def _errstate(tf, tfe):
    kinds = tfe.ExecutionCallback
    before = tfe.seterr()["inf_or_nan"].value
    zero = tf.constant(0.0)
    caught = []
    with tfe.errstate(inf_or_nan=kinds.RAISE):
        inside = tfe.seterr()["inf_or_nan"].value
        try:
            tf.log(zero)
        except Exception as error:
            caught.append(type(error).__name__)
    tfe.seterr(inf_or_nan="ignore")
    return [before, inside] + caught + [tf.log(zero), tfe.seterr(inf_or_nan=kinds.IGNORE)["inf_or_nan"].value]


def _only_nan(tf, tfe):
    results = []
    for check in (tfe.nan_callback, tfe.inf_callback, tfe.inf_nan_callback):
        tfe.clear_execution_callbacks()
        tfe.add_execution_callback(check)
        try:
            tf.log(tf.constant(0.0))
            results.append("passed")
        except Exception as error:
            results.append(type(error).__name__)
    tfe.clear_execution_callbacks()
    return results


def _unknown_action(tf, tfe):
    return [tfe.seterr(inf_or_nan="shout")]


def _devices(tf, tfe):
    return [tfe.num_gpus(), "CPU:0" in tfe.list_devices()[0], tfe.executing_eagerly(), tfe.in_eager_mode()]


def _py_func(tf, tfe):
    double = tfe.py_func(lambda x: x * 2.0, [tf.constant([1.0, 2.0])], tf.float32)
    (grad,) = tfe.gradients_function(lambda x: tfe.py_func(lambda y: y * y, [x], tf.float32))(3.0)
    return [double, grad]


def _template(tf, tfe):
    def dense(x):
        return x * tf.get_variable("w", [2], initializer=tf.ones_initializer(), use_resource=True)

    shared = tfe.make_template("net", dense)
    results = [shared(np.float32([1, 2])), shared(np.float32([3, 4]))]
    return results + [len(shared.variables), shared.variables[0].name]


def _store(tf, tfe):
    store = tfe.EagerVariableStore()
    for _ in range(2):
        with store.as_default():
            variable = tf.get_variable("v", [], initializer=tf.zeros_initializer())
            variable.assign_add(1.0)
    return [variable, len(store.variables()), len(store.trainable_variables())]


def _optimizer(tf, tfe):
    w = tfe.Variable(2.0)
    optimizer = tf.train.MomentumOptimizer(0.1, 0.9)
    optimizer.minimize(lambda: w * w)
    return [w, len(tfe.get_optimizer_variables(optimizer))]


def _modes(tf, tfe):
    with tfe.execution_mode(tfe.ASYNC):
        inside = tf.add(1.0, 2.0)
        tfe.async_wait()
    policies = [tfe.DEVICE_PLACEMENT_EXPLICIT, tfe.DEVICE_PLACEMENT_WARN, tfe.DEVICE_PLACEMENT_SILENT]
    return [inside, tfe.SYNC, tfe.ASYNC] + [int(policy) for policy in policies]


CALLS = {
    "gradients": _eagerly(_gradients),
    "gradients of unknown parameters": lambda tf: tf.contrib.eager.gradients_function(_cubic, params=[0, "y"])(
        1.0, 2.0
    ),
    "implicit gradients": _eagerly(_implicit),
    "implicit gradients of nothing": _eagerly(_no_variable),
    "defun": _eagerly(_defun),
    "defun creates a variable": _eagerly(_defun_creates),
    "defun of methods": _eagerly(_defun_method),
    "defun to a concrete function": _eagerly(_concrete),
    "defun needs its arguments": _eagerly(_defun_without_argument),
    "defun refuses another shape": _eagerly(_refused_signature),
    "iterator": _eagerly(_iterator),
    "iterator past the end": _eagerly(_past_the_end),
    "iterator of no dataset": _eagerly(lambda tf, tfe: tfe.Iterator([1, 2])),
    "metrics": _eagerly(_metrics),
    "accuracies": _eagerly(_accuracies),
    "accuracy of unequal shapes": _eagerly(_unequal_shapes),
    "aggregate of another kind": _eagerly(_other_kind),
    "late variable": _eagerly(_late_variable),
    "metric in a graph": _metric_in_graph,
    "metric in a graph writes": _metric_in_graph_writes,
    "metric without build": _eagerly(lambda tf, tfe: [tfe.metrics.Metric()(1.0)]),
    "callbacks": _eagerly(_callbacks),
    "errstate": _eagerly(_errstate),
    "only nan or inf": _eagerly(_only_nan),
    "unknown action": _eagerly(_unknown_action),
    "devices": _eagerly(_devices),
    "py_func": _eagerly(_py_func),
    "template": _eagerly(_template),
    "variable store": _eagerly(_store),
    "optimizer variables": _eagerly(_optimizer),
    "execution modes": _eagerly(_modes),
    "saver in a graph": lambda tf: tf.contrib.eager.Saver([tf.Variable(1.0)]),
    "restore on create in a graph": lambda tf: tf.contrib.eager.restore_variables_on_create("x").__enter__(),
}
