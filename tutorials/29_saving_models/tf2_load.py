"""Predicts with what tf2.py saved, and without its source: nothing here knows how the network is made."""

import forms
from forms import Form

from tf1graphs import tutorial
import tensorflow as tf


def from_json(folder):
    return tf.keras.models.model_from_json((folder / "network.json").read_text(encoding="utf-8"))


def json_and_weights(folder, images):
    network = from_json(folder)
    network.load_weights(folder / "network.weights.h5")
    return network(images)


def json_and_checkpoint(folder, images):
    network = from_json(folder)
    # The checkpoint holds the optimizer too, for which there is no object here.
    status = tf.train.Checkpoint(network=network).read(str(folder / "model.ckpt"))
    status.assert_existing_objects_matched().expect_partial()
    return network(images)


def keras_zip(folder, images):
    return tf.keras.models.load_model(folder / "network.keras")(images)


def whole_network(folder, images):
    return tf.keras.models.load_model(folder / "network.h5", compile=False)(images)


def frozen_graph(folder, images):
    graph_def = tf.Graph().as_graph_def().FromString((folder / "frozen.pb").read_bytes())

    @tf.function
    def run(images):
        # The function returned a dict, and its outputs are in the order of the keys: digit, logits.
        (logits,) = tf.graph_util.import_graph_def(graph_def, {"images:0": images}, ["Identity_1:0"])
        return logits

    return run(images)


def saved_model(folder, images):
    loaded = tf.saved_model.load(str(folder / "saved_model" / "1"))
    return loaded.signatures["serving_default"](images=images)["logits"]


def exported(folder, images):
    loaded = tf.saved_model.load(str(folder / "exported" / "1"))
    return loaded.serve(images)


CHECKPOINT = ["model.ckpt.data-00000-of-00001", "model.ckpt.index"]
FORMS = [
    Form("JSON, weights in H5", ["network.json", "network.weights.h5"], ["network", "weights"], json_and_weights),
    Form("JSON, checkpoint", ["network.json", *CHECKPOINT], ["network", "weights", "optimizer"], json_and_checkpoint),
    Form("Keras 3's .keras", ["network.keras"], ["network", "weights"], keras_zip),
    Form("Keras H5", ["network.h5"], ["network", "weights"], whole_network),
    Form("frozen GraphDef", ["frozen.pb"], ["network", "weights"], frozen_graph),
    Form("SavedModel", ["saved_model/1"], ["network", "weights", "signatures"], saved_model),
    Form("SavedModel by export", ["exported/1"], ["network", "weights", "signatures"], exported),
]


def main(arguments=None):
    forms.compare(__file__, __doc__, FORMS, arguments)


if __name__ == "__main__":
    tutorial.run(main)
