"""``tf.contrib.losses.metric_learning``, kept by tf_slim."""

# ruff: noqa: F401, F403, I001 (the names of the API; tf_slim is importable once _tf_slim is)

from tf1graphs.v1 import _tf_slim
from tf_slim.losses.metric_learning import (
    cluster_loss,
    contrastive_loss,
    lifted_struct_loss,
    masked_maximum,
    masked_minimum,
    npairs_loss,
    npairs_loss_multilabel,
    pairwise_distance,
    triplet_semihard_loss,
)
