"""Turns checkpoints, meta graphs, frozen graphs and SavedModels into files of TensorFlow 2."""
