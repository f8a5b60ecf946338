"""What a program's names stand for, found by reading it as TensorFlow 1.x would have built its graph."""
