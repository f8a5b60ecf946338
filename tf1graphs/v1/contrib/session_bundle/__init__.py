"""``tf.contrib.session_bundle``: the format of exported models of before SavedModels."""
