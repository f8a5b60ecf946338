"""Attributes, methods and classes that have left TensorFlow and Keras since 1.15."""

import numpy as np


def _layer_methods(tf):
    x = tf.keras.Input([3], batch_size=2)
    norm = tf.keras.layers.BatchNormalization()
    dense = tf.keras.layers.Dense(2, activity_regularizer="l2", kernel_regularizer="l1")
    out = dense.apply(norm.apply(x))
    other = tf.keras.Input([3], batch_size=2)
    kept = [len(norm.get_updates_for(given)) for given in (x, None, other)]
    kept += [len(dense.get_losses_for(given)) for given in (x, None, other)]
    model = tf.keras.Model(x, out)
    return kept + [len(model.get_updates_for(x)), len(model.get_losses_for(None)), out.shape.as_list()]


def _kept_for(layer, *given):
    return [[len(layer.get_updates_for(each)), len(layer.get_losses_for(each))] for each in given]


def _updates_and_losses(kind, *inputs):
    """Adds each kind with and without inputs, by position and by keyword, before, in and after the call."""

    def call(tf):
        class Counting(kind(tf)):
            def build(self, shape):
                self.count = self.add_weight("count", [], trainable=False, initializer=tf.zeros_initializer())
                super(Counting, self).build(shape)

            def call(self, x):
                self.add_update(tf.assign_add(self.count, tf.reduce_sum(x)), *inputs)
                self.add_update([tf.assign(self.count, 0.0)], *inputs)
                self.add_loss(tf.reduce_sum(x), *inputs)
                return super(Counting, self).call(x)

        x, other = tf.identity(tf.ones([2, 3])), tf.identity(tf.zeros([2, 3]))
        layer = Counting(2, kernel_regularizer=tf.nn.l2_loss)
        layer(x)
        layer.add_update(lambda: tf.assign(layer.count, 1.0), inputs=None)
        layer.add_loss(lambda: tf.reduce_sum(layer.kernel), inputs=None)
        kept = _kept_for(layer, x, other, None, [x, other])
        return kept + [len(layer.updates), len(layer.losses)]

    return call


def _model_updates_and_losses(tf):
    x = tf.keras.Input([3], batch_size=2)
    dense = tf.keras.layers.Dense(2)
    model = tf.keras.Model(x, dense(x))
    model.add_loss(tf.reduce_sum(model.output), True)
    model.add_update(tf.assign(dense.bias, tf.reduce_sum(x) * [1.0, 2.0]), x)
    return _kept_for(model, x, None) + [len(model.updates), len(model.losses)]


def _fitted(tf, units, activation, loss):
    model = tf.keras.Sequential([tf.keras.layers.Dense(units, activation=activation, input_shape=[3])])
    model.compile("sgd", loss)
    kernel = np.sin(np.arange(3.0 * units)).reshape(3, units)
    model.set_weights([kernel, np.zeros(units)])
    return model


def _predictions(units, activation, loss):
    def call(tf):
        model, x = _fitted(tf, units, activation, loss), np.cos(np.arange(12.0)).reshape(4, 3)
        return lambda session: [model.predict_proba(x), model.predict_classes(x)]

    return call


def _sample_weights(tf):
    model = _fitted(tf, 1, "sigmoid", "mse")
    return [len(model.sample_weights), model.sample_weights[0]]


def _decays(tf):
    steps, experimental = [0, 3, 10, 20], tf.keras.experimental
    linear = experimental.LinearCosineDecay(0.5, 10, num_periods=0.5, alpha=0.1, beta=0.01)
    noisy = experimental.NoisyLinearCosineDecay(0.5, 10, initial_variance=0.0)
    values = [decay(tf.constant(step)) for decay in (linear, noisy) for step in steps]
    return values + [str(sorted(linear.get_config().items()))]


def _peepholes(implementation):
    def call(tf):
        x = tf.constant(np.sin(np.arange(12.0)).reshape(2, 3, 2), tf.float32)
        cell = tf.keras.experimental.PeepholeLSTMCell(2, implementation=implementation, name="cell")
        return tf.keras.layers.RNN(cell, return_sequences=True, return_state=True)(x)

    return call


def _turned_kernels(tf):
    model = tf.keras.Sequential([tf.keras.layers.Conv2D(1, 2, input_shape=[3, 3, 2]), tf.keras.layers.Flatten()])

    def run(session):
        model.layers[0].set_weights([np.arange(8.0).reshape(2, 2, 2, 1), np.zeros(1)])
        tf.keras.utils.convert_all_kernels_in_model(model)
        return model.layers[0].get_weights()[0]

    return run


def _options(tf):
    options = tf.data.Options()
    hints = options.experimental_optimization
    before = [hints.autotune, hints.autotune_buffers, hints.hoist_random_uniform, hints.map_vectorization.enabled]
    hints.autotune, hints.autotune_cpu_budget, hints.map_vectorization.enabled = False, 2, True
    options.experimental_distribute.auto_shard = False
    after = [hints.autotune, hints.autotune_cpu_budget, hints.map_vectorization.enabled]
    dataset = tf.data.Dataset.range(4).map(lambda x: x * x).batch(2).with_options(options)
    return (
        before
        + after
        + [
            options.experimental_distribute.auto_shard,
            tf.data.make_one_shot_iterator(dataset).get_next(),
            options.experimental_stateful_whitelist,
        ]
    )


def _wrong_option(tf):
    tf.data.Options().experimental_optimization.autotune = "yes"


def _optional(tf):
    some = tf.data.experimental.Optional.from_value(tf.constant([1.0, 2.0]))
    none = tf.data.experimental.Optional.none_from_structure(some.value_structure)
    return [some.has_value(), some.get_value(), none.has_value(), some.value_structure.shape.as_list()]


def _strategy(tf):
    strategy = tf.distribute.OneDeviceStrategy("cpu:0")
    return strategy.experimental_run_v2(lambda x, y: x * y, args=(tf.constant(3.0),), kwargs={"y": 2.0})


def _looper(tf):
    thread = tf.train.LooperThread(tf.train.Coordinator(), timer_interval_secs=None)
    return [thread.isAlive()]


def _wrapped(tf, kind, **options):
    def build(units=1, activation="sigmoid", loss="binary_crossentropy"):
        return _fitted(tf, units, activation, loss)

    return getattr(tf.keras.wrappers.scikit_learn, kind)(build, **options)


def _classifier(tf):
    model = _wrapped(tf, "KerasClassifier", units=3, activation="softmax", loss="categorical_crossentropy", verbose=0)
    x, y = np.cos(np.arange(18.0)).reshape(6, 3), np.array(["a", "b", "c", "b", "a", "c"])

    def run(session):
        model.set_params(epochs=2, shuffle=False, batch_size=6).fit(x, y)
        return [list(model.predict(x)), model.predict_proba(x), list(model.classes_), str(model.get_params()["units"])]

    return run


def _two_classes(tf):
    model = _wrapped(tf, "KerasClassifier", epochs=1, verbose=0, batch_size=4, shuffle=False)
    x = np.cos(np.arange(12.0)).reshape(4, 3)

    def run(session):
        model.fit(x, [5, 7, 7, 5])
        return [model.predict(x), model.predict_proba(x)]

    return run


def _without_accuracy(tf):
    model = _wrapped(tf, "KerasClassifier", epochs=1, verbose=0)
    model.fit(np.ones([2, 3]), [0, 1])
    return model.score(np.ones([2, 3]), [0, 1])


def _regressor(tf):
    model = _wrapped(tf, "KerasRegressor", activation="linear", loss="mse", epochs=2, batch_size=4, shuffle=False)
    x, y = np.cos(np.arange(12.0)).reshape(4, 3), np.arange(4.0)

    def run(session):
        model.fit(x, y, verbose=0)
        return [model.predict(x), model.score(x, y, verbose=0)]

    return run


def _in_no_folder(act):
    return lambda tf: act(tf, "no_such_folder/model*")


def _restored_from(tf, path):
    saver = tf.train.Saver([tf.get_variable("w", [2])])
    return lambda session: saver.restore(session, path)


def _whole_dimensions(tf):
    shapes = [tf.placeholder(tf.float32, [None, 784 / 4]).shape, tf.get_variable("w", [4 / 2, 3.0]).shape]
    shapes += [tf.layers.dense(tf.zeros([2, 3]), 10 / 2).shape, tf.TensorShape(["2", np.float32(3)])]
    equal = [tf.TensorShape([2]) == [2.0], tf.Dimension(2) == 2.0, tf.Dimension(2) == 2.5, tf.Dimension(2) == "two"]
    return [str(shapes), str(equal), str(tf.Dimension(3) * 2.0), str(tf.Dimension(3) - np.float64(1))]


def _refused_dimension(value):
    return lambda tf: tf.TensorShape([value(tf)])


CALLS = {
    "whole dimensions": _whole_dimensions,
    "dimension with a fraction": _refused_dimension(lambda tf: 2.5),
    "negative whole dimension": _refused_dimension(lambda tf: -2.0),
    "dimension of letters": _refused_dimension(lambda tf: "two"),
    "dimension of a type": _refused_dimension(lambda tf: tf.int32),
    "layer methods": _layer_methods,
    "updates and losses of keras layers": _updates_and_losses(lambda tf: tf.keras.layers.Dense),
    "updates and losses of keras layers with inputs": _updates_and_losses(lambda tf: tf.keras.layers.Dense, True),
    "updates and losses of layers": _updates_and_losses(lambda tf: tf.layers.Dense),
    "updates and losses of layers with inputs": _updates_and_losses(lambda tf: tf.layers.Dense, True),
    "updates and losses of a model": _model_updates_and_losses,
    "files in a missing folder": _in_no_folder(lambda tf, path: tf.gfile.Glob(path)),
    "files below a file": _in_no_folder(lambda tf, path: tf.io.gfile.glob([__file__ + "/" + path])),
    "a checkpoint in a missing folder": _in_no_folder(lambda tf, path: tf.train.checkpoint_exists(path)),
    "restore from a missing folder": _in_no_folder(lambda tf, path: _restored_from(tf, path)),
    "read from a missing folder": _in_no_folder(lambda tf, path: tf.train.load_variable(path, "w")),
    "list a missing folder": _in_no_folder(lambda tf, path: tf.train.list_variables(path)),
    "reader in a missing folder": _in_no_folder(lambda tf, path: tf.train.NewCheckpointReader(path)),
    "variable in a missing folder": _in_no_folder(lambda tf, path: tf.contrib.framework.load_variable(path, "w")),
    "latest in a missing folder": _in_no_folder(lambda tf, path: tf.train.latest_checkpoint(path)),
    "predictions of two classes": _predictions(1, "sigmoid", "binary_crossentropy"),
    "predictions of classes": _predictions(3, "softmax", "categorical_crossentropy"),
    "sample weights": _sample_weights,
    "decays": _decays,
    "peepholes": _peepholes(1),
    "peepholes fused": _peepholes(2),
    "turned kernels": _turned_kernels,
    "dataset options": _options,
    "dataset option of another type": _wrong_option,
    "optional": _optional,
    "strategy": _strategy,
    "looper thread": _looper,
    "devices": lambda tf: ["CPU:0" in tf.config.experimental_list_devices()[0]],
    "tensor attributes": lambda tf: [
        str(hasattr(tf.Tensor, name)) for name in ("op", "graph", "device", "value_index", "consumers", "no")
    ],
    "checkpoint reader of nothing": lambda tf: tf.pywrap_tensorflow.NewCheckpointReader("/nothing"),
    "classifier": _classifier,
    "classifier of two classes": _two_classes,
    "classifier without accuracy": _without_accuracy,
    "classifier refuses an argument": lambda tf: _wrapped(tf, "KerasClassifier", layers=2),
    "classifier refuses a shape": lambda tf: _wrapped(tf, "KerasClassifier").fit(np.ones([2, 3]), np.ones([2, 1, 1])),
    "regressor": _regressor,
}
