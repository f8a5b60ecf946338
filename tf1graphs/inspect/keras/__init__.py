"""Keras files: layers, shapes and weights of a model, without Keras."""
