"""Programs in TensorFlow 1 style, twins of theirs in TensorFlow 2, and what is changed in one place of either."""
