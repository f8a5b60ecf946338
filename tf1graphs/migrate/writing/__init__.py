"""Writes the TensorFlow 2 program from the facts about the old one."""
