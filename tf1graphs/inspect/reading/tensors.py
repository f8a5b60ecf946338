"""The values of a ``TensorProto``."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from typing import Any

import numpy as np

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.reading import dtypes

# A few bytes can say that one value fills a tensor of any size. TensorFlow holds no message over 2 GB.
_MOST_BYTES = 2**31
_VALUES = {
    "float32": "float_val",
    "float64": "double_val",
    "float16": "half_val",
    "bfloat16": "half_val",
    "int64": "int64_val",
    "uint64": "uint64_val",
    "uint32": "uint32_val",
    "bool": "bool_val",
    "string": "string_val",
    "complex64": "scomplex_val",
    "complex128": "dcomplex_val",
    "float8_e5m2": "float8_val",
    "float8_e4m3fn": "float8_val",
}


def shape_of(shape: Any) -> tuple[int | None, ...] | None:
    """The sizes of a ``TensorShapeProto``, None for an unknown one; None for an unknown rank."""
    if shape.unknown_rank:
        return None
    return tuple(None if dimension.size < 0 else dimension.size for dimension in shape.dim)


def complete(shape: Sequence[int | None] | None) -> tuple[int, ...] | None:
    """The sizes of a shape of which all are known; None for another one."""
    sizes = [] if shape is None else [size for size in shape if size is not None]
    return None if shape is None or len(sizes) < len(shape) else tuple(sizes)


def listed(proto: Any, name: str, dtype: np.dtype[Any] | None) -> np.ndarray:
    """The values that a proto lists one by one, in one dimension."""
    values = getattr(proto, _VALUES.get(name, "int_val"))
    if dtype is None:
        strings = np.empty(len(values), object)
        strings[:] = list(values)
        return strings
    if name in ("complex64", "complex128"):
        pairs = np.asarray(values, np.float32 if name == "complex64" else np.float64)
        return pairs.view(dtype)
    if name in ("float16", "bfloat16"):
        return np.asarray(values, np.uint16).view(dtype)
    if name.startswith("float8"):
        return np.frombuffer(values, dtype)
    return np.asarray(values).astype(dtype)


def to_array(proto: Any, path: str | os.PathLike[str]) -> np.ndarray:
    """The array that a ``TensorProto`` holds; strings become an array of ``bytes`` objects.

    Raises:
        InvalidFile: the shape and the values do not fit, or the dtype has no values.
    """
    name = dtypes.name_of(proto.dtype)
    dtype = dtypes.numpy_dtype(name)
    sizes = complete(shape_of(proto.tensor_shape))
    if dtype is None and name != "string":
        raise InvalidFile(path, f"a tensor of dtype {name} has no values that can be read")
    if sizes is None:
        raise InvalidFile(path, "a tensor has values and no complete shape")
    count = math.prod(sizes)
    if count * (dtype.itemsize if dtype else 8) > _MOST_BYTES:
        raise InvalidFile(path, f"a tensor claims the shape {list(sizes)}, more than a message can hold")
    if proto.tensor_content and dtype is not None:
        if len(proto.tensor_content) != count * dtype.itemsize:
            raise InvalidFile(path, f"a tensor of shape {list(sizes)} and {name} has {len(proto.tensor_content)} bytes")
        return np.frombuffer(proto.tensor_content, dtype).reshape(sizes)
    try:
        values = listed(proto, name, dtype)
    except (ValueError, OverflowError):
        raise InvalidFile(path, f"a tensor of {name} has values of another kind") from None
    if len(values) > count:
        raise InvalidFile(path, f"a tensor of shape {list(sizes)} has {len(values)} values")
    return _filled(values, count, dtype).reshape(sizes)


def _filled(values: np.ndarray, count: int, dtype: np.dtype[Any] | None) -> np.ndarray:
    """TensorFlow repeats the last listed value, or a zero, up to the end."""
    if len(values) == count:
        return values
    empty: Any = b"" if dtype is None else np.zeros((), dtype)
    filled = np.full(count, values[-1] if len(values) else empty, dtype if dtype is not None else object)
    filled[: len(values)] = values
    return filled
