"""Weights of TensorFlow 1 in models of Keras 3, and back."""
