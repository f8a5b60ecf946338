"""``tf.contrib.tfprof``: the profiler of ``tf.profiler`` under its first names."""
