"""The kinds of operations and layers, and their colours."""

from __future__ import annotations

import pytest

from tf1graphs.inspect.drawing import kinds

TYPES = {
    "input": ["Placeholder", "PlaceholderWithDefault", "IteratorGetNext", "FIFOQueueV2", "InputLayer"],
    "variable": ["Variable", "VariableV2", "VarHandleOp", "HashTableV2"],
    "constant": ["Const"],
    "matrix": ["MatMul", "BatchMatMulV2", "Conv2D", "Conv2DBackpropInput", "DepthwiseConv2dNative", "Dense", "LSTM",
               "Conv2DTranspose", "SeparableConv2D", "MultiHeadAttention", "SparseTensorDenseMatMul"],
    "activation": ["Relu", "Relu6", "Softmax", "Tanh", "LeakyReLU", "Activation"],
    "loss": ["SparseSoftmaxCrossEntropyWithLogits", "L2Loss", "CTCLoss"],
    "training": ["ApplyAdam", "ResourceApplyGradientDescent", "SparseApplyAdagrad", "ReluGrad", "FusedBatchNormGradV3",
                 "Conv2DBackpropFilter"],
    "other": ["Add", "Identity", "Assign", "NoOp", "MaxPool", "ReduceJoin", "Dropout", "Gradual"],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "type_name"), [(kind, name) for kind, names in TYPES.items() for name in names])
def test_types(kind, type_name):
    assert kinds.of_type(type_name, "y") == kind


@pytest.mark.parametrize("label", ["loss", "cost", "total_loss_1", "cross_entropy"])
def test_what_is_called_a_loss_is_one(label):
    assert kinds.of_type("Mean", label) == "loss" and kinds.of_scope(label) == "loss"


@pytest.mark.parametrize("label", ["lossless", "glossary", "costume"])
def test_what_only_sounds_like_a_loss_is_none(label):
    assert kinds.of_type("Mean", label) == "other" and kinds.of_scope(label) == "scope"


def test_a_placeholder_that_is_called_a_loss_is_an_input():
    assert kinds.of_type("Placeholder", "loss") == "input"


def lightness(colour):
    """Relative luminance: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    values = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in values]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("kind", kinds.KINDS.values(), ids=kinds.KINDS.keys())
def test_text_can_be_read_on_every_fill(kind):
    dark_ink, light_ink = lightness("#1f2933"), lightness("#e4e8ee")
    assert (lightness(kind.fill) + 0.05) / (dark_ink + 0.05) > 7
    assert (light_ink + 0.05) / (lightness(kind.dark_fill) + 0.05) > 7
