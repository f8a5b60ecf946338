"""``tf.contrib.hooks``: the hook that ``tf.train`` has, too."""

from tensorflow.python.training.basic_session_run_hooks import ProfilerHook

__all__ = ["ProfilerHook"]
