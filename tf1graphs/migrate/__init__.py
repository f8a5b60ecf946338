"""Turns TensorFlow 1.x source into TensorFlow 2 source."""
