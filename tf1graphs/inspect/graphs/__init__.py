"""What a graph holds: shapes, variables, training, FLOPs, and how two graphs differ. Nothing is executed."""
