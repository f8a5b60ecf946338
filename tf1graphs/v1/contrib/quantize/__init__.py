"""``tf.contrib.quantize``: rewrites a graph so that it trains, or evaluates, as if it computed in 8 bits.

Source: Jacob and others, "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only
Inference", https://arxiv.org/abs/1712.05877: batch normalization is folded into the weights (section 3.2), and the
weights and activations go through fake quantization (section 3.1).
"""

from tf1graphs.v1.contrib.quantize.quantize_graph import (
    create_eval_graph,
    create_training_graph,
    experimental_create_eval_graph,
    experimental_create_training_graph,
)

__all__ = [
    "create_eval_graph",
    "create_training_graph",
    "experimental_create_eval_graph",
    "experimental_create_training_graph",
]
