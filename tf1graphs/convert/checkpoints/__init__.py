"""Checkpoints written again: name-based under other names, or object-based for ``tf.train.Checkpoint``."""
