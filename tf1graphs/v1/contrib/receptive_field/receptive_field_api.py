"""``tf.contrib.receptive_field.receptive_field_api``: the same names once more."""

from tf1graphs.v1.contrib.receptive_field import compute_receptive_field_from_graph_def, get_compute_order

__all__ = ["compute_receptive_field_from_graph_def", "get_compute_order"]
