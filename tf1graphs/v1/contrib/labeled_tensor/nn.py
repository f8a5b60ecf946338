"""``tf.contrib.labeled_tensor.nn``: activations and losses of labeled tensors."""

from tensorflow.python.ops import nn as _nn

from tf1graphs.v1.contrib import nn as _contrib_nn
from tf1graphs.v1.contrib.labeled_tensor._elementwise import define_binary_op as _binary
from tf1graphs.v1.contrib.labeled_tensor._elementwise import define_unary_op as _unary

relu = _unary("relu", _nn.relu)
relu6 = _unary("relu6", _nn.relu6)
crelu = _unary("crelu", _nn.crelu)
elu = _unary("elu", _nn.elu)
softplus = _unary("softplus", _nn.softplus)
l2_loss = _unary("l2_loss", _nn.l2_loss)
softmax = _unary("softmax", _nn.softmax)
log_softmax = _unary("log_softmax", _nn.log_softmax)
sigmoid_cross_entropy_with_logits = _binary(
    "sigmoid_cross_entropy_with_logits", _contrib_nn.deprecated_flipped_sigmoid_cross_entropy_with_logits
)
softmax_cross_entropy_with_logits = _binary(
    "softmax_cross_entropy_with_logits", _contrib_nn.deprecated_flipped_softmax_cross_entropy_with_logits
)
sparse_softmax_cross_entropy_with_logits = _binary(
    "sparse_softmax_cross_entropy_with_logits", _contrib_nn.deprecated_flipped_sparse_softmax_cross_entropy_with_logits
)
