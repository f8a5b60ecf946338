"""The layers of tf.layers and tf.contrib.layers, recorded on 1.15.5, compute the same in Keras 3 and come back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras_models
import numpy as np
import pytest

CASES = (
    *("dense", "dense_without_bias", "conv1d", "conv2d", "conv3d", "conv2d_transpose", "conv3d_transpose"),
    *("separable_conv1d", "separable_conv2d", "batch_normalization", "batch_normalization_flat"),
    *("batch_normalization_without_scale", "contrib_batch_norm", "contrib_fully_connected", "contrib_conv2d"),
    *("contrib_layer_norm", "embedding"),
)


@pytest.mark.parametrize("case", CASES)
def test_layers_compute_the_same_and_their_tensors_come_back(in_keras: Callable[..., Any], case: str) -> None:
    given = keras_models.recorded("layers", case)
    converted = in_keras(keras_models.convert, "layers", case)
    assert not converted.report.unmatched_sources and not converted.report.unmatched_targets
    np.testing.assert_allclose(converted.outputs[0], given.outputs["output"], rtol=1e-5, atol=1e-6)
    assert {name: array.tobytes() for name, array in converted.back.items()} == {
        name: array.tobytes() for name, array in given.variables.items()
    }
