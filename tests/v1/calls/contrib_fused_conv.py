"""Small uses of ``tf.contrib.fused_conv``: what it builds, for TensorFlow 1.15 on a CPU does not compute it."""

import importlib


def _built(*shapes, **options):
    def call(tf):
        module = importlib.import_module(tf.__name__ + ".contrib.fused_conv")
        # One op of 1.15 is several here, so the graph that counts stays empty.
        with tf.Graph().as_default():
            values = [tf.placeholder(tf.float32, shape) for shape in shapes]
            output = module.fused_conv2d_bias_activation(*values, **options)
        return lambda session: [output.op.name, output.dtype.name, str(output.shape.as_list())]

    return call


FILTER, BIAS = [2, 2, 3, 4], [4]

CALLS = {
    "fused_conv2d_bias_activation": _built([2, 4, 5, 3], FILTER, BIAS, padding="VALID"),
    "fused_conv2d_bias_activation same": _built([2, 4, 5, 3], FILTER, BIAS, padding="SAME", name="fused"),
    "fused_conv2d_bias_activation with strides": _built(
        [2, 4, 5, 3], FILTER, BIAS, padding="SAME", strides=[1, 2, 3, 1], activation_mode="None"
    ),
    "fused_conv2d_bias_activation of any batch": _built([None, 4, 5, 3], FILTER, BIAS, padding="SAME"),
    "fused_conv2d_bias_activation of channels first": _built(
        [2, 3, 4, 5], FILTER, BIAS, padding="VALID", data_format="NCHW"
    ),
    "fused_conv2d_bias_activation refuses no padding": _built([2, 4, 5, 3], FILTER, BIAS),
    "fused_conv2d_bias_activation refuses a sigmoid": _built(
        [2, 4, 5, 3], FILTER, BIAS, padding="SAME", activation_mode="Sigmoid"
    ),
    "fused_conv2d_bias_activation refuses other channels": _built([2, 4, 5, 2], FILTER, BIAS, padding="SAME"),
    "fused_conv2d_bias_activation refuses another bias": _built([2, 4, 5, 3], FILTER, [3], padding="SAME"),
}
