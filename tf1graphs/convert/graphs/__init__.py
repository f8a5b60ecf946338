"""Turns graphs of TensorFlow 1 and their checkpoints into SavedModels of TensorFlow 2."""
