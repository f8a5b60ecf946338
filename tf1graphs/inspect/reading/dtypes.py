"""TensorFlow's dtypes by their numbers in files."""

from __future__ import annotations

from typing import Any

import numpy as np

from tf1graphs.inspect.reading.protos import DataType

# The dtypes of floating-point weights.
FLOATS = ("float16", "bfloat16", "float32", "float64")
# A variable of TensorFlow 1 in a graph has the dtype of a reference: its number plus 100.
_REFERENCE = 100
_OTHER_NAMES = {"DT_FLOAT": "float32", "DT_DOUBLE": "float64", "DT_HALF": "float16"}
_OF_ML_DTYPES = {"bfloat16", "float8_e5m2", "float8_e4m3fn", "int4", "uint4"}
# Quantized values are stored as the integers they are made of.
_STORED_AS = {"qint8": "int8", "quint8": "uint8", "qint16": "int16", "quint16": "uint16", "qint32": "int32"}
_IN_NUMPY = {
    *("float16", "float32", "float64", "int8", "int16", "int32", "int64"),
    *("uint8", "uint16", "uint32", "uint64", "bool", "complex64", "complex128"),
}


def name_of(number: int) -> str:
    """TensorFlow's name of a dtype, such as ``"float32"`` for 1; ``"dtype 77"`` for a number that TensorFlow has not.

    References (101 for 1) get the name of what they refer to.
    """
    number = number - _REFERENCE if number > _REFERENCE else number
    try:
        name: str = DataType.Name(number)
    except ValueError:
        return f"dtype {number}"
    return _OTHER_NAMES.get(name, name.removeprefix("DT_").lower())


_NUMBERS = {name_of(number): number for number in DataType.values() if number < _REFERENCE}


def number_of(name: str) -> int | None:
    """The number of the dtype ``name``, or None if TensorFlow has no such dtype."""
    return _NUMBERS.get(name)


def numpy_dtype(name: str) -> np.dtype[Any] | None:
    """The dtype in which NumPy holds the values; None for ``string``, ``resource``, ``variant`` and unknown ones."""
    name = _STORED_AS.get(name, name)
    if name in _IN_NUMPY:
        return np.dtype(name)
    if name in _OF_ML_DTYPES:
        import ml_dtypes

        dtype: np.dtype[Any] = np.dtype(getattr(ml_dtypes, name))
        return dtype
    return None
