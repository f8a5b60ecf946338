"""TensorBoard on graphs and checkpoints: a log directory is written for it, and the real one started on that."""
