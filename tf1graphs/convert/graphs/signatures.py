"""The signatures of a SavedModel: which tensors are fed and fetched under which names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.graphs.nodes import tensor
from tf1graphs.inspect.graphs.nodes import Tensor

DEFAULT = "serving_default"
PREDICT = "tensorflow/serving/predict"
# What SavedModels of TensorFlow 1.15 list beside their signatures: ops that set up a session.
_NO_SIGNATURES = frozenset({"__saved_model_init_op", "__saved_model_train_op"})


@dataclass(frozen=True)
class Signature:
    """A function of a SavedModel.

    Attributes:
        inputs: the tensors that are fed, by the names of the arguments.
        outputs: the tensors that are computed, by the names of the results.
        method: which of TensorFlow Serving's calls it answers.
        renamed: arguments whose names TensorFlow 2 does not allow, with those they got.
    """

    name: str
    inputs: Mapping[str, Tensor]
    outputs: Mapping[str, Tensor]
    method: str = PREDICT
    renamed: Mapping[str, str] = field(default_factory=dict)


def argument_name(text: str) -> str:
    """``text`` as the name of an argument of a function: ``"x/in:1"`` is ``"x_in_1"``."""
    name = re.sub(r"\W", "_", text.removesuffix(":0"), flags=re.ASCII)
    return name if name[:1].isalpha() else f"arg_{name}"


def keyed(tensors: Sequence[Tensor]) -> dict[str, Tensor]:
    """Tensors by their own names as arguments."""
    found: dict[str, Tensor] = {}
    for each in tensors:
        name = argument_name(str(each))
        while name in found:
            name += "_"
        found[name] = each
    return found


def named(texts: Sequence[str]) -> dict[str, Tensor]:
    """The tensors that ``--inputs`` or ``--outputs`` name: ``tensor`` or ``key=tensor``.

    Raises:
        CouldNotConvert: a key is given twice.
    """
    found: dict[str, Tensor] = {}
    for text in texts:
        key, equals, name = text.partition("=")
        key, name = (argument_name(key), name) if equals else (argument_name(key), key)
        if key in found:
            raise CouldNotConvert(f"{key} is named twice: give one of them another key, as in other={name}")
        found[key] = tensor(name)
    return found


def declared(meta_graph: Any) -> list[Signature]:
    """The signatures of a TF1 SavedModel, sorted by name.

    Raises:
        CouldNotConvert: one of them feeds or fetches what has no tensors.
    """
    found = []
    for name, definition in sorted(meta_graph.signature_def.items()):
        if name in _NO_SIGNATURES or not definition.outputs:
            continue
        inputs = dict(_tensors(name, definition.inputs))
        renamed = {key: argument_name(key) for key in inputs if key != argument_name(key)}
        inputs = {argument_name(key): tensor for key, tensor in inputs.items()}
        outputs = dict(_tensors(name, definition.outputs))
        found.append(Signature(name, inputs, outputs, definition.method_name or PREDICT, renamed))
    return found


def _tensors(signature: str, infos: Mapping[str, Any]) -> Iterator[tuple[str, Tensor]]:
    for key, info in sorted(infos.items()):
        if info.WhichOneof("encoding") == "name":
            yield key, tensor(info.name)
        elif info.WhichOneof("encoding") == "coo_sparse":
            # As tf.saved_model.load names the parts of a sparse tensor of TensorFlow 1.
            yield f"{key}_indices", tensor(info.coo_sparse.indices_tensor_name)
            yield f"{key}_values", tensor(info.coo_sparse.values_tensor_name)
            yield f"{key}_dense_shape", tensor(info.coo_sparse.dense_shape_tensor_name)
        else:
            raise CouldNotConvert(f"{key} of the signature {signature} is no tensor; name others with --outputs")
