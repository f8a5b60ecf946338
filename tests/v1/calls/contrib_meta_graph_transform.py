"""Small uses of ``tf.contrib.meta_graph_transform``."""

import importlib
import os
import tempfile


def _exported(tf, prepare, has_saver):
    """Returns a ``MetaGraphDef`` with two signatures, and the checkpoint of its variables.

    Its saver stands in it, or else in a collection alone.
    """
    with tf.Graph().as_default(), tf.Session() as session:
        x = tf.placeholder(tf.int32, [None], name="x")
        weights = tf.get_variable("weights", initializer=[[1.0], [0.0], [3.0], [0.0]])
        y = tf.identity(tf.gather(weights, x, name="rows"), name="y")
        z = tf.add(y, 1.0, name="z")
        tf.add_to_collection("ends", "z:0")
        prepare(tf, x)
        tensors = [tf.saved_model.build_tensor_info(each) for each in (x, y, z)]
        saver = tf.train.Saver()
        session.run(tf.global_variables_initializer())
        path = saver.save(session, os.path.join(tempfile.mkdtemp(), "model"))
        if not has_saver:
            tf.add_to_collection(tf.GraphKeys.SAVERS, saver)
        meta_graph = saver.export_meta_graph() if has_saver else tf.train.export_meta_graph()
        for name, tensor in zip(("first", "second"), tensors[1:]):
            signature = tf.saved_model.build_signature_def({"x": tensors[0]}, {"out": tensor})
            meta_graph.signature_def[name].CopyFrom(signature)
        return meta_graph, path


def _with_table(tf, x):
    keys = tf.constant([1, 2], tf.int64, name="keys")
    initializer = tf.contrib.lookup.KeyValueTensorInitializer(keys, tf.constant(["a", "b"], name="words"))
    table = tf.contrib.lookup.HashTable(initializer, "c", name="table")
    tf.identity(table.lookup(tf.cast(x, tf.int64)), name="word")
    tf.add_to_collection("saved_model_main_op", tf.tables_initializer(name="main"))


def _with_main_op(tf, x):
    tf.add_to_collection("saved_model_main_op", tf.no_op(name="main"))


def _with_wrong_collection(tf, x):
    tf.add_to_collection(tf.GraphKeys.TABLE_INITIALIZERS, "no node")


def _with_two_main_ops(tf, x):
    for name in ("main", "other"):
        tf.add_to_collection("saved_model_main_op", tf.no_op(name=name))


def _nothing(tf, x):
    pass


def _said(meta_graph):
    """Returns what is in a transformed ``MetaGraphDef``, in texts."""
    graph = meta_graph.graph_def
    nodes = sorted(" ".join([node.op, node.name] + list(node.input)) for node in graph.node if node.op != "Const")
    nodes += [str([node.name, list(node.attr["dtypes"].list.type)]) for node in graph.node if node.op == "SaveV2"]
    collections = meta_graph.collection_def
    kept = [
        str([key, len(collections[key].bytes_list.value), list(collections[key].node_list.value)])
        for key in sorted(collections)
    ]
    signatures = sorted(str(key) for key in meta_graph.signature_def)
    return nodes + kept + signatures + list(meta_graph.meta_info_def.tags) + [meta_graph.saver_def.restore_op_name]


def _run(tf, meta_graph, outputs, initializer=None):
    with tf.Graph().as_default(), tf.Session() as session:
        fetches = tf.import_graph_def(meta_graph.graph_def, return_elements=[name + ":0" for name in outputs], name="")
        if initializer:
            session.run(initializer)
        return session.run(fetches, {"x:0": [2, 1, 3]})


def _transformed(prepare, transforms, outputs=("y",), run=False, initializer=None, checkpoint=True, has_saver=True):
    def call(tf):
        module = importlib.import_module(tf.__name__ + ".contrib.meta_graph_transform.meta_graph_transform")
        meta_graph, path = _exported(tf, prepare, has_saver)
        found = module.meta_graph_transform(
            meta_graph, ["x"], list(outputs), transforms, ["serve", "small"], path if checkpoint else None
        )
        return _said(found) + (_run(tf, found, outputs, initializer) if run else [])

    return call


CALLS = {
    "meta_graph_transform": _transformed(_nothing, ["strip_unused_nodes"]),
    "meta_graph_transform without transforms": _transformed(_nothing, [], checkpoint=False),
    "meta_graph_transform keeps both signatures": _transformed(_nothing, ["strip_unused_nodes"], ["y", "z"]),
    "freeze_graph": _transformed(_nothing, ["freeze_graph"], run=True),
    "freeze_graph among others": _transformed(
        _nothing, ["strip_unused_nodes", "freeze_graph", "fold_constants"], ["z"], run=True
    ),
    "freeze_graph with a table": _transformed(_with_table, ["freeze_graph"], ["y", "word"], True, "main"),
    "sparsify_gather": _transformed(_with_main_op, ["sparsify_gather"], has_saver=False),
    "sparsify_gather among others": _transformed(
        _with_main_op, ["strip_unused_nodes", "sparsify_gather", "sort_by_execution_order"], has_saver=False
    ),
    "sparsify_gather refuses a saver": _transformed(_with_main_op, ["sparsify_gather"]),
    "meta_graph_transform refuses a collection of texts": _transformed(_with_wrong_collection, ["strip_unused_nodes"]),
    "meta_graph_transform refuses two main ops": _transformed(_with_two_main_ops, ["strip_unused_nodes"]),
    "meta_graph_transform refuses an unknown transform": _transformed(_nothing, ["no_such_transform"]),
}
