"""Predicts with what tf1.py saved, and without its source: nothing here knows how the network is made."""

import forms
from forms import Form
from google.protobuf import text_format

from tf1graphs import tutorial
import tf1graphs.v1 as tf


def in_graph(load):
    """Makes a loader run in a graph and a session of its own."""

    def run(folder, images):
        with tf.Graph().as_default(), tf.Session() as sess:
            tf.keras.backend.set_session(sess)
            return load(sess, folder, images)

    return run


def with_checkpoint(sess, graph_def, folder, images):
    # Collections that tell what a graph's ops are for are not in a GraphDef: the Saver's are known by their names.
    tf.import_graph_def(graph_def, name="")
    sess.run("save/restore_all", {"save/Const:0": str(folder / "model.ckpt")})
    return sess.run("model:0", {"X:0": images})


@in_graph
def graph(sess, folder, images):
    graph_def = tf.GraphDef.FromString((folder / "graph.pb").read_bytes())
    return with_checkpoint(sess, graph_def, folder, images)


@in_graph
def text_graph(sess, folder, images):
    graph_def = text_format.Parse((folder / "graph.pbtxt").read_text(encoding="utf-8"), tf.GraphDef())
    return with_checkpoint(sess, graph_def, folder, images)


@in_graph
def meta_graph(sess, folder, images):
    saver = tf.train.import_meta_graph(str(folder / "model.ckpt.meta"))
    saver.restore(sess, str(folder / "model.ckpt"))
    return sess.run("model:0", {"X:0": images})


@in_graph
def frozen_graph(sess, folder, images):
    graph_def = tf.GraphDef.FromString((folder / "frozen.pb").read_bytes())
    tf.import_graph_def(graph_def, name="")
    return sess.run("model:0", {"X:0": images})


@in_graph
def json_and_weights(sess, folder, images):
    network = tf.keras.models.model_from_json((folder / "network.json").read_text(encoding="utf-8"))
    network.load_weights(str(folder / "network_weights.h5"))
    return network.predict(images, batch_size=len(images))


@in_graph
def whole_network(sess, folder, images):
    return tf.keras.models.load_model(str(folder / "network.h5"), compile=False).predict(images, batch_size=len(images))


@in_graph
def saved_model(sess, folder, images):
    loaded = tf.saved_model.load(sess, [tf.saved_model.tag_constants.SERVING], str(folder / "saved_model" / "1"))
    # The names of tensors are looked up in the signature, under names that say what they are.
    signature = loaded.signature_def["serving_default"]
    return sess.run(signature.outputs["logits"].name, {signature.inputs["images"].name: images})


CHECKPOINT = ["model.ckpt.data-00000-of-00001", "model.ckpt.index"]
FORMS = [
    Form("GraphDef, checkpoint", ["graph.pb", *CHECKPOINT], ["network", "weights", "optimizer"], graph),
    Form("GraphDef as text, checkpoint", ["graph.pbtxt", *CHECKPOINT], ["network", "weights", "optimizer"], text_graph),
    Form("MetaGraph, checkpoint", ["model.ckpt.meta", *CHECKPOINT], ["network", "weights", "optimizer"], meta_graph),
    Form("frozen GraphDef", ["frozen.pb"], ["network", "weights"], frozen_graph),
    Form("JSON, weights in H5", ["network.json", "network_weights.h5"], ["network", "weights"], json_and_weights),
    Form("Keras H5", ["network.h5"], ["network", "weights"], whole_network),
    Form("SavedModel", ["saved_model/1"], ["network", "weights", "optimizer", "signatures"], saved_model),
]


def main(arguments=None):
    forms.compare(__file__, __doc__, FORMS, arguments)


if __name__ == "__main__":
    tutorial.run(main)
