"""``tf.contrib.model_pruning.python.layers``: layers and cells with weights that can be masked."""
