"""``tf.contrib.meta_graph_transform``: has the module ``meta_graph_transform``."""
