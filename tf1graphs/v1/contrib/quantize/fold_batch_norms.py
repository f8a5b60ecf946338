"""``tf.contrib.quantize.python.fold_batch_norms``: batch normalization becomes part of the layer before it."""

from __future__ import annotations

from typing import Any

from tf1graphs.v1.contrib.quantize._fused import fold_fused
from tf1graphs.v1.contrib.quantize._unfused import fold_unfused

__all__ = ["FoldBatchNorms"]


def FoldBatchNorms(graph: Any, is_training: bool, freeze_batch_norm_delay: int | None = None) -> None:
    """Folds the batch normalizations of a graph into the convolutions and products before them, in place.

    Args:
        graph: The graph.
        is_training: Whether batch statistics are used.
        freeze_batch_norm_delay: After how many steps the moving averages are used instead; never without it.

    Raises:
        ValueError: A normalization stands behind what it cannot be folded into, or nothing uses it.
    """
    fold_fused(graph, freeze_batch_norm_delay)
    fold_unfused(graph, is_training, freeze_batch_norm_delay)
