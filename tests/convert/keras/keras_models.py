"""Keras 3 models that stand for what 1.15 recorded, and what becomes of the recorded weights in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from tf1graphs.convert.carrying.rows import Row
from tf1graphs.convert.keras.report import Report
from tf1graphs.convert.keras.weights import from_keras, to_keras

RECORDED = Path(__file__).parents[2] / "fixtures" / "tf115" / "convert_keras"
UNITS = 4


class Arrays:
    """Tensors that are in memory, as a checkpoint has them."""

    def __init__(self, arrays: dict[str, np.ndarray]) -> None:
        self.arrays = arrays
        self.entries = {name: SimpleNamespace(shape=array.shape) for name, array in sorted(arrays.items())}

    def read(self, name: str) -> np.ndarray:
        return self.arrays[name]


@dataclass
class Recorded:
    """One case of a file of ``record_convert_keras.py``."""

    variables: dict[str, np.ndarray]
    inputs: np.ndarray
    outputs: dict[str, np.ndarray]


def recorded(file: str, case: str) -> Recorded:
    with np.load(RECORDED / f"{file}.npz") as arrays:
        parts: dict[str, dict[str, np.ndarray]] = {"variables": {}, "outputs": {}}
        for name in arrays.files:
            of, kind, *rest = name.split("|")
            if of == case and rest:
                parts[kind][rest[0]] = arrays[name]
        return Recorded(parts["variables"], arrays[f"{case}|inputs"], parts["outputs"])


def _layers() -> dict[str, Callable[[], Any]]:
    from keras import layers

    norm = {"epsilon": 1e-3}
    return {
        "dense": lambda: layers.Dense(4, activation="relu"),
        "dense_without_bias": lambda: layers.Dense(4, use_bias=False),
        "conv1d": lambda: layers.Conv1D(4, 3, padding="same"),
        "conv2d": lambda: layers.Conv2D(4, 3, strides=2),
        "conv3d": lambda: layers.Conv3D(3, 2),
        "conv2d_transpose": lambda: layers.Conv2DTranspose(4, 3, strides=2, padding="same"),
        "conv3d_transpose": lambda: layers.Conv3DTranspose(3, 2, strides=2),
        "separable_conv1d": lambda: layers.SeparableConv1D(4, 3, depth_multiplier=2),
        "separable_conv2d": lambda: layers.SeparableConv2D(4, 3, depth_multiplier=2),
        "batch_normalization": lambda: layers.BatchNormalization(**norm),
        "batch_normalization_flat": lambda: layers.BatchNormalization(**norm),
        "batch_normalization_without_scale": lambda: layers.BatchNormalization(scale=False, **norm),
        "contrib_batch_norm": lambda: layers.BatchNormalization(scale=False, **norm),
        "contrib_fully_connected": lambda: layers.Dense(4, activation="relu"),
        "contrib_conv2d": lambda: layers.Conv2D(4, 3, padding="same", activation="relu"),
        "contrib_layer_norm": lambda: layers.LayerNormalization(epsilon=1e-12),
        "embedding": lambda: layers.Embedding(10, 4),
    }


def _cells() -> dict[str, Callable[[], Any]]:
    from keras import layers

    def lstm() -> Any:
        return layers.LSTM(UNITS, return_sequences=True, return_state=True)

    def two_layers(x: Any) -> Any:
        first = lstm()(x)
        second = lstm()(first[0])
        return [second[0], *first[1:], *second[1:]]

    gru = {"return_sequences": True, "return_state": True}
    return {
        "basic_rnn": lambda: layers.SimpleRNN(UNITS, **gru),
        "basic_lstm": lstm,
        "basic_lstm_without_forget_bias": lstm,
        "lstm": lstm,
        "lstm_peepholes": lstm,
        "lstm_projection": lstm,
        "gru": lambda: layers.GRU(UNITS, reset_after=False, **gru),
        "multi_lstm": lambda: two_layers,
        "lstm_block": lstm,
        "gru_block": lambda: layers.GRU(UNITS, reset_after=False, **gru),
        "gru_block_v2": lambda: layers.GRU(UNITS, reset_after=False, **gru),
        "layer_norm_lstm": lstm,
        "cudnn_compatible_lstm": lstm,
        "cudnn_compatible_gru": lambda: layers.GRU(UNITS, **gru),
        "bidirectional_lstm": lambda: layers.Bidirectional(layers.LSTM(UNITS, return_sequences=True)),
        "lstm_block_fused": lambda: layers.LSTM(UNITS, return_sequences=True),
    }


@dataclass
class Converted:
    """What came of a conversion: the model's outputs, the report, and the tensors that came back."""

    outputs: list[np.ndarray]
    report: Report
    back: dict[str, np.ndarray]


def _model(layer: Callable[[Any], Any], inputs: np.ndarray) -> Any:
    import keras

    x = keras.Input(inputs.shape[1:], dtype=inputs.dtype)
    return keras.Model(x, layer(x))


def convert(file: str, case: str, rows: Sequence[Row] = ()) -> Converted:
    """Converts a recorded layer or cell into its Keras layer, runs it on the recorded inputs, and converts back."""
    import keras

    keras.backend.clear_session()
    given = recorded(file, case)
    model = _model({"layers": _layers, "cells": _cells}[file]()[case](), given.inputs)
    model, report = to_keras(Arrays(given.variables), model, rows)
    outputs = model(given.inputs)
    listed = outputs if isinstance(outputs, (list, tuple)) else [outputs]
    return Converted([np.asarray(each) for each in listed], report, dict(from_keras(model, report.rows)))
