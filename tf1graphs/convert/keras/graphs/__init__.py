"""Builds a Keras 3 model from a graph of TensorFlow 1 that is made of known layers."""
