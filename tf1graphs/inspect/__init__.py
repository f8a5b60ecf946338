"""Reads graphs, checkpoints, event files and Keras files; summaries, differences, pictures, TensorBoard."""
