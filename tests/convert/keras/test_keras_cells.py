"""The cells of tf.nn.rnn_cell and tf.contrib, recorded on 1.15.5, compute the same in Keras 3 and come back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras_models
import numpy as np
import pytest

from tf1graphs.convert.carrying.rows import Row

# Every state is compared, in Keras's order: outputs, then hidden state before memory.
CASES = {
    "basic_rnn": ("state_0",),
    "basic_lstm": ("state_1", "state_0"),
    "lstm": ("state_1", "state_0"),
    "lstm_block": ("state_1", "state_0"),
    "gru": ("state_0",),
    "gru_block": ("state_0",),
    "gru_block_v2": ("state_0",),
    "cudnn_compatible_lstm": ("state_1", "state_0"),
    "cudnn_compatible_gru": ("state_0",),
    "multi_lstm": ("state_1", "state_0", "state_3", "state_2"),
    "bidirectional_lstm": (),
    "lstm_block_fused": (),
}
WITHOUT_COUNTERPART = {
    "lstm_peepholes": ("rnn/lstm_cell/w_f_diag", "no peepholes"),
    "lstm_projection": ("rnn/lstm_cell/projection/kernel", "no projection"),
    "layer_norm_lstm": ("rnn/layer_norm_basic_lstm_cell/transform/gamma", "no LSTM with layer normalization"),
}


def same_bytes(back: dict[str, np.ndarray], variables: dict[str, np.ndarray]) -> None:
    """All but an LSTM's bias, from which the forget bias was taken again, and that within its rounding."""
    assert set(back) == set(variables)
    for name, array in variables.items():
        if name.endswith("bias") and "lstm" in name:
            np.testing.assert_allclose(back[name], array, rtol=0, atol=2.0**-23)
        else:
            assert back[name].tobytes() == array.tobytes()


@pytest.mark.parametrize("case", CASES)
def test_cells_compute_the_same_and_their_tensors_come_back(in_keras: Callable[..., Any], case: str) -> None:
    given = keras_models.recorded("cells", case)
    converted = in_keras(keras_models.convert, "cells", case)
    assert not converted.report.unmatched_sources and not converted.report.unmatched_targets
    expected = [given.outputs[name] for name in ("output", *CASES[case])]
    for output, recorded in zip(converted.outputs, expected, strict=True):
        np.testing.assert_allclose(output, recorded, rtol=1e-5, atol=1e-6)
    same_bytes(converted.back, given.variables)


def test_a_map_says_that_a_cell_has_no_forget_bias_and_then_all_bytes_come_back(in_keras: Callable[..., Any]) -> None:
    scope = "rnn/basic_lstm_cell"
    targets = tuple(f"lstm/lstm_cell/{name}" for name in ("kernel", "recurrent_kernel", "bias"))
    rows = [Row((f"{scope}/kernel", f"{scope}/bias"), targets, "lstm", {"forget_bias": 0.0})]
    given = keras_models.recorded("cells", "basic_lstm_without_forget_bias")
    converted = in_keras(keras_models.convert, "cells", "basic_lstm_without_forget_bias", rows)
    assert [match.how for match in converted.report.matches] == ["map"]
    np.testing.assert_allclose(converted.outputs[0], given.outputs["output"], rtol=1e-5, atol=1e-6)
    assert {name: array.tobytes() for name, array in converted.back.items()} == {
        name: array.tobytes() for name, array in given.variables.items()
    }


def test_a_forget_bias_that_no_checkpoint_has_is_said(in_keras: Callable[..., Any]) -> None:
    report = in_keras(keras_models.convert, "cells", "basic_lstm").report
    assert report.assumptions == [
        "forget_bias 1.0 for rnn/basic_lstm_cell/kernel: 1.15's default, no checkpoint has it"
    ]
    assert in_keras(keras_models.convert, "cells", "gru").report.assumptions == []


@pytest.mark.parametrize("case", WITHOUT_COUNTERPART)
def test_what_keras_lacks_is_left_on_both_sides_and_the_reason_said(in_keras: Callable[..., Any], case: str) -> None:
    report = in_keras(keras_models.convert, "cells", case).report
    name, reason = WITHOUT_COUNTERPART[case]
    assert report.matches == []
    assert reason in report.unmatched_sources[name]
    assert set(report.unmatched_sources) == set(keras_models.recorded("cells", case).variables)
    assert len(report.unmatched_targets) == 3
