"""``tf.contrib.receptive_field``: how much of an image a feature of a convolutional network sees.

Source: Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional Neural Networks",
https://distill.pub/2019/computing-receptive-fields/.
"""

from tf1graphs.v1.contrib.receptive_field.graph_compute_order import get_compute_order
from tf1graphs.v1.contrib.receptive_field.receptive_field import compute_receptive_field_from_graph_def

__all__ = ["compute_receptive_field_from_graph_def", "get_compute_order"]
