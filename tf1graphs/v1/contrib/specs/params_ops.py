"""``contrib.specs.params_ops``: what expressions of parameters may use: random numbers, and the module ``math``."""

# ruff: noqa: F401, F403 (the names of the API)
from __future__ import annotations

import math
import random
from math import *


def Uf(lo: float = 0.0, hi: float = 1.0) -> float:  # noqa: N802
    """Returns a uniform number between two."""
    return random.uniform(lo, hi)


def Ui(lo: int, hi: int) -> int:  # noqa: N802
    """Returns a uniform integer from ``lo`` to ``hi``, with both."""
    return random.randint(lo, hi)


def Lf(lo: float, hi: float) -> float:  # noqa: N802
    """Returns a number between two whose logarithm is uniform."""
    return math.exp(random.uniform(math.log(lo), math.log(hi)))


def Li(lo: int, hi: int) -> int:  # noqa: N802
    """Returns an integer from ``lo`` to ``hi`` whose logarithm is about uniform."""
    return math.floor(math.exp(random.uniform(math.log(lo), math.log(hi + 1 - 1e-5))))


def Nt(mu: float, sigma: float, limit: float = 3.0) -> float:  # noqa: N802
    """Returns a normal number, no further from ``mu`` than ``limit`` times ``sigma``."""
    return min(max(random.gauss(mu, sigma), mu - limit * sigma), mu + limit * sigma)
