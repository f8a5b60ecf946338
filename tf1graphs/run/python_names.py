"""Names that Python, NumPy and pickle had in 2015-2019 and have no more."""

from __future__ import annotations

import builtins
import collections
import collections.abc
import fractions
import functools
import inspect
import math
import pickle
import time
import types
from typing import Any

import numpy as np

from tf1graphs.run import builtin_types

_BUILTINS_OF_NUMPY = {name: name for name in ("int", "float", "bool", "complex", "object", "str")}
_BUILTINS_OF_NUMPY |= {"long": "int", "unicode": "str"}
_RENAMED_IN_NUMPY = {
    "Inf": "inf",
    "Infinity": "inf",
    "NAN": "nan",
    "NaN": "nan",
    "PINF": "inf",
    "alltrue": "all",
    "cfloat": "complex128",
    "cumproduct": "cumprod",
    "float_": "float64",
    "complex_": "complex128",
    "in1d": "isin",
    "infty": "inf",
    "longfloat": "longdouble",
    "mat": "asmatrix",
    "product": "prod",
    "round_": "round",
    "row_stack": "vstack",
    "singlecomplex": "complex64",
    "sometrue": "any",
    "string_": "bytes_",
    "trapz": "trapezoid",
    "unicode_": "str_",
}
_VALUES_IN_NUMPY = {
    "NINF": -math.inf,
    "NZERO": -0.0,
    "PZERO": 0.0,
    "asscalar": lambda array: np.asarray(array).item(),
    "asfarray": lambda array, dtype=np.float64: np.asarray(array, dtype=dtype),
    "msort": lambda array: np.sort(array, axis=0),
    "rank": np.ndim,
}
_METHODS_OF_ARRAYS = {
    "itemset": lambda array, *where: array.__setitem__(where[:-1] or slice(None), where[-1]),
    "newbyteorder": lambda array, order="S": array.view(array.dtype.newbyteorder(order)),
    "ptp": lambda array, axis=None: np.ptp(array, axis=axis),
    "tostring": lambda array, order="C": array.tobytes(order),
}
_ArgSpec = collections.namedtuple("_ArgSpec", "args varargs keywords defaults")
_IN_STANDARD_LIBRARY: list[tuple[types.ModuleType, str, Any]] = [
    (fractions, "gcd", math.gcd),
    (inspect, "getargspec", lambda function: _ArgSpec(*inspect.getfullargspec(function)[:4])),
    (time, "clock", time.perf_counter),
]
_PRINTING_OF_NUMPY_118: Any = "1.21"


def _reshape(a: Any, newshape: Any = None, order: Any = "C", *, shape: Any = None) -> Any:
    """``np.reshape`` with the name that its second argument had before NumPy 2.1."""
    return np.asanyarray(a).reshape(newshape if shape is None else shape, order=order)


def _restore_numpy() -> None:
    names = {name: getattr(builtins, old) for name, old in _BUILTINS_OF_NUMPY.items()}
    names |= {name: getattr(np, new) for name, new in _RENAMED_IN_NUMPY.items() if hasattr(np, new)}
    for name, value in (names | _VALUES_IN_NUMPY).items():
        if name not in vars(np):
            setattr(np, name, value)
    np.set_printoptions(legacy=_PRINTING_OF_NUMPY_118)
    load = np.load

    @functools.wraps(load)
    def load_with_pickles(file: Any, mmap_mode: Any = None, allow_pickle: bool = True, **options: Any) -> Any:
        return load(file, mmap_mode, allow_pickle, **options)

    lost = {name: method for name, method in _METHODS_OF_ARRAYS.items() if name not in vars(np.ndarray)}
    builtin_types.put(np.ndarray, lost)
    vars(np)["load"] = load_with_pickles
    vars(np)["reshape"] = _reshape


def _restore_standard_library() -> None:
    for name in collections.abc.__all__:
        if not hasattr(collections, name):
            setattr(collections, name, getattr(collections.abc, name))
    for module, name, value in _IN_STANDARD_LIBRARY:
        if not hasattr(module, name):
            setattr(module, name, value)


def _read_pickles_of_python_2() -> None:
    load, loads = pickle.load, pickle.loads

    @functools.wraps(load)
    def load_any(file: Any, **options: Any) -> Any:
        start = file.tell() if file.seekable() else None
        try:
            return load(file, **options)
        except UnicodeDecodeError:
            if start is None or "encoding" in options:
                raise
            file.seek(start)
            return load(file, encoding="latin1", **options)

    @functools.wraps(loads)
    def loads_any(data: Any, **options: Any) -> Any:
        try:
            return loads(data, **options)
        except UnicodeDecodeError:
            if "encoding" in options:
                raise
            return loads(data, encoding="latin1", **options)

    pickle.load, pickle.loads = load_any, loads_any


def restore() -> None:
    """Puts the names back, for this process."""
    _restore_numpy()
    _restore_standard_library()
    _read_pickles_of_python_2()
