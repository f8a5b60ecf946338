"""The static shapes of tensors, and the functions that say what a call computes of which shape."""
