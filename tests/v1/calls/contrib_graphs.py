"""``tf.contrib.copy_graph``, ``tf.contrib.sparsemax`` and ``tf.contrib.integrate``."""

from .inputs import normal

LOGITS = normal(4, 3)
LABELS = [[0.0, 1.0, 0.0], [0.2, 0.3, 0.5], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]
INFINITE = [[-float("inf"), 1.0, 0.5], [float("inf"), 1.0, 0.0], [float("nan"), 1.0, 2.0], [-float("inf")] * 3]


def _copied(scope=""):
    def call(tf):
        with tf.Graph().as_default() as source:
            x = tf.placeholder(tf.float32, [2], name="x")
            v = tf.get_variable("v", initializer=[1.0, 2.0], collections=["global_variables", "mine"])
            w = tf.get_variable("w", initializer=3.0)
            with tf.control_dependencies([tf.no_op("before")]):
                y = tf.add(x * v, w, name="y")
            tf.add_to_collection("outputs", y)
        # Of its own, since the copied variables have no static shape.
        target = tf.Graph()
        copies = [tf.contrib.copy_graph.copy_variable_to_graph(each, target, scope) for each in (v, w)]
        copy = tf.contrib.copy_graph.copy_op_to_graph(y, target, copies, scope)
        again = tf.contrib.copy_graph.copy_op_to_graph(y, target, copies, scope)
        fed = tf.contrib.copy_graph.get_copied_op(x.op, target, scope)
        assert source is not target and again is copy
        names = sorted(op.name for op in target.get_operations())
        collections = sorted(target.get_all_collection_keys())
        with tf.Session(graph=target) as session:
            for each in copies:
                session.run(each.initializer)
            found = session.run(copy, {fed.outputs[0]: [10.0, 20.0]})
        return [found, names, collections, fed.name, [op.name for op in copy.op.control_inputs]]

    return call


def _not_copied(tf):
    with tf.Graph().as_default():
        x = tf.constant(1.0, name="x")
    return tf.contrib.copy_graph.get_copied_op(x, tf.get_default_graph())


def _loss(logits):
    def call(tf):
        x = tf.constant(logits) if isinstance(logits, list) else logits(tf)
        p = tf.contrib.sparsemax.sparsemax(x)
        loss = tf.contrib.sparsemax.sparsemax_loss(x, p, tf.constant(LABELS))
        return [p, loss, tf.gradients(loss, x)[0]]

    return call


def _scaled(tf):
    return tf.contrib.sparsemax.sparsemax(tf.get_variable("logits", [3, 4], tf.float64), "probabilities")


def _decay(y, t):
    return -y


def _pendulum(tf):
    def slope(y, t):
        return tf.stack([y[1], -tf.sin(y[0]) + 0.1 * tf.cast(tf.cos(t), y.dtype)])

    return slope


def _solved(slope=_decay, y0=1.0, t=(0.0, 1.0, 2.5), **options):
    return lambda tf: tf.contrib.integrate.odeint(slope, y0, list(t), **options)


def _full(tf):
    y0 = tf.constant([1.0, 0.0], tf.float64)
    y, info = tf.contrib.integrate.odeint(
        _pendulum(tf), y0, [0.0, 1.0, 2.0], method="dopri5", options={"first_step": 0.5}, full_output=True
    )
    return [y, sorted(info), info["num_func_evals"], info["integrate_points"]]


def _trained(tf):
    rate = tf.get_variable("rate", [])
    return tf.contrib.integrate.odeint_fixed(lambda y, t: rate * y, 1.0, [0.0, 0.5, 1.0], method="midpoint")


def _fixed(**options):
    def call(tf):
        y0 = tf.constant([1.0, 0.0], tf.float64)
        return tf.contrib.integrate.odeint_fixed(_pendulum(tf), y0, [0.0, 1.0, 3.0], **options)

    return call


CALLS = {
    "copy": _copied(),
    "copy below a scope": _copied("copy"),
    "copy of a number": lambda tf: tf.contrib.copy_graph.copy_variable_to_graph(1.0, tf.Graph()),
    "copy of an op that is a number": lambda tf: tf.contrib.copy_graph.copy_op_to_graph(1.0, tf.Graph(), []),
    "get_copied_op before": _not_copied,
    "sparsemax_loss": _loss(LOGITS),
    "sparsemax_loss of infinities": _loss(INFINITE),
    "sparsemax": _scaled,
    "sparsemax of a vector": lambda tf: tf.contrib.sparsemax.sparsemax([1.0, 2.0]),
    "odeint": _solved(),
    "odeint of float32 times": lambda tf: _solved(t=tf.unstack(tf.constant([0.0, 1.0])))(tf),
    "odeint of complex numbers": lambda tf: tf.real(_solved(lambda y, t: 1j * y, 1 + 0j)(tf)),
    "odeint in full": _full,
    "odeint without steps": _solved(method="dopri5", options={"max_num_steps": 1}),
    "odeint of no method": _solved(method="euler"),
    "odeint with options only": _solved(options={"first_step": 1.0}),
    "odeint of integers": _solved(y0=1),
    "odeint of decreasing times": _solved(t=(1.0, 0.0)),
    "odeint_fixed": _fixed(),
    "odeint_fixed with a step": _fixed(dt=0.4),
    "odeint_fixed with steps": _fixed(dt=[0.5, 1.0], method="midpoint"),
    "odeint_fixed with too few steps": _fixed(dt=[0.5, 0.5, 0.5]),
    "odeint_fixed of no method": _fixed(method="euler"),
    "odeint_fixed of decreasing times": lambda tf: tf.contrib.integrate.odeint_fixed(_decay, 1.0, [1.0, 0.0]),
    "odeint_fixed trained": _trained,
}
