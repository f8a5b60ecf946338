"""``tf.contrib.model_pruning.python.layers.core_layers``: the classes of layers with masked weights."""

# ruff: noqa: I001 (_tf_keras comes first, to keep what follows quiet)
from __future__ import annotations

from typing import Any

from tf1graphs.v1 import _tf_keras  # noqa: F401
from tensorflow.python.framework import ops, tensor_shape
from tensorflow.python.ops import init_ops, math_ops, nn_ops
from tf_keras.src.engine import input_spec
from tf_keras.src.legacy_tf_layers import convolutional, core

__all__ = [
    "MASKED_WEIGHT_COLLECTION",
    "MASKED_WEIGHT_NAME",
    "MASK_COLLECTION",
    "MaskedConv2D",
    "MaskedFullyConnected",
    "THRESHOLD_COLLECTION",
    "WEIGHT_COLLECTION",
]

MASK_COLLECTION = "masks"
THRESHOLD_COLLECTION = "thresholds"
MASKED_WEIGHT_COLLECTION = "masked_weights"
WEIGHT_COLLECTION = "kernel"
# tf.contrib.quantize knows by "weights" that they are to be quantized.
MASKED_WEIGHT_NAME = "weights/masked_weight"


def add_mask(layer: Any, shape: Any) -> Any:
    """Returns a new variable ``mask`` of a layer, all ones."""
    ones = init_ops.ones_initializer()
    return layer.add_weight(name="mask", shape=shape, initializer=ones, trainable=False, dtype=layer.dtype)


def add_threshold(layer: Any) -> Any:
    """Returns a new variable ``threshold`` of a layer, []."""
    zeros = init_ops.zeros_initializer()
    return layer.add_weight(name="threshold", shape=[], initializer=zeros, trainable=False, dtype=layer.dtype)


def masked(mask: Any, weights: Any, threshold: Any) -> Any:
    """Returns the masked weights, and puts all four into their collections."""
    product = math_ops.multiply(mask, weights, MASKED_WEIGHT_NAME)
    ops.add_to_collection(MASK_COLLECTION, mask)
    ops.add_to_collection(MASKED_WEIGHT_COLLECTION, product)
    ops.add_to_collection(THRESHOLD_COLLECTION, threshold)
    ops.add_to_collection(WEIGHT_COLLECTION, weights)
    return product


def masked_once(mask: Any, weights: Any, threshold: Any) -> Any:
    """Returns the masked weights; they are put into their collections for the first use of the mask alone."""
    if any(mask is each for each in ops.get_collection_ref(MASK_COLLECTION)):
        return math_ops.multiply(mask, weights, MASKED_WEIGHT_NAME)
    return masked(mask, weights, threshold)


def _add_bias(layer: Any, size: int) -> Any:
    if not layer.use_bias:
        return None
    initial, regularizer = layer.bias_initializer, layer.bias_regularizer
    return layer.add_weight(
        name="bias", shape=(size,), initializer=initial, regularizer=regularizer, trainable=True, dtype=layer.dtype
    )


class MaskedConv2D(convolutional.Conv2D):  # type: ignore[misc]
    """A convolution of images, as ``tf.layers.Conv2D``, with the variables ``mask`` and ``threshold``."""

    def build(self, input_shape: Any) -> None:
        """Creates the variables; raises ``ValueError`` if the number of channels is unknown."""
        axis = 1 if self.data_format == "channels_first" else -1
        channels = tensor_shape.dimension_value(tensor_shape.TensorShape(input_shape)[axis])
        if channels is None:
            raise ValueError("The channel dimension of the inputs should be defined. Found `None`.")
        shape = (*self.kernel_size, channels, self.filters)
        self.mask = add_mask(self, shape)
        self.kernel = self.add_weight(
            name="kernel",
            shape=shape,
            initializer=self.kernel_initializer,
            regularizer=self.kernel_regularizer,
            trainable=True,
            dtype=self.dtype,
        )
        self.threshold = add_threshold(self)
        self.masked_kernel = masked(self.mask, self.kernel, self.threshold)
        self.bias = _add_bias(self, self.filters)
        self.input_spec = input_spec.InputSpec(ndim=4, axes={axis: channels})
        self.built = True

    def call(self, inputs: Any) -> Any:
        """Returns the convolution of ``inputs``, 4-D, with the masked weights."""
        data_format = "NCHW" if self.data_format == "channels_first" else "NHWC"
        outputs = nn_ops.convolution(
            input=inputs,
            filter=self.masked_kernel,
            dilation_rate=self.dilation_rate,
            strides=self.strides,
            padding=self.padding.upper(),
            data_format=data_format,
        )
        if self.bias is not None:
            outputs = nn_ops.bias_add(outputs, self.bias, data_format=data_format)
        return outputs if self.activation is None else self.activation(outputs)


class MaskedFullyConnected(core.Dense):  # type: ignore[misc]
    """A fully connected layer, as ``tf.layers.Dense``, with the variables ``mask`` and ``threshold``."""

    def build(self, input_shape: Any) -> None:
        """Creates the variables; raises ``ValueError`` if the last dimension of the inputs is unknown."""
        size = tensor_shape.dimension_value(tensor_shape.TensorShape(input_shape)[-1])
        if size is None:
            raise ValueError("The last dimension of the inputs to `Dense` should be defined. Found `None`.")
        self.input_spec = input_spec.InputSpec(min_ndim=2, axes={-1: size})
        self.kernel = self.add_weight(
            name="kernel",
            shape=[size, self.units],
            initializer=self.kernel_initializer,
            regularizer=self.kernel_regularizer,
            dtype=self.dtype,
            trainable=True,
        )
        self.mask = add_mask(self, [size, self.units])
        self.threshold = add_threshold(self)
        self.masked_kernel = masked(self.mask, self.kernel, self.threshold)
        self.bias = _add_bias(self, self.units)
        self.built = True

    def call(self, inputs: Any) -> Any:
        """Returns the product of ``inputs``, [..., size], with the masked weights, [..., units]."""
        inputs = ops.convert_to_tensor(inputs, dtype=self.dtype)
        shape = inputs.get_shape().as_list()
        if len(shape) > 2:
            outputs = math_ops.tensordot(inputs, self.masked_kernel, [[len(shape) - 1], [0]])
            outputs.set_shape([*shape[:-1], self.units])
        else:
            outputs = math_ops.matmul(inputs, self.masked_kernel)
        if self.bias is not None:
            outputs = nn_ops.bias_add(outputs, self.bias)
        return outputs if self.activation is None else self.activation(outputs)
