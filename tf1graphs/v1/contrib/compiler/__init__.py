"""``tf.contrib.compiler``: what XLA compiles."""
