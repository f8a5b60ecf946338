"""``tf.contrib.tfprof``: the profiler of ``tf.profiler`` under its first names."""

from tf1graphs.v1.contrib.tfprof._profile_context import ProfileContext

__all__ = ["ProfileContext"]
