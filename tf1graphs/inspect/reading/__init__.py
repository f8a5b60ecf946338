"""Readers of TensorFlow's file formats. They execute nothing and import no TensorFlow."""
