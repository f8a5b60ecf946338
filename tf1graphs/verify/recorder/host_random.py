"""``numpy.random`` and ``random`` from streams that both programs share, one for each function and size.

So a program that draws its noise before its batches and one that draws it after get the same noise and the same
batches. ``seed(n)`` starts all streams anew; generators that a program makes with a seed of its own stay as they are.
"""

from __future__ import annotations

import functools
import hashlib
import random
import sys
from typing import Any, Iterable

import numpy as np

_NUMPY = (
    "beta",
    "binomial",
    "bytes",
    "chisquare",
    "choice",
    "dirichlet",
    "exponential",
    "gamma",
    "geometric",
    "gumbel",
    "laplace",
    "logistic",
    "lognormal",
    "multinomial",
    "multivariate_normal",
    "normal",
    "pareto",
    "permutation",
    "poisson",
    "power",
    "rand",
    "randint",
    "randn",
    "random",
    "random_integers",
    "random_sample",
    "ranf",
    "rayleigh",
    "sample",
    "shuffle",
    "standard_cauchy",
    "standard_exponential",
    "standard_gamma",
    "standard_normal",
    "standard_t",
    "triangular",
    "uniform",
    "vonmises",
    "wald",
    "weibull",
    "zipf",
)
_PYTHON = (
    "betavariate",
    "choice",
    "choices",
    "expovariate",
    "gammavariate",
    "gauss",
    "getrandbits",
    "lognormvariate",
    "normalvariate",
    "paretovariate",
    "randint",
    "random",
    "randrange",
    "sample",
    "shuffle",
    "triangular",
    "uniform",
    "vonmisesvariate",
    "weibullvariate",
)
# numpy's names for one function.
_SAME = {"random_sample": "random", "ranf": "random", "sample": "random"}
# Called on a sequence they draw as many numbers as it has elements.
_OF_SEQUENCES = ("shuffle", "permutation", "choice", "choices", "sample")
# Packages whose randomness is no matter of the program: names of files, and seeds, which nothing draws from here.
_OF_PYTHON = ("tempfile", "uuid", "multiprocessing", "concurrent")
_CHOOSE_SEEDS = ("keras", "tf_keras", "tensorflow")
# Where numpy's functions take the shape of what they draw.
_SIZE_AT = {"random": 0, "standard_normal": 0, "exponential": 1, "poisson": 1, "choice": 1}
_SIZE_AT.update(dict.fromkeys(["normal", "uniform", "randint", "random_integers", "binomial", "gamma", "beta"], 2))


def _size(name: str, arguments: Any, options: Any) -> Any:
    """Returns how many numbers a call asks for: its shape, or the length of the sequence that it orders."""
    if name in _OF_SEQUENCES and arguments and hasattr(arguments[0], "__len__"):
        return len(arguments[0])
    if name in ("rand", "randn"):
        return arguments
    position = _SIZE_AT.get(name)
    given = arguments[position] if position is not None and len(arguments) > position else options.get("size")
    return given if given is None or np.ndim(given) == 0 else tuple(given)


def _key(name: str, arguments: Any, options: Any) -> Any:
    """Returns what tells the streams of one seed apart: the function and how much it is asked for."""
    return "%s %s" % (name, _size(name, arguments, options))


class _Streams:
    def __init__(self, generator: Any, strangers: Any, same: Any) -> None:
        self._generator = generator
        self._same = same
        self._strangers = strangers
        self.seed()

    def seed(self, seed: Any = 0, *_rest: Any, **_options: Any) -> None:
        """Starts every stream anew from ``seed``."""
        self._seed = 0 if seed is None else seed
        self._streams: dict[str, Any] = {}

    def of(self, key: str) -> Any:
        if key not in self._streams:
            digest = hashlib.sha256(("%r %s" % (self._seed, key)).encode()).digest()
            self._streams[key] = self._generator(int.from_bytes(digest[:4], "little"))
        return self._streams[key]

    def replace(self, module: Any, names: Iterable[str]) -> None:
        """Makes functions of ``module`` draw from these streams."""
        for name in names:
            if hasattr(module, name):
                setattr(module, name, self._drawing(getattr(module, name), self._same.get(name, name)))
        module.seed = self.seed

    def _drawing(self, original: Any, name: str) -> Any:
        @functools.wraps(original)
        def draw(*arguments: Any, **options: Any) -> Any:
            if _package(sys._getframe(1)) in self._strangers:
                return original(*arguments, **options)
            stream = self.of(_key(name, arguments, options))
            return getattr(stream, name)(*arguments, **options)

        return draw


def _package(frame: Any) -> Any:
    return frame.f_globals.get("__name__", "").partition(".")[0]


_numpy = _Streams(np.random.RandomState, _OF_PYTHON, _SAME)


def _shuffled(rows: Any) -> Any:
    rows = np.array(rows)
    _numpy.of(_key("shuffle", (rows,), {})).shuffle(rows)
    return rows


def shuffled_tensor(value: Any) -> Any:
    """Returns a tensor with the rows of ``value`` in the order that ``numpy.random.shuffle`` gives as many rows."""
    from tensorflow.python.framework import ops
    from tensorflow.python.ops import script_ops

    value = ops.convert_to_tensor(value)
    rows = script_ops.numpy_function(_shuffled, [value], value.dtype)
    rows.set_shape(value.shape)
    return rows


def install() -> None:
    """Makes numpy's and Python's functions of this process draw from shared streams."""
    default_rng = np.random.default_rng if hasattr(np.random, "default_rng") else None

    _numpy.replace(np.random, _NUMPY)
    _Streams(random.Random, _OF_PYTHON + _CHOOSE_SEEDS, {}).replace(random, _PYTHON)
    if default_rng:
        np.random.default_rng = lambda seed=None: default_rng(0 if seed is None else seed)
