"""Writers of checkpoints, which hold one tensor at a time."""
