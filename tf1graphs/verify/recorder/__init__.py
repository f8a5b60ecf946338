"""Records what a program computes, on TensorFlow 1.15 or 2, as a stream of events that ``tf1graphs.verify`` compares.

The package also runs on CPython 3.7, where real TensorFlow 1.15 is recorded, so it uses nothing newer.
"""
