"""The dtypes that NumPy's operators gave before 2.0, when they went by the values of scalars and not by their types.

``np.float32(1) / 3`` was float64 then and is float32 now, ``np.uint8(200) + 100`` was 300 and is 44, and
``np.zeros(3, np.float32) * np.float64(2)`` was float32 and is float64. Both rules stand side by side in
https://numpy.org/neps/nep-0050-scalar-promotion.html. Operators in the program's own code get the old one; functions
such as ``np.add``, and the installed packages, which are of today, keep the new.
"""

from __future__ import annotations

import operator
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from tf1graphs.run import builtin_types

Binary = Callable[[Any, Any], Any]

_ARITHMETIC = ("add", "sub", "mul", "mod", "pow", "floordiv", "truediv")
_BITWISE = ("lshift", "rshift", "and", "xor", "or")
_IN_PLACE = ("iadd", "isub", "imul", "ifloordiv", "itruediv")
_COMPARISONS = ("lt", "le", "eq", "ne", "gt", "ge")
# Integers are compared by value, today too.
_COMPARED_ROUNDED = (np.float16, np.float32, np.complex64)

_OF_PYTHON: dict[type, type] = {bool: np.bool_, int: np.int64, float: np.float64, complex: np.complex128}
_CATEGORIES = {"b": 0, "i": 1, "u": 1, "f": 2, "c": 2}
_SCALARS = frozenset(kind for kind in np.sctypeDict.values() if np.dtype(kind).kind in _CATEGORIES)
_NUMBERS = _SCALARS | _OF_PYTHON.keys()
_SEQUENCES = (list, tuple, str, bytes)
# Python has no such number, so that as objects they stay what they are and ask their own operators again.
_OBJECTS_AS_THEY_ARE = (np.longdouble, np.clongdouble, np.generic)

_TODAY = (str(Path(np.__file__).parents[1]), str(Path(__file__).parents[1]))


def _asked_by_program() -> bool:
    """Whether the code that uses the operator, two frames above, is the program's."""
    return not sys._getframe(2).f_code.co_filename.startswith(_TODAY)


def _as_numpy(number: Any) -> Any:
    """Returns what NumPy made of a Python number: a scalar, or an array if it has more than 63 bits."""
    kind = _OF_PYTHON.get(type(number))
    try:
        return kind(number) if kind else number
    except OverflowError:
        return np.asarray(number)


def _beside(dtype: np.dtype[Any], scalar: Any) -> Any:
    """Returns ``scalar`` in the type with which today's NumPy gives the dtype that it had beside an array of ``dtype``.

    That was the least dtype for the array's and for the scalar's value, unless the scalar was of a higher category.
    """
    # Every float dtype holds these and every integer dtype those, and NumPy's rule for Python numbers is the old one.
    if type(scalar) is float and -6e4 < scalar < 6e4 or type(scalar) is int and 0 <= scalar < 128:
        return scalar
    number = _as_numpy(scalar)
    categories = [_CATEGORIES.get(kind) for kind in (dtype.kind, number.dtype.kind)]
    of_array, of_scalar = categories
    if of_array is None or of_scalar is None or of_scalar > of_array:
        return scalar
    least = np.min_scalar_type(scalar)
    if dtype.kind == "i" and least.kind == "u":
        # A positive number is of either kind of integer.
        least = np.min_scalar_type(-1 - int(scalar))
    return np.promote_types(dtype, least).type(scalar)


def _of_arrays(name: str) -> Binary:
    original: Binary = getattr(np.ndarray, f"__{name}__")

    def operate(array: Any, other: Any) -> Any:
        if not _asked_by_program():
            return original(array, other)
        if isinstance(other, np.ndarray):
            if array.ndim and not other.ndim:
                other = _beside(array.dtype, other[()]) if other.dtype.kind in _CATEGORIES else other
            elif other.ndim and not array.ndim and array.dtype.kind in _CATEGORIES and name not in _IN_PLACE:
                array = np.asarray(_beside(other.dtype, array[()]))
        elif type(other) in _NUMBERS:
            other = _beside(array.dtype, other) if array.ndim else _as_numpy(other)
        return original(array, other)

    return operate


def _of_scalars(kind: type, name: str, is_reflected: bool) -> Binary:
    apply: Binary = getattr(operator, f"__{name}__")
    method = f"__r{name}__" if is_reflected else f"__{name}__"
    of_arrays: Binary = getattr(np.ndarray, method)
    # What a type does with its own kind; with others it may ask the operators of arrays, which ask here again.
    own: Binary = vars(kind).get(method) or (lambda scalar, other: of_arrays(np.asarray(scalar), other))

    def operate(scalar: Any, other: Any) -> Any:
        if isinstance(other, np.ndarray) or name == "mul" and isinstance(other, _SEQUENCES):
            return NotImplemented
        is_old = _asked_by_program()
        number = _as_numpy(other) if is_old else other
        if type(number) is kind:
            return own(scalar, number)
        if is_old and kind in _SCALARS and type(number) in _SCALARS:
            common = np.promote_types(kind, type(number)).type
            one, two = common(scalar), common(number)
            return apply(two, one) if is_reflected else apply(one, two)
        if kind in _OBJECTS_AS_THEY_ARE and np.asarray(number).dtype == object:
            return own(scalar, other) if type(other) is int else NotImplemented
        return of_arrays(np.asarray(scalar), number)

    return operate


def _methods_of_scalars(kind: type) -> Iterator[tuple[str, Binary]]:
    for name in _ARITHMETIC + _BITWISE:
        yield f"__{name}__", _of_scalars(kind, name, is_reflected=False)
        yield f"__r{name}__", _of_scalars(kind, name, is_reflected=True)
    for name in _COMPARISONS if kind in _COMPARED_ROUNDED else ():
        yield f"__{name}__", _of_scalars(kind, name, is_reflected=False)


def _methods_of_arrays() -> Iterator[tuple[str, Binary]]:
    reflected = tuple(f"r{name}" for name in _ARITHMETIC + _BITWISE)
    for name in _ARITHMETIC + _BITWISE + reflected + _IN_PLACE + _COMPARISONS:
        yield f"__{name}__", _of_arrays(name)


def restore() -> None:
    """Gives the operators of NumPy's arrays and scalars the dtypes of NumPy 1, for this process."""
    if (np.float32(1) + 1.0).dtype == np.float64:
        return
    # All methods are made before the first is put: they hold the original ones.
    made = {kind: dict(_methods_of_scalars(kind)) for kind in (*_SCALARS, np.generic)}
    made[np.ndarray] = dict(_methods_of_arrays())
    for kind, methods in made.items():
        builtin_types.put(kind, methods)
