"""Checkpoints: their tensors, what each is there for, and where two differ."""
