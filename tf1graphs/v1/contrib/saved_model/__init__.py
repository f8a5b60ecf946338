"""``tf.contrib.saved_model``: what a SavedModel on disk contains."""
