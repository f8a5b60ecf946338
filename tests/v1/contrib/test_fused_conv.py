"""``tf.contrib.fused_conv`` computes its formula; TensorFlow 1.15 on a CPU has no kernel to compare with."""

from __future__ import annotations

import numpy as np
import pytest

import tf1graphs.v1 as tf

INPUT = np.sin(np.arange(1.0, 2 * 4 * 5 * 3 + 1)).reshape(2, 4, 5, 3).astype(np.float32)
FILTER = np.cos(np.arange(2.0 * 2 * 3 * 4)).reshape(2, 2, 3, 4).astype(np.float32)
BIAS = np.array([0.5, -1.0, 0.0, 2.0], np.float32)
SIDE = np.cos(np.arange(2.0 * 3 * 4 * 4)).reshape(2, 3, 4, 4).astype(np.float32)

fused = tf.contrib.fused_conv.fused_conv2d_bias_activation


def _convolved() -> np.ndarray:
    """The valid convolution, as its definition says."""
    windows = np.lib.stride_tricks.sliding_window_view(INPUT, (2, 2), axis=(1, 2))
    return np.einsum("bhwcij,ijco->bhwo", windows, FILTER)


def _run(output: tf.Tensor) -> np.ndarray:
    with tf.Session(graph=output.graph) as session:
        return session.run(output)


@pytest.mark.parametrize("activation", ["Relu", "None"])
@pytest.mark.parametrize("scale, side_scale", [(1.0, 0.0), (2.0, 0.5), (0.5, -1.0)])
def test_it_is_the_scaled_sum_of_convolution_side_input_and_bias(activation, scale, side_scale):
    expected = scale * _convolved() + side_scale * SIDE + BIAS
    with tf.Graph().as_default():
        output = fused(
            INPUT,
            FILTER,
            BIAS,
            padding="VALID",
            conv_input_scale=scale,
            side_input_scale=side_scale,
            side_input=SIDE,
            activation_mode=activation,
        )
        assert output.shape.as_list() == [2, 3, 4, 4]
        found = _run(output)
    np.testing.assert_allclose(found, np.maximum(expected, 0) if activation == "Relu" else expected, atol=2e-5)


def test_the_channels_and_the_filter_may_stand_first():
    with tf.Graph().as_default():
        output = fused(
            INPUT.transpose(0, 3, 1, 2),
            FILTER.transpose(3, 2, 0, 1),
            BIAS,
            strides=[1, 1, 2, 1],
            padding="VALID",
            side_input=SIDE[:, ::2].transpose(0, 3, 1, 2),
            side_input_scale=1.0,
            data_format="NCHW",
            filter_format="OIHW",
            name="fused",
        )
        assert output.op.name == "fused"
        found = _run(output)
    expected = np.maximum(_convolved() + SIDE + BIAS, 0)[:, ::2]
    np.testing.assert_allclose(found, expected.transpose(0, 3, 1, 2), atol=2e-5)


def test_a_side_input_that_is_scaled_but_missing_is_refused_when_it_runs():
    with tf.Graph().as_default():
        scale = tf.placeholder(tf.float32, [])
        output = fused(INPUT, FILTER, BIAS, padding="VALID", side_input_scale=scale)
        with tf.Session() as session:
            found = session.run(output, {scale: 0.0})
            with pytest.raises(tf.errors.InvalidArgumentError):
                session.run(output, {scale: 1.0})
    np.testing.assert_allclose(found, np.maximum(_convolved() + BIAS, 0), atol=2e-5)


def test_gradients_reach_the_filter():
    with tf.Graph().as_default():
        weights = tf.constant(FILTER)
        output = fused(INPUT, weights, BIAS, padding="SAME", conv_input_scale=2.0, activation_mode="None")
        doubled, plain = (
            tf.gradients(tf.reduce_sum(each), weights)[0]
            for each in (output, tf.nn.conv2d(INPUT, weights, [1, 1, 1, 1], "SAME"))
        )
        with tf.Session() as session:
            np.testing.assert_allclose(session.run(doubled), 2 * session.run(plain), rtol=1e-5)


def test_the_formats_of_qint8_are_refused_by_name():
    with tf.Graph().as_default(), pytest.raises(RuntimeError, match="qint8"):
        fused(INPUT, FILTER, BIAS, padding="SAME", data_format="NCHW_VECT_C")
