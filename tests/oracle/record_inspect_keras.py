"""Records Keras models of TensorFlow 1.15 as HDF5 files, and what its Keras says of their layers.

Run with a Python 3.7 that has tensorflow==1.15.5: ``python3.7 tests/oracle/record_inspect_keras.py``.
It writes ``tests/fixtures/tf115/inspect_keras/``: a file for each model, and ``layers.json`` with the number of
parameters and the shapes of outputs of each layer.
"""

import json
import shutil
from pathlib import Path

import tensorflow as tf

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "tf115" / "inspect_keras"
layers = tf.keras.layers


def sequential():
    """Its first layer says the shape of the input, and no layer is made for that."""
    model = tf.keras.Sequential(name="sequential")
    model.add(layers.Conv2D(4, 3, input_shape=(8, 8, 1), name="conv"))
    model.add(layers.Flatten(name="flatten"))
    model.add(layers.Dense(2, name="dense"))
    model.compile("adam", "mse")
    return model


def functional():
    """An operation of TensorFlow between layers, and a nested model."""
    x = tf.keras.Input((4,), name="x")
    hidden = layers.Dense(3, name="hidden")(x)
    inner = tf.keras.Sequential([layers.Dense(3, input_shape=(3,), name="inside")], name="inner")
    return tf.keras.Model(x, layers.add([tf.nn.relu(hidden), inner(hidden)], name="sum"), name="functional")


def shapes_of(layer):
    """The shapes of a layer's outputs."""
    shape = layer.output_shape
    return [list(part) for part in (shape if isinstance(shape, list) else [shape])]


def main():
    """Writes the fixtures."""
    shutil.rmtree(str(FIXTURES), ignore_errors=True)
    FIXTURES.mkdir(parents=True)
    said = {}
    for build in (sequential, functional):
        tf.keras.backend.clear_session()
        model = build()
        model.save(str(FIXTURES / (model.name + ".h5")))
        said[model.name] = {layer.name: [layer.count_params(), shapes_of(layer)] for layer in model.layers}
    (FIXTURES / "layers.json").write_text(json.dumps(said, sort_keys=True, indent=1) + "\n")


if __name__ == "__main__":
    main()
