"""The TF2 versions of the tutorials, run in a process of their own: eager execution and graph mode do not mix."""

from __future__ import annotations

import contextlib
import io
import multiprocessing
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from cases import CASES, folder
from loading import load
from recording import SEEDS

TUTORIALS = Path(__file__).resolve().parents[2] / "tutorials"
Batch = dict[str, np.ndarray]


@cache
def _module(name: str) -> ModuleType:
    return load(TUTORIALS / folder(name) / "tf2.py")


def stacked(batches: list[Batch]) -> list[np.ndarray]:
    """Returns the batches as ``train`` takes them: one array [steps, ...] for each of its arguments."""
    return [np.stack([batch[name] for batch in batches]) for name in batches[0]]


def _named_variables(model: Any) -> dict[str, Any]:
    return {getattr(v, "path", v.name).removesuffix(":0"): v for v in model.trainable_variables}


def new_model(name: str) -> Any:
    """Returns the TF2 version of a case with weights of its own."""
    return _module(name).Model(**CASES[name].options)


def _model(name: str, weights: dict[str, np.ndarray]) -> Any:
    model = new_model(name)
    for variable_name, variable in _named_variables(model).items():
        variable.assign(weights[variable_name])
    return model


def _gradients(cost: Callable[..., Any], variables: dict[str, Any], values: list[np.ndarray]) -> dict[str, np.ndarray]:
    """Returns variable name -> gradient, computed in a graph: there each random op has its own stream, as in TF1."""
    import tensorflow as tf

    @tf.function
    def compute() -> dict[str, Any]:
        with tf.GradientTape() as tape:
            value = cost(*values)
        gradients: dict[str, Any] = tape.gradient(value, variables)
        return gradients

    return {name: np.array(tf.convert_to_tensor(g)) for name, g in compute().items() if g is not None}


def compare(name: str, weights: dict[str, np.ndarray], batches: list[Batch]) -> dict[str, Any]:
    """Trains the TF2 version from ``weights`` and returns what the TF1 version is compared with."""
    from tensorflow.python.framework import random_seed

    case = CASES[name]
    random_seed.get_seed = lambda op_seed: SEEDS
    model = _model(name, weights)
    result: dict[str, Any] = {
        "output": model(*(batches[0][name] for name in case.output[1])).numpy(),
        "gradients": [],
    }
    for _, cost, inputs in case.steps:
        values = [batches[0][name] for name in inputs]
        result["gradients"].append(_gradients(getattr(model, cost), _named_variables(model), values))
    # A fresh model, so that its random ops draw from the start of their streams, as the TF1 session's do.
    model = _model(name, weights)
    costs = model.train(*stacked(batches)).numpy()
    result["costs"] = costs.reshape(len(batches), -1)[:, : len(case.steps)]
    result["weights"] = {name: np.array(variable) for name, variable in _named_variables(model).items()}
    return result


def output_of_checkpoint(name: str, checkpoint: str, batch: Batch) -> np.ndarray:
    """Restores a checkpoint of the TF1 version into the TF2 version and returns the model's output."""
    model = new_model(name)
    model.restore_tf1(checkpoint)
    output: np.ndarray = model(*(batch[name] for name in CASES[name].output[1])).numpy()
    return output


def run_script(name: str, arguments: list[str]) -> str:
    """Runs the script's ``main`` and returns what it printed."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        _module(name).main(arguments)
    return printed.getvalue()


@contextlib.contextmanager
def process() -> Iterator[Callable[..., Any]]:
    """Yields ``call(function of this module, *arguments)``, which runs it in the TF2 process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        yield lambda function, *arguments: pool.apply(function, arguments)
