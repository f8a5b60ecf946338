"""SavedModels of Keras models: ``tf.keras.experimental.export_saved_model`` and ``tf.contrib.saved_model``."""

import os
import tempfile

import numpy as np

X = np.arange(12, dtype=np.float32).reshape(4, 3) / 12
Y = X.sum(1, keepdims=True)


def _model(tf, optimizer=True, loss="mse"):
    layers = tf.keras.layers
    first = layers.Dense(2, activation="tanh", kernel_initializer="ones", input_shape=(3,), name="first")
    model = tf.keras.Sequential([first, layers.Dense(1, kernel_initializer="ones", name="second")])
    if optimizer:
        model.compile(tf.train.MomentumOptimizer(0.1, 0.9), loss, metrics=["mae"])
        model.train_on_batch(X, Y)
    return model


def _folder():
    return os.path.join(tempfile.mkdtemp(), "model")


def _files(folder):
    found = [os.path.relpath(os.path.join(path, name), folder) for path, _, names in os.walk(folder) for name in names]
    # The weights are one file or several, with the version of TensorFlow.
    return sorted(name for name in found if ".data-" not in name)


def _in_own_graph(function):
    """Keeps the ops of the model, which are not compared, out of the graph whose ops are."""

    def call(tf):
        with tf.Graph().as_default(), tf.Session():
            return function(tf)

    return call


def _graphs(tf, folder):
    """The signatures of each graph of the SavedModel."""
    from tensorflow.python.saved_model import loader_impl

    parsed = loader_impl.parse_saved_model(folder)
    found = []
    for graph in parsed.meta_graphs:
        found += [sorted(graph.meta_info_def.tags), sorted(graph.signature_def)]
        for key in sorted(graph.signature_def):
            signature = graph.signature_def[key]
            found += [signature.method_name, sorted(signature.inputs), sorted(signature.outputs)]
        found.append(sorted(graph.collection_def))
    return found


def _returned(save, load, optimizer=True, **options):
    def call(tf):
        model, folder = _model(tf, optimizer), _folder()
        save(tf)(model, folder, **options)
        again = load(tf)(folder)
        names = [weight.op.name for weight in again.weights]
        return [_files(folder), _graphs(tf, folder), names, again.predict(X), type(again).__name__]

    return _in_own_graph(call)


def _served(tf):
    folder = _folder()
    tf.keras.experimental.export_saved_model(_model(tf), folder)
    with tf.Graph().as_default(), tf.Session() as session:
        loaded = tf.saved_model.loader.load(session, ["serve"], folder)
        signature = loaded.signature_def["serving_default"]
        feed = {signature.inputs["first_input"].name: X}
        return session.run(signature.outputs["second"].name, feed)


def _trained_on(tf):
    """The training graph of the SavedModel, with the weights of its checkpoint, takes two steps."""
    folder = _folder()
    tf.keras.experimental.export_saved_model(_model(tf), folder)
    with tf.Graph().as_default() as graph, tf.Session() as session:
        loaded = tf.saved_model.loader.load(session, ["train"], folder)
        signature = loaded.signature_def["train"]
        feed = {tensor.name: Y if "target" in key else X for key, tensor in signature.inputs.items()}
        trained = loaded.signature_def["__saved_model_train_op"].outputs["__saved_model_train_op"]
        train_op = graph.get_operation_by_name(trained.name)
        losses = [session.run([signature.outputs["loss"].name, train_op], feed)[0] for _ in range(2)]
        return losses + [sorted(signature.inputs), session.run(tf.train.get_global_step())]


def _subclass(tf):
    class Own(tf.keras.Model):
        def call(self, x):
            return x

    tf.keras.experimental.export_saved_model(Own(), _folder())


def _experimental(name):
    return lambda tf: getattr(tf.keras.experimental, name)


def _contrib(name):
    return lambda tf: getattr(tf.contrib.saved_model, name)


CALLS = {
    "compiled": _returned(_experimental("export_saved_model"), _experimental("load_from_saved_model")),
    "not compiled": _returned(_experimental("export_saved_model"), _experimental("load_from_saved_model"), False),
    "as text": _returned(_contrib("save_keras_model"), _contrib("load_keras_model"), as_text=True),
    "served": _in_own_graph(_served),
    "trained on": _in_own_graph(_trained_on),
    "not built": lambda tf: tf.keras.experimental.export_saved_model(
        tf.keras.Sequential([tf.keras.layers.Dense(1)]), _folder()
    ),
    "own class": _subclass,
    "no such folder": lambda tf: tf.keras.experimental.load_from_saved_model(_folder()),
}
