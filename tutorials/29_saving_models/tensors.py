"""Tensors as JSON and back, as TensorFlow Serving's REST form has them.

Sources: ``tensorflow_serving/g3doc/api_rest.md`` and, for what is refused, ``tensorflow_serving/util/json_tensor.cc``.
"""

import base64
import binascii
import math

import numpy as np
from errors import invalid

import tf1graphs.v1 as tf

FLOATS = {tf.float32, tf.float64}
INTEGERS = {tf.int8, tf.int16, tf.int32, tf.int64, tf.uint8, tf.uint16, tf.uint32, tf.uint64}


def is_binary(value):
    """Whether a JSON value stands for bytes: ``{"b64": "..."}``."""
    return isinstance(value, dict) and value.keys() == {"b64"} and isinstance(value["b64"], str)


def to_bytes(value):
    """Returns the bytes of a JSON string or of ``{"b64": ...}``."""
    if not is_binary(value):
        return value.encode()
    try:
        return base64.b64decode(value["b64"], validate=True)
    except binascii.Error:
        raise invalid("Unable to base64 decode") from None


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _check(value, dtype):
    """Raises InvalidArgumentError if a JSON value is none of a dtype, or would lose precision as such."""
    if dtype == tf.string:
        fits = isinstance(value, str) or is_binary(value)
    elif dtype == tf.bool:
        fits = isinstance(value, bool)
    elif dtype in FLOATS:
        fits = _is_number(value)
        # Whole numbers are exact up to the bits of a fraction; others are rounded, but may not become infinite.
        info = np.finfo(dtype.as_numpy_dtype)
        limit = 2 ** (info.nmant + 1) - 1 if isinstance(value, int) else float(info.max)
        if fits and not math.isinf(value) and abs(value) > limit:
            raise invalid(f"Cannot convert JSON value: {value} to {dtype.name} without loss of precision.")
    elif dtype in INTEGERS:
        fits = _is_number(value) and isinstance(value, int) and dtype.min <= value <= dtype.max
    else:
        raise tf.errors.UnimplementedError(None, None, f"Conversion of JSON Value: {value} to type: {dtype.name}")
    if not fits:
        raise invalid(f"JSON Value: {value!r} is not of expected type: {dtype.name}")


def _flatten(value, shape, dtype, level=0):
    if level < len(shape):
        if not isinstance(value, list) or len(value) != shape[level]:
            raise invalid(f"Expected a list of {shape[level]} at level {level}, but got: {value!r:.80}")
        for item in value:
            yield from _flatten(item, shape, dtype, level + 1)
    elif isinstance(value, list):
        raise invalid(f"Encountered list at unexpected level: {level}, expected < {len(shape)}")
    else:
        _check(value, dtype)
        yield to_bytes(value) if dtype == tf.string else value


def from_json(value, dtype):
    """Returns a JSON value, a scalar or nested lists of the same lengths, as an array.

    Raises:
        InvalidArgumentError: the lists are ragged, or a value is none of the dtype.
    """
    shape, inner = [], value
    while isinstance(inner, list):
        shape.append(len(inner))
        inner = inner[0] if inner else None
    array = np.empty(shape, object if dtype == tf.string else dtype.as_numpy_dtype)
    array.reshape(-1)[:] = list(_flatten(value, shape, dtype))
    return array


def _json_string(name, value):
    if name.endswith("_bytes"):
        return {"b64": base64.b64encode(value).decode()}
    try:
        return value.decode()
    except UnicodeDecodeError:
        raise invalid(f"Output {name} is no UTF-8; bytes need a name that ends in _bytes") from None


def to_json(name, array):
    """Returns an array as nested lists; strings of outputs whose name ends in ``_bytes`` as ``{"b64": ...}``."""
    if array.dtype == object:
        strings = [_json_string(name, value) for value in array.reshape(-1)]
        if not array.ndim:
            return strings[0]
        cells = np.empty(array.size, object)
        cells[:] = strings
        return cells.reshape(array.shape).tolist()
    if array.dtype.kind not in "fiub":
        raise invalid(f"Failed to write JSON value for tensor type: {array.dtype}")
    if array.dtype == np.float32:
        # The shortest number that is the same float32: 0.2, where a float64 of it would be 0.20000000298.
        array = array.astype(str).astype(np.float64)
    return array.tolist()
