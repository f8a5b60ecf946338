"""``tf.contrib.staging``: a buffer of tensors that fills while a step computes."""

from tensorflow.python.ops.data_flow_ops import StagingArea

__all__ = ["StagingArea"]
