"""The classes and functions that are put into migrated files, where TensorFlow 2 has nothing that computes the same."""
