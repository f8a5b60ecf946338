"""``tfe.Network`` and ``tfe.Sequential``, in a graph and eagerly, and their checkpoints."""

import os
import tempfile

from .inputs import normal


def _two_layers(tf):
    class TwoLayers(tf.contrib.eager.Network):
        def __init__(self, name=None, units=3, **options):
            super(TwoLayers, self).__init__(name=name)
            options.setdefault("kernel_initializer", tf.constant_initializer(0.5))
            self.first = self.track_layer(tf.layers.Dense(units, **options))
            self.second = self.track_layer(tf.layers.Dense(2, **options))

        def call(self, inputs):
            return self.second(self.first(inputs))

    return TwoLayers


def _nested(tf, inner=None):
    two_layers = _two_layers(tf)

    class Nested(tf.contrib.eager.Network):
        def __init__(self, name=None):
            super(Nested, self).__init__(name=name)
            self.inner = self.track_layer(inner or two_layers())
            self.other = self.track_layer(two_layers())
            self.last = self.track_layer(tf.layers.Dense(1, name="last", kernel_initializer=tf.ones_initializer()))

        def call(self, inputs):
            return self.last(self.other(self.inner(inputs)))

    return Nested


def _names(network):
    return [network.name, network.scope_name] + [variable.name for variable in network.variables]


def _eagerly(function):
    def call(tf):
        from tensorflow.python.eager import context

        with tf.Graph().as_default(), context.eager_mode():
            return [value.numpy() if hasattr(value, "numpy") else value for value in function(tf)]

    return call


def _in_graph(function):
    def call(tf):
        with tf.Graph().as_default(), tf.Session() as session:
            values = function(tf)
            session.run(tf.global_variables_initializer())
            return [session.run(value) if isinstance(value, tf.Tensor) else value for value in values]

    return call


def _used(tf):
    network = _two_layers(tf)()
    outputs = network(normal(2, 4)(tf))
    again = network(2.0 * normal(2, 4)(tf))
    lists = [len(network.layers), len(network.trainable_weights), len(network.non_trainable_weights)]
    lists += [len(network.weights), network.trainable, network.get_layer("dense_1") is network.second]
    return [outputs, again] + _names(network) + lists + [network.get_layer(index=0) is network.first]


def _several(tf):
    names = []
    for name in (None, None, "given", None):
        network = _two_layers(tf)(name)
        network(tf.zeros([1, 2]))
        names += _names(network)
    return names


def _in_scopes(tf):
    names = []
    with tf.variable_scope("outer"):
        early = _two_layers(tf)()
        with tf.variable_scope("inner"):
            networks = [_two_layers(tf)("here"), _nested(tf)()]
    for network in [early] + networks:
        network(tf.zeros([1, 2]))
        names += _names(network)
    return names


def _in_each_other(tf):
    network = _nested(tf)()
    outputs = network(normal(2, 4)(tf))
    shared = _nested(tf, network.inner)("shared")
    shared(normal(2, 4)(tf))
    return [outputs] + _names(network) + _names(shared) + _names(network.other)


def _of_functions(tf):
    layers = [tf.layers.Dense(3, kernel_initializer=tf.ones_initializer()), tf.nn.relu, tf.layers.Dropout(0.5)]
    network = tf.contrib.eager.Sequential(layers)
    network.add(tf.contrib.eager.Sequential([tf.layers.Dense(1, name="last", bias_initializer=tf.ones_initializer())]))
    return [tf.shape(network(normal(2, 4)(tf))), network(normal(2, 4)(tf), training=False) * 0.0] + _names(network)


def _losses(tf):
    network = _two_layers(tf)(kernel_regularizer=lambda kernel: tf.reduce_sum(kernel))
    network(tf.ones([1, 4]))
    return list(network.losses)


def _trained(tf):
    network = _two_layers(tf)()
    loss = tf.reduce_mean(tf.square(network(normal(4, 3)(tf)) - 1.0))
    train = tf.train.AdamOptimizer(0.1).minimize(loss)

    def run(session):
        return [session.run([loss, train])[0] for _ in range(3)]

    return run


def _checkpoint(tf, map_func=None):
    """Saves a network and restores it into one that has its variables, and into one that has none yet."""
    with tempfile.TemporaryDirectory() as folder:
        network = _two_layers(tf)("net")
        outputs = network(normal(2, 4)(tf))
        session = None if tf.executing_eagerly() else tf.get_default_session()
        if session:
            session.run([variable.initializer for variable in network.variables])
        path = tf.contrib.eager.save_network_checkpoint(network, folder, map_func=map_func)
        saved = sorted(name for name, _ in tf.train.list_variables(path))
        results = [outputs, os.path.basename(path)] + saved
        for name in ("built", "fresh"):
            other = _two_layers(tf)(name, kernel_initializer=tf.zeros_initializer())
            if name == "built":
                other(normal(2, 4)(tf))
            restore = tf.contrib.eager.restore_network_checkpoint
            restore(other, path, map_func=map_func and (lambda name: name[6:]))
            values = other(normal(2, 4)(tf))
            results += [session.run(values) if session else values]
        return results


def _checkpoint_of_nested(tf):
    with tempfile.TemporaryDirectory() as folder:
        network = _nested(tf)()
        outputs = network(normal(2, 4)(tf))
        session = None if tf.executing_eagerly() else tf.get_default_session()
        if session:
            session.run(tf.global_variables_initializer())
        save = tf.contrib.eager.save_network_checkpoint
        path = save(network, os.path.join(folder, "model"), global_step=7)
        saved = sorted(name for name, _ in tf.train.list_variables(path))
        fresh = _nested(tf)()
        tf.contrib.eager.restore_network_checkpoint(fresh, path)
        values = fresh(normal(2, 4)(tf))
        return [outputs, session.run(values) if session else values, os.path.basename(path)] + saved


def _clash(tf):
    with tempfile.TemporaryDirectory() as folder:
        network = _two_layers(tf)()
        network(tf.zeros([1, 2]))
        return tf.contrib.eager.save_network_checkpoint(network, folder, map_func=lambda name: "same")


def _refused(act):
    def call(tf):
        with tf.Graph().as_default():
            return act(tf, _two_layers(tf))

    return call


def _before_init(tf, kind):
    class Early(tf.contrib.eager.Network):
        def __init__(self):
            self.track_layer(tf.layers.Dense(1))

    return Early()


def _same_name(tf, kind):
    network = kind()
    network.track_layer(tf.layers.Dense(1, name="twin"))
    return network.track_layer(tf.layers.Dense(1, name="twin"))


def _two_of_a_name(tf, kind):
    kind("one")(tf.zeros([1, 2]))
    return kind("one")(tf.zeros([1, 2]))


def _lost_parent(tf, kind):
    layer = tf.layers.Dense(1)
    kind().track_layer(layer)
    other = kind()
    other.track_layer(layer)
    return other(tf.zeros([1, 2]))


def _frozen(tf, kind):
    kind().trainable = False


BOTH = {
    "Network": _used,
    "Networks of a class": _several,
    "Networks in scopes": _in_scopes,
    "Networks in each other": _in_each_other,
    "Sequential": _of_functions,
    "losses": _losses,
    "checkpoint": _checkpoint,
    "checkpoint with a map_func": lambda tf: _checkpoint(tf, lambda name: name[4:]),
    "checkpoint of Networks in each other": _checkpoint_of_nested,
}

REFUSED = {
    "a name before it is known": lambda tf, kind: kind().name,
    "a name with a slash": lambda tf, kind: kind("a/b"),
    "a scope as name": lambda tf, kind: kind(tf.get_variable_scope()),
    "a layer of Keras": lambda tf, kind: kind().track_layer(tf.keras.layers.Dense(1)),
    "a layer before the constructor": _before_init,
    "two layers of a name": _same_name,
    "two Networks of a name": _two_of_a_name,
    "a layer whose Network is gone": _lost_parent,
    "get_layer of nothing": lambda tf, kind: kind().get_layer(),
    "get_layer of name and index": lambda tf, kind: kind().get_layer("dense", 0),
    "get_layer of a large index": lambda tf, kind: kind().get_layer(index=5),
    "get_layer of another name": lambda tf, kind: kind().get_layer("other"),
    "trainable": _frozen,
    "add_variable": lambda tf, kind: kind().add_variable("weights", [1]),
    "add_loss": lambda tf, kind: kind().add_loss(tf.zeros([])),
    "a number in Sequential": lambda tf, kind: tf.contrib.eager.Sequential([3]),
    "saving before the first call": lambda tf, kind: tf.contrib.eager.save_network_checkpoint(kind(), "nowhere"),
}

CALLS = {"Network trained": _trained, "map_func that joins names": _clash}
for _name, _function in BOTH.items():
    CALLS[_name + " in a graph"] = _in_graph(_function)
    CALLS[_name + " eagerly"] = _eagerly(_function)
for _name, _act in REFUSED.items():
    CALLS[_name] = _refused(_act)
