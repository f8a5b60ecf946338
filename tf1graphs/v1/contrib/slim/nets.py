"""``tf.contrib.slim.nets``: the image networks, kept by tf_slim."""

# ruff: noqa: F401, I001 (the names of the API; tf_slim is importable once _tf_slim is)
from tf1graphs.v1 import _tf_slim
from tf_slim.nets import alexnet, inception, overfeat, resnet_utils, resnet_v1, resnet_v2, vgg
