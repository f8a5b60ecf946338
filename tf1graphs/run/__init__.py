"""Runs unmodified TensorFlow 1.x programs: ``tf1graphs run script.py``, or ``tf1graphs.install()`` in a notebook."""
