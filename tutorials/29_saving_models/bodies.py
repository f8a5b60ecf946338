"""Bodies of requests and answers: rows and columns for ``predict``, examples for ``classify`` and ``regress``.

Source: ``tensorflow_serving/g3doc/api_rest.md``.
"""

import json

import numpy as np
import tensors
from errors import invalid

import tf1graphs.v1 as tf


def parse(body):
    """Returns the JSON object in a request's body; the tokens NaN, Infinity and -Infinity are numbers."""
    try:
        request = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise invalid(f"JSON Parse error: {error}") from None
    if not isinstance(request, dict):
        raise invalid(f"JSON Value: {request!r:.80} Is not object")
    if not isinstance(request.get("signature_name", ""), str):
        raise invalid("'signature_name' key must be a string value.")
    return request


def _is_named(value):
    return isinstance(value, dict) and not tensors.is_binary(value)


def _rows_to_columns(rows, names):
    """Returns name -> list of values of named or, where there is one input, bare rows."""
    if not isinstance(rows, list) or not rows:
        raise invalid("Expecting 'instances' to be a list with one or more values")
    if not _is_named(rows[0]):
        if len(names) > 1:
            raise invalid(f"instances is a plain list, but expecting list of objects with the keys {sorted(names)}")
        if any(_is_named(row) for row in rows):
            raise invalid("Expecting value/list but got object in 'instances'")
        return dict.fromkeys(names, rows)
    for number, row in enumerate(rows):
        if not _is_named(row) or row.keys() != names:
            raise invalid(f"Failed to process element: {number} of 'instances': keys must be equal to: {sorted(names)}")
    return {name: [row[name] for row in rows] for name in names}


def predict_inputs(request, dtypes):
    """Returns input name -> array of a ``predict`` request in row format ("instances") or columns ("inputs").

    Args:
        request: the JSON object.
        dtypes: input name -> dtype, as the signature says.
    """
    if ("instances" in request) == ("inputs" in request):
        raise invalid("Expecting one of the keys 'inputs' or 'instances'")
    names = dtypes.keys()
    if "instances" in request:
        columns = _rows_to_columns(request["instances"], names)
    elif _is_named(request["inputs"]):
        columns = request["inputs"]
        if columns.keys() != names:
            raise invalid(f"'inputs' has the keys {sorted(columns)}, but the inputs are {sorted(names)}")
    elif len(names) > 1:
        raise invalid(f"inputs is a plain value/list, but expecting an object with the keys {sorted(names)}")
    else:
        columns = dict.fromkeys(names, request["inputs"])
    return {name: tensors.from_json(columns[name], dtype) for name, dtype in dtypes.items()}


def predict_answer(request, outputs):
    """Returns the answer in the format of the request; an output that is alone has no name in it."""
    values = {name: tensors.to_json(name, array) for name, array in sorted(outputs.items())}
    if "inputs" in request:
        return {"outputs": values if len(values) > 1 else next(iter(values.values()))}
    if any(not array.ndim for array in outputs.values()):
        raise invalid(f"An output has no batch dimension, ask with 'inputs': {sorted(outputs)}")
    if len({len(array) for array in outputs.values()}) > 1:
        raise invalid(f"Outputs have inconsistent batch sizes, ask with 'inputs': {sorted(outputs)}")
    if len(values) > 1:
        return {"predictions": [dict(zip(values, row)) for row in zip(*values.values())]}
    return {"predictions": next(iter(values.values()))}


def _feature(name, content):
    """Returns a tf.train.Feature: whole numbers and truth values are int64, others float, strings bytes."""
    values = content if isinstance(content, list) else [content]
    if all(isinstance(value, str) or tensors.is_binary(value) for value in values):
        return tf.train.Feature(bytes_list=tf.train.BytesList(value=[tensors.to_bytes(value) for value in values]))
    for value in values:
        if not isinstance(value, (int, float)):
            raise invalid(f"Feature: {name} has element with unexpected JSON type: {value!r:.80}")
    if all(isinstance(value, float) for value in values):
        return tf.train.Feature(float_list=tf.train.FloatList(value=tensors.from_json(values, tf.float32)))
    if any(isinstance(value, float) for value in values):
        raise invalid(f"Unexpected element type in feature: {name} mixes whole and decimal numbers")
    try:
        return tf.train.Feature(int64_list=tf.train.Int64List(value=values))
    except ValueError:
        raise invalid(f"Feature: {name} has an element beyond int64") from None


def _example(content):
    if not isinstance(content, dict):
        raise invalid(f"Example must be JSON object but got: {content!r:.80}")
    features = {name: _feature(name, value) for name, value in content.items()}
    return tf.train.Example(features=tf.train.Features(feature=features))


def examples(request):
    """Returns the serialized tf.train.Examples of a ``classify`` or ``regress`` request, its context in each."""
    contents = request.get("examples")
    if not isinstance(contents, list) or not contents:
        raise invalid("Expecting 'examples' to be a list with one or more objects")
    context = request.get("context", {})
    found = [_example(content) for content in contents]
    for example in found:
        if context and example.features.feature.keys() & context:
            raise invalid(f"Features of the context may not be in the examples too: {sorted(context)}")
        example.MergeFrom(_example(context))
    return np.array([example.SerializeToString() for example in found], object)


def classify_answer(outputs):
    """Returns a list of [label, score] for each example; a label is empty, a score 0 where the model gives none."""
    given = next(iter(outputs.values()))
    classes = outputs.get("classes", np.full(given.shape, b"", object))
    scores = outputs.get("scores", np.zeros(given.shape, np.float32))
    if given.ndim != 2 or classes.shape != scores.shape:
        raise invalid(f"Expected Tensor shape: [batch_size num_classes] but got {classes.shape} and {scores.shape}")
    labels, numbers = tensors.to_json("classes", classes), tensors.to_json("scores", scores)
    return {"results": [[list(pair) for pair in zip(*row)] for row in zip(labels, numbers)]}


def regress_answer(outputs):
    """Returns one number for each example, of outputs [batch] or [batch, 1]."""
    values = outputs["outputs"]
    if values.ndim not in (1, 2) or values.size != len(values):
        raise invalid(
            f"Expected output Tensor shape to be either [batch_size] or [batch_size, 1] but got {values.shape}"
        )
    return {"results": tensors.to_json("outputs", values.reshape(-1))}
