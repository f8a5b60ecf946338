"""``tensorflow.tools.graph_transforms``: what is left of a graph after transforms."""

import importlib


def _graph_def(tf):
    x = tf.placeholder(tf.float32, [None, 2], name="x")
    weights = tf.multiply(tf.constant([[1.0, 2.0], [3.0, 4.0]], name="weights"), 2.0, name="scaled")
    hidden = tf.identity(tf.nn.relu(tf.matmul(x, weights, name="product"), name="relu"), name="same")
    tf.add(hidden, 1.0, name="unused")
    tf.subtract(hidden, tf.constant([0.5, 0.25], name="shift"), name="y")
    return tf.get_default_graph().as_graph_def()


def _transformed(*transforms):
    def call(tf):
        name = "tensorflow.tools.graph_transforms"
        if tf.__name__.startswith("tf1graphs"):
            name = importlib.import_module("tf1graphs.run.aliases").home(name)
        transform = importlib.import_module(name).TransformGraph
        graph_def = transform(_graph_def(tf), ["x"], ["y"], list(transforms))
        # The name of a folded constant is new.
        nodes = sorted(node.op + " " + ("" if node.op == "Const" else node.name) for node in graph_def.node)
        with tf.Graph().as_default():
            (y,) = tf.import_graph_def(graph_def, return_elements=["y:0"], name="")
            with tf.Session() as session:
                return nodes + [session.run(y, {"x:0": [[1.0, -2.0], [0.5, 3.0]]})]

    return call


CALLS = {
    "strip_unused_nodes": _transformed("strip_unused_nodes"),
    "fold_constants": _transformed("fold_constants(ignore_errors=true)", "sort_by_execution_order"),
    "remove_nodes": _transformed("remove_nodes(op=Identity, op=CheckNumerics)", "strip_unused_nodes"),
    "rename": _transformed("rename_attribute(old_attribute_name=no_such, new_attribute_name=other)"),
    "quantize_weights": _transformed("round_weights(num_steps=4)"),
}
