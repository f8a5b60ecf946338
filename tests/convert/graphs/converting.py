"""What the tests of converted graphs do in processes of their own: TensorFlow 2 computes nothing in graph mode."""

from __future__ import annotations

import io
import os
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.graphs.saved_model import Converted, to_saved_model
from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.reading.checkpoints import open_checkpoint
from tf1graphs.inspect.reading.graphs import read_graph

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "tf115" / "convert_graphs"
Arrays = dict[str, np.ndarray]


def quiet() -> None:
    """Keeps TensorFlow's own lines away; for the start of a process."""
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"


def unpacked(name: str, folder: Path) -> Path:
    """Unpacks what TensorFlow 1.15 wrote and computed; returns the directory."""
    with tarfile.open(FIXTURES / f"{name}.tar.gz") as archive:
        archive.extractall(folder / name, filter="data")
    return folder / name


def recorded(folder: Path, kind: str) -> Arrays:
    """The recorded arrays of a kind, such as ``in`` or ``variable``, by their names."""
    with np.load(io.BytesIO((folder / "recorded.npz").read_bytes())) as arrays:
        return {name.partition("/")[2]: arrays[name] for name in arrays if name.partition("/")[0] == kind}


def convert(
    source: Path,
    destination: Path,
    *,
    checkpoint: Path | None = None,
    inputs: Sequence[str] = (),
    outputs: Sequence[str] = (),
    trainable: bool = False,
    tags: Sequence[str] = (),
) -> Converted | str:
    """Converts; returns the report, or the message of the refusal."""
    try:
        return to_saved_model(
            read_graph(source),
            destination,
            checkpoint=open_checkpoint(checkpoint) if checkpoint else None,
            inputs=inputs,
            outputs=outputs,
            trainable=trainable,
            tags=tags,
        )
    except (CouldNotConvert, InvalidFile) as error:
        return str(error)


def serve(saved_model: Path, inputs: Mapping[str, Any], signature: str = "serving_default", calls: int = 1) -> Arrays:
    """What a signature computes, in its last call."""
    import tensorflow as tf

    loaded = tf.saved_model.load(str(saved_model))
    for _ in range(calls):
        results = loaded.signatures[signature](**{key: tf.constant(value) for key, value in inputs.items()})
    return {key: value.numpy() for key, value in results.items()}


def serve_in_session(saved_model: Path, inputs: Mapping[str, Any]) -> Arrays:
    """What the default signature computes where a session loads it, as TensorFlow Serving does."""
    import tensorflow as tf

    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        signature = tf.compat.v1.saved_model.load(session, ["serve"], str(saved_model)).signature_def["serving_default"]
        fetches = {key: info.name for key, info in signature.outputs.items()}
        results: Arrays = session.run(fetches, {signature.inputs[key].name: inputs[key] for key in inputs})
        return results


def described(saved_model: Path) -> dict[str, Any]:
    """The variables by name, which of them are trainable, and the signatures' specifications as texts."""
    import tensorflow as tf

    loaded = tf.saved_model.load(str(saved_model))
    return {
        "variables": {variable.name.removesuffix(":0"): variable.numpy() for variable in loaded.variables},
        "trainable": [variable.name.removesuffix(":0") for variable in loaded.trainable_variables],
        "signatures": {
            name: (
                {
                    key: (str(spec.shape), spec.dtype.name)
                    for key, spec in function.structured_input_signature[1].items()
                },
                {key: spec.dtype.name for key, spec in function.structured_outputs.items()},
            )
            for name, function in loaded.signatures.items()
        },
    }


def trained(saved_model: Path, inputs: Mapping[str, Any], output: str, steps: int) -> list[float]:
    """Trains towards zero; returns the losses before each step, after a first in which every gradient must be there."""
    import tensorflow as tf

    loaded = tf.saved_model.load(str(saved_model))
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            results = loaded.signatures["serving_default"](**{k: tf.constant(v) for k, v in inputs.items()})
            loss = tf.reduce_mean(tf.square(results[output]))
        gradients = tape.gradient(loss, loaded.trainable_variables)
        for variable, gradient in zip(loaded.trainable_variables, gradients, strict=True):
            assert gradient is not None, variable.name
            variable.assign_sub(0.001 * gradient)
        losses.append(float(loss))
    return losses


def methods(saved_model: Path) -> dict[str, str]:
    """By signature the call of TensorFlow Serving that it answers."""
    message = read_graph(saved_model).meta_graphs[0]
    return {
        name: definition.method_name
        for name, definition in message.signature_def.items()
        if name != "__saved_model_init_op"
    }
